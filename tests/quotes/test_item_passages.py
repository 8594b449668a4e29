"""Which sentences of each kind of item may be quoted, where they stand, and why."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.fields import Kind, SectionName
from app.library.bundle import Bundle
from app.quotes.item_passages import list_item_passages
from app.quotes.library_passage import LibraryPassage
from app.render.documents import render_document
from tests.factories import (
    BASE,
    SOURCES,
    make_bundle,
    make_cause,
    make_finding,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

UNKNOWN = {"unknown": True, "looked_for": "How soon it works. None was found."}
NO_ANSWER = {"not_applicable": True, "why": "It is a test."}
SECTION = {"text": "It is [a tablet](/x). **Swallow** it.", "sources": SOURCES}
GUIDELINE = {
    "slug": "nice", "name": "Guideline", "body": "NICE", "jurisdiction": "UK",
    "year": 2020, "scope": "Back pain.", "status": "current",
    "reference": "cohen-2020", "note": "Read in part.",
}  # fmt: skip
TREATMENT = make_treatment(
    "ibuprofen",
    name="Ibuprofen",
    summary="A tablet. It may help.",
    sections={
        **{name.value: NO_ANSWER for name in SectionName},
        "what-it-is": SECTION,
        "how-soon": UNKNOWN,
    },
    positions=[
        {"guideline": "nice", "stance": "for", "scope": "As a group."},
        {"guideline": "nice", "stance": "against"},
    ],
    avoid_when=[make_rule("ulcer", because="You had an ulcer.")],
    caution_when=[make_rule("old", because="You are old. Ask.")],
    not_with=[{"treatment": "walking", "because": "Too much.", "sources": SOURCES}],
    questions_to_ask=["Is it safe?"],
)
STEP = {"because": "A reason.", "review_after_weeks": 6, "sources": SOURCES}
TOPIC = make_topic(
    introduction="It happens.",
    options=[make_option(avoid_when=[make_rule("no", because="Not this.")])],
    plan=dict.fromkeys(("now", "check", "rebuild", "medicines", "procedures"), STEP),
    questions_to_ask=["What now?"],
)
OWN: dict[Kind, list[dict[str, Any]]] = {
    Kind.GUIDELINES: [GUIDELINE],
    Kind.TREATMENTS: [TREATMENT],
    Kind.FAILURE_CAUSES: [
        make_cause(
            summary="It missed.",
            text="It can miss.",
            clues_against=[make_rule("no", because="It helped.")],
            points_to=[{"treatment": "walking", "because": "Walk."}],
        )
    ],
    Kind.WARNING_SIGNS: [
        make_sign(
            rules=[make_rule("one", because="You told us so.")],
            what_to_do=["Call {emergency_number} now.", "Sit. Wait."],
        )
    ],
    Kind.TOPICS: [TOPIC],
    Kind.FINDINGS: [make_finding("numb", question="Is it numb? Since when?")],
}
BUNDLE = make_bundle(OWN)
SOURCED = tuple(SOURCES)

TREATMENT_PASSAGES = [
    ("/summary", "A tablet.", ()),
    ("/summary", "It may help.", ()),
    ("/evidence/statement", "It may help.", SOURCED),
    ("/evidence/figures_unknown", "No trial was found.", ()),
    ("/sections/what-it-is/text", "It is a tablet.", SOURCED),
    ("/sections/what-it-is/text", "Swallow it.", SOURCED),
    ("/sections/how-soon/looked_for", "How soon it works.", ()),
    ("/sections/how-soon/looked_for", "None was found.", ()),
    ("/sections/how-long/why", "It is a test.", ()),
    ("/not_with/0/because", "Too much.", SOURCED),
    ("/questions_to_ask/0", "Is it safe?", ()),
    ("/avoid_when/0/because", "You had an ulcer.", SOURCED),
    ("/caution_when/0/because", "You are old.", SOURCED),
    ("/caution_when/0/because", "Ask.", SOURCED),
    ("/positions/0/scope", "As a group.", SOURCED),
]


def list_of(kind: Kind, slug: str) -> list[tuple[str, str, tuple[str, ...]]]:
    entry = BUNDLE.of_kind(kind)[slug]
    passages = list(list_item_passages(kind, entry, BUNDLE))
    assert {(one.kind, one.slug) for one in passages} <= {(kind, slug)}
    return [(one.pointer, one.text, one.sources) for one in passages]


def test_sentences_of_a_treatment() -> None:
    listed = list_of(Kind.TREATMENTS, "ibuprofen")

    answered = ("what-it-is", "how-soon", "how-long")
    others = [
        f"/sections/{name.value}/" for name in SectionName if name not in answered
    ]
    assert [
        one for one in listed if not one[0].startswith(tuple(others))
    ] == TREATMENT_PASSAGES


@pytest.mark.parametrize(
    ("kind", "slug", "expected"),
    [
        pytest.param(
            Kind.FAILURE_CAUSES, "cause",
            [
                ("/summary", "It missed.", SOURCED),
                ("/text", "It can miss.", SOURCED),
                ("/how_to_check/0", "Ask for the record.", SOURCED),
                ("/points_to/0/because", "Walk.", SOURCED),
                ("/clues_against/0/because", "It helped.", SOURCED),
            ], id="failure cause",
        ),
        pytest.param(
            Kind.WARNING_SIGNS, "sign",
            [
                ("/question", "Is it so?", SOURCED),
                ("/what_to_do/0", "Call {emergency_number} now.", SOURCED),
                ("/what_to_do/1", "Sit.", SOURCED),
                ("/what_to_do/1", "Wait.", SOURCED),
                ("/what_to_say", "I have this sign.", SOURCED),
                ("/why", "It can be dangerous.", SOURCED),
                ("/rules/0/because", "You told us so.", SOURCED),
            ], id="warning sign",
        ),
        pytest.param(
            Kind.TOPICS, "facet-joint-injection",
            [
                ("/introduction", "It happens.", SOURCED),
                ("/plan/now/because", "A reason.", SOURCED),
                ("/plan/check/because", "A reason.", SOURCED),
                ("/plan/rebuild/because", "A reason.", SOURCED),
                ("/plan/medicines/because", "A reason.", SOURCED),
                ("/plan/procedures/because", "A reason.", SOURCED),
                ("/questions_to_ask/0", "What now?", SOURCED),
                ("/options/0/avoid_when/0/because", "Not this.", SOURCED),
            ], id="topic",
        ),
        pytest.param(
            Kind.FINDINGS, "numb",
            [("/question", "Is it numb?", ()), ("/question", "Since when?", ())],
            id="finding",
        ),
        pytest.param(
            Kind.MEASURES, "block-relief-percent",
            [("/question", "How much of the pain was gone?", ())], id="measure",
        ),
        pytest.param(
            Kind.SCREENS, "nerves",
            [("/question", "Have you had any of these?", ())], id="screen",
        ),
        pytest.param(
            Kind.GUIDELINES, "nice",
            [("/scope", "Back pain.", SOURCED), ("/note", "Read in part.", SOURCED)],
            id="guideline",
        ),
        pytest.param(
            Kind.LIBRARY, "whatnext",
            [
                ("/intended_use", "Tests.", ()),
                ("/disclaimer", "Not medical advice.", ()),
            ], id="library",
        ),
        pytest.param(Kind.REFERENCES, "cohen-2020", [], id="reference"),
    ],
)  # fmt: skip
def test_sentences_of_an_item(
    kind: Kind, slug: str, expected: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    assert list_of(kind, slug) == expected


def test_a_library_has_the_sentences_of_all_its_items() -> None:
    kinds = {passage.kind for passage in list_all(BUNDLE)}

    assert kinds == {*BASE, *OWN} - {Kind.REFERENCES}


def test_every_passage_stands_where_its_pointer_leads(seed_bundle: Bundle) -> None:
    documents = {
        (kind, entry.slug): render_document(kind, entry, seed_bundle)
        for kind, entry in seed_bundle
    }
    astray = [
        passage
        for passage in list_all(seed_bundle)
        if not find(documents[passage.kind, passage.slug], passage.pointer)
    ]

    assert astray == []


def list_all(bundle: Bundle) -> Iterator[LibraryPassage]:
    for kind, entry in bundle:
        yield from list_item_passages(kind, entry, bundle)


def find(document: Any, pointer: str) -> str:
    for step in pointer.split("/")[1:]:
        document = document[int(step) if step.isdigit() else step]
    assert isinstance(document, str), json.dumps(document)[:200]
    return document
