"""API keys, without what would open anything."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.keys import NAME_MAX, KeyRole
from app.tables.columns import sorted_text, word_enum


class ApiKey(SQLModel, table=True):
    """Who may write. Never deleted: releases name the key that made them."""

    id: str = Field(primary_key=True, max_length=8)
    digest: str = Field(max_length=64)
    name: str = Field(index=True, unique=True, sa_type=sorted_text(NAME_MAX))
    role: KeyRole = Field(sa_type=word_enum(KeyRole, "role"))
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
