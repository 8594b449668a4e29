"""Add search.

The tables are filled when they are made anew from the log, at the next start.

Revision ID: b3e5a81c7d02
Revises: 2f7a90d4be16
Create Date: 2026-11-22 23:55:02.318450+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "b3e5a81c7d02"
down_revision = "2f7a90d4be16"
branch_labels = None
depends_on = None


def sorted_text(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length=length).with_variant(
        sa.String(length=length, collation="C"), "postgresql"
    )


def upgrade() -> None:
    op.create_table(
        "searchentry",
        sa.Column("item", sorted_text(90), nullable=False),
        sa.Column("hit", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("item", name=op.f("pk_searchentry")),
    )
    op.create_table(
        "searchword",
        sa.Column("word", sorted_text(90), nullable=False),
        sa.Column("tier", sa.SmallInteger(), nullable=False),
        sa.Column("item", sorted_text(90), nullable=False),
        sa.Column("line", sa.SmallInteger(), nullable=False),
        sa.Column("length", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "word", "tier", "item", "line", name=op.f("pk_searchword")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_searchword_item"), "searchword", ["item"])
    op.create_table(
        "warningsignfinding",
        sa.Column("finding", sa.String(length=80), nullable=False),
        sa.Column("warning_sign", sa.String(length=80), nullable=False),
        sa.Column("is_enough", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(
            "finding", "warning_sign", name=op.f("pk_warningsignfinding")
        ),
    )


def downgrade() -> None:
    op.drop_table("warningsignfinding")
    op.drop_table("searchword")
    op.drop_table("searchentry")
