"""Finds sentences that order somebody to stop a medicine.

Judged to count: an order with a condition ("If it burns, stop the cream"), and "you
must stop". Judged not to: questions, refusals, and what people do or may do.
"""

import re
from collections.abc import Iterable

from app.content.names import Names, fold, list_parts

_VERB = (
    r"(?:stop|quit|discontinue|cease|halt|pause|withhold|skip|give up|cut out|"
    r"(?:come|get|taper|wean|leave) off|leave out)"
)
_LEAD = (
    r"(?:(?:^|[,(])\W*|\b(?:please|then|and|so|but|or|now|do|just|also|first|always|"
    r"instead|simply|slowly|gradually|immediately|completely|you|you will|should|must|"
    r"(?:needs?|has|have|ought|best|better|safer|time|sure|try|remember) to)\s+)"
)
"""What stands before a verb that orders: not a subject, as in "people stop"."""

_BETWEEN = (
    r"(?:(?!(?:and|to|if|when|for|from|before|after|in|at|on|with|by|because|until|as|"
    r"so|then|but|unless)\b)[\w'-]+\s+){0,4}"
)
_MEDICINES = (
    "medicines?", "medications?", "tablets?", "pills?", "capsules?", "drugs?",
    "doses?", "painkillers?", "blood thinners?", "anticoagulants?", "aspirin",
    "warfarin", "steroids?", "patch(?:es)?", "creams?", "gels?",
)  # fmt: skip
_SENTENCES = re.compile(r"(?<=[.!?;:])[\"')]*\s+|\n\s*(?:\n|[-*•])\s*")
_CONDITION = re.compile(
    r"\b(?:if|when|whenever|while|before|after|once|until|unless|as)\b[^,]*,"
)
_TURN = re.compile(r",\s+(?:so|then|but|instead)\s")
_CALLED_OFF = re.compile(
    r"\b(?:not|cannot|never|nobody|no one|may|might|ask|who|how|whether|helps?|"
    r"if|when|whenever|while|before|after|once|until|unless|as)\b|n't\b"
)


def _compile(*, of_medicine: bool) -> re.Pattern[str]:
    medicines = "|".join(_MEDICINES)
    told = rf"{_VERB}\s+(?:taking\b|(?:using\s+)?{_BETWEEN}(?:{medicines})\b)"
    # Not "you come off it slowly": that says how it is done.
    told_it = rf"(?<!you\s){_VERB}\s+(?:using\s+)?(?:it|them)\b"
    verbs = f"{told}|{told_it}" if of_medicine else told
    return re.compile(rf"{_LEAD}(?P<told>{verbs})")


_ANY_VERB = re.compile(_VERB)
_OF_ANY, _OF_MEDICINE = _compile(of_medicine=False), _compile(of_medicine=True)


class StopOrders:
    """Finds orders to stop a medicine, by its own names or by what any is called."""

    def __init__(self, names: Iterable[str]) -> None:
        single = [part.removesuffix("s") for name in names for part in list_parts(name)]
        self._names = Names([*single, *(f"{one}s" for one in single)])

    def is_in(self, text: str, *, of_medicine: bool) -> bool:
        """Say whether any sentence is an order.

        In a text that is `of_medicine`, "it" and "them" are one too.
        """
        order = _OF_MEDICINE if of_medicine else _OF_ANY
        folded = fold(text)
        if not _ANY_VERB.search(folded):
            return False
        plain = self._names.replace(folded, "medicine")
        return any(
            _stands(sentence[: one.start("told")])
            for sentence in _SENTENCES.split(plain)
            if not sentence.rstrip("\"') ").endswith("?")
            for one in order.finditer(sentence)
        )


def _stands(before: str) -> bool:
    """Say whether what stands before an order in its sentence leaves it one."""
    clause = _TURN.split(_CONDITION.sub("", before))[-1]
    return not _CALLED_OFF.search(clause)
