"""The short and the medium text of every item, as the API tells it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.fields import Kind
from app.library.bundle import Bundle
from app.library.entry import Entry
from app.library.plain_text import to_plain
from app.render.documents import render_document
from app.render.failure_cause_text import compose_failure_cause
from app.render.framing import Names, name_items
from app.render.rendering import Length, Rendering
from app.render.shapes import (
    FailureCauseOut,
    TopicOut,
    TreatmentOut,
    WarningSignOut,
)
from app.render.topic_text import compose_topic
from app.render.treatment_safety import answer_section
from app.render.treatment_text import compose_treatment
from app.render.warning_sign_text import compose_warning_sign

_LENGTHS = (Length.SHORT, Length.MEDIUM)


@dataclass(frozen=True, slots=True)
class BriefTexts:
    """An item as it is told; `unanswered` says of questions that it has no answer."""

    kind: Kind
    slug: str
    renderings: tuple[Rendering, ...]
    unanswered: tuple[str, ...] = ()


def compose_briefly(bundle: Bundle) -> Iterator[BriefTexts]:
    """Yield the texts of every item that has any."""
    names = name_items(bundle)
    for treatment in bundle.treatments.values():
        yield _tell_treatment(treatment, bundle, names)
    for cause in bundle.failure_causes.values():
        yield _tell_cause(cause, bundle, names)
    signs = [_serve_sign(one, bundle) for one in bundle.warning_signs.values()]
    for sign in signs:
        told = [compose_warning_sign(sign, one, names=names) for one in _LENGTHS]
        yield BriefTexts(Kind.WARNING_SIGNS, sign.slug, tuple(told))
    for topic in bundle.topics.values():
        yield _tell_topic(topic, bundle, names, signs)


def _tell_treatment(entry: Entry, bundle: Bundle, names: Names) -> BriefTexts:
    document = render_document(Kind.TREATMENTS, entry, bundle)
    served = TreatmentOut.model_validate(document)
    return BriefTexts(
        Kind.TREATMENTS,
        served.slug,
        tuple(compose_treatment(served, one, names=names) for one in _LENGTHS),
        tuple(
            to_plain(answer_section(section))
            for section in served.sections.values()
            if section.text is None
        ),
    )


def _tell_cause(entry: Entry, bundle: Bundle, names: Names) -> BriefTexts:
    document = render_document(Kind.FAILURE_CAUSES, entry, bundle)
    served = FailureCauseOut.model_validate(document)
    told = [compose_failure_cause(served, one, names=names) for one in _LENGTHS]
    return BriefTexts(Kind.FAILURE_CAUSES, served.slug, tuple(told))


def _serve_sign(entry: Entry, bundle: Bundle) -> WarningSignOut:
    document = render_document(Kind.WARNING_SIGNS, entry, bundle)
    return WarningSignOut.model_validate(document)


def _tell_topic(
    entry: Entry, bundle: Bundle, names: Names, signs: Sequence[WarningSignOut]
) -> BriefTexts:
    document = render_document(Kind.TOPICS, entry, bundle)
    served = TopicOut.model_validate(document)
    holding = [sign for sign in signs if served.slug in sign.in_topics]
    told = [compose_topic(served, one, names=names, signs=holding) for one in _LENGTHS]
    return BriefTexts(Kind.TOPICS, served.slug, tuple(told))
