"""What to ask next: the screens that hold a fact some undecided rule still misses."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from app.engine.answers import is_unsure
from app.engine.editions import of_one_edition
from app.engine.guide import KEPT, Guide, GuideOption
from app.engine.judging import Judged
from app.engine.recommendation import Question
from app.engine.screens import Screen, group
from app.engine.triage import JudgedSign, rank
from app.engine.verdicts import NO_FACTS
from app.fields import Urgency

REVEALS = {
    Urgency.EMERGENCY: "It could show an emergency.",
    Urgency.URGENT: "It could show something that needs help today.",
    Urgency.SOON: "It could show something that needs to be seen within days.",
    Urgency.ROUTINE: "It could show something to raise at a visit.",
}
DECIDES = "It helps to decide what fits you."
EXPLAINS = "It helps to see why the treatment did not work."

Order = tuple[int, int, int, int, str]
"""The most pressing first; then what settles rules alone; then what decides most."""


def ask_next(guide: Guide, judged: Judged) -> tuple[Question, ...]:
    """Return the questions worth asking, the most pressing first.

    With an emergency none; with an urgent sign only what could reveal an emergency.
    """
    if judged.found.level is Urgency.EMERGENCY:
        return ()
    wanting: defaultdict[Screen, list[_Want]] = defaultdict(list)
    for wants in _list_wants(guide, judged):
        for want in wants:
            wanting[want.screen].append(want)
    # `pain.trend` is read as a qualifier as well, which is asked nowhere.
    unsure = [
        fact
        for fact, one in judged.answers.items()
        if is_unsure(one) and fact in guide.screen_of
    ]
    left_out = group(unsure, guide.screen_of)
    asked = [
        _ask(screen, frozenset(wants), left_out.get(screen, ()))
        for screen, wants in wanting.items()
    ]
    worth = sorted(filter(None, asked), key=attrgetter("order"))
    return tuple(one.question for one in worth)


_Purpose = JudgedSign | tuple[GuideOption, ...]
"""What an answer is wanted for: to reveal a sign, or to decide on options, if any."""


@dataclass(frozen=True, eq=False, slots=True)
class _Want:
    """What an undecided part of the guide misses of one screen."""

    screen: Screen
    facts: tuple[str, ...]
    purpose: _Purpose


def _list_wants(guide: Guide, judged: Judged) -> Iterator[tuple[_Want, ...]]:
    is_stopping = judged.found.is_stopping
    for sign in judged.found.open:
        if not is_stopping or sign.urgency is Urgency.EMERGENCY:
            yield _want(guide, sign.missing, sign)
    if is_stopping:
        return
    for ruling in judged.scope:
        yield _want(guide, ruling.missing, guide.options)
    for one in judged.options:
        yield _want(guide, one.missing, (one.option,))
    for matching in judged.found.matched:
        yield _want(guide, matching.missing, ())
    for cause in judged.causes:
        yield _want(guide, cause.missing, ())


@of_one_edition
@lru_cache(maxsize=KEPT)
def _want(
    guide: Guide, missing: Collection[str], purpose: _Purpose
) -> tuple[_Want, ...]:
    return tuple(
        _want_of(screen, facts, purpose)
        for screen, facts in group(missing, guide.screen_of).items()
    )


@of_one_edition
@lru_cache(maxsize=KEPT)
def _want_of(screen: Screen, facts: tuple[str, ...], purpose: _Purpose) -> _Want:
    """Return the same object for the same want, so that questions are found by it."""
    return _Want(screen, facts, purpose)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, and where it stands in the order."""

    question: Question
    order: Order


@of_one_edition
@lru_cache(maxsize=KEPT)
def _ask(
    screen: Screen, wants: frozenset[_Want], unsure: tuple[str, ...]
) -> _Asked | None:
    """Ask for what is wanted of a screen, unless the person is not sure of it."""
    asks = NO_FACTS.union(*(want.facts for want in wants)).difference(unsure)
    if not asks:
        return None
    met = [want.purpose for want in wants if not asks.isdisjoint(want.facts)]
    signs = [one for one in met if isinstance(one, JudgedSign)]
    options = chain.from_iterable(one for one in met if isinstance(one, tuple))
    decides = tuple(sorted({option.slug for option in options}))
    reveals = min((sign.urgency for sign in signs), key=rank, default=None)
    alone = [
        rule
        for sign in signs
        if sign.urgency is reveals
        for rule in sign.open_rules
        if rule.missing <= asks
    ]
    question = Question(
        slug=screen.slug,
        question=screen.question,
        asks=tuple(sorted(asks)),
        could_reveal=reveals,
        decides=decides,
        because=_because(reveals, decides),
    )
    order = (
        len(Urgency) if reveals is None else rank(reveals),
        # What settles a rule about a symptom that was reported comes first.
        -sum(rule.is_begun for rule in alone),
        -len(alone),
        -len(decides),
        screen.slug,
    )
    return _Asked(question, order)


def _because(reveals: Urgency | None, decides: Sequence[str]) -> str:
    if reveals is not None:
        return REVEALS[reveals]
    return DECIDES if decides else EXPLAINS
