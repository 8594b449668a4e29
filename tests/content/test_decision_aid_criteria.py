"""What is held of the library as an aid to decide: evenly told, honest, by whom."""

import pytest

from app.content.check import Checked
from app.content.criterion import Mark
from app.fields import Kind, Outcome, SectionName
from tests.content.judging import MET, NOT_APPLICABLE, NOT_MET, Own, find, find_unmet
from tests.factories import COMPLETE, SOURCES, Data, make_treatment

[LIBRARY] = COMPLETE[Kind.LIBRARY]
UNKNOWN: Data = {"unknown": True, "looked_for": "Trials of it."}
COURSE = ("how-likely-to-help", "how-soon", "how-long")
HARMS = ("common-harms", "serious-harms")


def of_words(count: int) -> Data:
    return {"text": "word " * count, "sources": SOURCES}


def with_sections(sections: dict[str, Data]) -> Data:
    return make_treatment(sections=make_treatment()["sections"] | sections)


@pytest.mark.parametrize("name", COURSE)
def test_the_natural_course_is_told_by_waiting(name: str) -> None:
    own = {Kind.TREATMENTS: [with_sections({name: UNKNOWN})]}

    detail = f"The treatment that it names as wait_and_see has to tell: {name}."
    place = (Kind.LIBRARY, "whatnext", "/wait_and_see")
    assert find("natural-course", own) == [Mark(*place, NOT_MET, detail)]
    assert find("natural-course", {}) == [Mark(*place, MET, "")]


@pytest.mark.parametrize("name", sorted(set(SectionName) - set(COURSE)))
def test_the_natural_course_does_not_hang_on(name: str) -> None:
    own = {Kind.TREATMENTS: [with_sections({name: UNKNOWN})]}

    assert find_unmet("natural-course", own) == []


def test_a_library_in_which_nobody_waits_tells_no_natural_course() -> None:
    own = {Kind.LIBRARY: [{**LIBRARY, "wait_and_see": None}]}

    [found] = find_unmet("natural-course", own)

    assert found.detail.endswith(": how-likely-to-help, how-soon, how-long.")


@pytest.mark.parametrize(
    ("benefits", "harms", "outcome"),
    [
        pytest.param((10, 10, 10), (30, 30), MET, id="three times as long"),
        pytest.param((10, 10, 10), (30, 31), NOT_MET, id="longer harms"),
        pytest.param((31, 30, 30), (10, 10), NOT_MET, id="longer benefits"),
        pytest.param((10, 0, 0), (20, 40), MET, id="beside what is not known"),
        pytest.param((0, 0, 0), (20, 40), NOT_APPLICABLE, id="no benefit"),
        pytest.param((9, 9, 9), (0, 0), NOT_APPLICABLE, id="no harm"),
    ],
)
def test_benefits_and_harms_are_even(
    benefits: tuple[int, ...], harms: tuple[int, ...], outcome: Outcome
) -> None:
    lengths = dict(zip((*COURSE, *HARMS), (*benefits, *harms), strict=True))
    sections = {
        name: of_words(length) if length else UNKNOWN
        for name, length in lengths.items()
    }

    found = find(
        "benefits-and-harms-even", {Kind.TREATMENTS: [with_sections(sections)]}
    )

    [mark] = [one for one in found if one.slug == "walking"]
    assert (mark.pointer, mark.outcome) == ("/sections", outcome)


def test_uneven_benefits_and_harms_are_told_with_their_lengths() -> None:
    lengths = dict(zip((*COURSE, *HARMS), (10, 11, 11, 40, 41), strict=True))
    sections = {name: of_words(length) for name, length in lengths.items()}

    [found] = find_unmet(
        "benefits-and-harms-even", {Kind.TREATMENTS: [with_sections(sections)]}
    )

    assert found.detail == "Its benefits have 10.7 words a section, its harms 40.5."


@pytest.mark.parametrize(
    ("benefit", "certainty", "outcome"),
    [
        pytest.param("likely", "high", MET, id="likely and high"),
        pytest.param("likely", "moderate", MET, id="likely and moderate"),
        pytest.param("likely", "low", NOT_MET, id="likely and low"),
        pytest.param("likely", "very-low", NOT_MET, id="likely and very low"),
        pytest.param("likely", "none", NOT_MET, id="likely and none"),
        pytest.param("possible", "low", MET, id="possible and low"),
        pytest.param("unlikely", "none", MET, id="unlikely and none"),
    ],
)
def test_the_certainty_fits_the_benefit(
    benefit: str, certainty: str, outcome: Outcome
) -> None:
    evidence = make_treatment()["evidence"]
    evidence |= {"benefit": benefit, "certainty": certainty}
    own = {Kind.TREATMENTS: [make_treatment(evidence=evidence)]}

    found = find("uncertainty-stated", own)[-1]

    detail = f"Its benefit is likely, and the certainty {certainty}."
    place = (Kind.TREATMENTS, "walking", "/evidence/certainty")
    assert found == Mark(*place, outcome, "" if outcome is MET else detail)


@pytest.mark.parametrize(
    ("criterion", "field", "detail"),
    [
        pytest.param("authors-stated", "authors", "It does not say who wrote it.",
                     id="who wrote it"),
        pytest.param(
            "funding-stated", "funding",
            "It does not say who paid for it, or that nobody is known to have.",
            id="who paid for it",
        ),
    ],
)  # fmt: skip
def test_a_library_says(criterion: str, field: str, detail: str) -> None:
    silent: Own = {Kind.LIBRARY: [{**LIBRARY, field: None}]}

    place = (Kind.LIBRARY, "whatnext", f"/{field}")
    assert find(criterion, {}) == [Mark(*place, MET, "")]
    assert find(criterion, silent) == [Mark(*place, NOT_MET, detail)]


@pytest.mark.parametrize(
    "criterion", ["waiting-comparable", "natural-course", "authors-stated",
                  "funding-stated", "review-in-time"]
)  # fmt: skip
def test_what_we_ship_keeps_to(seed: Checked, criterion: str) -> None:
    outcomes = [
        mark.outcome for one, mark in seed.quality.marks if one.slug == criterion
    ]

    assert set(outcomes) == {MET}
