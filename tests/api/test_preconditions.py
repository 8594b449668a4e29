"""`If-Match: "release-N"` says what a write was made against: nothing else does."""

import pytest

from app.fields import Kind
from tests.api.asking import read_fault, read_problem
from tests.api.keys import bearer
from tests.api.publishing import (
    RELEASES,
    WALKING_PATH,
    YOGA,
    YOGA_PATH,
    Writer,
    list_entries,
    read_made,
)
from tests.factories import make_finding, make_treatment

WRITES = {
    "a release": ("POST", RELEASES, {"mode": "merge"}),
    "a restored release": ("POST", f"{RELEASES}/1/restore", None),
    "an item": ("PUT", YOGA_PATH, YOGA),
    "an item less": ("DELETE", WALKING_PATH, None),
}
every_write = pytest.mark.parametrize("write", WRITES)


@every_write
def test_a_write_says_what_it_was_made_against(writer: Writer, write: str) -> None:
    method, path, body = WRITES[write]

    response = writer.client.request(
        method, path, json=body, headers=bearer(writer.key)
    )

    problem = read_problem(response, 428)
    assert problem["title"] == "Precondition Required"
    assert 'If-Match: "release-42"' in problem["detail"]


@every_write
def test_a_write_against_an_older_release_is_refused(
    writer: Writer, write: str
) -> None:
    read_made(writer.put(WALKING_PATH, make_treatment(summary="Walk more.")), 200)
    method, path, body = WRITES[write]

    response = writer.client.request(method, path, json=body, headers=writer.tag(1))

    problem = read_problem(response, 412)
    assert problem["detail"] == "Prepared against release 1, but 2 is out now."
    assert response.headers["library-release"] == "2"
    [changed] = problem["errors"]
    assert changed["pointer"] == "/treatments/walking"
    assert changed["detail"] == "changed by release 2"
    assert writer.present() == 2


def test_all_that_changed_since_is_told(writer: Writer) -> None:
    read_made(writer.put(YOGA_PATH, YOGA))
    read_made(writer.merge({Kind.FINDINGS: [make_finding("fever", label="Hot")]}))
    read_made(writer.put("/v1/treatments/pilates", make_treatment("pilates")))
    read_made(writer.delete("/v1/treatments/pilates"), 200)

    problem = read_problem(writer.put(YOGA_PATH, YOGA, against=1), 412)

    told = {one["pointer"]: one["detail"] for one in problem["errors"]}
    assert told == {
        "/findings/fever": "changed by release 3",
        "/treatments/yoga": "added by release 2",
    }


@pytest.mark.parametrize("number", [2, 9_999_999_999])
def test_a_write_against_what_is_not_out_yet_is_refused(
    writer: Writer, number: int
) -> None:
    problem = read_problem(writer.put(YOGA_PATH, YOGA, against=number), 412)

    assert problem["errors"] == []
    assert problem["detail"] == f"Prepared against release {number}, but 1 is out now."


@pytest.mark.parametrize(
    "tag",
    [
        'W/"release-1"',
        "*",
        '"release-1", "release-2"',
        '"release-1",',
        "release-1",
        '"release-01"',
        '"release--1"',
        '"release-1e0"',
        '"release-99999999999"',
        '"Release-1"',
        "1",
        '""',
        "",
    ],
)
def test_only_the_tag_of_a_release_is_taken(writer: Writer, tag: str) -> None:
    headers = {**bearer(writer.key), "if-match": tag}

    response = writer.client.put(YOGA_PATH, json=YOGA, headers=headers)

    pointer, detail = read_fault(response)
    assert pointer == "/header/If-Match"
    assert detail.startswith('Needs one tag of a release, as in "release-42";')
    assert writer.present() == 1


def test_the_tag_of_a_read_is_refused_with_the_reason(writer: Writer) -> None:
    tag = writer.client.get(WALKING_PATH).headers["etag"]
    headers = {**bearer(writer.key), "if-match": tag}

    response = writer.client.put(WALKING_PATH, json=YOGA, headers=headers)

    assert "ETag of a read says nothing of the rest" in read_fault(response)[1]


def test_two_tags_are_refused(writer: Writer) -> None:
    headers = [*writer.tag().items(), ("if-match", '"release-1"')]

    response = writer.client.request("PUT", YOGA_PATH, json=YOGA, headers=headers)

    assert read_fault(response)[0] == "/header/If-Match"


def test_before_the_first_release_it_is_release_0(first_writer: Writer) -> None:
    entries = list_entries()
    read_problem(first_writer.post(entries=entries, against=1), 412)

    made = read_made(first_writer.post(entries=entries, against=0))

    assert made["release"] == 1
    stale = read_problem(first_writer.post(entries=entries, against=0), 412)
    assert len(stale["errors"]) > 10


def test_a_trial_may_say_what_it_is_made_against(writer: Writer) -> None:
    trial = f"{YOGA_PATH}?dry_run=true"

    with_tag, without, stale, wrong = (
        writer.client.put(trial, json=YOGA, headers=headers)
        for headers in (
            {"if-match": '"release-1"'},
            {},
            {"if-match": '"release-0"'},
            {"if-match": "*"},
        )
    )

    assert read_made(with_tag, 200) == read_made(without, 200)
    read_problem(stale, 412)
    assert read_fault(wrong)[0] == "/header/If-Match"


def test_a_key_is_asked_for_before_the_tag(writer: Writer) -> None:
    response = writer.client.put(YOGA_PATH, json=YOGA, headers={"if-match": "*"})

    read_problem(response, 401)
