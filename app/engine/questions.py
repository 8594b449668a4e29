"""What to ask next: the screens that hold a fact some undecided rule still misses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.engine.answers import Answers
from app.engine.guide import Guide
from app.engine.options import JudgedOption
from app.engine.recommendation import Cause, Question
from app.engine.screens import Screen, group
from app.engine.triage import Triage, rank
from app.fields import Urgency

REVEALS = {
    Urgency.EMERGENCY: "It could show an emergency.",
    Urgency.URGENT: "It could show something that needs help today.",
    Urgency.SOON: "It could show something that needs to be seen within days.",
    Urgency.ROUTINE: "It could show something to raise at a visit.",
}
DECIDES = "It helps to decide what fits you."
EXPLAINS = "It helps to see why the treatment did not work."


@dataclass(frozen=True, slots=True)
class _Need:
    """What hangs on a fact: signs, options, causes."""

    reveals: Mapping[str, Urgency]
    decides: Mapping[str, tuple[str, ...]]


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
    reveals = _reveals(found)
    if found.is_stopping:
        wanted = {fact for fact, one in reveals.items() if one is Urgency.EMERGENCY}
        need = _Need(reveals, {})
    else:
        need = _Need(reveals, _decides(options))
        called_off = [fact for sign in found.matched for fact in sign.missing]
        explained = [fact for cause in causes for fact in cause.missing]
        wanted = {*reveals, *need.decides, *called_off, *explained}
    by_fact = {fact: screen for screen in guide.screens for fact in screen.facts}
    screens = group(wanted - answers.unsure, by_fact, guide.vocabulary.findings)
    questions = [_question(screen, asks, need) for screen, asks in screens.items()]
    return tuple(sorted(questions, key=_order))


def _order(question: Question) -> tuple[int, int, str]:
    urgency = question.could_reveal
    reveals = len(Urgency) if urgency is None else rank(urgency)
    return reveals, -len(question.decides), question.slug


def _reveals(found: Triage) -> dict[str, Urgency]:
    """Return the highest urgency that each fact could still reveal."""
    reveals: dict[str, Urgency] = {}
    for sign in sorted(found.open, key=lambda one: -rank(one.urgency)):
        reveals.update(dict.fromkeys(sign.missing, sign.urgency))
    return reveals


def _decides(options: Iterable[JudgedOption]) -> dict[str, tuple[str, ...]]:
    decides: dict[str, tuple[str, ...]] = {}
    for option in options:
        for fact in option.missing:
            decides[fact] = (*decides.get(fact, ()), option.slug)
    return decides


def _question(screen: Screen, asks: tuple[str, ...], need: _Need) -> Question:
    urgencies = [need.reveals[fact] for fact in asks if fact in need.reveals]
    could_reveal = min(urgencies, key=rank, default=None)
    decides = {slug for fact in asks for slug in need.decides.get(fact, ())}
    because = DECIDES if decides else EXPLAINS
    return Question(
        slug=screen.slug,
        question=screen.question,
        asks=asks,
        could_reveal=could_reveal,
        decides=tuple(sorted(decides)),
        because=because if could_reveal is None else REVEALS[could_reveal],
    )
