"""What matters most of a recommendation, to compare one with another."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.engine.guide import Guide
from app.engine.judging import judge_again, judge_start
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
    judged = judge_again(guide, judge_start(guide), answers)
    found = judged.situation.found
    return Gist(
        level=found.level,
        could_be=found.could_be,
        signs=frozenset(sign.sign.slug for sign in found.matched),
        causes={slug: cause.likelihood for slug, cause in judged.causes.items()},
        options={slug: option.standing for slug, option in judged.options.items()},
    )
