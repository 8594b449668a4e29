"""Looks at what a backup holds, as `whatnext doctor` does.

All but the tables, which take longest: a log that is sound makes them anew.
"""

from sqlmodel import Session

from app.cli.migrations import find_newest
from app.content.doctor import TABLES, examine_snapshot, list_checks
from app.content.doctor_report import Diagnosis
from app.errors import WhatnextError
from app.queries.doctor import find_migrations

SHOWN = 20
"""How many problems are told."""


class UnfitError(WhatnextError):
    """A database with problems, of which no backup is made."""


def check_held(session: Session) -> str:
    """Return which release a snapshot holds, in words. Raises `UnfitError`.

    One at another migration may be what an upgrade is about to change: it is let
    through, and told, since only the newest can be looked into.
    """
    checks = list_checks(session.get_bind().dialect.name)
    diagnosis = examine_snapshot(
        session, (one for one in checks if one.name != TABLES), newest=find_newest()
    )
    if diagnosis.is_healthy:
        return f"release {diagnosis.release}" if diagnosis.release else "no release"
    if _is_at_another(diagnosis) and (found := find_migrations(session)):
        at = ", ".join(found)
        return f"at migration {at}, which is not the newest (its log was not checked)"
    raise UnfitError("\n".join(_list_problems(diagnosis)))


def _is_at_another(diagnosis: Diagnosis) -> bool:
    """Say whether nothing is wrong but the migration that a database is at."""
    problems = [one for check in diagnosis.checks for one in check.problems]
    return all(one.place == "migrations" for one in problems)


def _list_problems(diagnosis: Diagnosis) -> list[str]:
    problems = [
        f"{check.name}: {one}" for check in diagnosis.checks for one in check.problems
    ]
    return [
        *problems[:SHOWN],
        f"Problems: {len(problems)}; no backup was made. See `whatnext doctor`.",
    ]
