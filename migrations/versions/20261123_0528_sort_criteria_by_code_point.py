"""Sort criteria by code point.

Revision ID: 5d2c84e1b7f6
Revises: 3e8b57d0c9a1
Create Date: 2026-11-23 05:28:26.118403+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "5d2c84e1b7f6"
down_revision = "3e8b57d0c9a1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite has always done so.
    if op.get_bind().dialect.name == "postgresql":
        by_code_point = sa.String(length=80, collation="C")
        op.alter_column("qualityresult", "criterion", type_=by_code_point)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        as_in_the_database = sa.String(length=80, collation="default")
        op.alter_column("qualityresult", "criterion", type_=as_in_the_database)
