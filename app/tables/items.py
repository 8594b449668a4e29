"""The projection: the latest state of every item, with columns for what is filtered.

`document` and `card` are finished JSON; `hash` is the digest of the whole row, its
links and its quality. Nothing here is ever edited: publishing writes it from the log.
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, col

from app.fields import Kind, Outcome
from app.tables.columns import sorted_text, word_enum
from app.tables.listed import (
    Listed,
    ListedFailureCause,
    ListedFinding,
    ListedTreatment,
    ListedWarningSign,
)


class Item(SQLModel):
    """What every item has. `release` is the one that changed it last."""

    slug: str = Field(primary_key=True, sa_type=sorted_text(80))
    name: str = Field(sa_type=sorted_text(300))
    release: int = Field(foreign_key="release.number")
    hash: str = Field(max_length=80)
    card: str = Field(sa_type=sa.Text)
    document: str = Field(sa_type=sa.Text)


class Library(Item, table=True):
    """The library itself: one row."""


class Reference(Item, table=True):
    """A source."""


class Guideline(Item, table=True):
    """A body's published advice."""


class Condition(Item, table=True):
    """A named condition."""


class Finding(Item, table=True):
    """A word of a profile."""


class Measure(Item, table=True):
    """A number of a profile."""


class Screen(Item, table=True):
    """Findings that are asked together."""


class Topic(Item, table=True):
    """One "what next" question."""


class Case(Item, table=True):
    """An example profile; `tested` are the rules that it reaches, by id, as JSON."""

    tested: str = Field(sa_type=sa.Text)


class Treatment(Item, table=True):
    """A treatment."""


class FailureCause(Item, table=True):
    """Why a treatment may have failed."""


class WarningSign(Item, table=True):
    """When to seek help."""


class WarningSignFinding(SQLModel, table=True):
    """The sign asks for the finding; `is_enough` if it needs nothing else."""

    finding: str = Field(primary_key=True, max_length=80)
    warning_sign: str = Field(primary_key=True, max_length=80)
    is_enough: bool


class QualityMark(SQLModel, table=True):
    """Whether one place of an item keeps to a criterion of the quality gate.

    `position` is its place among the marks of the item.
    """

    # The name that the table was released under.
    __tablename__ = "qualityresult"

    kind: Kind = Field(primary_key=True, sa_type=word_enum(Kind, "kind"))
    slug: str = Field(primary_key=True, sa_type=sorted_text(80))
    position: int = Field(primary_key=True)
    criterion: str = Field(index=True, sa_type=sorted_text(80))
    pointer: str = Field(sa_type=sa.Text)
    outcome: Outcome = Field(index=True, sa_type=word_enum(Outcome, "outcome"))
    detail: str = Field(sa_type=sa.Text)
    value: float | None
    due_on: date | None


class ProjectionMark(SQLModel, table=True):
    """One row: which renderer made all that is here, empty if not only one did.

    `made_at` is when some of it was last made anew without a release, and `same_as`
    names a release, and content files that were found to be the same.
    """

    # The name that the table had first.
    __tablename__ = "rendering"

    id: int = Field(default=1, primary_key=True)
    renderer: str = Field(max_length=80)
    same_as: str = Field(default="", max_length=100)
    made_at: datetime | None


ITEM_TABLES: Mapping[Kind, type[Item]] = MappingProxyType(
    {
        Kind.LIBRARY: Library,
        Kind.REFERENCES: Reference,
        Kind.GUIDELINES: Guideline,
        Kind.CONDITIONS: Condition,
        Kind.FINDINGS: Finding,
        Kind.MEASURES: Measure,
        Kind.SCREENS: Screen,
        Kind.TREATMENTS: Treatment,
        Kind.FAILURE_CAUSES: FailureCause,
        Kind.WARNING_SIGNS: WarningSign,
        Kind.TOPICS: Topic,
        Kind.CASES: Case,
    }
)

for _table in ITEM_TABLES.values():
    # The order of a list that nothing narrows.
    sa.Index(None, col(_table.name), col(_table.slug))

LINK_TABLES: Mapping[Kind, Mapping[type[SQLModel], str]] = MappingProxyType(
    {
        Kind.FINDINGS: {ListedFinding: "slug"},
        Kind.TREATMENTS: {ListedTreatment: "slug"},
        Kind.FAILURE_CAUSES: {ListedFailureCause: "slug"},
        Kind.WARNING_SIGNS: {
            ListedWarningSign: "slug",
            WarningSignFinding: "warning_sign",
        },
    }
)
"""The tables of links by kind, with the column that names the item."""

LISTED_TABLES: Mapping[Kind, type[Listed]] = MappingProxyType(
    {
        Kind.FINDINGS: ListedFinding,
        Kind.TREATMENTS: ListedTreatment,
        Kind.FAILURE_CAUSES: ListedFailureCause,
        Kind.WARNING_SIGNS: ListedWarningSign,
    }
)
"""The lists that have filters, by kind."""
