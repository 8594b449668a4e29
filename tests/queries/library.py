"""A small library in two topics, with ties to sort, and how its lists are asked."""

import json
from typing import Any

from app.fields import Kind
from app.queries.filters import (
    FailureCauseFilters,
    FindingFilters,
    ListFilters,
    TreatmentFilters,
    WarningSignFilters,
)
from app.queries.items import FoundPage, Totals, list_items
from app.queries.releases import find_edition
from app.queries.snapshots import Snapshot
from tests.factories import (
    TOPIC,
    Data,
    make_cause,
    make_finding,
    make_option,
    make_sign,
    make_topic,
    make_treatment,
)

OTHER_TOPIC = "disc-surgery"


def make_guideline(slug: str, jurisdiction: str) -> Data:
    return {
        "slug": slug,
        "name": f"The guideline {slug}",
        "body": "A body",
        "jurisdiction": jurisdiction,
        "year": 2020,
        "scope": "Adults.",
        "status": "current",
        "reference": "cohen-2020",
    }


def make_graded(slug: str, benefit: str, certainty: str, **values: object) -> Data:
    """Return a treatment with this evidence; positions are (guideline, stance)."""
    plain = make_treatment(slug, **values)
    graded = {"benefit": benefit, "certainty": certainty}
    return {**plain, "evidence": {**plain["evidence"], **graded}}


def take(*positions: tuple[str, str]) -> list[Data]:
    return [{"guideline": one, "stance": stance} for one, stance in positions]


TREATMENTS = [
    make_graded(
        "walking",
        "likely",
        "moderate",
        positions=take(("uk-2016", "for"), ("us-2017", "for")),
    ),
    make_graded("medicines", "possible", "low", category="medication", invasiveness=1),
    make_graded(
        "nsaids",
        "possible",
        "moderate",
        category="medication",
        invasiveness=1,
        part_of="medicines",
        positions=take(("uk-2016", "conditional"), ("us-2017", "for")),
        last_reviewed_on="2026-10-01",
    ),
    make_graded(
        "ibuprofen",
        "likely",
        "low",
        name="Nsaids",
        category="medication",
        invasiveness=1,
        part_of="nsaids",
    ),
    make_graded(
        "facet-joint-injection",
        "unlikely",
        "high",
        category="injection",
        setting="clinic",
        invasiveness=2,
    ),
    make_graded(
        "ablation",
        "unclear",
        "very-low",
        category="procedure",
        setting="clinic",
        invasiveness=3,
        positions=take(("uk-2016", "for"), ("us-2017", "against")),
        last_reviewed_on="2026-10-01",
    ),
    make_graded(
        "fusion",
        "unlikely",
        "none",
        category="surgery",
        setting="hospital",
        invasiveness=4,
        positions=take(("us-2017", "against")),
    ),
]


def point_to(*treatments: str) -> list[Data]:
    return [{"treatment": one, "because": "It fits."} for one in treatments]


LIBRARY = {
    Kind.FINDINGS: [make_finding("fever", label="A fever")],
    Kind.GUIDELINES: [make_guideline("uk-2016", "UK"), make_guideline("us-2017", "US")],
    Kind.TREATMENTS: TREATMENTS,
    Kind.FAILURE_CAUSES: [
        make_cause(
            "wrong-level",
            name="A wrong level",
            points_to=point_to("ablation", "nsaids"),
        ),
        make_cause("poor-sleep", points_to=point_to("walking")),
        make_cause("scar", points_to=point_to("fusion", "nsaids")),
    ],
    Kind.WARNING_SIGNS: [
        make_sign("stiffness", urgency="routine", name="Astiff"),
        make_sign("low-mood", urgency="soon", topics=[OTHER_TOPIC]),
        make_sign("hot-joint", urgency="urgent", topics=[TOPIC]),
        make_sign("fever", urgency="urgent"),
    ],
    Kind.TOPICS: [
        make_topic(
            options=[make_option("walking"), make_option("nsaids")],
            failure_causes=["wrong-level", "poor-sleep"],
        ),
        make_topic(
            OTHER_TOPIC,
            options=[make_option("walking"), make_option("fusion")],
            failure_causes=["scar"],
        ),
    ],
}

FILTERS: dict[Kind, type[ListFilters]] = {
    Kind.FINDINGS: FindingFilters,
    Kind.TREATMENTS: TreatmentFilters,
    Kind.FAILURE_CAUSES: FailureCauseFilters,
    Kind.WARNING_SIGNS: WarningSignFilters,
}


def find(snapshot: Snapshot, of: Kind, **filters: Any) -> list[str]:
    """Return the slugs of a page, in order."""
    asked = FILTERS[of].model_validate(filters)
    return [json.loads(one)["slug"] for one in page_of(snapshot, of, asked).texts]


TOTALS = Totals()


def page_of(snapshot: Snapshot, of: Kind, filters: ListFilters) -> FoundPage:
    edition = find_edition(snapshot)
    return list_items(snapshot, of, filters, edition=edition, totals=TOTALS)
