"""A bundle as JSON is read as what was written, or every mistake in it is named."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from pydantic import JsonValue

from app.content.bundles import GivenEntries, parse_bundle, parse_entries, write_bundle
from app.content.log import write_document
from app.content.places import EntryFault
from app.errors import Fault, InvalidRequestError
from app.fields import Kind
from app.library.bundle import Bundle
from app.queries.releases import LoggedDocument
from tests.content.odd_libraries import laws, odd_libraries
from tests.engine.libraries import bundles
from tests.factories import (
    BASE,
    COMPLETE,
    TOPIC,
    Data,
    make_bundle,
    make_finding,
    make_rule,
    make_treatment,
)

LIBRARY = BASE[Kind.LIBRARY][0]
WITH_TABLETS = make_treatment("tablets", avoid_when=[make_rule(when={"hass": "x"})])


def to_json(bundle: Bundle, release: int = 1) -> Data:
    """Return what the log would give of a release with this content."""
    logged = [
        LoggedDocument(kind, entry.slug, write_document(entry), "")
        for kind, entry in bundle
    ]
    written: Data = json.loads(write_bundle(logged, release=release))
    return written


def with_entries(own: Mapping[str, Any]) -> Data:
    """Return the small library as JSON with these lists in place of its own."""
    data = to_json(make_bundle())
    return {**data, "entries": {**data["entries"], **own}}


def faults_of(data: JsonValue) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRequestError) as refused:
        parse_bundle(data)
    return [(fault.pointer, fault.detail) for fault in refused.value.faults]


def documents(bundle: Bundle) -> set[tuple[Kind, str]]:
    return {(kind, write_document(entry)) for kind, entry in bundle}


@laws
@given(bundles())
def test_whatever_its_rules_a_bundle_is_read_as_it_was_written(bundle: Bundle) -> None:
    given_back = parse_entries(to_json(bundle)["entries"])

    assert given_back.faults == []
    assert documents(Bundle.of(given_back.entries)) == documents(bundle)


@laws
@given(odd_libraries())
def test_whatever_its_texts_a_bundle_is_read_as_it_was_written(bundle: Bundle) -> None:
    given_back = parse_entries(to_json(bundle)["entries"])

    assert given_back.faults == []
    assert documents(Bundle.of(given_back.entries)) == documents(bundle)


def test_a_whole_bundle_is_read_back() -> None:
    bundle = make_bundle(COMPLETE)

    assert parse_bundle(to_json(bundle, release=7)) == bundle


def test_a_bundle_names_its_release_and_format_and_has_every_kind() -> None:
    written = to_json(make_bundle(), release=7)

    assert list(written) == ["release", "format", "entries"]
    assert (written["release"], written["format"]) == (7, 1)
    assert list(written["entries"]) == [kind.value for kind in Kind]
    assert written["entries"]["guidelines"] == []


def test_documents_stand_in_a_bundle_as_the_log_has_them() -> None:
    one, two = (LoggedDocument(Kind.FINDINGS, slug, f'{{"{slug}" :1}}', "")
                for slug in ("a", "b"))  # fmt: skip

    assert '"findings":[{"a" :1},{"b" :1}],' in write_bundle([one, two], release=1)


@pytest.mark.parametrize("key", ["release", "format"])
def test_only_the_entries_must_be_given(key: str) -> None:
    data = to_json(make_bundle())
    del data[key]

    assert parse_bundle(data) == make_bundle()


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        pytest.param([], ("", "Needs a mapping."), id="a list"),
        pytest.param(
            {"entries": []},
            ("/entries", "Needs a mapping of kinds to entries."),
            id="a list of entries",
        ),
        pytest.param(
            {},
            ("/entries/library", "A library has one library entry."),
            id="no entries",
        ),
        pytest.param(
            with_entries({"library": []}),
            ("/entries/library", "A library has one library entry."),
            id="no library",
        ),
        pytest.param(
            with_entries({"library": [LIBRARY, {**LIBRARY, "slug": "other"}]}),
            ("/entries/library/1/slug", "A library has one library entry."),
            id="two libraries",
        ),
        pytest.param(
            {**with_entries({}), "relase": 1},
            ("/relase", "Unknown key. Nearest: release."),
            id="an unknown key",
        ),
        pytest.param(
            {**with_entries({}), "format": 2},
            ("/format", "Only format 1 can be read."),
            id="another format",
        ),
        pytest.param(
            with_entries({"findngs": []}),
            ("/entries/findngs", "Unknown kind. Nearest: findings."),
            id="an unknown kind",
        ),
        pytest.param(
            with_entries({"guidelines": {}}),
            ("/entries/guidelines", "Needs a list of entries."),
            id="a mapping of entries",
        ),
        pytest.param(
            with_entries({"guidelines": ["ng59"]}),
            ("/entries/guidelines/0", "Needs a mapping."),
            id="an entry that is a word",
        ),
        pytest.param(
            with_entries({"treatments": [make_treatment(), WITH_TABLETS]}),
            (
                "/entries/treatments/1/avoid_when/0/when/hass",
                "Unknown operator. Nearest: has, is, pain.months.",
            ),
            id="a mistake deep in an entry",
        ),
        pytest.param(
            with_entries(
                {"measures": [{**BASE[Kind.MEASURES][0], "maximum": 10.0**10}]}
            ),
            (
                "/entries/measures/0/maximum",
                "Input should be less than or equal to 1000000000.",
            ),
            id="a number out of bounds",
        ),
    ],
)
def test_a_mistake_is_named_by_its_pointer(
    data: JsonValue, fault: tuple[str, str]
) -> None:
    assert faults_of(data)[0] == fault


def test_the_pointer_of_an_unknown_kind_is_escaped() -> None:
    [(pointer, _)] = faults_of(with_entries({"a/b": []}))

    assert pointer == "/entries/a~1b"


def test_an_entry_that_is_given_twice_names_the_first() -> None:
    fever, chills = make_finding("fever"), make_finding("chills")

    given_entries = parse_entries({"findings": [fever, chills, fever]})

    detail = "This finding stands at /entries/findings/0 already."
    assert given_entries.faults == [Fault("/entries/findings/2/slug", detail)]


def test_every_mistake_is_named_at_once() -> None:
    label = make_finding("chills", label=3)
    sign = {"treatment": "nothing-like-it"}
    walking = make_treatment(
        not_with=[{**sign, "because": "x", "sources": ["cohen-2020"]}]
    )
    own = {"findings": [*BASE[Kind.FINDINGS], label], "treatments": [walking]}

    faults = faults_of({**with_entries(own), "zzz": 1, "format": "x"})

    assert [pointer for pointer, _ in faults] == [
        "/zzz",
        "/format",
        "/entries/findings/7/label",
        "/entries/topics/0/failed_treatment",
        "/entries/treatments/0/not_with/0/treatment",
    ]


def test_what_cannot_be_read_may_be_named_by_others() -> None:
    broken: list[Data] = [{**one, "label": 3} for one in BASE[Kind.FINDINGS]]

    faults = faults_of(with_entries({"findings": broken, "references": 5}))

    pointers = [f"/entries/findings/{index}/label" for index in range(len(broken))]
    assert [pointer for pointer, _ in faults] == ["/entries/references", *pointers]


def test_entries_that_are_nested_without_end_are_refused() -> None:
    endless: list[Any] = []
    for _ in range(100_000):
        endless = [endless]

    found = parse_entries({"findings": [endless]})

    assert found.faults == [Fault("/entries/findings/0", "Nested too deeply.")]


def test_some_entries_are_read_without_the_rest_of_a_library() -> None:
    found = parse_entries({"findings": [make_finding("chills")]}, "/add")

    assert found.faults == []
    assert list(found.entries[Kind.FINDINGS]) == ["chills"]
    assert found.pointers == {(Kind.FINDINGS, "chills"): "/add/findings/0"}


@pytest.mark.parametrize(
    ("slug", "fault"),
    [
        pytest.param(
            "chills",
            Fault("/entries/findings/0/label", "Why?"),
            id="one that was given",
        ),
        pytest.param("fever", Fault("", "findings/fever/label: Why?"), id="another"),
    ],
)
def test_a_fault_is_located_where_its_entry_was_given(slug: str, fault: Fault) -> None:
    found: GivenEntries = parse_entries({"findings": [make_finding("chills")]})

    assert found.locate(EntryFault(Kind.FINDINGS, slug, "/label", "Why?")) == fault


def test_what_does_not_fit_together_is_found_in_a_whole_bundle() -> None:
    faults = faults_of(with_entries({"topics": []}))

    detail = f"There is no topic {TOPIC!r}. There are none to choose from."
    assert faults == [("/entries/library/0/default_topic", detail)]
