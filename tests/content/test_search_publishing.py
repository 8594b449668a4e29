"""What is published is found at once, and what is gone no longer."""

import json
from typing import Any

from sqlalchemy import Engine
from sqlmodel import select

from app.fields import Kind
from app.queries.search import search
from app.queries.search_filters import SearchFilters
from app.queries.snapshots import Snapshot, open_snapshot
from app.tables import SearchEntry
from tests.factories import make_bundle, make_sign
from tests.factories import make_treatment as make
from tests.publishing import PUBLISHED_AT, publish


def ask(snapshot: Snapshot, words: str) -> list[dict[str, Any]]:
    return [json.loads(one) for one in search(snapshot, SearchFilters(q=words)).texts]


def list_found(snapshot: Snapshot, words: str) -> list[str]:
    return [f"{one['kind']}/{one['slug']}" for one in ask(snapshot, words)]


def test_what_is_published_is_found_and_what_is_gone_is_not(engine: Engine) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    with open_snapshot(engine) as snapshot:
        assert ask(snapshot, "magnesium") == []
    salt = [make("walking", name="Magnesium salt"), make("facet-joint-injection")]
    publish(engine, make_bundle({Kind.TREATMENTS: salt}), at=PUBLISHED_AT)
    with open_snapshot(engine) as snapshot:
        assert list_found(snapshot, "magnesium") == ["treatments/walking"]
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    with open_snapshot(engine) as snapshot:
        assert ask(snapshot, "magnesium") == []


def test_a_sign_that_gets_more_urgent_is_found_once(engine: Engine) -> None:
    for urgency in ("soon", "emergency"):
        sign = make_sign("cauda-equina", urgency=urgency)
        publish(engine, make_bundle({Kind.WARNING_SIGNS: [sign]}), at=PUBLISHED_AT)

    with open_snapshot(engine) as snapshot:
        [hit] = ask(snapshot, "cauda equina")
        keys = snapshot.fetch(select(SearchEntry.item), {})
        signs = [key for (key,) in keys if key.endswith("/cauda-equina")]
    assert hit["urgency"] == "emergency"
    assert len(signs) == 1


def test_words_that_mean_the_same_find_the_same(engine: Engine) -> None:
    library = make_bundle().library.model_dump(mode="json", exclude_none=True)
    library["same_words"] = [["walking", "stroll"]]
    publish(engine, make_bundle({Kind.LIBRARY: [library]}), at=PUBLISHED_AT)

    with open_snapshot(engine) as snapshot:
        assert "treatments/walking" in list_found(snapshot, "strolling")
