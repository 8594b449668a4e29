"""Say when tables were made anew without a release.

Revision ID: 3e8b57d0c9a1
Revises: 7c19e2f4a8d3
Create Date: 2026-11-23 02:30:14.402713+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "3e8b57d0c9a1"
down_revision = "7c19e2f4a8d3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    made_at = sa.Column("made_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("rendering", made_at)


def downgrade() -> None:
    op.drop_column("rendering", "made_at")
