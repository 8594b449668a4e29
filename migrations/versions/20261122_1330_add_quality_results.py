"""add quality results.

Revision ID: b4e3340b489e
Revises: edacd0d3423d
Create Date: 2026-11-22 13:29:58.605747+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "b4e3340b489e"
down_revision = "edacd0d3423d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "qualityresult",
        sa.Column(
            "kind",
            sa.Enum(
                "library",
                "references",
                "guidelines",
                "conditions",
                "findings",
                "measures",
                "screens",
                "treatments",
                "failure-causes",
                "warning-signs",
                "topics",
                "cases",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "slug",
            sa.String(length=80).with_variant(
                sa.String(length=80, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=80), nullable=False),
        sa.Column("pointer", sa.Text(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "met",
                "not-met",
                "not-applicable",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint(
            "kind", "slug", "position", name=op.f("pk_qualityresult")
        ),
    )
    with op.batch_alter_table("qualityresult", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_qualityresult_criterion"), ["criterion"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_qualityresult_outcome"), ["outcome"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("qualityresult", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_qualityresult_outcome"))
        batch_op.drop_index(batch_op.f("ix_qualityresult_criterion"))

    op.drop_table("qualityresult")
