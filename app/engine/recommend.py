"""The recommendation: a guide and a profile in, the whole answer out.

A deterministic function: no clock, no I/O, no randomness, nothing stored.
"""

from collections.abc import Iterable

from app.engine.causes import judge_causes
from app.engine.guide import Guide, GuideOption
from app.engine.headline import write_headline
from app.engine.options import (
    JudgedOption,
    Situation,
    judge_options,
    judge_scope,
)
from app.engine.plan import plan_options, plan_steps
from app.engine.positions import describe_positions
from app.engine.questions import ask_next
from app.engine.read_profile import read_profile
from app.engine.recommendation import (
    Option,
    Recommendation,
    Screening,
    UrgencyAnswer,
)
from app.engine.triage import Triage, describe_signs, triage
from app.library.about import Region, fill_in
from app.library.canonical import canonical_json, sha256
from app.library.profile import PatientProfile, normalise

ENGINE_VERSION = "1.0.0"


def recommend(
    guide: Guide, profile: PatientProfile, *, region: str | None = None
) -> Recommendation:
    """Answer a profile: urgency, causes, every option once, plan, what to ask.

    The profile must have passed `check_profile`, the region must be the library's.
    """
    answers, notes = read_profile(profile, guide.vocabulary)
    found = triage(guide, answers)
    scope = judge_scope(guide, answers)
    causes = judge_causes(guide, answers)
    options = judge_options(guide, answers, Situation(found, scope))
    questions = ask_next(guide, answers, found, options, causes)
    planned = plan_options(options)
    where = guide.region(region)
    return Recommendation(
        release=guide.release,
        engine=ENGINE_VERSION,
        topic=guide.topic.slug,
        region=region,
        digest=_digest(guide, profile, region),
        urgency=_describe_urgency(
            found, write_headline(found, scope, questions), where
        ),
        causes=causes,
        options=tuple(_describe_option(guide, one, where) for one in options),
        plan=plan_steps(guide, planned),
        ask_next=questions,
        questions_to_ask=_questions_to_ask(guide, found, planned),
        notes=notes,
        disclaimer=guide.library.disclaimer,
    )


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


def _describe_option(
    guide: Guide, judged: JudgedOption, region: Region | None
) -> Option:
    treatment = judged.option.treatment
    return Option(
        slug=treatment.slug,
        name=treatment.name,
        category=treatment.category,
        standing=judged.standing,
        because=judged.because,
        cautions=judged.cautions,
        against=judged.against,
        missing=judged.missing,
        would_change=None,
        evidence=treatment.evidence,
        positions=describe_positions(treatment, guide.guidelines, region),
        links={"self": f"/v1/treatments/{treatment.slug}"},
    )


def _questions_to_ask(
    guide: Guide, found: Triage, planned: Iterable[GuideOption]
) -> tuple[str, ...]:
    """Return what to ask a clinician; nothing stands beside a call for help."""
    if found.is_stopping:
        return ()
    asked = [*guide.topic.questions_to_ask]
    asked += [one for option in planned for one in option.treatment.questions_to_ask]
    return tuple(dict.fromkeys(asked))
