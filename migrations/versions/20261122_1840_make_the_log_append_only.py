"""Make the log append-only.

A batch migration that copies one of these tables on SQLite drops its triggers with
it, and must make them again.

Revision ID: 5c1f0e9a7b24
Revises: 3557b3918f76
Create Date: 2026-11-22 18:40:11.302915+00:00
"""

from alembic import op

revision = "5c1f0e9a7b24"
down_revision = "3557b3918f76"
branch_labels = None
depends_on = None

MESSAGE = "The log is append-only: what was published stays as it was."
ON_POSTGRESQL = {
    "release": "BEFORE UPDATE OR DELETE OR TRUNCATE ON release",
    "revision": "BEFORE UPDATE OR DELETE OR TRUNCATE ON revision",
}
# On SQLite, INSERT OR REPLACE deletes a row without a call of the trigger of DELETE.
ON_SQLITE = {
    "release_update": "BEFORE UPDATE ON release",
    "release_delete": "BEFORE DELETE ON release",
    "release_replace": """
        BEFORE INSERT ON release
        WHEN EXISTS (SELECT 1 FROM release WHERE number = NEW.number)
    """,
    "revision_update": "BEFORE UPDATE ON revision",
    "revision_delete": "BEFORE DELETE ON revision",
    "revision_replace": """
        BEFORE INSERT ON revision
        WHEN EXISTS (
            SELECT 1 FROM revision
            WHERE (kind, slug, release) = (NEW.kind, NEW.slug, NEW.release)
        )
    """,
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _upgrade_postgresql()
        return
    for name, event in ON_SQLITE.items():
        raising = f"SELECT RAISE(ABORT, '{MESSAGE}')"
        op.execute(f"CREATE TRIGGER refuse_{name} {event} BEGIN {raising}; END")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _downgrade_postgresql()
        return
    for name in ON_SQLITE:
        op.execute(f"DROP TRIGGER refuse_{name}")


def _upgrade_postgresql() -> None:
    op.execute(
        f"""
        CREATE FUNCTION refuse_log_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE integrity_constraint_violation USING MESSAGE = '{MESSAGE}';
        END
        $$
        """
    )
    for table, event in ON_POSTGRESQL.items():
        op.execute(
            f"CREATE TRIGGER refuse_{table}_change {event}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_change()"
        )


def _downgrade_postgresql() -> None:
    for table in ON_POSTGRESQL:
        op.execute(f"DROP TRIGGER refuse_{table}_change ON {table}")
    op.execute("DROP FUNCTION refuse_log_change()")
