"""Documents are compared place by place; what has a name is found by its name."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

import pytest

from app.content.field_changes import (
    CONDITIONS,
    NAMES,
    Difference,
    Edit,
    compare_documents,
)
from app.fields import Kind
from app.library.bundle import ENTRY_TYPES
from app.library.entry import Part
from app.library.evidence import Figure
from app.library.warning_signs import Hold
from tests.content.altering import GONE, alter, leaves, look_up, put, where
from tests.content.whole_library import FEVER, make_whole
from tests.factories import SOURCES, TOPIC, Data, make_option, make_rule

BUNDLE = make_whole()
WALKING = f"topics/{TOPIC}/options/walking"


def dump(kind: Kind, slug: str) -> Data:
    """Return a document of the whole library."""
    return BUNDLE.of_kind(kind)[slug].model_dump(mode="json", exclude_none=True)


def compare(before: Any, after: Any) -> list[Difference]:
    return compare_documents(before, after, item="kind/slug")


def edit(kind: Kind, slug: str, pointer: str, value: Any) -> list[Difference]:
    """Return the differences of an item with another value in one of its places."""
    before = dump(kind, slug)
    after = deepcopy(before)
    put(after, pointer, value)
    return compare_documents(before, after, item=f"{kind.value}/{slug}")


@pytest.mark.parametrize("kind", Kind)
def test_each_leaf_of_each_document_is_found_in_its_place(kind: Kind) -> None:
    for entry in BUNDLE.of_kind(kind).values():
        before = dump(kind, entry.slug)
        for steps in leaves(before):
            found = compare(before, alter(before, steps))
            assert [(one.pointer, one.edit) for one in found] == where(before, steps)


@pytest.mark.parametrize("kind", Kind)
def test_a_document_does_not_differ_from_itself(kind: Kind) -> None:
    for entry in BUNDLE.of_kind(kind).values():
        assert compare(dump(kind, entry.slug), dump(kind, entry.slug)) == []


PLACES: dict[str, tuple[Kind, str, str, str]] = {
    "a field": (
        Kind.WARNING_SIGNS, "infection", "/urgency", "warning-signs/infection/urgency"
    ),
    "a rule": (
        Kind.WARNING_SIGNS, "infection", "/rules/1/because",
        "warning-signs/infection/rules/weak/because",
    ),
    "a rule of an option": (
        Kind.TOPICS, TOPIC, "/options/0/recommend_when/1/when",
        f"{WALKING}/recommend_when/again/when",
    ),
    "a region": (
        Kind.LIBRARY, "whatnext", "/regions/1/emergency_number",
        "library/whatnext/regions/nl/emergency_number",
    ),
    "a position": (
        Kind.TREATMENTS, "nsaids", "/positions/1/stance",
        "treatments/nsaids/positions/ng226/stance",
    ),
    "what it is not taken with": (
        Kind.TREATMENTS, "nsaids", "/not_with/1/because",
        "treatments/nsaids/not_with/surgery/because",
    ),
    "a figure": (
        Kind.TREATMENTS, "nsaids", "/evidence/figures/1/difference",
        "treatments/nsaids/evidence/figures/Pain/difference",
    ),
    "a crisis line": (
        Kind.LIBRARY, "whatnext", "/regions/0/crisis_lines/0/contact",
        "library/whatnext/regions/uk/crisis_lines/Samaritans/contact",
    ),
    "a section": (
        Kind.TREATMENTS, "nsaids", "/sections/how-soon/text",
        "treatments/nsaids/sections/how-soon/text",
    ),
    "an alias": (
        Kind.TREATMENTS, "nsaids", "/aliases/-", "treatments/nsaids/aliases"
    ),
    "a reported finding": (
        Kind.CASES, "case", "/profile/has/1/trend",
        "cases/case/profile/has/foot-drop/trend",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "slug", "pointer", "place"), list(PLACES.values()), ids=list(PLACES)
)
def test_a_place_is_told_in_names(
    kind: Kind, slug: str, pointer: str, place: str
) -> None:
    [found] = edit(kind, slug, pointer, "other")

    assert found.place == place
    assert found.after == "other"


def test_a_condition_is_one_thing() -> None:
    [found] = edit(Kind.CONDITIONS, "ill", "/when", {"all": [FEVER, FEVER]})

    assert (found.pointer, found.edit) == ("/when", Edit.CHANGED)
    assert (found.before, found.after) == (FEVER, {"all": [FEVER, FEVER]})


def test_a_condition_that_is_new_was_nothing() -> None:
    before = dump(Kind.WARNING_SIGNS, "infection")
    put(before, "/rules/0/unless", GONE)

    [found] = compare(before, dump(Kind.WARNING_SIGNS, "infection"))

    assert (found.pointer, found.edit) == ("/rules/0/unless", Edit.ADDED)
    assert found.before is None


def test_what_stays_in_a_list_is_found_wherever_it_stands() -> None:
    before = dump(Kind.WARNING_SIGNS, "infection")
    after = deepcopy(before)
    put(after, "/rules/0", GONE)
    put(after, "/rules/0/because", "Other words.")
    put(after, "/rules/-", make_rule("new"))

    gone, words, new = compare(before, after)

    assert (gone.pointer, gone.edit) == ("/rules/0", Edit.REMOVED)
    assert (gone.before, gone.after) == (before["rules"][0], None)
    assert (words.pointer, words.edit) == ("/rules/0/because", Edit.CHANGED)
    assert words.place == "kind/slug/rules/weak/because"
    assert (new.pointer, new.edit) == ("/rules/2", Edit.ADDED)
    assert (new.before, new.after) == (None, make_rule("new"))


def test_what_is_gone_from_within_is_pointed_at_in_the_document_before() -> None:
    before = dump(Kind.WARNING_SIGNS, "infection")
    after = deepcopy(before)
    put(after, "/rules/0", GONE)
    put(after, "/rules/0/unless", GONE)

    _, unless = compare(before, after)

    assert (unless.pointer, unless.edit) == ("/rules/1/unless", Edit.REMOVED)
    assert look_up(before, unless.pointer) == unless.before


def test_texts_of_a_list_come_and_go() -> None:
    gone, new = compare({"aliases": ["a", "b"]}, {"aliases": ["b", "c"]})

    assert (gone.pointer, gone.before, gone.after) == ("/aliases/0", "a", None)
    assert (new.pointer, new.before, new.after) == ("/aliases/1", None, "c")
    assert gone.place == new.place == "kind/slug/aliases"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(["a", "b", "c"], ["c", "a", "b"], id="texts"),
        pytest.param(
            [make_rule("a"), make_rule("b")],
            [make_rule("b"), make_rule("a")],
            id="rules",
        ),
        pytest.param(
            [make_option("walking"), make_option("yoga")],
            [make_option("yoga"), make_option("walking")],
            id="options",
        ),
    ],
)
def test_another_order_is_a_difference_of_the_list(before: Any, after: Any) -> None:
    [found] = compare({"list": before}, {"list": after})

    assert (found.pointer, found.edit) == ("/list", Edit.ORDER)
    assert isinstance(found.before, list)
    assert isinstance(found.after, list)
    assert found.before != found.after
    assert sorted(map(str, found.before)) == sorted(map(str, found.after))


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(["new", "a", "b"], id="one more in front"),
        pytest.param(["a", "new", "b"], id="one more between"),
        pytest.param(["b"], id="one less"),
    ],
)
def test_what_comes_or_goes_leaves_the_others_in_order(after: list[str]) -> None:
    [found] = compare({"list": ["a", "b"]}, {"list": after})

    assert found.edit is not Edit.ORDER


def test_what_changes_and_moves_is_told_of_both() -> None:
    before = [make_rule("a"), make_rule("b")]
    after = [make_rule("b"), make_rule("a", because="Other words.")]

    words, order = compare({"rules": before}, {"rules": after})

    assert (words.pointer, words.edit) == ("/rules/1/because", Edit.CHANGED)
    assert (order.before, order.after) == (["a", "b"], ["b", "a"])


def test_things_of_one_name_are_told_apart_by_their_number() -> None:
    before = [{"guideline": "ng59", "stance": one} for one in ("for", "against")]
    after = [*before[:1], {"guideline": "ng59", "stance": "silent"}]

    [found] = compare({"positions": before}, {"positions": after})

    assert found.pointer == "/positions/1/stance"
    assert found.place == "kind/slug/positions/ng59 (2)/stance"


def test_a_text_that_stands_twice_can_go_once() -> None:
    [found] = compare({"list": ["a", "a"]}, {"list": ["a"]})

    assert (found.pointer, found.edit) == ("/list/1", Edit.REMOVED)


@pytest.mark.parametrize(("before", "after"), [(1, 1.0), (True, 1), (0, False)])
def test_what_json_tells_apart_differs(before: Any, after: Any) -> None:
    [found] = compare({"number": before}, {"number": after})

    assert found.edit is Edit.CHANGED


def test_a_key_is_escaped_in_a_pointer() -> None:
    [found] = compare({"a/b~c": 1}, {"a/b~c": 2})

    assert found.pointer == "/a~1b~0c"


def test_a_mapping_that_is_new_is_one_difference() -> None:
    section = {"text": "A text.", "sources": SOURCES}

    [found] = compare({"sections": {}}, {"sections": {"how-soon": section}})

    assert (found.pointer, found.after) == ("/sections/how-soon", section)


def test_the_whole_library_says_something_in_every_field() -> None:
    parts = [part for _, entry in BUNDLE for part in _list_parts(entry)]
    said = {(type(part), name) for part in parts for name, value in part if value}

    fields = {(type(part), name) for part in parts for name in type(part).model_fields}
    assert {type(part) for part in parts} >= {*ENTRY_TYPES.values(), Figure, Hold}
    assert sorted(f"{part.__name__}.{name}" for part, name in fields - said) == []


def _list_parts(value: object) -> Iterator[Part]:
    """Yield a part and all parts in it."""
    if isinstance(value, Part):
        yield value
        for _, inner in value:
            yield from _list_parts(inner)
    elif isinstance(value, (tuple, Mapping)):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _list_parts(one)


@pytest.mark.parametrize("kind", Kind)
def test_whatever_stands_in_a_list_has_a_name(kind: Kind) -> None:
    for entry in BUNDLE.of_kind(kind).values():
        members = list(_list_members(dump(kind, entry.slug)))
        assert [one for one in members if not set(NAMES) & set(one)] == []


def _list_members(data: Any) -> Iterator[Data]:
    """Yield every mapping that stands in a list, but for parts of conditions."""
    for key, one in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(one, (dict, list)) and key not in CONDITIONS:
            if isinstance(data, list) and isinstance(one, dict):
                yield one
            yield from _list_members(one)
