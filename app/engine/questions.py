"""What to ask next: the screens that hold a fact some undecided rule still misses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.engine.answers import Answers, Presence
from app.engine.facts import FINDING, finding_of
from app.engine.guide import GUIDES_KEPT, Guide
from app.engine.judging import Judged, judge_start
from app.engine.recommendation import Question
from app.engine.rules import Ruling
from app.engine.screens import Screen, group
from app.engine.triage import JudgedSign, Triage, rank
from app.fields import FindingKind, Urgency

REVEALS = {
    Urgency.EMERGENCY: "It could show an emergency.",
    Urgency.URGENT: "It could show something that needs help today.",
    Urgency.SOON: "It could show something that needs to be seen within days.",
    Urgency.ROUTINE: "It could show something to raise at a visit.",
}
DECIDES = "It helps to decide what fits you."
EXPLAINS = "It helps to see why the treatment did not work."

Decides = Mapping[str, frozenset[str]]
"""The options whose standing each fact could still change."""

NO_OPTIONS: frozenset[str] = frozenset()


def ask_next(guide: Guide, judged: Judged) -> tuple[Question, ...]:
    """Return the questions worth asking, the most pressing first.

    With an emergency none; with an urgent sign only what could reveal an emergency.
    """
    found = judged.situation.found
    if found.level is Urgency.EMERGENCY:
        return ()
    decides = {} if found.is_stopping else _decides(guide, judged)
    asked = _ask(guide, judged, decides, known=_ask_start(guide))
    return tuple(one.question for one in sorted(asked, key=_order))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, and how many rules of its urgency it decides alone.

    `settles` counts only rules about a symptom that was reported.
    """

    question: Question
    settles: int
    decides_alone: int


def _order(asked: _Asked) -> tuple[int, int, int, int, str]:
    question = asked.question
    urgency = question.could_reveal
    reveals = len(Urgency) if urgency is None else rank(urgency)
    options = len(question.decides)
    alone = asked.decides_alone
    return reveals, -asked.settles, -alone, -options, question.slug


@dataclass(frozen=True, slots=True)
class _Known:
    """The questions of somebody who has said nothing, and what they decide."""

    decides: Decides
    questions: Mapping[str, Question]


@lru_cache(maxsize=GUIDES_KEPT)
def _ask_start(guide: Guide) -> _Known:
    judged = judge_start(guide)
    missing: dict[str, set[str]] = {}
    for slug, option in judged.options.items():
        for fact in option.missing:
            missing.setdefault(fact, set()).add(slug)
    decides = {fact: frozenset(options) for fact, options in missing.items()}
    asked = _ask(guide, judged, decides, known=_Known(decides, {}))
    return _Known(decides, {one.question.slug: one.question for one in asked})


def _decides(guide: Guide, judged: Judged) -> Decides:
    """Return what each fact decides, from what it decides when nothing is said."""
    before = judge_start(guide).options
    turned: dict[str, set[str]] = {}
    for slug, option in judged.options.items():
        if option is not before[slug]:
            for fact in {*before[slug].missing} ^ {*option.missing}:
                turned.setdefault(fact, set()).add(slug)
    known = _ask_start(guide).decides
    changed = {
        fact: known.get(fact, NO_OPTIONS) ^ options for fact, options in turned.items()
    }
    of_scope = {fact for one in judged.situation.scope for fact in one.missing}
    everything = dict.fromkeys(of_scope, frozenset(judged.options))
    return {**known, **changed, **everything}


def _ask(
    guide: Guide, judged: Judged, decides: Decides, *, known: _Known
) -> list[_Asked]:
    signs = _signs_to_ask_about(judged.situation.found)
    wanted = {fact for sign in signs for fact in sign.missing}
    if not judged.situation.stopping:
        wanted.update(fact for fact, options in decides.items() if options)
        wanted.update(*(sign.missing for sign in judged.situation.found.matched))
        wanted.update(*(cause.missing for cause in judged.causes.values()))
    facts = wanted - judged.answers.unsure
    screens = group(facts, guide.screen_of, guide.vocabulary.findings)
    signs_missing = _by_fact(signs)
    asked = []
    for screen, asks in screens.items():
        touched = {sign for fact in asks for sign in signs_missing.get(fact, ())}
        reveals = min((sign.urgency for sign in touched), key=rank, default=None)
        pressing = [sign for sign in touched if sign.urgency is reveals]
        alone = [
            ruling
            for sign in pressing
            for ruling in sign.open_rules
            if ruling.missing.issubset(asks)
        ]
        asked.append(
            _Asked(
                _question(screen, asks, reveals, decides, known),
                settles=sum(_is_begun(one, guide, judged.answers) for one in alone),
                decides_alone=len(alone),
            )
        )
    return asked


def _signs_to_ask_about(found: Triage) -> list[JudgedSign]:
    if not found.is_stopping:
        return list(found.open)
    return [sign for sign in found.open if sign.urgency is Urgency.EMERGENCY]


def _by_fact(signs: Iterable[JudgedSign]) -> dict[str, list[JudgedSign]]:
    missing: dict[str, list[JudgedSign]] = {}
    for sign in signs:
        for fact in sign.missing:
            missing.setdefault(fact, []).append(sign)
    return missing


def _is_begun(ruling: Ruling, guide: Guide, answers: Answers) -> bool:
    """Say whether a rule asks for a symptom that the person has reported."""
    reported = [
        finding_of(fact)
        for fact in ruling.rule.facts - ruling.missing
        if fact.startswith(FINDING)
    ]
    return any(
        answers.findings.get(slug) is Presence.PRESENT
        and guide.vocabulary.findings[slug].kind is FindingKind.SYMPTOM
        for slug in reported
    )


def _question(
    screen: Screen,
    asks: tuple[str, ...],
    reveals: Urgency | None,
    decides: Decides,
    known: _Known,
) -> Question:
    """Return the question of a screen, as it is known where nothing in it changed."""
    before = known.questions.get(screen.slug)
    is_as_before = all(decides.get(one) is known.decides.get(one) for one in asks)
    is_same = before and before.asks == asks and before.could_reveal is reveals
    if before and is_same and is_as_before:
        return before
    options = sorted(NO_OPTIONS.union(*(decides.get(one, ()) for one in asks)))
    return Question(
        slug=screen.slug,
        question=screen.question,
        asks=asks,
        could_reveal=reveals,
        decides=tuple(options),
        because=_because(reveals, options),
    )


def _because(reveals: Urgency | None, options: Sequence[str]) -> str:
    if reveals is not None:
        return REVEALS[reveals]
    return DECIDES if options else EXPLAINS
