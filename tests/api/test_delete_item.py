"""`DELETE /v1/{kind}/{slug}`: what nothing refers to goes, and its history stays."""

import pytest

from app.fields import Kind
from tests.api.asking import get_json, read_fault, read_problem
from tests.api.publishing import WALKING_PATH, YOGA, YOGA_PATH, Writer, read_made
from tests.factories import make_case, make_rule, make_sign, make_treatment


def test_an_item_goes_and_its_history_stays(writer: Writer) -> None:
    read_made(writer.put(YOGA_PATH, YOGA))

    made = read_made(writer.delete(YOGA_PATH, note="Nobody does it."), 200)

    assert (made["release"], made["is_new"]) == (3, True)
    assert [one["slug"] for one in made["diff"]["removed"]] == ["yoga"]
    assert writer.client.get(YOGA_PATH).status_code == 404
    revisions = get_json(writer.client, f"{YOGA_PATH}/revisions")["items"]
    changes = [(one["change"], one["note"]) for one in revisions]
    assert changes == [("removed", "Nobody does it."), ("added", "")]


def test_what_is_removed_is_not_there_to_be_removed(writer: Writer) -> None:
    read_made(writer.put(YOGA_PATH, YOGA))
    read_made(writer.delete(YOGA_PATH), 200)

    response = writer.delete(YOGA_PATH)

    assert read_problem(response, 404)["detail"] == "There is no such treatment."
    assert writer.present() == 3


@pytest.mark.parametrize("path", ["/v1/findings/B%20B", "/v1/findings/%00"])
def test_what_never_was_is_not_found(writer: Writer, path: str) -> None:
    problem = read_problem(writer.delete(path), 404)

    assert problem["detail"] == "There is no such finding."


def test_before_the_first_release_nothing_is_found(first_writer: Writer) -> None:
    read_problem(first_writer.delete(YOGA_PATH), 404)


def test_what_others_refer_to_stays_and_they_are_named(writer: Writer) -> None:
    users = {
        Kind.TREATMENTS: [make_treatment("yoga", related=["walking"])],
        Kind.WARNING_SIGNS: [
            make_sign("cauda-equina", holds=[{"treatment": "walking"}])
        ],
    }
    read_made(writer.merge(users))

    response = writer.delete(WALKING_PATH)

    problem = read_problem(response, 409)
    assert problem["detail"] == "Other items refer to it."
    assert [one["pointer"] for one in problem["errors"]] == [
        "/library/whatnext/wait_and_see",
        "/treatments/yoga/related/0",
        "/warning-signs/cauda-equina/holds/0/treatment",
        "/topics/facet-joint-injection/options/0/treatment",
    ]
    assert problem["errors"][1]["detail"] == "yoga refers to it."
    assert writer.present() == 2


@pytest.mark.parametrize(
    ("path", "user"),
    [
        ("/v1/references/cohen-2020", "/treatments/walking/"),
        ("/v1/findings/fever", "/failure-causes/cause/clues_for/"),
        ("/v1/findings/leg-weakness", "/findings/foot-drop/implies/0"),
        ("/v1/failure-causes/cause", "/topics/facet-joint-injection/failure_causes/0"),
        ("/v1/topics/facet-joint-injection", "/library/whatnext/default_topic"),
    ],
)
def test_whatever_refers_to_it_is_named(writer: Writer, path: str, user: str) -> None:
    errors = read_problem(writer.delete(path), 409)["errors"]

    assert any(one["pointer"].startswith(user) for one in errors)


def test_what_only_refers_to_itself_goes(writer: Writer) -> None:
    read_made(writer.put(YOGA_PATH, YOGA))
    read_made(writer.put(YOGA_PATH, {**YOGA, "related": ["walking"]}), 200)

    read_made(writer.delete(YOGA_PATH), 200)


def test_the_library_entry_stays(writer: Writer) -> None:
    fault = read_fault(writer.delete("/v1/library/whatnext"))

    assert fault == ("", "A library has one library entry.")


def test_a_case_that_is_removed_is_asked_a_last_time(writer: Writer) -> None:
    unmet = make_case("routine", profile={"has": ["fever"]})
    read_made(writer.put("/v1/cases/routine", unmet))
    urgent = make_sign("cauda-equina", rules=[make_rule(when={"has": "fever"})])

    response = writer.merge(
        {Kind.WARNING_SIGNS: [urgent]}, removed={"cases": ["routine"]}
    )

    made = read_made(response)
    [broken] = made["diff"]["broken_cases"]
    assert broken["case"] == "routine"
    assert made["significance"] == "safety"


def test_an_item_without_which_the_gate_is_not_passed_stays(writer: Writer) -> None:
    errors = read_problem(writer.delete("/v1/cases/case"), 422)["errors"]

    assert errors
    assert writer.present() == 1
