"""Nothing stands in the library for nothing: it is cited, takes part, or is asked."""

from typing import Any

import pytest

from app.content.criterion import Mark
from app.fields import Kind
from tests.content.judging import MET, NOT_MET, Own, find, find_unmet
from tests.factories import (
    Data,
    make_case,
    make_cause,
    make_finding,
    make_rule,
    make_sign,
    make_treatment,
)

BARE: Data = {
    "slug": "bare",
    "title": "A title",
    "publisher": "A journal",
    "seen": "read",
}
GUIDELINE: Data = {
    "slug": "ng59",
    "name": "Low back pain",
    "body": "NICE",
    "jurisdiction": "UK",
    "year": 2016,
    "scope": "Adults.",
    "status": "current",
    "reference": "cohen-2020",
}


@pytest.mark.parametrize(
    ("criterion", "kind", "entry", "detail"),
    [
        pytest.param("references-used", Kind.REFERENCES, BARE,
                     "Nothing names this reference.", id="a reference"),
        pytest.param("guidelines-used", Kind.GUIDELINES, GUIDELINE,
                     "Nothing names this guideline.", id="a guideline"),
    ],
)  # fmt: skip
def test_it_is_of_no_use(criterion: str, kind: Kind, entry: Data, detail: str) -> None:
    found = find_unmet(criterion, {kind: [entry]})

    assert found == [Mark(kind, entry["slug"], "", NOT_MET, detail)]


@pytest.mark.parametrize(
    "own",
    [
        pytest.param({Kind.GUIDELINES: [{**GUIDELINE, "reference": "bare"}]},
                     id="a guideline"),
        pytest.param({Kind.FAILURE_CAUSES: [make_cause("c", sources=["bare"])]},
                     id="a cause"),
        pytest.param(
            {Kind.WARNING_SIGNS: [make_sign(rules=[make_rule(sources=["bare"])])]},
            id="a rule",
        ),
    ],
)  # fmt: skip
def test_a_reference_is_used_by(own: Own) -> None:
    found = find("references-used", {**own, Kind.REFERENCES: [BARE]})

    assert found[0] == Mark(Kind.REFERENCES, "bare", "", MET, "")


def test_a_guideline_is_used_by_a_position() -> None:
    treatment = make_treatment(positions=[{"guideline": "ng59", "stance": "for"}])
    own = {Kind.GUIDELINES: [GUIDELINE], Kind.TREATMENTS: [treatment]}

    found = find("guidelines-used", own)

    assert found == [Mark(Kind.GUIDELINES, "ng59", "", MET, "")]


CHILLS = make_finding("chills")


def in_rule(**values: Any) -> Own:
    """Return a treatment with such a rule."""
    treatment = make_treatment(caution_when=[make_rule(**values)])
    return {Kind.FINDINGS: [CHILLS], Kind.TREATMENTS: [treatment]}


def implying(*chain: str) -> list[Data]:
    """Return findings that each imply the next."""
    pairs = zip(chain, [*chain[1:], None], strict=True)
    return [make_finding(one, implies=[then] if then else []) for one, then in pairs]


@pytest.mark.parametrize(
    "own",
    [
        pytest.param(in_rule(when={"has": "chills"}), id="a rule"),
        pytest.param(in_rule(unless={"has": "chills"}), id="an exception"),
        pytest.param(in_rule(when={"not": {"has": "chills"}}), id="a rule without it"),
        pytest.param(
            {
                **in_rule(when={"is": "ill"}),
                Kind.CONDITIONS: [
                    {"slug": "ill", "description": "Ill.", "when": {"has": "chills"}}
                ],
            },
            id="a named condition in a rule",
        ),
        pytest.param({Kind.FINDINGS: implying("chills", "fever")},
                     id="a rule on what it implies"),
        pytest.param({Kind.FINDINGS: implying("chills", "shivers", "fever")},
                     id="a rule on what it implies further on"),
    ],
)  # fmt: skip
def test_a_finding_is_asked_for_by(own: Own) -> None:
    assert find_unmet("findings-used", own) == []


@pytest.mark.parametrize(
    "own",
    [
        pytest.param({Kind.FINDINGS: [CHILLS]}, id="nothing"),
        pytest.param(
            {
                Kind.FINDINGS: [CHILLS],
                Kind.CASES: [make_case(profile={"has": ["chills"]})],
            },
            id="a case",
        ),
        pytest.param(
            {
                Kind.FINDINGS: [CHILLS],
                Kind.CONDITIONS: [
                    {"slug": "ill", "description": "Ill.", "when": {"has": "chills"}}
                ],
            },
            id="a named condition that no rule uses",
        ),
        pytest.param({Kind.FINDINGS: implying("fever", "chills")},
                     id="what implies it"),
    ],
)  # fmt: skip
def test_a_finding_is_not_asked_for_by(own: Own) -> None:
    detail = "No rule asks for it, or for what it implies."

    assert find_unmet("findings-used", own) == [
        Mark(Kind.FINDINGS, "chills", "", NOT_MET, detail)
    ]
