"""API keys: their form, their roles, and what is stored in their place."""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from enum import StrEnum

ID_BYTES, SECRET_BYTES = 5, 32
_ID = r"[a-z2-7]{8}"
_KEY = re.compile(rf"wn_({_ID})_[a-z2-7]{{52}}")

NAME_MAX = 80
NAME_RULE = f"Needs 1 to {NAME_MAX} printable characters, no space around them."


class KeyRole(StrEnum):
    """Editors dry-run, publishers publish and restore, admins manage keys.

    Each may do all that those before it may.
    """

    EDITOR = "editor"
    PUBLISHER = "publisher"
    ADMIN = "admin"

    def includes(self, other: "KeyRole") -> bool:
        roles = list(KeyRole)
        return roles.index(self) >= roles.index(other)


@dataclass(frozen=True, slots=True)
class Key:
    """A key as its holder has it, `wn_<id>_<secret>`; the id is no secret."""

    id: str
    text: str = field(repr=False)

    @property
    def digest(self) -> str:
        """The SHA-256; of 256 random bits no slow hash is needed, none can be tried."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def matches(self, digest: str) -> bool:
        """Say whether the digest is of this key, in a time that tells nothing."""
        return hmac.compare_digest(self.digest, digest)


def make_key() -> Key:
    """Return a new key out of 256 random bits."""
    key_id = _random(ID_BYTES)
    return Key(key_id, f"wn_{key_id}_{_random(SECRET_BYTES)}")


def _random(count: int) -> str:
    """Return random bytes in base32, which has no look-alikes, in small letters."""
    return base64.b32encode(secrets.token_bytes(count)).decode().rstrip("=").lower()


def parse_key(text: str) -> Key | None:
    """Return the key that a text is, or none if it cannot be one."""
    found = _KEY.fullmatch(text)
    return Key(found[1], text) if found else None


def is_key_id(text: str) -> bool:
    return re.fullmatch(_ID, text) is not None


def is_key_name(text: str) -> bool:
    fits = 0 < len(text) <= NAME_MAX
    return fits and text.isprintable() and text == text.strip()
