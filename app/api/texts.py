"""Items, comparisons and advice as texts: composed, with the references they name."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields as dataclass_fields
from types import MappingProxyType

from app.api.forms import Form
from app.api.parameters import read_list
from app.errors import Fault, InvalidRequestError
from app.fields import Kind
from app.library.sources import ReferenceEntry
from app.queries.releases import NOTHING, Edition
from app.queries.snapshots import Snapshot
from app.queries.texts import (
    get_library,
    list_cards,
    list_names,
    list_references,
    list_signs,
)
from app.render.citations import number_sources
from app.render.failure_cause_text import compose_failure_cause
from app.render.framing import Names
from app.render.llms_text import HEADINGS, Listed, write_llms_text
from app.render.markdown_writer import write_markdown
from app.render.plain_writer import write_plain
from app.render.rendering import Length, Rendering
from app.render.shapes import (
    FailureCauseOut,
    LibraryOut,
    ReferenceOut,
    TopicOut,
    TreatmentOut,
    WarningSignOut,
)
from app.render.text_json import TextAnswer, write_text_json
from app.render.topic_text import compose_topic
from app.render.treatment_text import compose_treatment
from app.render.warning_sign_text import compose_warning_sign

ALWAYS_SAID = ("safety", "disclaimer")


class NameBook:
    """Knows what items are called, read once an edition."""

    def __init__(self) -> None:
        # Together: another thread may read of another edition meanwhile.
        self._read: tuple[Edition, Names] = NOTHING, {}

    def read(self, snapshot: Snapshot, edition: Edition) -> Names:
        """Return what the items of an edition are called."""
        known, names = self._read
        if known != edition:
            names = list_names(snapshot)
            self._read = edition, names
        return names


def compose(
    snapshot: Snapshot, kind: Kind, document: str, length: Length, names: Names
) -> Rendering:
    """Return the text of an item, given its document."""
    return _COMPOSED[kind](document, length, names, snapshot)


def choose_parts(fields: str | None, form: Form) -> Sequence[str] | None:
    """Read `fields=` of a text; what must be said stays, whatever was chosen.

    Raises `InvalidRequestError` naming the valid parts.
    """
    if fields is None:
        return None
    if form is not Form.PARTS:
        detail = "Only JSON has fields to choose from."
        raise InvalidRequestError([Fault("/query/fields", detail)])
    known = [field.name for field in dataclass_fields(TextAnswer)]
    wanted = read_list(fields, known, name="fields", refusal="Not a part of a text.")
    return [name for name in known if name in wanted or name in ALWAYS_SAID]


def load_references(
    snapshot: Snapshot, rendering: Rendering
) -> Mapping[str, ReferenceEntry]:
    """Return the references that a text names."""
    slugs = list(number_sources(rendering.body))
    documents = map(ReferenceOut.model_validate_json, list_references(snapshot, slugs))
    return {one.slug: one for one in documents}


def write(
    rendering: Rendering, references: Mapping[str, ReferenceEntry], form: Form
) -> str:
    """Write a text in a form, with the references that it names."""
    match form:
        case Form.JSON | Form.PARTS:
            return write_text_json(rendering, references).decode()
        case Form.MARKDOWN:
            return write_markdown(rendering, references)
        case Form.PLAIN:
            return write_plain(rendering, references)


def write_library(snapshot: Snapshot) -> str:
    """Write the page that tells a language model of everything."""
    about = LibraryOut.model_validate_json(get_library(snapshot))
    items = [
        Listed(kind, card["slug"], card["name"], card[_SAID[kind]])
        for kind in HEADINGS
        for card in map(json.loads, list_cards(snapshot, kind))
    ]
    return write_llms_text(about, items)


_SAID: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.WARNING_SIGNS: "question",
        Kind.TOPICS: "introduction",
        Kind.FAILURE_CAUSES: "summary",
        Kind.TREATMENTS: "summary",
    }
)
"""What of a card says in a sentence or two what it is."""

_Compose = Callable[[str, Length, Names, Snapshot], Rendering]


def _compose_treatment(
    document: str, length: Length, names: Names, _snapshot: Snapshot
) -> Rendering:
    treatment = TreatmentOut.model_validate_json(document)
    return compose_treatment(treatment, length, names=names)


def _compose_cause(
    document: str, length: Length, names: Names, _snapshot: Snapshot
) -> Rendering:
    cause = FailureCauseOut.model_validate_json(document)
    return compose_failure_cause(cause, length, names=names)


def _compose_sign(
    document: str, length: Length, names: Names, _snapshot: Snapshot
) -> Rendering:
    sign = WarningSignOut.model_validate_json(document)
    return compose_warning_sign(sign, length, names=names)


def _compose_topic(
    document: str, length: Length, names: Names, snapshot: Snapshot
) -> Rendering:
    topic = TopicOut.model_validate_json(document)
    signs: Iterable[WarningSignOut] = map(
        WarningSignOut.model_validate_json, list_signs(snapshot, topic.slug)
    )
    return compose_topic(topic, length, names=names, signs=signs)


_COMPOSED: Mapping[Kind, _Compose] = MappingProxyType(
    {
        Kind.TREATMENTS: _compose_treatment,
        Kind.FAILURE_CAUSES: _compose_cause,
        Kind.WARNING_SIGNS: _compose_sign,
        Kind.TOPICS: _compose_topic,
    }
)

TOLD_KINDS = frozenset(_COMPOSED)
"""The kinds whose items can be told as texts."""
