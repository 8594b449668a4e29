"""The quality of the library is open: what it is held to, and what falls short."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from fastapi.testclient import TestClient

from app.content.quality import CRITERIA
from tests.api.asking import follow, get_json, read_fault, read_problem
from tests.api.quality import AS_OF, OVERDUE, QUALITY, list_criteria, list_marks
from tests.publishing import PUBLISHED_AT

DATES = "Needs a date such as 2026-11-22."
SLUG = "Needs a slug such as "
WALKING = "slug=walking&kind=treatments"


def test_the_quality_is_a_page_of_the_present_release_as_of_a_day(
    small_client: TestClient,
) -> None:
    page = get_json(small_client, AS_OF)

    assert list(page) == [
        "items", "total", "limit", "offset", "release", "as_of", "criteria"
    ]  # fmt: skip
    assert (page["limit"], page["offset"], len(page["items"])) == (20, 0, 20)
    assert (page["release"], page["as_of"]) == (1, "2026-11-22")


def test_it_says_each_criterion_and_how_often_it_is_kept(
    small_client: TestClient,
) -> None:
    criteria = get_json(small_client, AS_OF)["criteria"]

    told = [(one["slug"], one["statement"], one["refuses"]) for one in criteria]
    assert told == [(one.slug, one.statement, one.refuses) for one in CRITERIA]
    assert criteria[0] == {
        "slug": "sections-answered",
        "statement": CRITERIA[0].statement,
        "refuses": True,
        "met": 22,
        "not_met": 0,
        "not_applicable": 0,
        "average": None,
    }


def test_the_counts_are_of_all_that_is_listed(small_client: TestClient) -> None:
    found = list_marks(small_client)

    counts = Counter((one["criterion"], one["outcome"]) for one in found)
    for slug, criterion in list_criteria(small_client, AS_OF).items():
        for name in ("met", "not_met", "not_applicable"):
            assert criterion[name] == counts[slug, name.replace("_", "-")]


def test_a_mark_says_where_and_why(small_client: TestClient) -> None:
    page = get_json(small_client, f"{AS_OF}&criterion=references-complete")

    assert page["items"] == [
        {
            "criterion": "references-complete",
            "kind": "references",
            "slug": "cohen-2020",
            "pointer": "",
            "outcome": "not-met",
            "detail": "It needs a year and a doi, pmid or url, or a note why not.",
        }
    ]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        pytest.param("criterion=equal-detail", {"criterion": "equal-detail"},
                     id="a criterion"),
        pytest.param("kind=findings", {"kind": "findings"}, id="a kind"),
        pytest.param("slug=walking", {"slug": "walking"}, id="an item"),
        pytest.param("outcome=not-met", {"outcome": "not-met"}, id="an outcome"),
        pytest.param("outcome=met", {"outcome": "met"}, id="another outcome"),
        pytest.param(
            f"{WALKING}&outcome=not-met&criterion=clinical-sign-off",
            {
                "criterion": "clinical-sign-off",
                "kind": "treatments",
                "slug": "walking",
                "outcome": "not-met",
            },
            id="all at once",
        ),
    ],
)  # fmt: skip
def test_a_filter_narrows_the_items_and_their_total(
    small_client: TestClient, query: str, wanted: dict[str, str]
) -> None:
    everything = list_marks(small_client)

    page = get_json(small_client, f"{AS_OF}&limit=100&{query}")

    expected = [one for one in everything if wanted.items() <= one.items()]
    assert page["items"] == expected
    assert 0 < page["total"] == len(expected) < len(everything)


@pytest.mark.parametrize(
    "query", ["outcome=not-met", "slug=walking", "limit=1&offset=5", "kind=screens"]
)
def test_a_filter_leaves_the_counts_alone(small_client: TestClient, query: str) -> None:
    whole, part = (
        list_criteria(small_client, address) for address in (AS_OF, f"{AS_OF}&{query}")
    )

    assert part == whole


def test_the_items_are_in_the_order_of_criterion_kind_and_slug(
    small_client: TestClient,
) -> None:
    found = list_marks(small_client)

    places = [(one["criterion"], one["kind"], one["slug"]) for one in found]
    assert places == sorted(places)


def test_next_leads_to_every_mark_once_and_keeps_what_was_asked(
    small_client: TestClient,
) -> None:
    asked = f"{AS_OF}&kind=treatments&outcome=met"
    total = get_json(small_client, asked)["total"]

    pages = list(follow(small_client, f"{asked}&limit=7", "next"))

    found = [item for page in pages for item in page.json()["items"]]
    assert found == list_marks(small_client, asked)
    places = {(one["criterion"], one["slug"], one["pointer"]) for one in found}
    assert len(places) == total
    assert {page.json()["as_of"] for page in pages} == {"2026-11-22"}


def test_the_first_page_has_no_prev_and_the_last_no_next(
    small_client: TestClient,
) -> None:
    first = small_client.get(f"{AS_OF}&limit=7")
    last = small_client.get(first.links["last"]["url"])

    assert set(first.links) == {"first", "last", "next"}
    assert set(last.links) == {"first", "last", "prev"}
    assert small_client.get(last.links["first"]["url"]).content == first.content


def test_an_overdue_review_is_not_met(small_client: TestClient) -> None:
    reviews = "criterion=review-in-time&outcome=not-met"

    in_time = get_json(small_client, f"{QUALITY}?as_of=2027-11-22&{reviews}")
    overdue = get_json(small_client, f"{OVERDUE}&{reviews}")

    assert in_time["items"] == []
    assert [(one["slug"], one["detail"]) for one in overdue["items"]] == [
        ("facet-joint-injection", "The review is due on 2027-11-22."),
        ("walking", "The review is due on 2027-11-22."),
    ]


@pytest.mark.parametrize(("address", "unmet"), [(AS_OF, 0), (OVERDUE, 2)])
def test_an_overdue_review_is_counted_as_not_met(
    small_client: TestClient, address: str, unmet: int
) -> None:
    reviews = list_criteria(small_client, address)["review-in-time"]

    assert (reviews["met"], reviews["not_met"]) == (2 - unmet, unmet)


def test_the_day_is_today_unless_it_is_said(small_client: TestClient) -> None:
    before = datetime.now(UTC).date().isoformat()

    as_of = get_json(small_client, QUALITY)["as_of"]

    assert before <= as_of <= datetime.now(UTC).date().isoformat()


@pytest.mark.parametrize(
    ("query", "pointer", "detail"),
    [
        ("outcome=good", "outcome", "Valid: met, not-applicable, not-met."),
        ("kind=treatment", "kind", "Nearest: treatments."),
        ("criterion=No_Slug", "criterion", SLUG),
        ("slug=No_Slug", "slug", SLUG),
        ("as_of=soon", "as_of", DATES),
        ("as_of=2026-02-30", "as_of", DATES),
        ("as_of=22-11-2026", "as_of", DATES),
        ("as_of=0", "as_of", DATES),
        ("as_of=1795305600", "as_of", DATES),
        ("as_of=2026-11-22T00:00:00", "as_of", DATES),
        ("as_of=", "as_of", DATES),
        ("limit=0", "limit", "1"),
        ("limit=101", "limit", "100"),
        ("offset=-1", "offset", "0"),
    ],
)
def test_a_word_that_is_none_is_refused(
    small_client: TestClient, query: str, pointer: str, detail: str
) -> None:
    place, told = read_fault(small_client.get(f"{QUALITY}?{query}"))

    assert place == f"/query/{pointer}"
    assert detail in told


@pytest.mark.parametrize("name", ["zzz", "sort", "fields"])
def test_an_unknown_parameter_is_refused_and_the_valid_ones_are_named(
    small_client: TestClient, name: str
) -> None:
    place, told = read_fault(small_client.get(f"{QUALITY}?{name}=slug"))

    valid = "as_of, criterion, kind, limit, offset, outcome, slug"
    assert (place, told) == ("/query", f"Unknown parameter. Valid: {valid}.")


def test_a_parameter_that_is_given_twice_is_refused(small_client: TestClient) -> None:
    response = small_client.get(f"{AS_OF}&as_of=2027-01-01")

    assert read_fault(response) == ("/query/as_of", "It is given twice.")


def test_what_the_client_has_already_is_not_sent_again(
    small_client: TestClient,
) -> None:
    first = small_client.get(AS_OF)

    again = small_client.get(AS_OF, headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["link"] == first.headers["link"]


def test_what_another_day_changes_has_another_tag(small_client: TestClient) -> None:
    tag = small_client.get(AS_OF).headers["etag"]

    later = small_client.get(OVERDUE, headers={"if-none-match": tag})

    assert later.status_code == 200


def test_without_a_day_it_changes_every_day(small_client: TestClient) -> None:
    """So a client that asks "since the release" is told of what is overdue today."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    changed = max(today, PUBLISHED_AT)
    before = format_datetime(changed - timedelta(seconds=1), usegmt=True)

    response = small_client.get(QUALITY, headers={"if-modified-since": before})

    assert response.status_code == 200
    assert response.headers["last-modified"] == format_datetime(changed, usegmt=True)


def test_before_the_first_release_there_is_nothing_to_judge(
    client: TestClient,
) -> None:
    assert read_problem(client.get(QUALITY), 503)
