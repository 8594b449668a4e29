"""The headers of answers, as the OpenAPI document describes them."""

from typing import Any


def _text(description: str, example: str) -> dict[str, Any]:
    return {
        "description": description,
        "schema": {"type": "string"},
        "example": example,
    }


def _number(description: str, example: int) -> dict[str, Any]:
    return {
        "description": description,
        "schema": {"type": "integer", "minimum": 0},
        "example": example,
    }


HEADERS: dict[str, dict[str, Any]] = {
    "Cache-Control": _text(
        "How long it may be kept; `no-store` where it must not be.",
        "public, max-age=60, stale-while-revalidate=60",
    ),
    "ETag": _text(
        "Changes with the answer. Send it back as If-None-Match: a 304 says that"
        " nothing has changed.",
        '"5f3c1d9a4be07218c6d2f0a97e31b845"',
    ),
    "Last-Modified": _text(
        "When it last may have changed. Send it back as If-Modified-Since.",
        "Sun, 22 Nov 2026 09:30:00 GMT",
    ),
    "Library-Release": _number("The number of the release that answered.", 42),
    "Link": _text(
        "The pages `first`, `last`, `prev` and `next` (RFC 8288): the last page has no"
        " `next`, the first no `prev`.",
        '</v1/treatments?limit=20>; rel="first",'
        ' </v1/treatments?limit=20&offset=20>; rel="next"',
    ),
    "RateLimit": _text(
        "What is left of the limit that counted: `r` requests, and more in `t` seconds."
        " Answers that are made for one request alone have it, too.",
        '"address";r=0;t=60',
    ),
    "RateLimit-Policy": _text(
        "The limit that counted: `q` requests in `w` seconds.", '"address";q=600;w=60'
    ),
    "Retry-After": _number("Try again after so many seconds.", 5),
    "Vary": _text(
        "The headers of the request that the answer depends on.", "Accept-Encoding"
    ),
    "WWW-Authenticate": _text("How to show a key.", "Bearer"),
    "X-Request-Id": _text(
        "Names the request, in the logs of the service too. One that the request has"
        " is used if it is a UUID.",
        "0f8fad5b-d9cb-469f-a165-70867728950e",
    ),
}
