"""What a write leaves in the log: its note, its significance, and whose key it was."""

import pytest
from sqlalchemy import Engine

from app.fields import Kind
from app.keys import KeyRole
from tests.api.asking import get_json, read_fault
from tests.api.keys import NOW, store_key
from tests.api.printing import Printed
from tests.api.publishing import (
    RELEASES,
    WALKING_PATH,
    YOGA,
    YOGA_PATH,
    Writer,
    read_made,
)
from tests.factories import make_sign, make_treatment

REWORDED = make_treatment(summary="Walk more.")
LOW = "editorial"
PILATES_PATH = "/v1/treatments/pilates"
LATER = make_sign("cauda-equina", what_to_say="I cannot feel my legs.")


def test_a_release_keeps_who_made_it_when_and_why(writer: Writer) -> None:
    read_made(writer.put(YOGA_PATH, YOGA, note="Yoga is in."))

    [newest, first] = writer.log()

    assert newest["number"] == 2
    assert newest["published_by"] == "Anna"
    assert newest["note"] == "Yoga is in."
    assert newest["created_at"] == NOW.isoformat().replace("+00:00", "Z")
    assert (newest["added"], newest["changed"], newest["removed"]) == (1, 0, 0)
    assert first["published_by"] is None


def test_who_shows_no_key_is_not_told_whose_it_was(writer: Writer) -> None:
    read_made(writer.put(YOGA_PATH, YOGA))

    [newest, _] = get_json(writer.client, RELEASES)["items"]

    assert "Anna" not in str(newest)


@pytest.mark.parametrize(
    ("entries", "suggested"),
    [
        pytest.param({Kind.TREATMENTS: [REWORDED]}, "editorial", id="other words"),
        pytest.param({Kind.TREATMENTS: [YOGA]}, "clinical", id="a treatment more"),
        pytest.param({Kind.WARNING_SIGNS: [LATER]}, "safety", id="what to say"),
    ],
)
def test_the_significance_is_the_suggested_one_if_none_is_named(
    writer: Writer, entries: dict[Kind, list[dict[str, object]]], suggested: str
) -> None:
    made = read_made(writer.merge(entries))

    assert made["significance"] == made["diff"]["significance"] == suggested
    assert writer.log()[0]["significance"] == suggested


def test_a_higher_significance_is_kept(writer: Writer) -> None:
    response = writer.put(WALKING_PATH, REWORDED, significance="safety")

    made = read_made(response, 200)
    assert made["significance"] == "safety"
    assert made["diff"]["significance"] == "editorial"
    assert writer.log()[0]["significance"] == "safety"


def test_a_lower_significance_is_refused_in_a_body(writer: Writer) -> None:
    response = writer.merge({Kind.TREATMENTS: [YOGA]}, significance="editorial")

    pointer, detail = read_fault(response)
    assert pointer == "/significance"
    assert detail == "It is clinical, which is more than editorial."
    assert writer.present() == 1


def test_a_lower_significance_is_refused_in_a_query(writer: Writer) -> None:
    read_made(writer.put(YOGA_PATH, YOGA))

    faults = [
        read_fault(response)
        for response in (
            writer.put(PILATES_PATH, make_treatment("pilates"), significance=LOW),
            writer.delete(YOGA_PATH, significance=LOW),
            writer.restore(1, significance=LOW),
        )
    ]

    assert {pointer for pointer, _ in faults} == {"/query/significance"}
    assert writer.present() == 2


def test_a_lower_significance_is_refused_in_a_trial_too(writer: Writer) -> None:
    response = writer.put(YOGA_PATH, YOGA, significance=LOW, dry_run="true")

    assert read_fault(response)[0] == "/query/significance"


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"note": "a" * 1001}, "/query/note"),
        ({"note": "\x00"}, "/query/note"),
        ({"significance": "big"}, "/query/significance"),
        ({"notes": "x"}, "/query"),
    ],
)
def test_a_mistake_of_the_query_is_pointed_at(
    writer: Writer, query: dict[str, str], pointer: str
) -> None:
    response = writer.client.put(
        YOGA_PATH, params=query, json=YOGA, headers=writer.tag()
    )

    assert read_fault(response)[0] == pointer


def test_nothing_of_a_write_or_of_its_key_is_logged(
    writer: Writer, engine: Engine, printed: Printed
) -> None:
    secret = make_treatment("yoga", summary="Whispered.")
    low = store_key(engine, KeyRole.EDITOR, name="Ed")

    responses = [
        writer.merge({Kind.TREATMENTS: [secret]}, note="Whispered."),
        writer.put(YOGA_PATH, secret, against=1),
        writer.put(YOGA_PATH, {**secret, "invasiveness": "Whispered."}),
        Writer(writer.client, low).put(YOGA_PATH, secret),
    ]

    assert [one.status_code for one in responses] == [201, 412, 422, 403]
    told = printed.read()
    assert "Whispered." not in told
    for key in (writer.key, low):
        assert key.text.rpartition("_")[2] not in told
