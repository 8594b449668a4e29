"""What to ask next: the screens that hold a fact some undecided rule still misses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.engine.answers import Answers
from app.engine.guide import Guide
from app.engine.options import JudgedOption
from app.engine.recommendation import Cause, Question
from app.engine.screens import Screen, group
from app.engine.triage import JudgedSign, Triage, rank
from app.fields import Urgency

REVEALS = {
    Urgency.EMERGENCY: "It could show an emergency.",
    Urgency.URGENT: "It could show something that needs help today.",
    Urgency.SOON: "It could show something that needs to be seen within days.",
    Urgency.ROUTINE: "It could show something to raise at a visit.",
}
DECIDES = "It helps to decide what fits you."
EXPLAINS = "It helps to see why the treatment did not work."


def ask_next(
    guide: Guide,
    answers: Answers,
    found: Triage,
    options: Iterable[JudgedOption],
    causes: Iterable[Cause],
) -> tuple[Question, ...]:
    """Return the questions worth asking, the most pressing first.

    With an emergency none; with an urgent sign only what could reveal an emergency.
    """
    if found.level is Urgency.EMERGENCY:
        return ()
    signs = _signs_to_ask_about(found)
    decides: dict[str, set[str]] = {}
    wanted = {fact for sign in signs for fact in sign.missing}
    if not found.is_stopping:
        decides = _decides(options)
        called_off = {fact for sign in found.matched for fact in sign.missing}
        explained = {fact for cause in causes for fact in cause.missing}
        wanted |= decides.keys() | called_off | explained
    facts = wanted - answers.unsure
    screens = group(facts, guide.screen_of, guide.vocabulary.findings)
    asked = [_ask(screen, asks, signs, decides) for screen, asks in screens.items()]
    return tuple(one.question for one in sorted(asked, key=_order))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, and how many open rules of its urgency it could decide alone."""

    question: Question
    decides_alone: int


def _order(asked: _Asked) -> tuple[int, int, int, str]:
    urgency = asked.question.could_reveal
    reveals = len(Urgency) if urgency is None else rank(urgency)
    options = len(asked.question.decides)
    return reveals, -asked.decides_alone, -options, asked.question.slug


def _signs_to_ask_about(found: Triage) -> list[JudgedSign]:
    if not found.is_stopping:
        return list(found.open)
    return [sign for sign in found.open if sign.urgency is Urgency.EMERGENCY]


def _decides(options: Iterable[JudgedOption]) -> dict[str, set[str]]:
    """Return the options whose standing each fact could still change."""
    decides: dict[str, set[str]] = {}
    for option in options:
        for fact in option.missing:
            decides.setdefault(fact, set()).add(option.slug)
    return decides


def _ask(
    screen: Screen,
    asks: tuple[str, ...],
    signs: Iterable[JudgedSign],
    decides: Mapping[str, set[str]],
) -> _Asked:
    facts = set(asks)
    touched = [sign for sign in signs if not facts.isdisjoint(sign.missing)]
    could_reveal = min((sign.urgency for sign in touched), key=rank, default=None)
    alone = [
        rule
        for sign in touched
        if sign.urgency is could_reveal
        for rule in sign.open_rules
        if rule <= facts
    ]
    options = sorted({slug for fact in asks for slug in decides.get(fact, ())})
    question = Question(
        slug=screen.slug,
        question=screen.question,
        asks=asks,
        could_reveal=could_reveal,
        decides=tuple(options),
        because=_because(could_reveal, options),
    )
    return _Asked(question, len(alone))


def _because(could_reveal: Urgency | None, options: Sequence[str]) -> str:
    if could_reveal is not None:
        return REVEALS[could_reveal]
    return DECIDES if options else EXPLAINS
