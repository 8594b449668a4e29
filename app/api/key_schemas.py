"""API keys as they go over the wire."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.api.schemas import Page
from app.keys import NAME_MAX, NAME_RULE, KeyRole, is_key_name


def _check_name(name: str) -> str:
    if not is_key_name(name):
        raise PydanticCustomError("key_name", NAME_RULE)
    return name


def _read_moment(value: object) -> datetime:
    # Pydantic would read the number 0 as 1970-01-01.
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(str(value))
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    msg = "Needs a moment with its zone, such as 2027-01-31T23:59:59Z."
    raise PydanticCustomError("moment", msg)


class KeyRequest(BaseModel):
    """What the key is called, what it may do, and until when."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "name": "Nightly publisher",
                    "role": "publisher",
                    "expires_at": "2099-12-31T23:59:59Z",
                }
            ]
        },
    )

    name: Annotated[
        str,
        Field(
            min_length=1,
            max_length=NAME_MAX,
            description="Never given to another key, not even after this one.",
        ),
        AfterValidator(_check_name),
    ]
    role: KeyRole
    expires_at: Annotated[
        Annotated[datetime, BeforeValidator(_read_moment)] | None,
        Field(description="It is refused from then on; without it, it never expires."),
    ] = None


class KeyOut(BaseModel):
    """A key, but not what opens anything."""

    model_config = ConfigDict(from_attributes=True)

    id: str = Field(description="The part of the key that is no secret.")
    name: str
    role: KeyRole
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None = Field(
        description="Recorded at most once a minute, and never for a read."
    )


class CreatedKeyOut(KeyOut):
    """A new key; `key` is shown this once."""

    key: str = Field(
        repr=False, description="Only its digest is stored: keep it somewhere safe."
    )


class KeysOut(Page[KeyOut]):
    """One page of the keys."""
