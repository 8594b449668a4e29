from typing import Any

import pytest

from app.fields import Certainty, Kind
from app.queries.snapshots import Snapshot
from tests.queries.library import TREATMENTS, find


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param(
            {"topic": "disc-surgery"}, {"walking", "fusion"}, id="options of a topic"
        ),
        pytest.param({"topic": "no-topic"}, set(), id="a topic that is not there"),
        pytest.param(
            {"category": "medication"},
            {"medicines", "nsaids", "ibuprofen"},
            id="one category",
        ),
        pytest.param({"part_of": "nsaids"}, {"ibuprofen"}, id="parts of a part"),
        pytest.param(
            {"part_of": "medicines"}, {"nsaids", "ibuprofen"}, id="parts at any depth"
        ),
        pytest.param({"part_of": "ibuprofen"}, set(), id="what has no parts"),
        pytest.param({"setting": "hospital"}, {"fusion"}, id="one setting"),
        pytest.param({"max_invasiveness": 0}, {"walking"}, id="nothing invasive"),
        pytest.param(
            {"max_invasiveness": 1},
            {"walking", "medicines", "nsaids", "ibuprofen"},
            id="the highest invasiveness counts too",
        ),
        pytest.param({"benefit": "likely"}, {"walking", "ibuprofen"}, id="one benefit"),
        pytest.param(
            {"stance": "against"},
            {"ablation", "fusion"},
            id="some guideline is against",
        ),
        pytest.param(
            {"jurisdiction": "US"},
            {"walking", "nsaids", "ablation", "fusion"},
            id="some guideline of a jurisdiction",
        ),
        pytest.param(
            {"stance": "against", "jurisdiction": "UK"},
            set(),
            id="stance and jurisdiction of one and the same guideline",
        ),
        pytest.param(
            {"stance": "for", "jurisdiction": "US"},
            {"walking", "nsaids"},
            id="a guideline for it, of this jurisdiction",
        ),
        pytest.param(
            {"addresses": "wrong-level"},
            {"ablation", "nsaids"},
            id="what a failure cause points to",
        ),
        pytest.param(
            {"category": "medication", "topic": "facet-joint-injection"},
            {"nsaids"},
            id="two filters are joined by and",
        ),
        pytest.param(
            {
                "topic": "facet-joint-injection",
                "category": "medication",
                "part_of": "medicines",
                "setting": "home",
                "max_invasiveness": 1,
                "min_certainty": "moderate",
                "benefit": "possible",
                "stance": "conditional",
                "jurisdiction": "UK",
                "addresses": "scar",
            },
            {"nsaids"},
            id="all filters at once",
        ),
    ],
)
def test_list_items_keeps_the_treatments_that_pass(
    snapshot: Snapshot, filters: dict[str, Any], expected: set[str]
) -> None:
    found = find(snapshot, Kind.TREATMENTS, **filters)

    assert set(found) == expected


@pytest.mark.parametrize("lowest", list(Certainty))
def test_min_certainty_keeps_that_certainty_and_higher_ones(
    snapshot: Snapshot, lowest: Certainty
) -> None:
    found = find(snapshot, Kind.TREATMENTS, min_certainty=lowest)

    ranks = list(Certainty)
    enough = ranks[: ranks.index(lowest) + 1]
    expected = {one["slug"] for one in TREATMENTS if _certainty(one) in enough}
    assert set(found) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param(
            {"topic": "facet-joint-injection"},
            {"wrong-level", "poor-sleep"},
            id="causes of a topic",
        ),
        pytest.param({"points_to": "nsaids"}, {"wrong-level", "scar"}, id="points to"),
        pytest.param(
            {"topic": "disc-surgery", "points_to": "nsaids"}, {"scar"}, id="both"
        ),
        pytest.param({"points_to": "medicines"}, set(), id="points to nothing above"),
    ],
)
def test_list_items_keeps_the_failure_causes_that_pass(
    snapshot: Snapshot, filters: dict[str, Any], expected: set[str]
) -> None:
    found = find(snapshot, Kind.FAILURE_CAUSES, **filters)

    assert set(found) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param(
            {"topic": "disc-surgery"},
            {"cauda-equina", "fever", "low-mood", "stiffness"},
            id="signs of a topic, and those that hold everywhere",
        ),
        pytest.param({"urgency": "urgent"}, {"fever", "hot-joint"}, id="one urgency"),
        pytest.param(
            {"topic": "disc-surgery", "urgency": "urgent"}, {"fever"}, id="both"
        ),
    ],
)
def test_list_items_keeps_the_warning_signs_that_pass(
    snapshot: Snapshot, filters: dict[str, Any], expected: set[str]
) -> None:
    found = find(snapshot, Kind.WARNING_SIGNS, **filters)

    assert set(found) == expected


def test_list_items_keeps_the_findings_of_a_kind(snapshot: Snapshot) -> None:
    found = find(snapshot, Kind.FINDINGS, kind="condition")

    assert set(found) == {"kidney-disease", "pregnancy"}


def _certainty(treatment: dict[str, Any]) -> str:
    certainty: str = treatment["evidence"]["certainty"]
    return certainty
