"""Stored keys, the headers they come in, and a clock that tests can move."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from app.database import read_session, write_session
from app.keys import Key, KeyRole, make_key
from app.queries.keys import add_key, find_key
from app.tables import ApiKey

KEYS = "/v1/keys"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@dataclass
class Clock:
    """Stands still until a test moves it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


def store_key(
    engine: Engine,
    role: KeyRole = KeyRole.ADMIN,
    *,
    name: str = "",
    expires_at: datetime | None = None,
) -> Key:
    """Store a new key as of now, named by its role unless it has a name."""
    key = make_key()
    with write_session(engine) as session:
        add_key(
            session,
            key,
            name=name or role.value,
            role=role,
            at=NOW,
            expires_at=expires_at,
        )
    return key


def find_stored(engine: Engine, key: Key) -> ApiKey:
    with read_session(engine) as session:
        found = find_key(session, key.id)
    assert found is not None
    return found


def bearer(key: Key) -> dict[str, str]:
    return {"authorization": f"Bearer {key.text}"}
