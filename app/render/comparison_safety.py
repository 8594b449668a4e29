"""What must be said with a comparison, in every form and length."""

from collections.abc import Iterator, Sequence

from app.engine.options import NO_OFFER
from app.engine.recommendation import Reason, Recommendation, UrgencyAnswer
from app.engine.triage import is_pressing
from app.fields import Standing
from app.library.plain_text import to_plain
from app.render.comparison_shapes import ComparedTreatment, SafetyNote
from app.render.framing import SIGNS_FIRST, Names
from app.render.shapes import TreatmentOut
from app.render.treatment_safety import list_treatment_safety

_HELD = (Standing.NOT_NOW, Standing.AVOID)


def list_safety(
    treatments: Sequence[TreatmentOut],
    columns: Sequence[ComparedTreatment],
    *,
    advice: Recommendation | None,
    names: Names,
) -> tuple[SafetyNote, ...]:
    """Return how urgent it is, and then what speaks against each treatment."""
    urgency = advice.urgency if advice else None
    first = _tell_urgency(urgency) if urgency else (SIGNS_FIRST,)
    notes = [SafetyNote(None, text, for_profile=bool(urgency)) for text in first]
    for treatment, column in zip(treatments, columns, strict=True):
        notes += _tell_column(treatment, column, urgency, names)
    return tuple(notes)


def _tell_urgency(urgency: UrgencyAnswer) -> Iterator[str]:
    yield to_plain(urgency.headline)
    yield from map(to_plain, urgency.what_to_do)
    if urgency.what_to_say:
        yield f"You can say: {to_plain(urgency.what_to_say)}"


def _tell_column(
    treatment: TreatmentOut,
    column: ComparedTreatment,
    urgency: UrgencyAnswer | None,
    names: Names,
) -> Iterator[SafetyNote]:
    """Yield what holds for the person first, then what may hold for anybody."""
    reasons = tuple(_list_against(column, urgency))
    for reason in reasons:
        yield SafetyNote(column.slug, to_plain(reason.text), for_profile=True)
    told = {reason.rule for reason in reasons}
    untold = treatment.model_copy(
        update={
            "avoid_when": tuple(one for one in column.avoid_when if one.id not in told),
            "caution_when": tuple(
                one for one in column.caution_when if one.id not in told
            ),
            "inherited_avoid_when": (),
            "inherited_caution_when": (),
        }
    )
    for text in list_treatment_safety(untold, names):
        if text != SIGNS_FIRST:
            yield SafetyNote(column.slug, text, for_profile=False)


def _list_against(
    column: ComparedTreatment, urgency: UrgencyAnswer | None
) -> Iterator[Reason]:
    """Yield what speaks against a treatment for the person, but for pressing signs.

    What those ask for is said before anything of any treatment.
    """
    is_held = column.standing in _HELD
    if is_held and urgency and not is_pressing(urgency.level):
        yield from (one for one in column.because if one.rule != NO_OFFER)
    yield from column.against
    yield from column.cautions
