"""What the filters of each list mean in SQL."""

from collections.abc import Iterator
from functools import singledispatch

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from app.fields import Certainty
from app.queries.filters import (
    FailureCauseFilters,
    FindingFilters,
    ListFilters,
    TreatmentFilters,
    WarningSignFilters,
)
from app.tables import (
    FailureCause,
    FailureCauseTopic,
    FailureCauseTreatment,
    Finding,
    Treatment,
    TreatmentAncestor,
    TreatmentPosition,
    TreatmentTopic,
    WarningSign,
    WarningSignTopic,
)

Criteria = Iterator[ColumnElement[bool]]


@singledispatch
def select_criteria(_filters: ListFilters) -> Criteria:
    """Yield what an item must be like to pass the filters; most lists have none."""
    yield from ()


@select_criteria.register
def _of_treatments(filters: TreatmentFilters) -> Criteria:
    for name in ("category", "setting", "benefit"):
        value = getattr(filters, name)
        if value is not None:
            yield col(getattr(Treatment, name)) == value
    if filters.max_invasiveness is not None:
        yield col(Treatment.invasiveness) <= filters.max_invasiveness
    if filters.min_certainty is not None:
        lowest = list(Certainty).index(filters.min_certainty)
        yield col(Treatment.certainty_rank) <= lowest
    yield from _of_linked_treatments(filters)


def _of_linked_treatments(filters: TreatmentFilters) -> Criteria:
    slug = col(Treatment.slug)
    if filters.topic is not None:
        topic = col(TreatmentTopic.topic) == filters.topic
        yield slug.in_(select(TreatmentTopic.treatment).where(topic))
    if filters.part_of is not None:
        above = col(TreatmentAncestor.ancestor) == filters.part_of
        yield slug.in_(select(TreatmentAncestor.treatment).where(above))
    if filters.addresses is not None:
        cause = col(FailureCauseTreatment.failure_cause) == filters.addresses
        yield slug.in_(select(FailureCauseTreatment.treatment).where(cause))
    positions = list(_of_positions(filters))
    if positions:
        yield slug.in_(select(TreatmentPosition.treatment).where(*positions))


def _of_positions(filters: TreatmentFilters) -> Criteria:
    if filters.stance is not None:
        yield col(TreatmentPosition.stance) == filters.stance
    if filters.jurisdiction is not None:
        yield col(TreatmentPosition.jurisdiction) == filters.jurisdiction


@select_criteria.register
def _of_failure_causes(filters: FailureCauseFilters) -> Criteria:
    slug = col(FailureCause.slug)
    if filters.topic is not None:
        topic = col(FailureCauseTopic.topic) == filters.topic
        yield slug.in_(select(FailureCauseTopic.failure_cause).where(topic))
    if filters.points_to is not None:
        treatment = col(FailureCauseTreatment.treatment) == filters.points_to
        yield slug.in_(select(FailureCauseTreatment.failure_cause).where(treatment))


@select_criteria.register
def _of_warning_signs(filters: WarningSignFilters) -> Criteria:
    if filters.topic is not None:
        topic = col(WarningSignTopic.topic) == filters.topic
        signs = select(WarningSignTopic.warning_sign).where(topic)
        yield col(WarningSign.slug).in_(signs)
    if filters.urgency is not None:
        yield col(WarningSign.urgency) == filters.urgency


@select_criteria.register
def _of_findings(filters: FindingFilters) -> Criteria:
    if filters.kind is not None:
        yield col(Finding.kind) == filters.kind
