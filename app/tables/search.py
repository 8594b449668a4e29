"""What is searched: the lines of every item, and in which of them a word stands.

The words are plain rows, not an index of the database's own: both databases find the
same in the same order, however common a word is, and the doctor can hold it to the log.
"""

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.tables.columns import sorted_text


class SearchEntry(SQLModel, table=True):
    """An item as a search shows it: the hit as finished JSON, and its lines.

    `item` says of which kind it is, and how urgent: what comes first is seen first.
    """

    item: str = Field(primary_key=True, sa_type=sorted_text(90))
    hit: str = Field(sa_type=sa.Text)
    lines: str = Field(sa_type=sa.Text)


class SearchWord(SQLModel, table=True):
    """A word, or two that follow each other, in a line of an item.

    `length` is how many words the line has. The columns of the key are in the order in
    which candidates are taken: from names first, and of what is urgent first.
    """

    __table_args__ = ({"sqlite_with_rowid": False},)

    word: str = Field(primary_key=True, sa_type=sorted_text(90))
    tier: int = Field(primary_key=True, sa_type=sa.SmallInteger)
    item: str = Field(primary_key=True, index=True, sa_type=sorted_text(90))
    line: int = Field(primary_key=True, sa_type=sa.SmallInteger)
    length: int = Field(sa_type=sa.SmallInteger)
