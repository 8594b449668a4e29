"""What is held of the writing: every question answered, plainly, evenly, safely."""

from typing import Any

import pytest

from app.content.criterion import Mark
from app.content.reading_grade import WORDS_MIN
from app.fields import Kind, Outcome, SectionName
from tests.content.judging import (
    HARD,
    MET,
    MIDDLING,
    NOT_APPLICABLE,
    NOT_MET,
    PLAIN,
    find,
    find_unmet,
)
from tests.factories import (
    BASE,
    SOURCES,
    TOPIC,
    Data,
    make_case,
    make_cause,
    make_option,
    make_sign,
    make_topic,
    make_treatment,
)

TEXT: Data = {"text": "A text.", "sources": SOURCES}
UNKNOWN: Data = {"unknown": True, "looked_for": "Trials of it."}
NO_MATTER: Data = {"not_applicable": True, "why": "It takes no time."}
FIGURE: Data = {
    "outcome": "Half of the pain gone",
    "unit": "people",
    "treated": 56,
    "after": "3 months",
    "sources": SOURCES,
}
REFERENCE = BASE[Kind.REFERENCES][0]


def with_sections(slug: str = "walking", **sections: Data) -> Data:
    """Return a treatment with these sections, their names with underscores."""
    own = {name.replace("_", "-"): section for name, section in sections.items()}
    return make_treatment(slug, sections=make_treatment()["sections"] | own)


def of_words(count: int) -> Data:
    return {**TEXT, "text": "word " * count}


def with_evidence(**values: Any) -> Data:
    evidence = make_treatment()["evidence"]
    del evidence["figures_unknown"]
    return make_treatment(evidence={**evidence, **values})


@pytest.mark.parametrize(
    ("section", "outcome", "detail"),
    [
        pytest.param(TEXT, MET, "", id="a text"),
        pytest.param(UNKNOWN, NOT_APPLICABLE,
                     "Not known. Looked for: Trials of it.", id="unknown"),
        pytest.param(NO_MATTER, NOT_APPLICABLE, "It takes no time.",
                     id="not applicable"),
    ],
)  # fmt: skip
def test_a_section_is_answered_by(section: Data, outcome: Outcome, detail: str) -> None:
    own = {Kind.TREATMENTS: [with_sections(how_soon=section)]}

    found = find("sections-answered", own)

    pointer = "/sections/how-soon"
    expected = Mark(Kind.TREATMENTS, "walking", pointer, outcome, detail)
    assert expected in found
    assert [one for one in found if one.outcome is not MET] in ([], [expected])


def test_every_section_of_every_treatment_is_looked_at() -> None:
    places = [(one.slug, one.pointer) for one in find("sections-answered", {})]

    assert places == [
        (slug, f"/sections/{name}")
        for slug in ("facet-joint-injection", "walking")
        for name in sorted(SectionName)
    ]


@pytest.mark.parametrize(
    ("criterion", "text", "outcome"),
    [
        pytest.param("reading-grade-limit", PLAIN, MET, id="a plain text is allowed"),
        pytest.param("reading-grade-limit", MIDDLING, MET,
                     id="a middling text is allowed"),
        pytest.param("reading-grade-limit", HARD, NOT_MET, id="a hard text is not"),
        pytest.param("reading-grade-aim", PLAIN, MET, id="a plain text is the aim"),
        pytest.param("reading-grade-aim", MIDDLING, NOT_MET, id="a middling is not"),
        pytest.param("reading-grade-aim", HARD, NOT_MET, id="a hard text is not, too"),
    ],
)  # fmt: skip
def test_a_text_is_held_to_its_grade(
    criterion: str, text: str, outcome: Outcome
) -> None:
    sign = make_sign(what_to_do=["A.", text])

    [found] = find(criterion, {Kind.WARNING_SIGNS: [sign]})

    place = (found.kind, found.slug, found.pointer)
    assert place == (Kind.WARNING_SIGNS, "sign", "/what_to_do/1")
    assert found.outcome is outcome
    assert found.detail == f"It reads at US grade {found.value:.2f}."


def test_a_short_text_has_no_grade_to_be_held_to() -> None:
    summary = " ".join(HARD.split()[: WORDS_MIN - 1])
    own = {Kind.TREATMENTS: [make_treatment(summary=summary)]}

    assert find("reading-grade-limit", own) == []


def test_the_title_of_a_source_has_no_grade() -> None:
    own = {Kind.REFERENCES: [{**REFERENCE, "note": "Read.", "title": HARD}]}

    assert find("reading-grade-limit", own) == []


@pytest.mark.parametrize(
    "own",
    [
        pytest.param(
            {Kind.TREATMENTS: [make_treatment("x", name="Percutaneous denervation")]},
            id="of a treatment",
        ),
        pytest.param(
            {Kind.TREATMENTS: [make_treatment(aliases=["percutaneous denervation"])]},
            id="by which a treatment goes too",
        ),
        pytest.param(
            {Kind.REFERENCES: [{**REFERENCE, "title": "Percutaneous denervation"}]},
            id="of a source",
        ),
    ],
)
def test_a_name_is_not_hard_to_read(own: dict[Kind, list[Data]]) -> None:
    text = "You can try percutaneous denervation at home. " * 5
    told = {Kind.CASES: [make_case(because=text)]}

    [named] = find("reading-grade-limit", {**own, **told})
    [unnamed] = find("reading-grade-limit", told)

    assert (named.outcome, unnamed.outcome) == (MET, NOT_MET)


def make_even(*lengths: int) -> dict[Kind, list[Data]]:
    """Return a topic of treatments with as many words on how soon they help."""
    slugs = [f"treatment-{index}" for index in range(len(lengths))]
    options = [make_option("walking"), *map(make_option, slugs)]
    treatments = [
        with_sections(slug, how_soon=of_words(length) if length else UNKNOWN)
        for slug, length in zip(slugs, lengths, strict=True)
    ]
    return {
        Kind.TREATMENTS: [with_sections(how_soon=UNKNOWN), *treatments],
        Kind.TOPICS: [make_topic(failure_causes=["cause"], options=options)],
    }


@pytest.mark.parametrize(
    ("lengths", "longer"),
    [
        pytest.param((10, 10, 30), [], id="three times the median"),
        pytest.param((10, 10, 31), ["treatment-2"], id="more than that"),
        pytest.param((31, 10, 10, 0, 0), ["treatment-0"],
                     id="beside what is not known"),
        pytest.param((5, 15, 35), [], id="three times no median"),
        pytest.param((10, 10, 10, 40, 40), ["treatment-3", "treatment-4"], id="two"),
        pytest.param((1, 10, 10), [], id="short ones are no matter"),
        pytest.param((99,), [], id="the only one"),
        pytest.param((), [], id="none at all"),
    ],
)  # fmt: skip
def test_a_section_is_too_long_if_it_has(
    lengths: tuple[int, ...], longer: list[str]
) -> None:
    found = find_unmet("equal-detail", make_even(*lengths))

    assert [(one.slug, one.pointer) for one in found] == [
        (slug, "/sections/how-soon") for slug in longer
    ]


def test_a_section_that_is_too_long_is_told_with_the_median_of_its_topic() -> None:
    [found] = find_unmet("equal-detail", make_even(10, 11, 12, 60))

    assert found.detail == (
        f"In the topic {TOPIC} it has 60 words, and the median is 11.5."
    )


@pytest.mark.parametrize(
    ("evidence", "outcome", "detail"),
    [
        pytest.param({"figures": [FIGURE]}, MET, "", id="in figures"),
        pytest.param({"figures_unknown": "None found."}, MET, "", id="as unknown"),
        pytest.param(
            {}, NOT_MET, "It has no figures, and no figures_unknown that says so.",
            id="in no way",
        ),
    ],
)  # fmt: skip
def test_a_benefit_is_given(evidence: Data, outcome: Outcome, detail: str) -> None:
    found = find("benefit-in-figures", {Kind.TREATMENTS: [with_evidence(**evidence)]})

    expected = Mark(Kind.TREATMENTS, "walking", "/evidence", outcome, detail)
    assert found[-1] == expected
    assert [one.slug for one in found] == ["facet-joint-injection", "walking"]


@pytest.mark.parametrize(
    ("common", "serious", "outcome"),
    [
        pytest.param(TEXT, TEXT, MET, id="both"),
        pytest.param(TEXT, UNKNOWN, MET, id="common ones"),
        pytest.param(UNKNOWN, TEXT, MET, id="serious ones"),
        pytest.param(NO_MATTER, UNKNOWN, MET, id="what cannot be"),
        pytest.param(UNKNOWN, UNKNOWN, NOT_MET, id="nothing known"),
    ],
)
def test_harms_are_described_by(common: Data, serious: Data, outcome: Outcome) -> None:
    treatment = with_sections(common_harms=common, serious_harms=serious)

    found = find("harms-described", {Kind.TREATMENTS: [treatment]})[-1]

    detail = "" if outcome is MET else "Neither common nor serious harms are described."
    expected = Mark(Kind.TREATMENTS, "walking", "/sections", outcome, detail)
    assert found == expected


MEDICINE = make_treatment("ibuprofen", aliases=["Nurofen"], category="medication")
YOGA = make_treatment("yoga", aliases=["Stretching"])


@pytest.mark.parametrize(
    ("kind", "entry", "pointer"),
    [
        pytest.param(Kind.FAILURE_CAUSES, make_cause("c", text="Rest. Stop Nurofen."),
                     "/text", id="by its other name"),
        pytest.param(Kind.WARNING_SIGNS, make_sign(what_to_do=["Rest.", "Stop pills."]),
                     "/what_to_do/1", id="in what to do"),
        pytest.param(Kind.TREATMENTS, make_treatment(summary="Stop ibuprofen."),
                     "/summary", id="in a summary"),
        pytest.param(Kind.TREATMENTS, {**MEDICINE, "summary": "Stop it at once."},
                     "/summary", id="of the medicine that it is about"),
    ],
)  # fmt: skip
def test_no_text_orders_to_stop_a_medicine(
    kind: Kind, entry: Data, pointer: str
) -> None:
    own = {Kind.TREATMENTS: [MEDICINE]}

    found = find_unmet("no-order-to-stop", {**own, kind: [*own.get(kind, []), entry]})

    detail = "It tells to stop a medicine; say who to ask instead."
    assert found == [Mark(kind, entry["slug"], pointer, NOT_MET, detail)]


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        pytest.param(Kind.TREATMENTS, {**YOGA, "summary": "Stop stretching."},
                     id="what is no medicine"),
        pytest.param(Kind.TREATMENTS, {**YOGA, "summary": "Stop it at once."},
                     id="it, where it is no medicine"),
        pytest.param(Kind.CASES, make_case("c", because="They said: stop the pills."),
                     id="in a case"),
        pytest.param(Kind.REFERENCES, {**REFERENCE, "title": "Stop the pills."},
                     id="in the title of a source"),
        pytest.param(Kind.TREATMENTS, make_treatment(summary="Do not stop ibuprofen."),
                     id="in a refusal"),
    ],
)  # fmt: skip
def test_it_is_no_order_to_stop(kind: Kind, entry: Data) -> None:
    own = {Kind.TREATMENTS: [MEDICINE]}

    found = find("no-order-to-stop", {**own, kind: [*own.get(kind, []), entry]})

    assert {one.outcome for one in found} == {MET}
    assert {(one.pointer, one.detail) for one in found} == {("", "")}
