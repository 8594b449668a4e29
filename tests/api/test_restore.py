"""`POST /v1/releases/{number}/restore`: an earlier library, published as a new one."""

import pytest
from sqlalchemy import Engine

from app.fields import Kind
from tests.api.asking import get_json, read_problem
from tests.api.publishing import YOGA, YOGA_PATH, Writer, read_made
from tests.factories import complete, make_bundle, make_case, make_treatment
from tests.publishing import PUBLISHED_AT, publish

WRONG_CASE = make_case("wrong", expect={"level": "soon", "could_be": "soon"})
CIRCULAR = make_treatment("circular", part_of="circular")


def test_an_earlier_release_is_published_as_a_new_one(writer: Writer) -> None:
    read_made(writer.put(YOGA_PATH, YOGA))
    read_made(writer.merge({Kind.TREATMENTS: [make_treatment(summary="Walk more.")]}))

    made = read_made(writer.restore(1, note="As it was."))

    assert (made["release"], made["is_new"], made["unmet"]) == (4, True, [])
    assert made["diff"]["against"] == 3
    assert writer.bundle() == writer.bundle(1)
    assert writer.client.get(YOGA_PATH).status_code == 404
    assert writer.log()[0]["note"] == "As it was."


def test_what_was_restored_can_be_taken_back(writer: Writer) -> None:
    read_made(writer.put(YOGA_PATH, YOGA))
    read_made(writer.restore(1))

    read_made(writer.restore(2))

    assert writer.bundle() == writer.bundle(2)


def test_the_release_that_stands_is_not_made_again(writer: Writer) -> None:
    read_made(writer.put(YOGA_PATH, YOGA))

    made = read_made(writer.restore(2, note="Again."), 200)

    assert (made["release"], made["is_new"]) == (2, False)
    assert len(writer.log()) == 2


def test_nor_is_an_earlier_one_that_is_the_same(writer: Writer) -> None:
    read_made(writer.put(YOGA_PATH, YOGA))
    read_made(writer.delete(YOGA_PATH), 200)

    made = read_made(writer.restore(1), 200)

    assert (made["release"], made["is_new"]) == (3, False)


@pytest.mark.parametrize("number", [2, 10**20])
def test_what_is_not_out_yet_is_not_found(writer: Writer, number: int) -> None:
    problem = read_problem(writer.restore(number), 404)

    assert problem["detail"] == "There is no such release."


def test_there_is_no_release_zero(writer: Writer) -> None:
    [error] = read_problem(writer.restore(0), 422)["errors"]

    assert error["pointer"] == "/path/number"


def test_cases_that_fail_by_now_are_told_and_refuse_nothing(
    writer: Writer, engine: Engine
) -> None:
    publish_own(engine, {Kind.CASES: [WRONG_CASE]})
    read_made(writer.delete("/v1/cases/wrong"), 200)

    made = read_made(writer.restore(2))

    assert made["unmet"][0]["kind"] == "cases"
    assert made["unmet"][0]["slug"] == "wrong"
    assert made["unmet"][0]["pointer"] == "/expect/could_be"
    assert made["unmet"][0]["detail"]
    assert get_json(writer.client, "/v1/cases/wrong")["slug"] == "wrong"


def test_a_quality_that_is_refused_by_now_refuses_nothing(
    writer: Writer, engine: Engine
) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    read_made(writer.restore(1))

    made = read_made(writer.restore(2))

    assert made["release"] == 4
    assert made["unmet"]


def test_entries_that_do_not_fit_each_other_by_now_are_refused(
    writer: Writer, engine: Engine
) -> None:
    publish_own(engine, {Kind.TREATMENTS: [CIRCULAR]})
    read_made(writer.delete("/v1/treatments/circular"), 200)

    [error] = read_problem(writer.restore(2), 422)["errors"]

    assert error["pointer"] == ""
    assert error["detail"].startswith("treatments/circular/part_of: ")
    assert writer.present() == 3


def publish_own(engine: Engine, own: dict[Kind, list[dict[str, object]]]) -> None:
    """Publish what the door would refuse, as an older version may have."""
    publish(engine, make_bundle(complete(own)), at=PUBLISHED_AT)
