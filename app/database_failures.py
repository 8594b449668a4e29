"""Says what is the matter with the database, without a word of its driver.

What a driver says may hold addresses, passwords, and the parameters of a statement.
"""

import sqlite3
from enum import StrEnum

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError


class Failure(StrEnum):
    """Why the database does not do what it is asked."""

    BUSY = "busy"
    FULL = "full"
    READ_ONLY = "read-only"
    OTHER = "other"


# The primary result codes of SQLite: what is added above tells them apart further.
_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: Failure.BUSY,
    sqlite3.SQLITE_LOCKED: Failure.BUSY,
    sqlite3.SQLITE_FULL: Failure.FULL,
    sqlite3.SQLITE_READONLY: Failure.READ_ONLY,
}
_PRIMARY = 0xFF

# The SQLSTATEs of PostgreSQL, by their names in its appendix A.
_OF_POSTGRESQL = {
    "25006": Failure.READ_ONLY,  # read_only_sql_transaction
    "40001": Failure.BUSY,  # serialization_failure
    "40P01": Failure.BUSY,  # deadlock_detected
    "53100": Failure.FULL,  # disk_full
    "53300": Failure.BUSY,  # too_many_connections
    "55P03": Failure.BUSY,  # lock_not_available
    "57014": Failure.BUSY,  # query_canceled
}


def find_failure(error: DBAPIError | PoolTimeoutError) -> Failure:
    """Return what is the matter; a time-out is one that we set ourselves."""
    if isinstance(error, PoolTimeoutError):
        return Failure.BUSY
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return _OF_SQLITE.get(code & _PRIMARY, Failure.OTHER)
    state = getattr(error.orig, "sqlstate", None)
    return _OF_POSTGRESQL.get(state or "", Failure.OTHER)
