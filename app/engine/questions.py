"""What to ask next: the screens that hold a fact some undecided rule still misses."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import chain
from operator import attrgetter, or_

from app.engine.answers import is_unsure
from app.engine.guide import KEPT, Guide
from app.engine.judging import Judged
from app.engine.recommendation import Question
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

Decides = Mapping[str, int]
"""The options whose standing each fact could still change, as the sum of their bits."""

Order = tuple[int, int, int, int, str]
"""The most pressing first; then what settles rules alone; then what decides most."""


def ask_next(guide: Guide, judged: Judged) -> tuple[Question, ...]:
    """Return the questions worth asking, the most pressing first.

    With an emergency none; with an urgent sign only what could reveal an emergency.
    """
    found = judged.found
    if found.level is Urgency.EMERGENCY:
        return ()
    decides = _decides(judged)
    signs = _by_fact(_signs_to_ask_about(found))
    facts = _wanted(judged, {*signs, *decides})
    asked = [
        _ask(
            guide,
            screen,
            asks,
            _list_touched(asks, signs),
            reduce(or_, [decides.get(fact, 0) for fact in asks]),
        )
        for screen, asks in group(facts, guide.screen_of).items()
    ]
    return tuple(one.question for one in sorted(asked, key=attrgetter("order")))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, and where it stands in the order."""

    question: Question
    order: Order


def _decides(judged: Judged) -> Decides:
    decides: dict[str, int] = {}
    if not judged.found.is_stopping:
        for judged_option in judged.options:
            bit = judged_option.option.bit
            for fact in judged_option.missing:
                decides[fact] = decides.get(fact, 0) | bit
        everything = sum(one.option.bit for one in judged.options)
        of_scope = {fact for one in judged.scope for fact in one.missing}
        decides |= dict.fromkeys(of_scope, everything)
    return decides


def _wanted(judged: Judged, facts: set[str]) -> set[str]:
    """Return the facts that an undecided rule misses, but for what is not sure."""
    if not judged.found.is_stopping:
        facts.update(*(sign.missing for sign in judged.found.matched))
        facts.update(*(cause.missing for cause in judged.causes))
    return facts - {fact for fact, one in judged.answers.items() if is_unsure(one)}


def _signs_to_ask_about(found: Triage) -> Iterable[JudgedSign]:
    if not found.is_stopping:
        return found.open
    return [sign for sign in found.open if sign.urgency is Urgency.EMERGENCY]


def _by_fact(signs: Iterable[JudgedSign]) -> Mapping[str, tuple[JudgedSign, ...]]:
    missing: defaultdict[str, list[JudgedSign]] = defaultdict(list)
    for sign in signs:
        for fact in sign.missing:
            missing[fact].append(sign)
    return {fact: tuple(found) for fact, found in missing.items()}


def _list_touched(
    asks: Sequence[str], signs: Mapping[str, tuple[JudgedSign, ...]]
) -> tuple[JudgedSign, ...]:
    """Return the signs that miss any of the facts, each once."""
    touched = [signs.get(fact, ()) for fact in asks]
    if len(touched) == 1:
        return touched[0]
    return tuple(dict.fromkeys(chain.from_iterable(touched)))


@lru_cache(maxsize=KEPT)
def _ask(
    guide: Guide,
    screen: Screen,
    asks: tuple[str, ...],
    signs: tuple[JudgedSign, ...],
    options: int,
) -> _Asked:
    """Ask for facts that open signs miss, and that decide on options."""
    reveals = min((sign.urgency for sign in signs), key=rank, default=None)
    alone = [
        rule
        for sign in signs
        if sign.urgency is reveals
        for rule in sign.open_rules
        if rule.missing.issubset(asks)
    ]
    question = Question(
        slug=screen.slug,
        question=screen.question,
        asks=asks,
        could_reveal=reveals,
        decides=guide.slugs_of(options),
        because=_because(reveals, options),
    )
    order = (
        len(Urgency) if reveals is None else rank(reveals),
        # What settles a rule about a symptom that was reported comes first.
        -sum(rule.is_begun for rule in alone),
        -len(alone),
        -len(question.decides),
        screen.slug,
    )
    return _Asked(question, order)


def _because(reveals: Urgency | None, options: int) -> str:
    if reveals is not None:
        return REVEALS[reveals]
    return DECIDES if options else EXPLAINS
