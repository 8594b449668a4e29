"""Content codings of answers: which a client takes, and the bytes in each."""

import gzip
from functools import lru_cache

import brotli
from starlette.concurrency import run_in_threadpool

from app.api.weights import read_weights

WORTHWHILE = 600
"""The smallest body that is made smaller, in bytes: below it headers weigh more."""

_LARGE = 64 * 1024
"""A body of so many bytes would hold up all others, if it were encoded in their way."""

_OURS = ("br", "gzip")
"""The codings that we make, the one that we prefer first."""


@lru_cache(maxsize=512)
def choose_coding(accepted: bytes) -> str:
    """Return the coding for a client by its Accept-Encoding; empty is none."""
    weights = read_weights(accepted)
    weighed = {one: weights.get(one, weights.get("*", 0.0)) for one in _OURS}
    best = max(weighed.values())
    # Whoever would rather have the plain bytes gets them.
    if best <= 0 or best < weights.get("identity", 0.0):
        return ""
    return next(one for one in _OURS if weighed[one] == best)


def encode(body: bytes, coding: str) -> bytes:
    """Return a body in a coding: the same bytes whenever and wherever it is made."""
    match coding:
        case "br":
            return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=5))
        case "gzip":
            return gzip.compress(body, compresslevel=6, mtime=0)
        case _:
            return body


async def encode_aside(body: bytes, coding: str) -> bytes:
    """Return a body in a coding; a large one is made beside other work."""
    if len(body) < _LARGE:
        return encode(body, coding)
    return await run_in_threadpool(encode, body, coding)
