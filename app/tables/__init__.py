"""The tables: the log of releases, the items as they are served, and the keys."""

from sqlmodel import SQLModel

# Before the first table: batch migrations need names to drop constraints.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

from app.tables.items import (  # noqa: E402 - the naming convention comes first
    ITEM_TABLES,
    LINK_TABLES,
    LISTED_TABLES,
    Case,
    Condition,
    FailureCause,
    Finding,
    Guideline,
    Item,
    Library,
    Measure,
    ProjectionMark,
    QualityMark,
    Reference,
    Screen,
    Topic,
    Treatment,
    WarningSign,
    WarningSignFinding,
)
from app.tables.keys import ApiKey  # noqa: E402 - as above
from app.tables.listed import (  # noqa: E402 - as above
    Listed,
    ListedFailureCause,
    ListedFinding,
    ListedTreatment,
    ListedWarningSign,
)
from app.tables.log import Release, Revision  # noqa: E402 - as above
from app.tables.search import SearchEntry, SearchWord  # noqa: E402 - as above

__all__ = [
    "ITEM_TABLES",
    "LINK_TABLES",
    "LISTED_TABLES",
    "ApiKey",
    "Case",
    "Condition",
    "FailureCause",
    "Finding",
    "Guideline",
    "Item",
    "Library",
    "Listed",
    "ListedFailureCause",
    "ListedFinding",
    "ListedTreatment",
    "ListedWarningSign",
    "Measure",
    "ProjectionMark",
    "QualityMark",
    "Reference",
    "Release",
    "Revision",
    "Screen",
    "SearchEntry",
    "SearchWord",
    "Topic",
    "Treatment",
    "WarningSign",
    "WarningSignFinding",
]
