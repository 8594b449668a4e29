"""A snapshot is of one state, however many statements read it."""

from datetime import timedelta

from sqlalchemy import Engine

from app.fields import Kind
from app.queries.items import get_document
from app.queries.releases import get_edition
from app.queries.snapshots import open_snapshot
from app.queries.texts import list_references, list_signs
from tests.factories import make_bundle, make_treatment
from tests.publishing import PUBLISHED_AT, publish


def publish_walking(engine: Engine, number: int) -> None:
    walking = make_treatment(summary=f"Number {number}.")
    at = PUBLISHED_AT + timedelta(days=number)
    publish(engine, make_bundle({Kind.TREATMENTS: [walking]}), at=at)


def test_what_is_published_meanwhile_is_not_seen(engine: Engine) -> None:
    publish_walking(engine, 1)
    with open_snapshot(engine) as snapshot:
        before = get_edition(snapshot)

        publish_walking(engine, 2)

        assert "Number 1." in get_document(snapshot, Kind.TREATMENTS, "walking")
        # These go another way.
        list_references(snapshot, ["cohen-2020"])
        list_signs(snapshot, "facet-joint-injection")
        assert get_edition(snapshot) == before
        assert "Number 1." in get_document(snapshot, Kind.TREATMENTS, "walking")
    with open_snapshot(engine) as snapshot:
        assert get_edition(snapshot).release == 2
        assert "Number 2." in get_document(snapshot, Kind.TREATMENTS, "walking")
