"""Reads and writes API keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, or_, select, update

from app.errors import NameTakenError, NotFoundError
from app.keys import Key, KeyRole, is_key_id
from app.tables import ApiKey

USE_INTERVAL = timedelta(minutes=1)
"""How much time passes at least before the use of a key is recorded again."""


@dataclass(frozen=True, slots=True)
class KeyPage:
    """One page of keys, and how many there are."""

    keys: Sequence[ApiKey]
    total: int


def find_key(session: Session, key_id: str) -> ApiKey | None:
    # What cannot be an id is not asked for: not every text is one to a database.
    return session.get(ApiKey, key_id) if is_key_id(key_id) else None


def list_keys(
    session: Session, *, limit: int | None = None, offset: int = 0
) -> KeyPage:
    """Return one page by name, revoked and expired keys too; all without a limit."""
    statement = select(ApiKey).order_by(col(ApiKey.name)).limit(limit).offset(offset)
    total = session.exec(select(func.count()).select_from(ApiKey)).one()
    return KeyPage(session.exec(statement).all(), total)


def add_key(
    session: Session,
    key: Key,
    *,
    name: str,
    role: KeyRole,
    at: datetime,
    expires_at: datetime | None = None,
) -> ApiKey:
    """Store the digest of a key. Raises `NameTakenError`.

    The name of a revoked key stays taken, so that it always means the same key.
    """
    if session.exec(select(ApiKey.id).where(col(ApiKey.name) == name)).first():
        raise NameTakenError
    stored = ApiKey(
        id=key.id,
        digest=key.digest,
        name=name,
        role=role,
        created_at=at,
        expires_at=expires_at,
    )
    session.add(stored)
    return stored


def revoke_key(session: Session, key_id: str, *, at: datetime) -> ApiKey:
    """Revoke a key; one that is revoked stays as it is. Raises `NotFoundError`."""
    found = find_key(session, key_id)
    if found is None:
        raise NotFoundError("key", key_id)
    if found.revoked_at is None:
        found.revoked_at = at
        session.add(found)
    return found


def is_use_due(key: ApiKey, *, at: datetime) -> bool:
    """Say whether the last use that was recorded is long enough ago."""
    return key.last_used_at is None or key.last_used_at <= at - USE_INTERVAL


def record_use(session: Session, key_id: str, *, at: datetime) -> None:
    """Record that a key is used now, unless another request has just done so."""
    last = col(ApiKey.last_used_at)
    is_due = or_(last.is_(None), last <= at - USE_INTERVAL)
    statement = update(ApiKey).where(col(ApiKey.id) == key_id, is_due)
    session.exec(statement.values(last_used_at=at))
