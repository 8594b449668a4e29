"""A comparison as a text: fit to be read aloud, nothing blank, nothing lost."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.compiler import compile_guide
from app.engine.guide import Guide
from app.engine.recommend import recommend_as_is
from app.engine.recommendation import UrgencyAnswer
from app.engine.triage import is_pressing
from app.fields import Kind, SectionName
from app.library.bundle import Bundle
from app.library.plain_text import list_plain_lines, to_plain
from app.render.comparison_shapes import Comparison
from app.render.comparison_text import LENGTHS, compose_comparison
from app.render.fitting import MEDIUM_MAX
from app.render.framing import Names
from app.render.plain_writer import write_plain, write_plain_body
from app.render.rendering import Length, Rendering, Table, list_passages
from tests.factories import COMPLETE, TOPIC, make_bundle, make_profile, make_treatment
from tests.render.comparing import Served, compare_own, draw_group, serve

PAIR = ("walking", "facet-joint-injection")
NO_NAMES: Names = {}


@pytest.fixture(scope="module")
def served(seed_bundle: Bundle) -> Served:
    """The library that we ship, as readers get it."""
    return serve(seed_bundle)


@pytest.fixture(scope="module")
def guides(seed_bundle: Bundle) -> Mapping[str, Guide]:
    return {
        slug: compile_guide(seed_bundle, slug, release=1) for slug in seed_bundle.topics
    }


def compose(
    comparison: Comparison, length: Length, names: Names = NO_NAMES
) -> Rendering:
    return compose_comparison(comparison, length, names=names)


def draw_advised(
    data: st.DataObject, served: Served, guides: Mapping[str, Guide]
) -> tuple[Comparison, UrgencyAnswer]:
    """Return a comparison for the person of a case, and how urgent it is."""
    cases = served.bundle.cases
    case = cases[data.draw(st.sampled_from(sorted(cases)))]
    advice = recommend_as_is(guides[case.topic], case.profile, region=case.region)
    slugs = draw_group(data, served)
    comparison = served.compare(slugs, topic=case.topic, advice=advice)
    return comparison, advice.urgency


@settings(deadline=None)
@given(st.data())
def test_a_full_text_answers_every_question_with_every_treatment_in_order(
    served: Served, data: st.DataObject
) -> None:
    comparison = served.compare(draw_group(data, served))

    rendering = compose(comparison, Length.FULL, served.names)
    text = write_plain(rendering, served.bundle.references)

    places = [text.index(f"\n{row.question}\n") for row in comparison.rows]
    assert places == sorted(places)
    last = 0
    for row in comparison.rows:
        for cell, column in zip(row.cells, comparison.treatments, strict=True):
            told = cell.text or cell.looked_for or cell.why
            assert told is not None
            first = list_plain_lines(told)[0].text
            line = f"\n{to_plain(column.name)}: "
            last = text.index(first, text.index(line, last))


@settings(deadline=None)
@given(st.data())
def test_no_cell_of_a_text_is_blank(served: Served, data: st.DataObject) -> None:
    slugs = draw_group(data, served)

    rendering = compose(served.compare(slugs), Length.FULL, served.names)

    for table in (block for block in rendering.body if isinstance(block, Table)):
        assert len(table.header) == 1 + len(slugs)
        assert {len(row) for row in table.rows} == {len(table.header)}
        assert all(cell.text.strip() for row in table.rows for cell in row)


@settings(deadline=None)
@given(st.data())
def test_a_full_text_names_every_source(served: Served, data: st.DataObject) -> None:
    slugs = draw_group(data, served)

    rendering = compose(served.compare(slugs), Length.FULL, served.names)

    named = {one for cell in list_passages(rendering.body) for one in cell.sources}
    for one in (served.treatments[slug] for slug in slugs):
        sections = [one.sections[name].sources or () for name in SectionName]
        figures = [figure.sources for figure in one.evidence.figures]
        rules = [rule.sources for rule in (*one.avoid_when, *one.inherited_avoid_when)]
        told = (one.evidence.sources, *sections, *figures, *rules)
        assert {slug for sources in told for slug in sources} <= named


@settings(deadline=None)
@given(st.data())
def test_a_text_is_read_aloud_without_marks(
    served: Served, data: st.DataObject
) -> None:
    comparison = served.compare(draw_group(data, served))

    for length in LENGTHS:
        body = write_plain_body(compose(comparison, length, served.names))
        assert not set("|*#`") & set(body)


@settings(deadline=None)
@given(st.data())
def test_a_medium_text_says_of_each_treatment_how_likely_it_is_to_help(
    served: Served, data: st.DataObject
) -> None:
    comparison = served.compare(draw_group(data, served))

    body = write_plain_body(compose(comparison, Length.MEDIUM))

    assert len(body.split()) <= MEDIUM_MAX
    assert all(to_plain(one.name) in body for one in comparison.treatments)
    assert body.count("certainty)") in (0, len(comparison.treatments))


@settings(deadline=None)
@given(st.data())
def test_what_must_be_said_is_the_same_at_every_length(
    served: Served, guides: Mapping[str, Guide], data: st.DataObject
) -> None:
    comparison, _ = draw_advised(data, served, guides)

    medium, full = (compose(comparison, one, served.names) for one in LENGTHS)

    assert medium.safety == full.safety
    assert len(full.safety) == len(comparison.safety)
    for line, note in zip(full.safety, comparison.safety, strict=True):
        assert line.endswith(note.text)


@settings(deadline=None)
@given(st.data())
def test_how_urgent_it_is_comes_first_at_every_length(
    served: Served, guides: Mapping[str, Guide], data: st.DataObject
) -> None:
    comparison, urgency = draw_advised(data, served, guides)

    for length in LENGTHS:
        rendering = compose(comparison, length, served.names)
        body = write_plain_body(rendering)
        assert body.startswith(to_plain(urgency.headline))
        assert rendering.safety[0] == to_plain(urgency.headline)
    assert all(to_plain(text) in body for text in urgency.what_to_do)
    assert all(to_plain(sign.name) in body for sign in urgency.signs)


@settings(deadline=None)
@given(st.data())
def test_every_treatment_stands_somewhere_or_was_not_judged(
    served: Served, guides: Mapping[str, Guide], data: st.DataObject
) -> None:
    comparison, urgency = draw_advised(data, served, guides)

    body = write_plain_body(compose(comparison, Length.MEDIUM))

    assert len(body.split()) <= MEDIUM_MAX
    if is_pressing(urgency.level):
        assert "help (" not in body
    elif "Side by side" in body or "certainty)" in body:
        unjudged = [one for one in comparison.treatments if one.standing is None]
        assert body.count("(not judged)") == len(unjudged)


def advise(**profile: object) -> Comparison:
    """Compare walking, in the topic, with what is outside of it."""
    served = serve(make_bundle())
    guide = compile_guide(served.bundle, TOPIC, release=1)
    advice = recommend_as_is(guide, make_profile(**profile))
    return served.compare(PAIR, topic=TOPIC, advice=advice)


def test_beside_a_call_for_help_a_medium_text_says_only_what_to_do() -> None:
    comparison = advise(has=["saddle-numbness"])

    body = write_plain_body(compose(comparison, Length.MEDIUM))

    assert comparison.urgency is not None
    assert (
        body == f"{comparison.urgency.headline} Call your local emergency number now."
    )


def test_a_treatment_outside_of_the_topic_is_not_judged_in_any_text() -> None:
    comparison = advise(has_not=["saddle-numbness", "bladder-change"])

    medium, full = (write_plain_body(compose(comparison, one)) for one in LENGTHS)

    assert "Facet joint injection (not judged): This may help" in medium
    assert "Facet joint injection: It is not an option of this topic." in full


@pytest.mark.parametrize(
    ("words", "told", "named"),
    [
        pytest.param(8, 6, 6, id="room for all"),
        pytest.param(10, 0, 6, id="room for their names"),
        pytest.param(12, 0, 0, id="room for neither"),
    ],
)
def test_names_that_leave_no_room_are_said_alone_and_then_not_at_all(
    words: int, told: int, named: int
) -> None:
    name = "Word " * (words - 1)
    slugs = [f"treatment-{number}" for number in range(6)]
    treatments = [make_treatment(slug, name=f"{name}{slug}") for slug in slugs]
    comparison = compare_own({Kind.TREATMENTS: treatments}, *slugs)

    body = write_plain_body(compose(comparison, Length.MEDIUM))

    assert (body.count("certainty)"), body.count("treatment-")) == (told, named)
    assert bool(told) is not body.endswith(
        "The full text compares what they do, question by question."
    )
    assert len(body.split()) <= MEDIUM_MAX


def test_a_full_text_says_who_wrote_it_who_paid_and_how_to_compare_waiting() -> None:
    [library] = COMPLETE[Kind.LIBRARY]
    heat = make_treatment("heat")
    own = {
        Kind.LIBRARY: [{**library, "wait_and_see": "heat"}],
        Kind.TREATMENTS: [heat],
    }

    body = write_plain_body(compose(compare_own(own, *PAIR), Length.FULL))

    about = body.partition("About this text:")[2].split("\n")
    assert [line for line in about if line] == [
        "To wait and see can be compared, too. Name heat among the treatments.",
        "The testers.",
        "No funding is known.",
        "Not medical advice.",
    ]


def test_a_library_that_is_silent_about_its_writers_is_not_left_blank() -> None:
    body = write_plain_body(compose(compare_own({}, *PAIR), Length.FULL))

    assert "It is not said who wrote this." in body
    assert "It is not said who paid for this." in body
