"""The rows that are served: documents, cards, links and what is filtered."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from app.content.check import judge_library
from app.content.projection import ProjectedItem, project
from app.fields import Kind, Outcome
from app.library.canonical import canonical_json
from app.tables import (
    LINK_TABLES,
    Listed,
    ListedTreatment,
    ListedWarningSign,
    WarningSignFinding,
)
from tests.factories import (
    SOURCES,
    TOPIC,
    Data,
    make_bundle,
    make_cause,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

GUIDELINE = {
    "body": "A body",
    "year": 2016,
    "scope": "Low back pain.",
    "status": "current",
    "reference": "cohen-2020",
}
NICE = {**GUIDELINE, "slug": "nice", "name": "NG59", "jurisdiction": "UK"}
ACP = {**GUIDELINE, "slug": "acp", "name": "ACP advice", "jurisdiction": "US"}
OTHER_TOPIC = "a-second-topic"
OWN: Mapping[Kind, Iterable[Data]] = {
    Kind.GUIDELINES: [NICE, ACP],
    Kind.TREATMENTS: [
        make_treatment(
            "medicines",
            category="medication",
            caution_when=[make_rule("old", ask_first=True)],
        ),
        make_treatment(
            "nsaids",
            part_of="medicines",
            avoid_when=[make_rule("kidney-disease", when={"has": "kidney-disease"})],
        ),
        make_treatment(
            "ibuprofen",
            part_of="nsaids",
            category="medication",
            avoid_when=[make_rule("own")],
            positions=[
                {"guideline": "nice", "stance": "for", "scope": "First."},
                {"guideline": "acp", "stance": "against"},
                {"guideline": "nice", "stance": "for", "scope": "Again."},
            ],
            evidence=make_treatment()["evidence"] | {"certainty": "very-low"},
        ),
        make_treatment("naproxen", part_of="nsaids"),
    ],
    Kind.FAILURE_CAUSES: [
        make_cause(
            "wrong-level",
            points_to=[
                {"treatment": "nsaids", "because": "A reason."},
                {"treatment": "nsaids", "because": "Another reason."},
            ],
        )
    ],
    Kind.WARNING_SIGNS: [make_sign("fever", urgency="soon", topics=[OTHER_TOPIC])],
    Kind.TOPICS: [
        make_topic(
            failure_causes=["wrong-level"],
            options=[make_option(), make_option("ibuprofen")],
        ),
        make_topic(OTHER_TOPIC, options=[make_option("ibuprofen")]),
    ],
}


@pytest.fixture(scope="module")
def items() -> dict[tuple[Kind, str], ProjectedItem]:
    """The rows of a library with parts, positions and two topics."""
    projected = project(judge_library(make_bundle(OWN)), release=7)
    return {(item.kind, item.row.slug): item for item in projected}


Items = dict[tuple[Kind, str], ProjectedItem]


def document_of(items: Items, kind: Kind, slug: str) -> Any:
    return json.loads(items[kind, slug].row.document)


def test_project_makes_one_row_of_every_entry(items: Items) -> None:
    expected = {(kind, entry.slug) for kind, entry in make_bundle(OWN)}

    assert set(items) == expected
    assert {item.row.release for item in items.values()} == {7}


def places_of(items: Items, kind: Kind, slug: str) -> list[str]:
    """Return the lists that an item stands in."""
    links = items[kind, slug].links
    return [one.among for one in links if isinstance(one, Listed)]


def test_a_treatment_stands_in_the_list_of_every_filter_that_it_passes(
    items: Items,
) -> None:
    assert places_of(items, Kind.TREATMENTS, "ibuprofen") == [
        "",
        f"topic={OTHER_TOPIC}",
        f"topic={TOPIC}",
        "category=medication",
        "part_of=nsaids",
        "part_of=medicines",
        "setting=home",
        *(f"max_invasiveness={number}" for number in range(5)),
        "min_certainty=very-low",
        "min_certainty=none",
        "benefit=possible",
        "stance=against",
        "stance=for",
        "jurisdiction=UK",
        "jurisdiction=US",
        "stance=against&jurisdiction=US",
        "stance=for&jurisdiction=UK",
    ]
    assert "addresses=wrong-level" in places_of(items, Kind.TREATMENTS, "nsaids")


def test_a_treatment_is_listed_by_what_lists_are_ordered_by(items: Items) -> None:
    for place in items[Kind.TREATMENTS, "ibuprofen"].links:
        assert isinstance(place, ListedTreatment)
        assert (place.slug, place.name) == ("ibuprofen", "Ibuprofen")
        assert (place.certainty_rank, place.invasiveness) == (3, 0)
        assert place.last_reviewed_on.isoformat() == "2026-11-22"


def test_a_cause_stands_in_the_lists_of_topics_and_treatments(items: Items) -> None:
    places = places_of(items, Kind.FAILURE_CAUSES, "wrong-level")

    assert places == ["", f"topic={TOPIC}", "points_to=nsaids"]


def test_a_sign_without_topics_holds_for_every_topic(items: Items) -> None:
    places = places_of(items, Kind.WARNING_SIGNS, "cauda-equina")

    assert places == ["", f"topic={OTHER_TOPIC}", f"topic={TOPIC}", "urgency=emergency"]


def test_a_sign_with_topics_holds_for_these_only(items: Items) -> None:
    *places, found = items[Kind.WARNING_SIGNS, "fever"].links

    assert places == [
        ListedWarningSign(among=among, slug="fever", name="Fever", urgency_rank=2)
        for among in ("", f"topic={OTHER_TOPIC}", "urgency=soon")
    ]
    assert found == WarningSignFinding(
        warning_sign="fever", finding="saddle-numbness", is_enough=True
    )


def test_every_link_of_an_item_stands_in_a_table_that_removal_clears(
    items: Items,
) -> None:
    for kind, slug in items:
        for link in items[kind, slug].links:
            column = LINK_TABLES[kind][type(link)]
            assert getattr(link, column) == slug


def test_what_is_found_of_the_quality_of_an_item_stands_beside_it(items: Items) -> None:
    marks = items[Kind.TREATMENTS, "ibuprofen"].marks

    named = {(row["kind"], row["slug"]) for row in marks}
    assert named == {(Kind.TREATMENTS, "ibuprofen")}
    assert [row["position"] for row in marks] == list(range(len(marks)))
    [sign_off] = [row for row in marks if row["criterion"] == "clinical-sign-off"]
    assert sign_off["outcome"] is Outcome.NOT_MET
    assert sign_off["pointer"] == "/reviewed_by"


def test_a_treatment_document_has_the_guards_that_it_inherits(items: Items) -> None:
    document = document_of(items, Kind.TREATMENTS, "ibuprofen")

    [avoid] = document["inherited_avoid_when"]
    [caution] = document["inherited_caution_when"]
    assert avoid["id"] == "treatments/nsaids/avoid_when/kidney-disease"
    assert avoid["when"] == {"has": "kidney-disease"}
    assert avoid["sources"] == SOURCES
    assert caution["id"] == "treatments/medicines/caution_when/old"
    assert caution["ask_first"] is True
    assert [rule["slug"] for rule in document["avoid_when"]] == ["own"]


def test_a_treatment_document_names_the_guideline_of_each_position(
    items: Items,
) -> None:
    positions = document_of(items, Kind.TREATMENTS, "ibuprofen")["positions"]

    named = [
        (one["guideline"], one["name"], one["jurisdiction"], one["year"], one["scope"])
        for one in positions
    ]
    assert named == [
        ("acp", "ACP advice", "US", 2016, None),
        ("nice", "NG59", "UK", 2016, "Again."),
        ("nice", "NG59", "UK", 2016, "First."),
    ]


def test_a_treatment_document_names_its_parts_and_topics(items: Items) -> None:
    whole = document_of(items, Kind.TREATMENTS, "nsaids")
    part = document_of(items, Kind.TREATMENTS, "ibuprofen")

    assert (whole["parts"], whole["topics"]) == (["ibuprofen", "naproxen"], [])
    assert (part["parts"], part["topics"]) == ([], [OTHER_TOPIC, TOPIC])


def test_a_sign_document_is_filled_in_without_a_region(items: Items) -> None:
    document = document_of(items, Kind.WARNING_SIGNS, "cauda-equina")

    assert document["what_to_do"] == ["Call your local emergency number now."]
    assert document["in_topics"] == [OTHER_TOPIC, TOPIC]


def test_a_topic_document_links_to_what_belongs_to_it(items: Items) -> None:
    assert document_of(items, Kind.TOPICS, TOPIC)["links"] == {
        "self": f"/v1/topics/{TOPIC}",
        "questionnaire": f"/v1/topics/{TOPIC}/questionnaire",
        "treatments": f"/v1/treatments?topic={TOPIC}",
        "failure_causes": f"/v1/failure-causes?topic={TOPIC}",
        "warning_signs": f"/v1/warning-signs?topic={TOPIC}",
        "recommendations": "/v1/recommendations",
    }


@pytest.mark.parametrize(
    ("finding", "screen"),
    [
        pytest.param("bladder-change", "nerves", id="a screen that asks it"),
        pytest.param("fever", None, id="no screen"),
    ],
)
def test_a_finding_document_names(
    items: Items, finding: str, screen: str | None
) -> None:
    assert document_of(items, Kind.FINDINGS, finding)["screen"] == screen


def test_every_document_is_canonical_and_links_to_itself(items: Items) -> None:
    for (kind, slug), item in items.items():
        document = json.loads(item.row.document)
        assert canonical_json(document) == item.row.document
        assert document["links"]["self"] == f"/v1/{kind.value}/{slug}"


@pytest.mark.parametrize(
    ("kind", "slug", "only_in_document"),
    [
        pytest.param(Kind.TREATMENTS, "ibuprofen", "sections", id="of a treatment"),
        pytest.param(Kind.FAILURE_CAUSES, "wrong-level", "text", id="of a cause"),
        pytest.param(Kind.WARNING_SIGNS, "fever", "rules", id="of a sign"),
        pytest.param(Kind.TOPICS, TOPIC, "options", id="of a topic"),
    ],
)
def test_a_card_is_a_part_of_the_document(
    items: Items, kind: Kind, slug: str, only_in_document: str
) -> None:
    document = document_of(items, kind, slug)
    card = json.loads(items[kind, slug].row.card)

    assert {"slug", "name", "links"} <= card.keys()
    assert card == {name: document[name] for name in card}
    assert only_in_document in document
    assert only_in_document not in card


def test_a_card_of_a_short_document_is_the_document(items: Items) -> None:
    row = items[Kind.FINDINGS, "fever"].row

    assert row.card == row.document
