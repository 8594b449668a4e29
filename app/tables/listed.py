"""The lists: for every filter the items that pass it, in every order on offer."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.tables.columns import sorted_text

AMONG_MAX = 120
"""How many characters a filter and its value may have together."""


ALL = ""
"""The filter that lets everything through."""


def write_filter(name: str, value: object) -> str:
    """Return a filter as a query says it, such as `category=medication`."""
    return f"{name}={value}"


def write_position(stance: object, jurisdiction: object) -> str:
    """Return the filter that asks for one guideline which is both."""
    both = ("stance", stance), ("jurisdiction", jurisdiction)
    return "&".join(write_filter(*one) for one in both)


def _order_by(*columns: str) -> tuple[sa.Index, ...]:
    """Return the indexes that serve any filter in the order of any of the columns."""
    return tuple(sa.Index(None, "among", column, "slug") for column in columns)


class Listed(SQLModel):
    """An item in the list of its kind, among those that pass a filter.

    `among` is `ALL`, or as `write_filter` and `write_position` say it.
    """

    among: str = Field(primary_key=True, sa_type=sorted_text(AMONG_MAX))
    slug: str
    name: str = Field(sa_type=sorted_text(300))


class ListedTreatment(Listed, table=True):
    """A treatment in a list; `certainty_rank` is 0 for high and 4 for none."""

    __table_args__ = _order_by(
        "name", "invasiveness", "certainty_rank", "last_reviewed_on"
    )

    slug: str = Field(
        primary_key=True, foreign_key="treatment.slug", sa_type=sorted_text(80)
    )
    invasiveness: int
    certainty_rank: int
    last_reviewed_on: date


class ListedFailureCause(Listed, table=True):
    """A failure cause in a list."""

    __table_args__ = _order_by("name")

    slug: str = Field(
        primary_key=True, foreign_key="failurecause.slug", sa_type=sorted_text(80)
    )


class ListedWarningSign(Listed, table=True):
    """A warning sign in a list; `urgency_rank` is 0 for an emergency."""

    __table_args__ = _order_by("name", "urgency_rank")

    slug: str = Field(
        primary_key=True, foreign_key="warningsign.slug", sa_type=sorted_text(80)
    )
    urgency_rank: int


class ListedFinding(Listed, table=True):
    """A finding in a list."""

    __table_args__ = _order_by("name")

    slug: str = Field(
        primary_key=True, foreign_key="finding.slug", sa_type=sorted_text(80)
    )
