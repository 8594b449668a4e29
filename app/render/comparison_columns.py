"""The columns of a comparison: what each treatment is, and where it stands."""

from app.engine.recommendation import Option, PositionAnswer, Recommendation
from app.engine.triage import is_pressing
from app.render.comparison_shapes import ComparedTreatment
from app.render.shapes import RuleOut, TopicOut, TreatmentOut

_NO_PROFILE = "No profile was given."
_OUTSIDE = "It is not an option of this topic."
_NOT_JUDGED = (
    "So it was not judged for this person, and what rules it out may hold for them."
)
_SIGN_FIRST = " The warning sign comes first."


def describe_column(
    treatment: TreatmentOut, topic: TopicOut | None, advice: Recommendation | None
) -> ComparedTreatment:
    """Return a treatment with all that rules it out, and its standing if there is one.

    In a topic its `avoid_when` are those of the option there, too.
    """
    option = _find_option(treatment.slug, advice)
    return ComparedTreatment(
        slug=treatment.slug,
        name=treatment.name,
        summary=treatment.summary,
        category=treatment.category,
        invasiveness=treatment.invasiveness,
        setting=treatment.setting,
        reversible=treatment.reversible,
        time_to_benefit=treatment.time_to_benefit,
        duration_of_benefit=treatment.duration_of_benefit,
        evidence=treatment.evidence,
        positions=_positions(treatment, option),
        last_reviewed_on=treatment.last_reviewed_on,
        review_due_on=treatment.review_due_on,
        reviewed_by=treatment.reviewed_by,
        avoid_when=(
            *treatment.avoid_when,
            *treatment.inherited_avoid_when,
            *_avoid_in(topic, treatment.slug),
        ),
        caution_when=(*treatment.caution_when, *treatment.inherited_caution_when),
        not_with=(*treatment.not_with, *treatment.inherited_not_with),
        standing=option.standing if option else None,
        no_standing=None if option else _say_why(treatment, topic, advice),
        because=option.because if option else (),
        cautions=option.cautions if option else (),
        against=option.against if option else (),
        missing=option.missing if option else (),
        links=treatment.links,
    )


def _positions(
    treatment: TreatmentOut, option: Option | None
) -> tuple[PositionAnswer, ...]:
    """Return every position; those of the region first, where one was asked for."""
    own = option.positions if option else None
    return treatment.positions if own is None else own


def _find_option(slug: str, advice: Recommendation | None) -> Option | None:
    options = advice.options if advice else ()
    return next((one for one in options if one.slug == slug), None)


def _avoid_in(topic: TopicOut | None, slug: str) -> tuple[RuleOut, ...]:
    options = topic.options if topic else ()
    return tuple(
        rule for one in options if one.treatment == slug for rule in one.avoid_when
    )


def _say_why(
    treatment: TreatmentOut, topic: TopicOut | None, advice: Recommendation | None
) -> str:
    """Say why a treatment has no standing, so that nobody takes it for a good one."""
    if advice is None:
        is_outside = topic is not None and topic.slug not in treatment.topics
        return _OUTSIDE if is_outside else _NO_PROFILE
    first = _SIGN_FIRST if is_pressing(advice.urgency.level) else ""
    return f"{_OUTSIDE} {_NOT_JUDGED}{first}"
