"""Treatments side by side: every question, every treatment, nothing filled in."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.fields import Kind, SectionName
from app.library.bundle import Bundle
from app.library.plain_text import to_plain
from app.render.comparison import write_comparison
from app.render.framing import SIGNS_FIRST
from app.render.section_questions import SECTION_QUESTIONS
from tests.factories import (
    COMPLETE,
    TOPIC,
    Data,
    make_option,
    make_rule,
    make_topic,
    make_treatment,
)
from tests.render.comparing import (
    Served,
    column_of,
    compare_own,
    draw_group,
    serve,
)

UNKNOWN: Data = {"unknown": True, "looked_for": "Trials of it."}
NO_MATTER: Data = {"not_applicable": True, "why": "It takes no time."}
PAIR = ("walking", "facet-joint-injection")
WAITING = {Kind.LIBRARY: COMPLETE[Kind.LIBRARY]}
SIX = [f"treatment-{number}" for number in range(6)]


@pytest.fixture(scope="module")
def served(seed_bundle: Bundle) -> Served:
    """The library that we ship, as readers get it."""
    return serve(seed_bundle)


@settings(deadline=None)
@given(st.data())
def test_columns_and_every_row_keep_the_order_that_was_asked(
    served: Served, data: st.DataObject
) -> None:
    slugs = draw_group(data, served)

    comparison = served.compare(slugs)

    assert [one.slug for one in comparison.treatments] == slugs
    for row in comparison.rows:
        assert [cell.treatment for cell in row.cells] == slugs
    for figures in comparison.figures:
        assert [cell.treatment for cell in figures.cells] == slugs


@settings(deadline=None)
@given(st.data())
def test_every_question_has_a_row_in_order(served: Served, data: st.DataObject) -> None:
    comparison = served.compare(draw_group(data, served))

    assert [row.section for row in comparison.rows] == list(SectionName)
    assert [row.question for row in comparison.rows] == list(SECTION_QUESTIONS.values())


@settings(deadline=None)
@given(st.data())
def test_every_cell_says_what_the_section_says_and_nothing_else(
    served: Served, data: st.DataObject
) -> None:
    comparison = served.compare(draw_group(data, served))

    for row in comparison.rows:
        for cell in row.cells:
            section = served.treatments[cell.treatment].sections[row.section]
            assert cell.text == section.text
            assert cell.sources == (section.sources or ())
            assert cell.looked_for == section.looked_for
            assert cell.why == section.why


@settings(deadline=None)
@given(st.data())
def test_every_cell_has_a_sourced_text_or_says_why_there_is_none(
    served: Served, data: st.DataObject
) -> None:
    comparison = served.compare(draw_group(data, served))

    for cell in (cell for row in comparison.rows for cell in row.cells):
        forms = [
            bool(cell.text and cell.sources),
            bool(cell.unknown and cell.looked_for),
            bool(cell.not_applicable and cell.why),
        ]
        assert forms.count(True) == 1


@settings(deadline=None)
@given(st.data())
def test_all_that_rules_a_treatment_out_is_in_its_column_and_is_said(
    served: Served, data: st.DataObject
) -> None:
    slugs = draw_group(data, served)

    comparison = served.compare(slugs)

    for slug in slugs:
        one, column = served.treatments[slug], column_of(comparison, slug)
        avoid = (*one.avoid_when, *one.inherited_avoid_when)
        assert column.avoid_when == avoid
        assert column.caution_when == (*one.caution_when, *one.inherited_caution_when)
        assert column.not_with == (*one.not_with, *one.inherited_not_with)
        said = " ".join(
            note.text for note in comparison.safety if note.treatment == slug
        )
        assert all(to_plain(rule.because) in said for rule in avoid)


def test_nobody_stands_anywhere_without_a_profile(served: Served) -> None:
    comparison = served.compare(sorted(served.treatments)[:6])

    assert comparison.urgency is None
    assert {one.standing for one in comparison.treatments} == {None}
    assert {one.no_standing for one in comparison.treatments} == {
        "No profile was given."
    }


@pytest.mark.parametrize("name", list(SectionName))
def test_a_certainty_stands_where_the_question_is_about_the_effect(
    served: Served, name: SectionName
) -> None:
    comparison = served.compare(["exercise-therapy", "wait-and-see", "facet-fusion"])

    [row] = [row for row in comparison.rows if row.section is name]
    told = [cell.certainty for cell in row.cells]
    # What is not known of facet fusion has no certainty.
    is_effect = name is SectionName.HOW_LIKELY_TO_HELP
    assert told == (["moderate", "low", None] if is_effect else [None] * 3)


def with_section(name: str, section: Data) -> Data:
    return make_treatment(sections=make_treatment()["sections"] | {name: section})


def test_unknown_is_said_with_what_was_looked_for() -> None:
    own = {Kind.TREATMENTS: [with_section("how-soon", UNKNOWN)]}

    comparison = compare_own(own, *PAIR)

    [cell] = [row.cells[0] for row in comparison.rows if row.section == "how-soon"]
    assert (cell.text, cell.sources) == (None, ())
    assert (cell.unknown, cell.looked_for) == (True, "Trials of it.")


def test_what_does_not_apply_says_why() -> None:
    own = {Kind.TREATMENTS: [with_section("how-soon", NO_MATTER)]}

    comparison = compare_own(own, *PAIR)

    [cell] = [row.cells[0] for row in comparison.rows if row.section == "how-soon"]
    assert (cell.not_applicable, cell.why) == (True, "It takes no time.")


def test_the_warning_signs_are_said_before_all_else_and_once() -> None:
    comparison = compare_own({}, *PAIR)

    assert [one.text for one in comparison.safety if one.treatment is None] == [
        SIGNS_FIRST
    ]
    assert [one.text for one in comparison.safety].count(SIGNS_FIRST) == 1
    assert comparison.safety[0].text == SIGNS_FIRST


def test_a_topic_adds_what_rules_its_option_out() -> None:
    option = make_option(avoid_when=[make_rule("here")])
    own = {
        Kind.TREATMENTS: [make_treatment(avoid_when=[make_rule("everywhere")])],
        Kind.TOPICS: [make_topic(options=[option])],
    }

    comparison = compare_own(own, *PAIR, topic=TOPIC)

    assert comparison.topic == TOPIC
    assert [rule.id for rule in column_of(comparison, "walking").avoid_when] == [
        "treatments/walking/avoid_when/everywhere",
        f"topics/{TOPIC}/options/walking/avoid_when/here",
    ]
    said = [note.text for note in comparison.safety if note.treatment == "walking"]
    assert [text for text in said if text.endswith("Because of everywhere.")]
    assert [text for text in said if text.endswith("Because of here.")]


def test_a_treatment_that_is_no_option_of_the_topic_says_so() -> None:
    comparison = compare_own({}, *PAIR, topic=TOPIC)

    assert [one.no_standing for one in comparison.treatments] == [
        "No profile was given.", "It is not an option of this topic.",
    ]  # fmt: skip


def test_a_library_that_names_no_waiting_offers_none() -> None:
    assert compare_own({}, *PAIR).wait_and_see is None


def test_waiting_that_is_compared_needs_no_link() -> None:
    found = compare_own(WAITING, *PAIR).wait_and_see

    assert found is not None
    assert (found.treatment, found.is_compared, found.how) == ("walking", True, None)
    assert found.links == {"self": "/v1/treatments/walking"}


@pytest.mark.parametrize(
    ("topic", "beside"),
    [pytest.param(None, "", id="no topic"),
     pytest.param(TOPIC, f"&topic={TOPIC}", id="a topic")],
)  # fmt: skip
def test_a_link_compares_waiting_too(topic: str | None, beside: str) -> None:
    own = {**WAITING, Kind.TREATMENTS: [make_treatment("heat")]}

    found = compare_own(own, "heat", PAIR[1], topic=topic).wait_and_see

    assert found is not None
    assert found.how == "Name walking among the treatments."
    wanted = "heat,facet-joint-injection,walking"
    assert found.links["compare"] == f"/v1/compare?treatments={wanted}{beside}"


def test_six_others_leave_no_place_for_waiting() -> None:
    own = {**WAITING, Kind.TREATMENTS: list(map(make_treatment, SIX))}

    found = compare_own(own, *SIX).wait_and_see

    assert found is not None
    assert found.how == "Name walking in place of one of the treatments."
    assert "compare" not in found.links


def test_a_comparison_says_by_whom_and_with_what_money_it_was_written() -> None:
    comparison = compare_own(WAITING, *PAIR)

    [library] = COMPLETE[Kind.LIBRARY]
    assert comparison.authors == library["authors"]
    assert comparison.funding == library["funding"]
    assert comparison.disclaimer == library["disclaimer"]


@settings(deadline=None)
@given(st.data())
def test_what_goes_over_the_wire_has_every_cell(
    served: Served, data: st.DataObject
) -> None:
    slugs = draw_group(data, served)

    comparison = served.compare(slugs)

    told = json.loads(write_comparison(comparison))

    assert [one["slug"] for one in told["treatments"]] == slugs
    assert [len(row["cells"]) for row in told["rows"]] == [len(slugs)] * 11
    assert told["treatments"][0]["last_reviewed_on"] == str(
        served.treatments[slugs[0]].last_reviewed_on
    )
