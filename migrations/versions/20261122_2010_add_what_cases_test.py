"""Add what cases test.

The column is filled when the tables are made anew from the log, at the next start.

Revision ID: 8d2b6f41c0e7
Revises: 5c1f0e9a7b24
Create Date: 2026-11-22 20:10:37.104882+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "8d2b6f41c0e7"
down_revision = "5c1f0e9a7b24"
branch_labels = None
depends_on = None


def upgrade() -> None:
    tested = sa.Column("tested", sa.Text(), nullable=False, server_default="[]")
    op.add_column("case", tested)


def downgrade() -> None:
    op.drop_column("case", "tested")
