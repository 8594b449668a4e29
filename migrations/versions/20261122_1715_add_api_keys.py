"""Add API keys.

Revision ID: 3557b3918f76
Revises: b4e3340b489e
Create Date: 2026-11-22 17:15:44.077913+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "3557b3918f76"
down_revision = "b4e3340b489e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "apikey",
        sa.Column("id", sa.String(length=8), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "name",
            sa.String(length=80).with_variant(
                sa.String(length=80, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "role",
            sa.Enum(
                "editor",
                "publisher",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_apikey")),
    )
    with op.batch_alter_table("apikey", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_apikey_name"), ["name"], unique=True)


def downgrade() -> None:
    with op.batch_alter_table("apikey", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_apikey_name"))

    op.drop_table("apikey")
