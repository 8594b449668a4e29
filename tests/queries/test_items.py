import json
from datetime import timedelta
from typing import Any, get_args

import pytest

from app.errors import NotFoundError
from app.fields import Category, Certainty, Kind, Setting, Urgency
from app.queries.filters import TreatmentFilters
from app.queries.items import Totals, get_document, list_items
from app.queries.releases import Edition
from app.queries.snapshots import Snapshot
from tests.publishing import PUBLISHED_AT
from tests.queries.library import FILTERS, find, page_of

EDITION = Edition(1, PUBLISHED_AT)
LATER = Edition(1, PUBLISHED_AT + timedelta(days=1))
EVERY_SORT = [
    (kind, sort)
    for kind, filters in FILTERS.items()
    for sort in get_args(filters.model_fields["sort"].annotation)
]


@pytest.mark.parametrize(("kind", "sort"), EVERY_SORT)
def test_list_items_sorts_with_the_slug_as_last_key(
    snapshot: Snapshot, kind: Kind, sort: str
) -> None:
    found = find(snapshot, kind, sort=sort)

    key = sort.removeprefix("-")
    expected = sorted(
        found, key=lambda slug: (_sort_key(snapshot, kind, slug, key), slug)
    )
    assert found == (expected[::-1] if sort.startswith("-") else expected)


def _sort_key(snapshot: Snapshot, kind: Kind, slug: str, key: str) -> Any:
    document = json.loads(get_document(snapshot, kind, slug))
    match key:
        case "certainty":
            return list(Certainty).index(document["evidence"]["certainty"])
        case "urgency":
            return list(Urgency).index(document["urgency"])
        case "name":
            names = ("name", "title", "label", "question", "description")
            return next(document[name] for name in names if name in document)
        case _:
            return document[key]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param({"limit": 2}, slice(0, 2), id="the first page"),
        pytest.param({"limit": 2, "offset": 2}, slice(2, 4), id="the second page"),
        pytest.param({"limit": 3, "offset": 6}, slice(6, 7), id="a short last page"),
        pytest.param({"offset": 100}, slice(0, 0), id="beyond the end"),
    ],
)
def test_limit_and_offset_cut_a_page_out(
    snapshot: Snapshot, page: dict[str, int], expected: slice
) -> None:
    everything = find(snapshot, Kind.TREATMENTS)

    assert find(snapshot, Kind.TREATMENTS, **page) == everything[expected]


@pytest.mark.parametrize(
    ("filters", "total"),
    [
        pytest.param({"limit": 1}, 7, id="not cut by the page"),
        pytest.param({"offset": 100}, 7, id="not cut by the offset"),
        pytest.param({"limit": 1, "category": "medication"}, 3, id="cut by a filter"),
        pytest.param({"stance": "for"}, 3, id="each item once for two positions"),
    ],
)
def test_total_counts_what_the_filters_let_through(
    snapshot: Snapshot, filters: dict[str, Any], total: int
) -> None:
    found = page_of(snapshot, Kind.TREATMENTS, TreatmentFilters(**filters))

    assert found.total == total


@pytest.mark.parametrize("filters", [{}, {"fields": "name"}], ids=["cards", "fields"])
def test_a_page_takes_two_statements_whatever_its_size(
    snapshot: Snapshot, filters: dict[str, Any]
) -> None:
    counts: list[int] = []
    for limit in (1, 7):
        before = snapshot.count
        asked = TreatmentFilters(**filters, limit=limit)
        list_items(snapshot, Kind.TREATMENTS, asked, edition=EDITION, totals=Totals())
        counts.append(snapshot.count - before)

    assert counts == [2, 2]


def test_a_total_is_counted_once_for_each_of_the_editions_that_are_read(
    snapshot: Snapshot,
) -> None:
    totals = Totals()
    asked = TreatmentFilters(category=Category.MEDICATION, setting=Setting.HOME)
    counts: list[int] = []
    for edition in (EDITION, LATER, EDITION, LATER):
        before = snapshot.count
        list_items(snapshot, Kind.TREATMENTS, asked, edition=edition, totals=totals)
        counts.append(snapshot.count - before)

    # Each filter alone, both, and the page; then the page.
    assert counts == [4, 4, 1, 1]


def test_an_item_takes_one_statement(snapshot: Snapshot) -> None:
    before = snapshot.count
    get_document(snapshot, Kind.TREATMENTS, "walking")

    assert snapshot.count - before == 1


def test_list_items_returns_cards_without_fields(snapshot: Snapshot) -> None:
    filters = TreatmentFilters(limit=1)

    [card] = page_of(snapshot, Kind.TREATMENTS, filters).texts

    assert "sections" not in json.loads(card)


def test_list_items_returns_whole_documents_for_fields(snapshot: Snapshot) -> None:
    filters = TreatmentFilters(limit=1, fields="sections")

    [text] = page_of(snapshot, Kind.TREATMENTS, filters).texts

    assert text == get_document(snapshot, Kind.TREATMENTS, json.loads(text)["slug"])


def test_get_document_names_the_kind_and_slug_that_it_did_not_find(
    snapshot: Snapshot,
) -> None:
    with pytest.raises(NotFoundError) as caught:
        get_document(snapshot, Kind.WARNING_SIGNS, "no-sign")

    assert (caught.value.kind, caught.value.slug) == ("warning-sign", "no-sign")
