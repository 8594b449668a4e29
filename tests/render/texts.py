"""How tests compose texts, and write them in every form."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from app.fields import Kind
from app.library.bundle import Bundle
from app.library.entry import Entry, name_of
from app.library.sources import ReferenceEntry
from app.render.documents import render_document
from app.render.failure_cause_text import compose_failure_cause
from app.render.framing import Names
from app.render.markdown_writer import write_markdown
from app.render.plain_writer import write_plain
from app.render.rendering import Length, Paragraph, Rendering
from app.render.shapes import (
    OUT_TYPES,
    FailureCauseOut,
    LinkedOut,
    TopicOut,
    TreatmentOut,
    WarningSignOut,
)
from app.render.text_json import write_text_json
from app.render.topic_text import compose_topic
from app.render.treatment_text import compose_treatment
from app.render.warning_sign_text import compose_warning_sign

WITH_TEXT = (Kind.TREATMENTS, Kind.FAILURE_CAUSES, Kind.WARNING_SIGNS, Kind.TOPICS)
References = Mapping[str, ReferenceEntry]


def _json_text(rendering: Rendering, references: References) -> str:
    return write_text_json(rendering, references).decode()


FORMS: Mapping[str, Callable[[Rendering, References], str]] = {
    "markdown": write_markdown,
    "plain": write_plain,
    "json": _json_text,
}


class Text(NamedTuple):
    """A text that is composed, of which item, and how long."""

    kind: Kind
    slug: str
    length: Length
    rendering: Rendering


def names_in(bundle: Bundle) -> Names:
    """Return what items of a library are called."""
    entries: Mapping[Kind, Mapping[str, Entry]] = {
        Kind.FINDINGS: bundle.findings,
        Kind.TREATMENTS: bundle.treatments,
        Kind.FAILURE_CAUSES: bundle.failure_causes,
        Kind.TOPICS: bundle.topics,
    }
    return {
        kind: {slug: name_of(entry.model_dump()) for slug, entry in items.items()}
        for kind, items in entries.items()
    }


def compose_all(bundle: Bundle) -> Iterator[Text]:
    """Yield every item of a library that has a text, at every length."""
    names = names_in(bundle)
    for kind in WITH_TEXT:
        for slug in bundle.of_kind(kind):
            for length in Length:
                rendering = _compose(bundle, kind, slug, length, names)
                yield Text(kind, slug, length, rendering)


def compose(bundle: Bundle, kind: Kind, slug: str, length: Length) -> Rendering:
    """Compose one item of a library."""
    return _compose(bundle, kind, slug, length, names_in(bundle))


def _compose(
    bundle: Bundle, kind: Kind, slug: str, length: Length, names: Names
) -> Rendering:
    served = _serve(bundle, kind, slug)
    match served:
        case TreatmentOut():
            return compose_treatment(served, length, names=names)
        case FailureCauseOut():
            return compose_failure_cause(served, length, names=names)
        case WarningSignOut():
            return compose_warning_sign(served, length, names=names)
        case TopicOut():
            signs = _signs_of(bundle, slug)
            return compose_topic(served, length, names=names, signs=signs)
        case _:
            raise AssertionError(kind)


def _serve(bundle: Bundle, kind: Kind, slug: str) -> LinkedOut:
    served = render_document(kind, bundle.of_kind(kind)[slug], bundle)
    return OUT_TYPES[kind].model_validate(served)


def _signs_of(bundle: Bundle, topic: str) -> list[WarningSignOut]:
    signs = [_serve(bundle, Kind.WARNING_SIGNS, one) for one in bundle.warning_signs]
    return [
        sign
        for sign in signs
        if isinstance(sign, WarningSignOut) and topic in sign.in_topics
    ]


def brief_passages(rendering: Rendering) -> list[str]:
    """Return what a short or medium text says: it is one paragraph."""
    [block] = rendering.body
    assert isinstance(block, Paragraph)
    return [passage.text for passage in block.passages]
