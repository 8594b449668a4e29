"""Laws of the difference, over generated libraries."""

from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from app.content.checks import check_bundle
from app.content.diff import diff_libraries
from app.content.field_changes import Edit
from app.content.files import parse_entry
from app.content.library_diff import LibraryDiff
from app.content.log import read_bundle, write_document
from app.engine.recommend import recommend_as_is
from app.engine.recommendation import Reasons, Recommendation
from app.fields import Kind, Significance
from app.library.bundle import Bundle
from app.queries.releases import LoggedDocument
from tests.content.altering import Steps, alter, leaves, look_up, where
from tests.content.odd_libraries import odd_libraries
from tests.content.whole_library import make_whole
from tests.engine.libraries import bundles, compile_topic
from tests.engine.strategies import partial_answers, to_profile

laws = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
LIBRARIES = bundles() | odd_libraries() | st.just(make_whole())
TURNED = {Edit.ADDED: Edit.REMOVED, Edit.REMOVED: Edit.ADDED}
Place = tuple[Kind, str, Steps]


def dump(bundle: Bundle, kind: Kind, slug: str) -> Any:
    entry = bundle.of_kind(kind)[slug]
    return entry.model_dump(mode="json", exclude_none=True)


def log(bundle: Bundle) -> dict[tuple[Kind, str], str]:
    """Return the documents that publishing compares."""
    return {(kind, entry.slug): write_document(entry) for kind, entry in bundle}


@st.composite
def alterations(draw: st.DrawFn) -> tuple[Bundle, Bundle, Place]:
    """Draw a library, the same with another leaf in one place, and the place."""
    bundle = draw(LIBRARIES)
    kind, entry = draw(st.sampled_from(list(bundle)))
    document = dump(bundle, kind, entry.slug)
    own = [steps for steps in leaves(document) if steps != ("slug",)]
    steps = draw(st.sampled_from(own))
    entries = {one: dict(bundle.of_kind(one)) for one in Kind}
    try:
        entries[kind][entry.slug] = parse_entry(kind, alter(document, steps))
    except ValidationError:
        assume(condition=False)
    altered = Bundle.of(entries)
    assume(check_bundle(altered) == [])
    return bundle, altered, (kind, entry.slug, steps)


@laws
@given(LIBRARIES)
def test_a_library_does_not_differ_from_what_the_log_has_of_it(bundle: Bundle) -> None:
    logged = [
        LoggedDocument(kind, slug, document, "")
        for (kind, slug), document in log(bundle).items()
    ]

    assert diff_libraries(bundle, read_bundle(logged)).is_empty


@laws
@given(LIBRARIES, LIBRARIES)
def test_what_differs_is_what_publishing_changes(one: Bundle, other: Bundle) -> None:
    found = diff_libraries(one, other)

    before, after = log(one), log(other)
    told = [
        {(item.kind, item.slug) for item in part}
        for part in (found.added, found.removed, found.changed)
    ]
    both = before.keys() & after.keys()
    assert told == [
        after.keys() - both,
        before.keys() - both,
        {item for item in both if before[item] != after[item]},
    ]
    assert all(item.fields for item in found.changed)


@laws
@given(LIBRARIES, LIBRARIES)
def test_a_difference_turned_round_is_its_mirror_image(
    one: Bundle, other: Bundle
) -> None:
    there, back = diff_libraries(one, other), diff_libraries(other, one)

    assert _names(there, "added") == _names(back, "removed")
    assert _names(there, "removed") == _names(back, "added")
    assert _edits(there) == sorted(
        (place, TURNED.get(edit, edit), after, before)
        for place, edit, before, after in _edits(back)
    )


def _names(found: LibraryDiff, part: str) -> list[tuple[Kind, str, str]]:
    return [(one.kind, one.slug, one.name) for one in getattr(found, part)]


def _edits(found: LibraryDiff) -> list[tuple[str, Edit, str, str]]:
    return sorted(
        (one.place, one.edit, repr(one.before), repr(one.after))
        for item in found.changed
        for one in item.fields
    )


@laws
@given(LIBRARIES, LIBRARIES)
def test_a_pointer_leads_to_what_is_told(one: Bundle, other: Bundle) -> None:
    for item in diff_libraries(one, other).changed:
        before, after = (dump(each, item.kind, item.slug) for each in (one, other))
        for field in item.fields:
            match field.edit:
                case Edit.REMOVED:
                    assert look_up(before, field.pointer) == field.before
                case Edit.ADDED | Edit.CHANGED:
                    assert look_up(after, field.pointer) == field.after
                case Edit.ORDER:
                    assert isinstance(field.after, list)
                    moved = look_up(after, field.pointer)
                    assert len(moved) == len(field.after)


@laws
@given(alterations())
def test_one_leaf_that_changes_is_found_in_its_place(
    altered: tuple[Bundle, Bundle, Place],
) -> None:
    before, after, (kind, slug, steps) = altered

    found = diff_libraries(before, after)

    [item] = found.changed
    assert (found.added, found.removed) == ([], [])
    assert (item.kind, item.slug) == (kind, slug)
    places = where(dump(before, kind, slug), steps)
    assert [(field.pointer, field.edit) for field in item.fields] == places


@laws
@given(altered=alterations(), data=st.data())
def test_no_advice_hangs_on_what_is_editorial(
    altered: tuple[Bundle, Bundle, Place], data: st.DataObject
) -> None:
    before, after, _ = altered
    guides = compile_topic(before), compile_topic(after)
    profile = to_profile(data.draw(partial_answers(guides[0])))
    advice = [_decided(recommend_as_is(guide, profile)) for guide in guides]

    if advice[0] != advice[1]:
        found = diff_libraries(before, after)
        assert found.significance is not Significance.EDITORIAL


def _decided(advice: Recommendation) -> list[object]:
    """Return what cases can expect of the advice: all but its words."""
    return [
        (advice.urgency.level, advice.urgency.could_be),
        [(one.slug, one.missing, _rules(one.because)) for one in advice.urgency.signs],
        [
            (one.slug, one.likelihood, _rules((*one.because, *one.against)))
            for one in advice.causes
        ],
        [
            (one.slug, one.standing, _rules((*one.because, *one.against)))
            for one in advice.options
        ],
        [(step.step, step.treatments) for step in advice.plan],
        [question.asks for question in advice.ask_next],
    ]


def _rules(reasons: Reasons) -> list[str]:
    return [reason.rule for reason in reasons]
