"""`POST /v1/releases`: a whole library or some entries, and what became of it."""

import pytest

from app.fields import Kind
from tests.api.asking import (
    RECOMMENDATIONS,
    Json,
    get_json,
    list_slugs,
)
from tests.api.publishing import (
    YOGA,
    YOGA_PATH,
    Writer,
    list_entries,
    read_made,
)
from tests.factories import make_finding, make_rule, make_sign, make_treatment

FEVER = make_finding("fever", label="Feverish")


def items_of(listed: list[Json]) -> list[tuple[str, str]]:
    return [(one["kind"], one["slug"]) for one in listed]


def test_a_merge_publishes_its_entries_beside_those_that_stand(writer: Writer) -> None:
    before = writer.bundle()

    made = read_made(writer.merge({Kind.TREATMENTS: [YOGA], Kind.FINDINGS: [FEVER]}))

    assert (made["release"], made["is_new"], made["dry_run"]) == (2, True, False)
    assert made["significance"] == "clinical"
    assert made["unmet"] == []
    assert items_of(made["diff"]["added"]) == [("treatments", "yoga")]
    assert items_of(made["diff"]["changed"]) == [("findings", "fever")]
    after = writer.bundle()
    assert get_json(writer.client, "/v1/findings/fever")["label"] == "Feverish"
    assert after["topics"] == before["topics"]
    assert len(after["treatments"]) == len(before["treatments"]) + 1


def test_a_merge_takes_away_what_it_says(writer: Writer) -> None:
    read_made(writer.merge({Kind.TREATMENTS: [YOGA]}))

    response = writer.merge(
        {Kind.FINDINGS: [FEVER]}, removed={"treatments": ["yoga"]}, against=2
    )

    assert items_of(read_made(response)["diff"]["removed"]) == [("treatments", "yoga")]
    assert writer.client.get(YOGA_PATH).status_code == 404


def test_a_merge_may_take_away_what_refers_to_each_other(writer: Writer) -> None:
    part = make_treatment("hot-yoga", part_of="yoga")
    read_made(writer.merge({Kind.TREATMENTS: [YOGA, part]}))

    response = writer.merge({}, removed={"treatments": ["yoga", "hot-yoga"]})

    assert len(read_made(response)["diff"]["removed"]) == 2


def test_a_whole_library_takes_the_place_of_the_one_that_stands(writer: Writer) -> None:
    read_made(writer.merge({Kind.TREATMENTS: [YOGA]}))
    entries = writer.bundle(1)

    made = read_made(writer.post(entries=entries, note="As it was."))

    assert made["release"] == 3
    assert items_of(made["diff"]["removed"]) == [("treatments", "yoga")]
    assert writer.bundle() == entries


def test_what_the_bundle_says_can_be_sent_back_as_it_is(writer: Writer) -> None:
    bundle = get_json(writer.client, "/v1/bundle")
    read_made(writer.merge({Kind.TREATMENTS: [YOGA]}))

    made = read_made(writer.post(**bundle))

    assert made["release"] == 3


@pytest.mark.parametrize("mode", ["replace", "merge"])
def test_the_first_release_is_made_over_http(first_writer: Writer, mode: str) -> None:
    entries = list_entries()

    response = first_writer.post(mode=mode, entries=entries, against=0)

    assert read_made(response)["release"] == 1
    assert first_writer.bundle() == entries


def test_nothing_changed_is_the_release_that_stands(writer: Writer) -> None:
    read_made(writer.merge({Kind.TREATMENTS: [YOGA]}, note="Yoga."))
    [newest, _] = writer.log()

    response = writer.merge(
        {Kind.TREATMENTS: [YOGA]}, note="Again.", significance="safety"
    )

    made = read_made(response, 200)
    assert (made["release"], made["is_new"]) == (2, False)
    assert made["significance"] is None
    assert made["diff"]["because"] == []
    assert writer.log()[0] == newest
    assert newest["note"] == "Yoga."


def test_nothing_changed_in_another_order_either(writer: Writer) -> None:
    entries = {kind: listed[::-1] for kind, listed in writer.bundle().items()}

    made = read_made(writer.post(entries=entries), 200)

    assert (made["release"], made["is_new"]) == (1, False)


def test_every_reader_sees_a_release_at_once(writer: Writer) -> None:
    before = writer.client.post(RECOMMENDATIONS, json={}).json()

    read_made(writer.merge({Kind.TREATMENTS: [YOGA]}))

    after = writer.client.post(RECOMMENDATIONS, json={}).json()
    assert (before["release"], after["release"]) == (1, 2)
    assert "yoga" in list_slugs(writer.client, "/v1/treatments")
    assert writer.client.get(YOGA_PATH).headers["library-release"] == "2"


def test_a_release_says_which_advice_it_changes(writer: Writer) -> None:
    sign = make_sign(
        "shivers", urgency="soon", rules=[make_rule(when={"has": "fever"})]
    )

    made = read_made(writer.merge({Kind.WARNING_SIGNS: [sign]}))

    assert made["significance"] == "safety"
    [advice] = made["diff"]["advice"]
    assert (advice["case"], advice["signs_added"]) == ("case", ["shivers"])
