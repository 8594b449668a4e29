"""The log: what was published when. It is only ever appended to."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.fields import Kind, Significance
from app.tables.columns import sorted_text, word_enum

NOTE_MAX = 1000
"""How many characters the note of a release may have."""


class Release(SQLModel, table=True):
    """One published state of the library."""

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    created_at: datetime
    key_name: str | None = Field(default=None, max_length=80)
    note: str = Field(max_length=NOTE_MAX)
    significance: Significance = Field(sa_type=word_enum(Significance, "significance"))
    checksum: str = Field(max_length=80)


class Revision(SQLModel, table=True):
    """One item as a release left it; no document means that it was removed."""

    kind: Kind = Field(primary_key=True, sa_type=word_enum(Kind, "kind"))
    slug: str = Field(primary_key=True, sa_type=sorted_text(80))
    release: int = Field(primary_key=True, foreign_key="release.number", index=True)
    format: int
    document: str | None = Field(default=None, sa_type=sa.Text)
    hash: str = Field(max_length=80)
