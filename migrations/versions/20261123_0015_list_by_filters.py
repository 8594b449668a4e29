"""List by filters.

The tables are filled when they are made anew from the log, at the next start.

Revision ID: 7c19e2f4a8d3
Revises: b3e5a81c7d02
Create Date: 2026-11-23 00:15:21.139259+00:00
"""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "7c19e2f4a8d3"
down_revision = "b3e5a81c7d02"
branch_labels = None
depends_on = None

ITEMS = (
    "case", "condition", "failurecause", "finding", "guideline", "library", "measure",
    "reference", "screen", "topic", "treatment", "warningsign",
)  # fmt: skip
NUMBER, DAY = sa.Integer(), sa.Date()
RANKS: Mapping[str, Mapping[str, sa.types.TypeEngine[object]]] = {
    "treatment": {
        "invasiveness": NUMBER, "certainty_rank": NUMBER, "last_reviewed_on": DAY,
    },
    "failurecause": {},
    "warningsign": {"urgency_rank": NUMBER},
    "finding": {},
}  # fmt: skip
"""What the list of each kind is ordered by, beside the name."""

DROPPED = {
    "treatment": ("category", "setting", "benefit"),
    "warningsign": ("urgency",),
    "finding": ("kind",),
}
"""The words of which the items were filtered by; the first one had an index."""

WORD_MAX = 20
LINKS = {
    "treatmenttopic": ("topic", "treatment"),
    "treatmentancestor": ("ancestor", "treatment"),
    "failurecausetopic": ("topic", "failure_cause"),
    "failurecausetreatment": ("failure_cause", "treatment"),
    "warningsigntopic": ("topic", "warning_sign"),
    "treatmentposition": ("treatment", "guideline", "stance", "jurisdiction"),
}


def sorted_text(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length=length).with_variant(
        sa.String(length=length, collation="C"), "postgresql"
    )


def upgrade() -> None:
    for table in LINKS:
        op.drop_table(table)
    for table in ITEMS:
        ranks = RANKS.get(table, {})
        with op.batch_alter_table(table) as batch:
            batch.drop_index(f"ix_{table}_name")
            for index, name in enumerate(DROPPED.get(table, ())):
                if index == 0:
                    batch.drop_index(f"ix_{table}_{name}")
                batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
                batch.drop_column(name)
            for name in ranks:
                batch.drop_column(name)
        op.create_index(f"ix_{table}_name_slug", table, ["name", "slug"])
    for table, ranks in RANKS.items():
        _create_list(table, ranks)
    # What was made before is not what is needed now.
    op.execute("DELETE FROM rendering")


def _create_list(item: str, ranks: Mapping[str, sa.types.TypeEngine[object]]) -> None:
    table = f"listed{item}"
    op.create_table(
        table,
        sa.Column("among", sorted_text(120), nullable=False),
        sa.Column("slug", sorted_text(80), nullable=False),
        sa.Column("name", sorted_text(300), nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in ranks.items()),
        sa.ForeignKeyConstraint(
            ["slug"], [f"{item}.slug"], name=f"fk_{table}_slug_{item}"
        ),
        sa.PrimaryKeyConstraint("among", "slug", name=f"pk_{table}"),
    )
    for column in ("name", *ranks):
        columns = ["among", column, "slug"]
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)


def downgrade() -> None:
    for table in RANKS:
        op.drop_table(f"listed{table}")
    word = sa.String(length=WORD_MAX)
    for table in ITEMS:
        op.drop_index(f"ix_{table}_name_slug", table)
        op.create_index(f"ix_{table}_name", table, ["name"])
        for name in DROPPED.get(table, ()):
            column = sa.Column(name, word, nullable=False, server_default="")
            with op.batch_alter_table(table) as batch:
                batch.add_column(column)
                # What fills the tables anew knows which words there are.
                batch.create_check_constraint(
                    op.f(f"ck_{table}_{name}"),
                    sa.func.length(sa.column(name)) <= WORD_MAX,
                )
        for name in DROPPED.get(table, ())[:1]:
            op.create_index(f"ix_{table}_{name}", table, [name])
        for name, kind in RANKS.get(table, {}).items():
            default = "2000-01-01" if kind is DAY else "0"
            column = sa.Column(name, kind, nullable=False, server_default=default)
            op.add_column(table, column)
    for table, columns in LINKS.items():
        keys = columns[:3]
        op.create_table(
            table,
            *(
                sa.Column(name, sa.String(length=80), nullable=False)
                for name in columns
            ),
            sa.PrimaryKeyConstraint(*keys, name=f"pk_{table}"),
        )
