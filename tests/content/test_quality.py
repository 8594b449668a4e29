"""The gate: what refuses a release, what is only noticed, and where it is found."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.content.check import check_directory
from app.content.quality import CRITERIA
from app.errors import ContentError
from app.fields import Kind
from tests.content.judging import (
    HARD,
    MET,
    MIDDLING,
    NOT_MET,
    PLAIN,
    assess_library,
)
from tests.directories import write_directory
from tests.factories import Data, complete, make_case, make_treatment

DAY = date(2026, 12, 1)
NO_FIGURES = {
    name: value
    for name, value in make_treatment()["evidence"].items()
    if name != "figures_unknown"
}


def due_on(day: str, **values: Any) -> Data:
    return make_treatment(
        last_reviewed_on="2026-01-01", review_due_on=day, reviewed_by="Dr A", **values
    )


SIGNED = [
    due_on("2027-11-22"),
    make_treatment("facet-joint-injection", reviewed_by="Dr A"),
]
"""The treatments of the small library, so that nothing is noticed of them."""


def test_every_criterion_has_a_slug_of_its_own() -> None:
    slugs = [criterion.slug for criterion in CRITERIA]

    assert len(slugs) == len(set(slugs)) == 21


def test_every_criterion_is_a_statement() -> None:
    assert [one.slug for one in CRITERIA if not one.statement.endswith(".")] == []


def test_the_small_library_passes_the_gate() -> None:
    assert assess_library({}).refused() == []


def test_what_is_found_is_in_the_order_of_the_criteria_and_then_of_the_items() -> None:
    marks = assess_library({}).marks

    places = [(CRITERIA.index(criterion), mark) for criterion, mark in marks]
    assert places == sorted(places)


def test_what_is_met_says_no_reason() -> None:
    marks = assess_library({}).marks

    told = {"sections-answered", "reading-grade-aim", "review-in-time"}
    reasons = {
        criterion.slug
        for criterion, mark in marks
        if mark.outcome is MET and mark.detail and criterion.slug not in told
    }
    assert reasons == set()


def test_refused_is_what_is_not_met_of_a_criterion_that_refuses() -> None:
    own = {
        Kind.TREATMENTS: [
            make_treatment(evidence=NO_FIGURES, summary=HARD),
            make_treatment("yoga", evidence=NO_FIGURES),
        ]
    }

    refused = assess_library(own).refused()

    assert [(one.kind, one.slug, one.pointer) for one in refused] == [
        (Kind.TREATMENTS, "walking", "/evidence"),
        (Kind.TREATMENTS, "walking", "/summary"),
        (Kind.TREATMENTS, "yoga", "/evidence"),
    ]
    assert (
        refused[0].detail == "It has no figures, and no figures_unknown that says so."
    )


@pytest.mark.parametrize(
    ("treatment", "criterion"),
    [
        pytest.param(due_on("2027-01-01", summary=MIDDLING), "reading-grade-aim",
                     id="a text of US grade 7"),
        pytest.param(make_treatment(), "clinical-sign-off", id="no clinician"),
        pytest.param(due_on("2026-11-30"), "review-in-time", id="an overdue review"),
    ],
)  # fmt: skip
def test_notices_are_what_is_not_met_of_the_other_criteria(
    treatment: Data, criterion: str
) -> None:
    quality = assess_library({Kind.TREATMENTS: [*SIGNED, treatment]})

    [(noticed, mark)] = quality.notices(as_of=DAY)

    assert quality.refused() == []
    assert (noticed.slug, noticed.refuses) == (criterion, False)
    assert (mark.kind, mark.slug) == (Kind.TREATMENTS, "walking")


def test_what_is_refused_is_not_noticed_as_well() -> None:
    unmeasured = due_on("2027-01-01", evidence=NO_FIGURES)
    quality = assess_library({Kind.TREATMENTS: [*SIGNED, unmeasured]})

    assert quality.refused()
    assert list(quality.notices(as_of=DAY)) == []


@pytest.mark.parametrize(
    ("due", "is_overdue"),
    [
        pytest.param("2026-11-30", True, id="yesterday"),
        pytest.param("2026-12-01", False, id="today"),
        pytest.param("2026-12-02", False, id="tomorrow"),
    ],
)
def test_a_review_is_overdue_from_the_day_after_it_was_due(
    due: str, *, is_overdue: bool
) -> None:
    quality = assess_library({Kind.TREATMENTS: [*SIGNED, due_on(due)]})

    found = [one for one, _ in quality.notices(as_of=DAY)]

    assert [one.slug for one in found] == ["review-in-time"] * is_overdue


def test_an_overdue_review_refuses_no_release() -> None:
    quality = assess_library({Kind.TREATMENTS: [due_on("2026-01-02")]})

    assert quality.refused() == []
    assert [
        mark.outcome
        for criterion, mark in quality.marks
        if criterion.slug == "review-in-time"
    ] == [MET, MET]


def test_the_reading_grade_is_the_mean_of_all_texts_that_have_one() -> None:
    own = {
        Kind.TREATMENTS: [make_treatment(summary=PLAIN)],
        Kind.CASES: [make_case(because=MIDDLING)],
    }

    quality = assess_library(own)

    grades = [
        mark.value
        for criterion, mark in quality.marks
        if criterion.slug == "reading-grade-limit"
    ]
    assert len(grades) == 2
    assert quality.reading_grade == pytest.approx(
        sum(map(float, filter(None, grades))) / 2
    )


def test_a_library_of_short_texts_has_no_reading_grade() -> None:
    assert assess_library({}).reading_grade is None


def test_a_directory_that_does_not_pass_the_gate_is_refused_with_file_and_line(
    tmp_path: Path,
) -> None:
    own = {Kind.TREATMENTS: [make_treatment("yoga", evidence=NO_FIGURES)]}
    write_directory(tmp_path, complete(own))

    with pytest.raises(ContentError) as caught:
        check_directory(tmp_path)

    [problem] = caught.value.problems
    lines = (tmp_path / "treatments/yoga.yaml").read_text().splitlines()
    assert (problem.file, problem.pointer) == ("treatments/yoga.yaml", "/evidence")
    assert '"evidence"' in lines[problem.line - 1]


def test_a_directory_is_held_to_the_gate_only_when_its_cases_hold(
    tmp_path: Path,
) -> None:
    wrong = make_case("wrong", expect={"level": "soon", "could_be": "emergency"})
    own = {
        Kind.TREATMENTS: [make_treatment(evidence=NO_FIGURES)],
        Kind.CASES: [wrong],
    }
    write_directory(tmp_path, complete(own))

    with pytest.raises(ContentError) as caught:
        check_directory(tmp_path)

    [problem] = caught.value.problems
    assert (problem.file, problem.pointer) == ("cases/wrong.yaml", "/expect/level")


def test_a_directory_that_passes_comes_with_what_was_found(tmp_path: Path) -> None:
    checked = check_directory(write_directory(tmp_path, complete({})))

    assert checked.quality == assess_library({})
    assert NOT_MET in {mark.outcome for _, mark in checked.quality.marks}
