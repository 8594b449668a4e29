"""`POST /v1/releases` with mistakes: each is pointed at, and nothing is published."""

import pytest
from httpx2 import Response

from app.fields import Kind
from tests.api.asking import Json, read_fault, read_problem
from tests.api.publishing import RELEASES, YOGA, Writer
from tests.factories import make_case, make_finding, make_treatment

FEVER = make_finding("fever", label="Feverish")
WRONG_CASE = make_case("wrong", expect={"level": "emergency", "could_be": "emergency"})


def post_raw(writer: Writer, body: bytes) -> Response:
    headers = {**writer.tag(), "content-type": "application/json"}
    return writer.client.post(RELEASES, content=body, headers=headers)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        pytest.param(
            {"mode": "replace"},
            ("/entries/library", "A library has one library entry."),
            id="a whole library without its entry",
        ),
        pytest.param(
            {"mode": "whole"},
            ("/mode", "Not a valid word. Valid: merge, replace."),
            id="no such mode",
        ),
        pytest.param(
            {"mode": "merge", "removed": {"treatments": ["walkin"]}},
            ("/removed/treatments/0", "There is no such treatment. Nearest: walking"),
            id="what is not there to be removed",
        ),
        pytest.param(
            {"mode": "merge", "removed": {"treatment": ["walking"]}},
            ("/removed/treatment", "Unknown kind. Nearest: treatments"),
            id="what is removed of no kind",
        ),
        pytest.param(
            {"mode": "merge", "removed": {"library": ["whatnext"]}},
            ("/removed/library/0", "A library has one library entry."),
            id="the library is removed",
        ),
        pytest.param(
            {"mode": "merge", "entries": {"treatment": []}},
            ("/entries/treatment", "Unknown kind. Nearest: treatments"),
            id="no such kind",
        ),
        pytest.param(
            {"mode": "merge", "entries": {"treatments": {}}},
            ("/entries/treatments", "Needs a list of entries."),
            id="no list",
        ),
        pytest.param(
            {"mode": "merge", "entries": {"findings": [FEVER, FEVER]}},
            (
                "/entries/findings/1/slug",
                "This finding stands at /entries/findings/0 already.",
            ),
            id="an entry twice",
        ),
        pytest.param(
            {
                "mode": "merge",
                "entries": {"treatments": [make_treatment()]},
                "removed": {"treatments": ["walking"]},
            },
            ("/removed/treatments/0", "It stands at /entries/treatments/0, too."),
            id="an entry that is removed, too",
        ),
        pytest.param(
            {"mode": "merge", "entries": {"treatments": [{**YOGA, "invasiveness": 9}]}},
            ("/entries/treatments/0/invasiveness", "Input should be less than"),
            id="a mistake in an entry",
        ),
        pytest.param(
            {"mode": "merge", "entries": {"treatments": [{**YOGA, "related": ["x"]}]}},
            ("/entries/treatments/0/related/0", "There is no treatment"),
            id="an entry that names what is not there",
        ),
        pytest.param(
            {"mode": "merge", "entries": {"cases": [WRONG_CASE]}},
            ("/entries/cases/0/expect/level", ""),
            id="a case that does not hold",
        ),
        pytest.param(
            {"mode": "merge", "removed": {"treatments": ["walking"]}},
            ("", ""),
            id="what others refer to is removed",
        ),
        pytest.param(
            {"mode": "merge", "note": "a" * 1001},
            ("/note", "Takes at most 1000 characters."),
            id="a note too long",
        ),
        pytest.param(
            {"mode": "merge", "note": "\x00"},
            ("/note", "Must not have the character U+0000."),
            id="a note that no database takes",
        ),
        pytest.param({"format": 2}, ("/format", ""), id="another format"),
        pytest.param({"notes": ""}, ("", "Unknown key."), id="an unknown key"),
    ],
)
def test_a_mistake_is_pointed_at_and_nothing_is_published(
    writer: Writer, body: Json, fault: tuple[str, str]
) -> None:
    response = writer.post(**body)

    errors = read_problem(response, 422)["errors"]
    pointer, detail = fault
    assert [one for one in errors if one["pointer"] == pointer]
    assert any(one["detail"].startswith(detail) for one in errors)
    assert writer.present() == 1


def test_only_a_merge_takes_away(writer: Writer) -> None:
    response = writer.post(entries=writer.bundle(), removed={"cases": ["case"]})

    pointer, detail = read_fault(response)
    assert pointer == "/removed"
    assert detail == "Only a merge takes it; a whole library leaves it out."


def test_all_mistakes_of_entries_come_back_at_once(writer: Writer) -> None:
    entries = {
        Kind.TREATMENTS: [{**YOGA, "invasiveness": 9}, {**YOGA, "slug": "B B"}],
        Kind.FINDINGS: [{"slug": "chills"}],
    }

    errors = read_problem(writer.merge(entries), 422)["errors"]

    assert [one["pointer"] for one in errors] == [
        "/entries/treatments/0/invasiveness",
        "/entries/treatments/1/slug",
        "/entries/findings/0/kind",
        "/entries/findings/0/label",
        "/entries/findings/0/question",
    ]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        pytest.param(
            b'{"mode": "merge", "note": "One.", "note": "Two."}',
            ("", "An object of the body says the same key twice."),
            id="a key twice",
        ),
        pytest.param(b"{", ("", "The body is not valid JSON."), id="no JSON"),
        pytest.param(b"[]", ("", "Needs a mapping."), id="a list"),
    ],
)
def test_a_body_that_is_no_object_is_refused(
    writer: Writer, body: bytes, fault: tuple[str, str]
) -> None:
    response = post_raw(writer, body)

    assert read_fault(response) == fault


def test_half_a_character_is_pointed_at(writer: Writer) -> None:
    response = post_raw(writer, b'{"mode": "merge", "entries": {"\\ud800": []}}')

    pointer, detail = read_fault(response)
    assert pointer == "/entries/\ud800"
    assert detail.startswith("Unknown kind.")
