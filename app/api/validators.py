"""Validators of answers: tags, moments, and whether the client has it already."""

import hashlib
from email.utils import parsedate_to_datetime


def make_tag(body: bytes) -> bytes:
    """Return the strong entity tag of the bytes: other bytes have another."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'.encode()


def names_tag(if_none_match: bytes, tag: bytes) -> bool:
    """Say whether If-None-Match names a tag, by weak comparison (RFC 9110 13.1.2)."""
    if if_none_match == tag:
        return True
    tags = [one.strip().removeprefix(b"W/") for one in if_none_match.split(b",")]
    return tag in tags or b"*" in tags


def is_unchanged_since(if_modified_since: bytes, modified: bytes) -> bool:
    """Say whether what changed at a moment has not changed after another."""
    if if_modified_since == modified:
        return True
    try:
        since = parsedate_to_datetime(if_modified_since.decode("latin-1"))
        return parsedate_to_datetime(modified.decode("latin-1")) <= since
    except (TypeError, ValueError, OverflowError):
        # RFC 9110 13.1.3: what is not a date is not there.
        return False
