"""One text and one digest for the same data, whatever the order of its keys."""

import hashlib
import json
from typing import Any


def canonical_json(data: Any) -> str:
    """Write plain data as JSON with sorted keys and no spaces."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(text: str) -> str:
    """Return the SHA-256 of a text as `sha256:` and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
