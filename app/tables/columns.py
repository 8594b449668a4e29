"""Column types that behave alike on SQLite and PostgreSQL."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa

WORD_LENGTH = 20


def word_enum(words: type[StrEnum], name: str) -> sa.Enum:
    """Return a VARCHAR that stores the word itself and is checked against the list."""
    return sa.Enum(
        words,
        native_enum=False,
        create_constraint=True,
        length=WORD_LENGTH,
        name=name,
        values_callable=lambda members: [member.value for member in members],
    )


def sorted_text(length: int | None = None) -> sa.types.TypeEngine[Any]:
    """Return text that sorts by code point on both databases."""
    return sa.String(length).with_variant(
        sa.String(length, collation="C"), "postgresql"
    )
