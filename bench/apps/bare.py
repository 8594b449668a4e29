"""The least that uvicorn can serve: constant bytes and three headers.

The first part of the path names the operation. `BENCH_ANSWERS` has status and size.
"""

import json
import os
from typing import Any

ETAG = b'"0123456789abcdef0123456789abcdef"'


def _prepare(status: int, size: int) -> tuple[dict[str, Any], dict[str, Any]]:
    if status == 304:
        headers = [
            (b"etag", ETAG),
            (b"cache-control", b"public, max-age=60"),
            (b"vary", b"accept-encoding"),
        ]
    else:
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(size).encode()),
            (b"etag", ETAG),
        ]
    start = {"type": "http.response.start", "status": status, "headers": headers}
    return start, {"type": "http.response.body", "body": b"x" * size}


ANSWERS = {
    operation: _prepare(status, size)
    for operation, (status, size) in json.loads(os.environ["BENCH_ANSWERS"]).items()
}


async def app(scope: Any, receive: Any, send: Any) -> None:
    assert scope["type"] == "http"
    if scope["method"] == "POST":
        while (await receive()).get("more_body"):
            pass
    start, body = ANSWERS[scope["path"].split("/", 2)[1]]
    await send(start)
    await send(body)
