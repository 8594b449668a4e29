"""Content codings of answers: which a client takes, and the bytes in each."""

import gzip
from functools import lru_cache

import brotli

WORTHWHILE = 600
"""The smallest body that is made smaller, in bytes: below it headers weigh more."""

_OURS = ("br", "gzip")
"""The codings that we make, the one that we prefer first."""


@lru_cache(maxsize=512)
def choose_coding(accepted: bytes) -> str:
    """Return the coding for a client by its Accept-Encoding; empty is none.

    What cannot be read of the header is not there (RFC 9110 12.5.3).
    """
    weights = dict(_read_weight(one) for one in accepted.decode("latin-1").split(","))
    weighed = {one: weights.get(one, weights.get("*", 0.0)) for one in _OURS}
    best = max(weighed.values())
    # Whoever would rather have the plain bytes gets them.
    if best <= 0 or best < weights.get("identity", 0.0):
        return ""
    return next(one for one in _OURS if weighed[one] == best)


def _read_weight(accepted: str) -> tuple[str, float]:
    name, *parameters = (part.strip() for part in accepted.split(";"))
    weight = 1.0
    for one in parameters:
        key, _, value = one.partition("=")
        if key.strip().lower() == "q":
            try:
                weight = float(value)
            except ValueError:
                weight = 0.0
    return name.lower(), weight


def encode(body: bytes, coding: str) -> bytes:
    """Return a body in a coding: the same bytes whenever and wherever it is made."""
    match coding:
        case "br":
            return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=5))
        case "gzip":
            return gzip.compress(body, compresslevel=6, mtime=0)
        case _:
            return body
