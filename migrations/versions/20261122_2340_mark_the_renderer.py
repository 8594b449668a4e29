"""Mark which renderer made the tables.

Without a mark they are made anew from the log at the next start.

Revision ID: 2f7a90d4be16
Revises: 8d2b6f41c0e7
Create Date: 2026-11-22 23:40:11.250914+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "2f7a90d4be16"
down_revision = "8d2b6f41c0e7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rendering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("renderer", sa.String(length=80), nullable=False),
        sa.Column("same_as", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rendering")),
    )


def downgrade() -> None:
    op.drop_table("rendering")
