"""Renders the served form of every item, when publishing and never when reading."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from app.engine.positions import describe_positions
from app.fields import Kind
from app.library.about import fill_in
from app.library.bundle import Bundle, ancestors
from app.library.entry import Entry
from app.library.rule_lists import list_rules
from app.library.treatments import TreatmentEntry
from app.render.shapes import (
    CARD_FIELDS,
    OUT_TYPES,
    field_names,
)


def render_document(kind: Kind, entry: Entry, bundle: Bundle) -> dict[str, Any]:
    """Return the served form of an entry as plain data, validated by its model."""
    beside = _BESIDE[kind](entry, bundle) if kind in _BESIDE else {}
    data = _with_rule_ids(kind, entry)
    links = {"self": f"/v1/{kind.value}/{entry.slug}"} | beside.pop("links", {})
    document = (
        OUT_TYPES[kind]
        .model_validate({**data, **beside, "links": links})
        .model_dump(mode="json")
    )
    return {name: document[name] for name in field_names(kind)}


def _with_rule_ids(kind: Kind, entry: Entry) -> dict[str, Any]:
    """Return an entry as plain data in which every rule has its public id."""
    data = entry.model_dump(mode="json", exclude_none=True)
    for listed in list_rules(kind, entry):
        place: Any = data
        for step in listed.pointer.split("/")[1:]:
            place = place[int(step) if step.isdigit() else step]
        place["id"] = listed.id
    return data


def to_card(kind: Kind, document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a list shows of a document."""
    return {name: document[name] for name in CARD_FIELDS.get(kind, tuple(document))}


def _beside_treatment(entry: Entry, bundle: Bundle) -> dict[str, Any]:
    treatment = bundle.treatments[entry.slug]
    above = [bundle.treatments[one] for one in ancestors(bundle.treatments, entry.slug)]
    return {
        "parts": list(bundle.parts_of.get(entry.slug, ())),
        "topics": treatment_topics(bundle, entry.slug),
        "positions": describe_positions(treatment, bundle.guidelines, None),
        "inherited_avoid_when": _inherited(above, "avoid_when"),
        "inherited_caution_when": _inherited(above, "caution_when"),
        "inherited_not_with": [rule for one in above for rule in one.not_with],
        "one_of": sorted(one.slug for one in above if one.one_at_a_time),
    }


def _inherited(above: Sequence[TreatmentEntry], list_name: str) -> list[dict[str, Any]]:
    return [
        rule
        for treatment in above
        for rule in _with_rule_ids(Kind.TREATMENTS, treatment)[list_name]
    ]


def treatment_topics(bundle: Bundle, slug: str) -> list[str]:
    """Return the topics that have the treatment as an option, by slug."""
    return list(bundle.topics_offering.get(slug, ()))


def cause_topics(bundle: Bundle, slug: str) -> list[str]:
    """Return the topics that the failure cause belongs to, by slug."""
    return sorted(
        topic.slug for topic in bundle.topics.values() if slug in topic.failure_causes
    )


def sign_topics(bundle: Bundle, slug: str) -> list[str]:
    """Return the topics that the warning sign holds for, by slug."""
    return sorted(bundle.warning_signs[slug].topics or bundle.topics)


def _beside_cause(entry: Entry, bundle: Bundle) -> dict[str, Any]:
    return {"in_topics": cause_topics(bundle, entry.slug)}


def _beside_sign(entry: Entry, bundle: Bundle) -> dict[str, Any]:
    texts = bundle.warning_signs[entry.slug].what_to_do
    return {
        "in_topics": sign_topics(bundle, entry.slug),
        "what_to_do": tuple(fill_in(text, None) for text in texts),
    }


def _beside_topic(entry: Entry, _bundle: Bundle) -> dict[str, Any]:
    slug = entry.slug
    return {
        "links": {
            "questionnaire": f"/v1/topics/{slug}/questionnaire",
            "treatments": f"/v1/treatments?topic={slug}",
            "failure_causes": f"/v1/failure-causes?topic={slug}",
            "warning_signs": f"/v1/warning-signs?topic={slug}",
            "recommendations": "/v1/recommendations",
        }
    }


def _beside_finding(entry: Entry, bundle: Bundle) -> dict[str, Any]:
    screens = [
        one.slug for one in bundle.screens.values() if entry.slug in one.findings
    ]
    return {"screen": screens[0] if screens else None}


_BESIDE: Mapping[Kind, Callable[[Entry, Bundle], dict[str, Any]]] = MappingProxyType(
    {
        Kind.TREATMENTS: _beside_treatment,
        Kind.FAILURE_CAUSES: _beside_cause,
        Kind.WARNING_SIGNS: _beside_sign,
        Kind.TOPICS: _beside_topic,
        Kind.FINDINGS: _beside_finding,
    }
)
