"""What matters most of a recommendation, to compare one with another."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.engine.guide import Guide
from app.engine.judging import judge_answers
from app.engine.read_profile import read_profile
from app.fields import Likelihood, Standing, Urgency
from app.library.profile import PatientProfile


@dataclass(frozen=True, slots=True)
class Gist:
    """How urgent, because of which signs, and where causes and options stand."""

    level: Urgency
    could_be: Urgency
    signs: frozenset[str]
    causes: Mapping[str, Likelihood]
    options: Mapping[str, Standing]


def summarise(guide: Guide, profile: PatientProfile) -> Gist:
    """Return the gist of the recommendation that a checked profile gets."""
    answers, _ = read_profile(profile, guide.vocabulary)
    judged = judge_answers(guide, answers)
    return Gist(
        level=judged.found.level,
        could_be=judged.found.could_be,
        signs=frozenset(sign.sign.slug for sign in judged.found.matched),
        causes={cause.slug: cause.likelihood for cause in judged.causes},
        options={option.slug: option.standing for option in judged.options},
    )
