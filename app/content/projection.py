"""The rows that a bundle makes: one item each, and what it is filtered by."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from sqlmodel import SQLModel

from app.content.check import Checked
from app.content.criterion import Mark
from app.content.quality import Quality
from app.fields import Certainty, Kind, Urgency
from app.library.bundle import Bundle, Identity, ancestors
from app.library.canonical import canonical_json, sha256
from app.library.entry import name_of
from app.render.documents import (
    cause_topics,
    render_document,
    sign_topics,
    to_card,
    treatment_topics,
)
from app.tables import (
    ITEM_TABLES,
    FailureCauseTopic,
    FailureCauseTreatment,
    Item,
    TreatmentAncestor,
    TreatmentPosition,
    TreatmentTopic,
    WarningSignTopic,
)

_CERTAINTIES, _URGENCIES = list(Certainty), list(Urgency)
_MARK_FIELDS = [field.name for field in fields(Mark)]
_Values = Mapping[str, Any]


@dataclass(frozen=True)
class ProjectedItem:
    """The row of one item, and the rows that belong to it.

    Of `marks`, the rows of its quality, there are many: they are plain values.
    """

    kind: Kind
    row: Item
    links: tuple[SQLModel, ...]
    marks: Sequence[_Values]


def project(checked: Checked, *, release: int) -> Iterator[ProjectedItem]:
    """Yield the rows of every item of the part that was checked, as of this release."""
    bundle, marks = checked.bundle, _list_marks(checked.quality)
    for kind, entry in checked.part:
        document = render_document(kind, entry, bundle)
        columns = _COLUMNS[kind](checked, entry.slug) if kind in _COLUMNS else {}
        links = tuple(_LINKS[kind](bundle, entry.slug)) if kind in _LINKS else ()
        own_marks = marks.get((kind, entry.slug), [])
        card = canonical_json(to_card(kind, document))
        text = canonical_json(document)
        stored = [
            text,
            card,
            _plain(columns),
            [one.model_dump(mode="json") for one in links],
            # What is found of its quality may change though the item itself does not.
            [_plain(one) for one in own_marks],
        ]
        row = ITEM_TABLES[kind](
            slug=entry.slug,
            name=name_of(dict(entry)),
            release=release,
            hash=sha256(canonical_json(stored)),
            card=card,
            document=text,
            **columns,
        )
        yield ProjectedItem(kind, row, links, own_marks)


def _list_marks(quality: Quality) -> dict[Identity, list[_Values]]:
    marks: dict[Identity, list[_Values]] = {}
    for criterion, one in quality.marks:
        own = marks.setdefault((one.kind, one.slug), [])
        values = {name: getattr(one, name) for name in _MARK_FIELDS}
        own.append({**values, "criterion": criterion.slug, "position": len(own)})
    return marks


def _plain(columns: _Values) -> dict[str, str]:
    return {name: str(value) for name, value in columns.items()}


def _treatment_columns(checked: Checked, slug: str) -> dict[str, Any]:
    treatment = checked.bundle.treatments[slug]
    return {
        "category": treatment.category,
        "setting": treatment.setting,
        "benefit": treatment.evidence.benefit,
        "certainty_rank": _CERTAINTIES.index(treatment.evidence.certainty),
        "invasiveness": treatment.invasiveness,
        "last_reviewed_on": treatment.last_reviewed_on,
    }


def _sign_columns(checked: Checked, slug: str) -> dict[str, Any]:
    urgency = checked.bundle.warning_signs[slug].urgency
    return {"urgency": urgency, "urgency_rank": _URGENCIES.index(urgency)}


def _finding_columns(checked: Checked, slug: str) -> dict[str, Any]:
    return {"kind": checked.bundle.findings[slug].kind}


def _case_columns(checked: Checked, slug: str) -> dict[str, Any]:
    return {"tested": canonical_json(sorted(checked.tested[slug]))}


def _treatment_links(bundle: Bundle, slug: str) -> Iterator[SQLModel]:
    for topic in treatment_topics(bundle, slug):
        yield TreatmentTopic(topic=topic, treatment=slug)
    for ancestor in ancestors(bundle.treatments, slug):
        yield TreatmentAncestor(ancestor=ancestor, treatment=slug)
    stances = {(one.guideline, one.stance) for one in bundle.treatments[slug].positions}
    for guideline, stance in sorted(stances):
        yield TreatmentPosition(
            treatment=slug,
            guideline=guideline,
            stance=stance,
            jurisdiction=bundle.guidelines[guideline].jurisdiction,
        )


def _cause_links(bundle: Bundle, slug: str) -> Iterator[SQLModel]:
    for topic in cause_topics(bundle, slug):
        yield FailureCauseTopic(topic=topic, failure_cause=slug)
    pointed_to = {one.treatment for one in bundle.failure_causes[slug].points_to}
    for treatment in sorted(pointed_to):
        yield FailureCauseTreatment(failure_cause=slug, treatment=treatment)


def _sign_links(bundle: Bundle, slug: str) -> Iterator[SQLModel]:
    for topic in sign_topics(bundle, slug):
        yield WarningSignTopic(topic=topic, warning_sign=slug)


_COLUMNS: Mapping[Kind, Callable[[Checked, str], dict[str, Any]]] = MappingProxyType(
    {
        Kind.TREATMENTS: _treatment_columns,
        Kind.WARNING_SIGNS: _sign_columns,
        Kind.FINDINGS: _finding_columns,
        Kind.CASES: _case_columns,
    }
)
_LINKS: Mapping[Kind, Callable[[Bundle, str], Iterator[SQLModel]]] = MappingProxyType(
    {
        Kind.TREATMENTS: _treatment_links,
        Kind.FAILURE_CAUSES: _cause_links,
        Kind.WARNING_SIGNS: _sign_links,
    }
)
