"""The recommendation: a guide and a profile in, the whole answer out.

A deterministic function: no clock, no I/O, no randomness, nothing stored.
"""

from collections.abc import Collection
from dataclasses import fields
from functools import lru_cache
from itertools import chain

from app.engine.editions import of_one_edition
from app.engine.guide import KEPT, Guide
from app.engine.headline import write_headline
from app.engine.judging import Judged, judge_answers
from app.engine.lifts import find_lift
from app.engine.options import JudgedOption
from app.engine.plan import Plan, plan_options, plan_steps
from app.engine.positions import positions_in
from app.engine.questions import ask_next
from app.engine.read_profile import read_profile
from app.engine.recommendation import (
    Explanation,
    Option,
    Recommendation,
    Screening,
    UrgencyAnswer,
    WouldChange,
)
from app.engine.trace import trace
from app.engine.triage import Triage, describe_signs
from app.fields import Beside
from app.library.about import Region, fill_in
from app.library.canonical import canonical_json, sha256
from app.library.profile import PatientProfile, normalise

ENGINE_VERSION = "1.4.0"

EVERYTHING = frozenset(Beside)
NOTHING: frozenset[Beside] = frozenset()


def recommend(
    guide: Guide,
    profile: PatientProfile,
    *,
    region: str | None = None,
    beside: Collection[Beside] = EVERYTHING,
) -> Recommendation:
    """Answer a profile: urgency, causes, every option once, plan, what to ask.

    The profile must have passed `check_profile`, the region must be the library's.
    """
    return _advise(guide, profile, region, frozenset(beside))[0]


def recommend_as_is(
    guide: Guide, profile: PatientProfile, *, region: str | None = None
) -> Recommendation:
    """Answer as `recommend` does, but for what would change it, and the receipt."""
    return _advise(guide, profile, region, NOTHING, is_lifting=False)[0]


def explain(
    guide: Guide,
    profile: PatientProfile,
    *,
    region: str | None = None,
    beside: Collection[Beside] = EVERYTHING,
) -> Explanation:
    """Answer a profile as `recommend` does, and say what every rule came to."""
    advice, judged = _advise(guide, profile, region, frozenset(beside))
    given = {field.name: getattr(advice, field.name) for field in fields(advice)}
    return Explanation(**given, trace=trace(guide, judged.answers))


def _advise(
    guide: Guide,
    profile: PatientProfile,
    region: str | None,
    beside: frozenset[Beside],
    *,
    is_lifting: bool = True,
) -> tuple[Recommendation, Judged]:
    answers, notes = read_profile(profile, guide.vocabulary)
    judged = judge_answers(guide, answers)
    questions = ask_next(guide, judged)
    planned = plan_options(guide, judged.options)
    where = guide.region(region)
    headline = write_headline(judged.found, judged.scope, questions)
    advice = Recommendation(
        release=guide.release,
        engine=ENGINE_VERSION,
        topic=guide.topic.slug,
        region=region,
        digest=_digest(guide, profile, region) if is_lifting else "",
        urgency=_describe_urgency(judged.found, headline, where),
        causes=judged.causes,
        options=_describe_options(guide, judged, region, beside, is_lifting=is_lifting),
        plan=plan_steps(guide, planned),
        ask_next=questions,
        questions_to_ask=_questions_to_ask(guide, judged.found, planned),
        notes=notes,
        disclaimer=guide.library.disclaimer,
    )
    return advice, judged


def _digest(guide: Guide, profile: PatientProfile, region: str | None) -> str:
    """Return the receipt: the same for the same question to the same guide."""
    parts = {
        "topic": guide.topic.slug,
        "region": region,
        "profile": normalise(profile),
        "guide": guide.hash,
        "engine": ENGINE_VERSION,
    }
    return sha256(canonical_json(parts))


def _describe_urgency(
    found: Triage, headline: str, region: Region | None
) -> UrgencyAnswer:
    top = [sign.sign.entry for sign in found.top_signs]
    to_do = [fill_in(text, region) for entry in top for text in entry.what_to_do]
    return UrgencyAnswer(
        level=found.level,
        could_be=found.could_be,
        headline=headline,
        what_to_do=tuple(dict.fromkeys(to_do)),
        what_to_say=top[0].what_to_say if top else None,
        signs=describe_signs(found),
        screening=Screening(
            complete=not found.open, unanswered=tuple(sorted(found.unanswered))
        ),
    )


def _describe_options(
    guide: Guide,
    judged: Judged,
    region: str | None,
    beside: frozenset[Beside],
    *,
    is_lifting: bool,
) -> tuple[Option, ...]:
    if not is_lifting:
        return tuple(
            _describe_option(guide, one, None, region, beside) for one in judged.options
        )
    return tuple(
        [_describe_lifted(guide, one, region, beside) for one in judged.options]
    )


@of_one_edition
@lru_cache(maxsize=KEPT)
def _describe_lifted(
    guide: Guide, judged: JudgedOption, region: str | None, beside: frozenset[Beside]
) -> Option:
    return _describe_option(guide, judged, find_lift(guide, judged), region, beside)


def _describe_option(
    guide: Guide,
    judged: JudgedOption,
    lift: WouldChange | None,
    region: str | None,
    beside: frozenset[Beside],
) -> Option:
    treatment = judged.option.treatment
    positions = Beside.POSITIONS in beside
    address = f"/v1/treatments/{treatment.slug}"
    return Option(
        slug=treatment.slug,
        name=treatment.name,
        category=treatment.category,
        standing=judged.standing,
        because=judged.because,
        cautions=judged.cautions,
        against=judged.against,
        missing=judged.missing,
        would_change=lift,
        evidence=treatment.evidence if Beside.EVIDENCE in beside else None,
        positions=positions_in(guide, region)[treatment.slug] if positions else None,
        links={"self": address, "evidence": f"{address}?fields=evidence,positions"},
    )


def _questions_to_ask(guide: Guide, found: Triage, planned: Plan) -> tuple[str, ...]:
    """Return what to ask a clinician; nothing stands beside a call for help."""
    if found.is_stopping:
        return ()
    asked = [*guide.topic.questions_to_ask]
    for option in chain.from_iterable(planned.values()):
        asked += option.treatment.questions_to_ask
    return tuple(dict.fromkeys(asked))
