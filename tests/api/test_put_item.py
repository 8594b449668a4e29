"""`PUT /v1/{kind}/{slug}`: one item, new or in place of the one with this slug."""

import pytest

from app.fields import Kind
from tests.api.asking import Json, get_json, read_fault, read_problem
from tests.api.publishing import (
    LIBRARY,
    WALKING_PATH,
    YOGA,
    YOGA_PATH,
    Writer,
    read_made,
)
from tests.factories import BASE, make_case, make_sign, make_treatment

WALKING = make_treatment(summary="Walk more.")


def without_slug(entry: Json) -> Json:
    return {name: value for name, value in entry.items() if name != "slug"}


def test_a_new_item_is_created(writer: Writer) -> None:
    made = read_made(writer.put(YOGA_PATH, YOGA, note="Yoga."))

    assert (made["release"], made["is_new"]) == (2, True)
    assert [one["slug"] for one in made["diff"]["added"]] == ["yoga"]
    assert get_json(writer.client, YOGA_PATH)["name"] == "Yoga"
    assert writer.log()[0]["note"] == "Yoga."


def test_an_item_takes_the_place_of_the_one_with_its_slug(writer: Writer) -> None:
    made = read_made(writer.put(WALKING_PATH, WALKING), 200)

    assert made["is_new"]
    [changed] = made["diff"]["changed"]
    [field] = changed["fields"]
    assert (field["pointer"], field["after"]) == ("/summary", "Walk more.")
    assert get_json(writer.client, WALKING_PATH)["summary"] == "Walk more."


def test_what_nothing_names_yet_is_published_and_told(writer: Writer) -> None:
    reference = {**BASE[Kind.REFERENCES][0], "slug": "smith-2021", "note": "Read."}

    made = read_made(writer.put("/v1/references/smith-2021", reference))

    [unmet] = made["unmet"]
    assert (unmet["kind"], unmet["slug"]) == ("references", "smith-2021")
    assert unmet["detail"] == "Nothing names this reference."


def test_the_slug_may_be_left_out(writer: Writer) -> None:
    made = read_made(writer.put(YOGA_PATH, without_slug(YOGA)))

    assert [one["slug"] for one in made["diff"]["added"]] == ["yoga"]


def test_an_item_as_it_stands_makes_no_release(writer: Writer) -> None:
    made = read_made(writer.put(WALKING_PATH, make_treatment(), note="Again."), 200)

    assert (made["release"], made["is_new"]) == (1, False)
    assert len(writer.log()) == 1


def test_the_library_may_get_another_slug(writer: Writer) -> None:
    response = writer.put("/v1/library/other", {**LIBRARY, "slug": "other"})

    read_made(response)
    [library] = writer.bundle()["library"]
    assert library["slug"] == "other"


def test_another_slug_than_in_the_address_is_refused(writer: Writer) -> None:
    pointer, detail = read_fault(writer.put("/v1/treatments/pilates", YOGA))

    assert pointer == "/slug"
    assert detail == "Must be as in the address: pilates."


def test_mistakes_are_pointed_at_in_the_entry(writer: Writer) -> None:
    entry = {**YOGA, "invasiveness": 9, "related": ["walkin"]}
    del entry["name"]

    errors = read_problem(writer.put(YOGA_PATH, entry), 422)["errors"]

    assert [one["pointer"] for one in errors] == ["/name", "/invasiveness"]


@pytest.mark.parametrize(
    ("path", "entry", "pointer"),
    [
        pytest.param(
            YOGA_PATH, {**YOGA, "related": ["walkin"]}, "/related/0", id="not there"
        ),
        pytest.param(
            "/v1/warning-signs/sign",
            make_sign(holds=[{"treatment": "walkin"}]),
            "/holds/0/treatment",
            id="not there, further in",
        ),
        pytest.param(
            "/v1/cases/case",
            make_case(expect={"level": "emergency", "could_be": "emergency"}),
            "/expect/level",
            id="a case that does not hold",
        ),
        pytest.param("/v1/treatments/B%20B", without_slug(YOGA), "/slug", id="no slug"),
        pytest.param(YOGA_PATH, {**YOGA, "slug": 1}, "/slug", id="a slug of no text"),
        pytest.param(YOGA_PATH, [], "", id="a list"),
        pytest.param("/v1/medicines/x", YOGA, "/path/kind", id="no such kind"),
        pytest.param(
            f"/v1/treatments/{'a' * 81}", YOGA, "/path/slug", id="a slug too long"
        ),
    ],
)
def test_a_mistake_is_pointed_at_and_nothing_is_published(
    writer: Writer, path: str, entry: object, pointer: str
) -> None:
    errors = read_problem(writer.put(path, entry), 422)["errors"]

    assert pointer in [one["pointer"] for one in errors]
    assert writer.present() == 1


def test_a_case_of_others_that_breaks_is_named(writer: Writer) -> None:
    errors = read_problem(
        writer.put(
            "/v1/warning-signs/cauda-equina",
            make_sign("cauda-equina", urgency="urgent"),
        ),
        422,
    )["errors"]

    assert [one["pointer"] for one in errors] == ["", ""]
    assert errors[0]["detail"].startswith("cases/case/expect/could_be: ")
    assert errors[1]["detail"].startswith("cases/case/expect/level: ")


def test_there_must_be_a_library_to_put_it_into(first_writer: Writer) -> None:
    fault = read_fault(first_writer.put(YOGA_PATH, YOGA))

    assert fault == ("", "There is no library yet to put it into.")


def test_a_key_said_twice_is_refused(writer: Writer) -> None:
    headers = {**writer.tag(), "content-type": "application/json"}
    body = b'{"slug": "yoga", "slug": "pilates"}'

    response = writer.client.put(YOGA_PATH, content=body, headers=headers)

    assert read_fault(response)[1] == "An object of the body says the same key twice."


def test_what_is_no_json_is_refused(writer: Writer) -> None:
    headers = {**writer.tag(), "content-type": "text/yaml"}

    response = writer.client.put(YOGA_PATH, content=b"slug: yoga", headers=headers)

    detail = read_problem(response, 415)["detail"]
    assert detail == "Send it with Content-Type: application/json."


@pytest.mark.parametrize("kind", Kind)
def test_every_item_can_be_sent_back_as_the_bundle_has_it(
    writer: Writer, kind: Kind
) -> None:
    for entry in writer.bundle()[kind.value]:
        made = read_made(writer.put(f"/v1/{kind.value}/{entry['slug']}", entry), 200)

        assert not made["is_new"]
