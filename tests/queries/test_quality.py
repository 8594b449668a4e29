"""What the gate found is read by page, filtered, counted, and judged as of a day."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from app.content.quality import Quality
from app.database import read_session
from app.fields import Kind, Outcome
from app.queries.filters import QualityFilters
from app.queries.quality import (
    QualityMark,
    average_values,
    count_outcomes,
    list_quality,
)
from tests.content.judging import MIDDLING, PLAIN, assess_library
from tests.databases import Databases
from tests.factories import Data, complete, make_bundle, make_treatment
from tests.publishing import PUBLISHED_AT, publish
from tests.queries.statements import count_statements

DAY = date(2026, 12, 1)
MET, NOT_MET, NOT_APPLICABLE = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_APPLICABLE
UNKNOWN = {"unknown": True, "looked_for": "Trials of it."}
SECTIONS = make_treatment()["sections"] | {"how-soon": UNKNOWN}


def due_on(day: str, slug: str, **values: Any) -> Data:
    days = {"last_reviewed_on": "2026-01-01", "review_due_on": day}
    return make_treatment(slug, **{**days, **values})


OWN = {
    Kind.TREATMENTS: [
        due_on("2027-11-22", "walking", summary=PLAIN, reviewed_by="Dr A"),
        due_on("2026-12-02", "tai-chi", summary=MIDDLING),
        due_on("2026-12-01", "taping", sections=SECTIONS),
        due_on("2026-11-30", "yoga"),
    ]
}


@pytest.fixture(scope="module")
def session(databases: Databases) -> Iterator[Session]:
    """A session on a published library that passes the gate, with some notices."""
    with databases.opened(publish_own) as engine, read_session(engine) as session:
        yield session


def publish_own(engine: Engine) -> None:
    publish(engine, make_bundle(complete(OWN)), at=PUBLISHED_AT)


@pytest.fixture(scope="module")
def quality() -> Quality:
    """What the gate finds in that library."""
    return assess_library(OWN)


def ask(session: Session, *, as_of: date = DAY, **filters: Any) -> list[QualityMark]:
    """Return what the filters let through, by pages of a hundred."""
    asked = QualityFilters.model_validate({**filters, "limit": 100})
    first = list_quality(session, asked, as_of=as_of)
    pages = [
        list_quality(session, asked.model_copy(update={"offset": offset}), as_of=as_of)
        for offset in range(0, first.total, 100)
    ]
    return [mark for page in pages for mark in page.marks]


def test_list_quality_lists_all_that_was_found(
    session: Session, quality: Quality
) -> None:
    found = ask(session, as_of=date(2026, 1, 1))

    assert Counter(found) == Counter(
        QualityMark(
            criterion.slug, one.kind, one.slug, one.pointer, one.outcome, one.detail
        )
        for criterion, one in quality.marks
    )


def test_list_quality_is_in_the_order_of_criterion_kind_and_item(
    session: Session,
) -> None:
    found = ask(session)

    places = [(one.criterion, one.kind.value, one.slug) for one in found]
    assert places == sorted(places)


def test_what_is_found_of_an_item_keeps_its_order(
    session: Session, quality: Quality
) -> None:
    found = ask(session, slug="yoga", criterion="equal-detail")

    assert [one.pointer for one in found] == [
        one.pointer
        for criterion, one in quality.marks
        if criterion.slug == "equal-detail" and one.slug == "yoga"
    ]


@pytest.mark.parametrize(
    "filters",
    [
        pytest.param({"criterion": "findings-used"}, id="a criterion"),
        pytest.param({"kind": Kind.FINDINGS}, id="a kind"),
        pytest.param({"slug": "yoga"}, id="an item"),
        pytest.param({"slug": "facet-joint-injection"}, id="a slug of two kinds"),
        pytest.param({"outcome": MET}, id="what is met"),
        pytest.param({"outcome": NOT_MET}, id="what is not met"),
        pytest.param({"outcome": NOT_APPLICABLE}, id="what does not apply"),
        pytest.param({"kind": Kind.TREATMENTS, "outcome": NOT_MET}, id="two at once"),
        pytest.param(
            {
                "criterion": "review-in-time",
                "kind": Kind.TREATMENTS,
                "slug": "yoga",
                "outcome": NOT_MET,
            },
            id="all at once",
        ),
    ],
)
def test_list_quality_keeps_what_passes(
    session: Session, filters: dict[str, Any]
) -> None:
    everything = ask(session)

    found = ask(session, **filters)

    assert 0 < len(found) < len(everything)
    assert found == [
        one
        for one in everything
        if all(getattr(one, name) == value for name, value in filters.items())
    ]


@pytest.mark.parametrize(
    "filters",
    [{"criterion": "no-criterion"}, {"slug": "no-item"}, {"kind": Kind.SCREENS,
     "criterion": "review-in-time"}],
    ids=["no such criterion", "no such item", "a kind that is not held to it"],
)  # fmt: skip
def test_list_quality_finds_nothing_of(
    session: Session, filters: dict[str, Any]
) -> None:
    assert ask(session, **filters) == []


@pytest.mark.parametrize(
    ("as_of", "overdue"),
    [
        pytest.param(date(2026, 11, 30), [], id="on the day of the first"),
        pytest.param(DAY, ["yoga"], id="the day after"),
        pytest.param(date(2026, 12, 2), ["taping", "yoga"], id="two days after"),
        pytest.param(date(2026, 12, 3), ["tai-chi", "taping", "yoga"], id="three"),
    ],
)
def test_a_review_is_not_met_from_the_day_after_it_was_due(
    session: Session, as_of: date, overdue: list[str]
) -> None:
    reviews = {"criterion": "review-in-time"}

    unmet = ask(session, as_of=as_of, outcome=NOT_MET, **reviews)
    met = ask(session, as_of=as_of, outcome=MET, **reviews)

    assert [one.slug for one in unmet] == overdue
    assert {one.outcome for one in unmet} == ({NOT_MET} if overdue else set())
    assert not {one.slug for one in met} & {*overdue}
    assert len(met) + len(unmet) == 5


@pytest.mark.parametrize(
    ("limit", "offset"),
    [(1, 0), (3, 0), (3, 3), (7, 98), (100, 100)],
)
def test_limit_and_offset_cut_a_page_out(
    session: Session, limit: int, offset: int
) -> None:
    everything = ask(session)
    filters = QualityFilters(limit=limit, offset=offset)

    page = list_quality(session, filters, as_of=DAY)

    assert list(page.marks) == everything[offset : offset + limit]
    assert page.total == len(everything)


def test_the_total_is_of_what_the_filters_let_through(session: Session) -> None:
    filters = QualityFilters(limit=1, offset=50, criterion="findings-used")

    page = list_quality(session, filters, as_of=DAY)

    assert (list(page.marks), page.total) == ([], 7)


def test_count_outcomes_counts_each_outcome_of_each_criterion(
    session: Session,
) -> None:
    counts = count_outcomes(session, as_of=DAY)

    assert counts == Counter((one.criterion, one.outcome) for one in ask(session))
    assert counts["sections-answered", NOT_APPLICABLE] == 1
    assert counts["clinical-sign-off", MET] == 1
    assert counts["clinical-sign-off", NOT_MET] == 4


@pytest.mark.parametrize(
    ("as_of", "overdue"), [(date(2026, 11, 30), 0), (DAY, 1), (date(2028, 1, 1), 5)]
)
def test_count_outcomes_counts_what_is_overdue_as_not_met(
    session: Session, as_of: date, overdue: int
) -> None:
    counts = count_outcomes(session, as_of=as_of)

    assert counts.get(("review-in-time", NOT_MET), 0) == overdue
    assert counts.get(("review-in-time", MET), 0) == 5 - overdue


def test_average_values_are_of_the_criteria_that_judge_numbers(
    session: Session, quality: Quality
) -> None:
    averages = average_values(session)

    assert set(averages) == {"reading-grade-limit", "reading-grade-aim"}
    expected = pytest.approx(quality.reading_grade, abs=0.01)
    assert averages["reading-grade-aim"] == expected


@pytest.mark.parametrize(
    "filters", [{}, {"outcome": NOT_MET}], ids=["all", "what is not met"]
)
@pytest.mark.parametrize("limit", [1, 100])
def test_a_page_takes_two_statements_whatever_its_size(
    session: Session, filters: dict[str, Outcome], limit: int
) -> None:
    asked = QualityFilters.model_validate({**filters, "limit": limit})

    with count_statements(session) as statements:
        list_quality(session, asked, as_of=DAY)

    assert len(statements) == 2


def test_counts_and_averages_take_one_statement_each(session: Session) -> None:
    with count_statements(session) as statements:
        count_outcomes(session, as_of=DAY)
        average_values(session)

    assert len(statements) == 2
