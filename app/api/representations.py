"""Answers that are ready to be sent, with validators, in full or as "not modified"."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from starlette.types import Message

from app.api.content_codings import WORTHWHILE, encode_aside
from app.api.open_cors import OPEN_HEADERS
from app.api.security_headers import secure
from app.api.validators import is_unchanged_since, make_tag, names_tag

Headers = list[tuple[bytes, bytes]]

_OVERHEAD = 1024
"""What an answer takes beside its body, in bytes, as far as it is counted."""

NO_BODY: Message = {"type": "http.response.body", "body": b""}
_OPEN: Headers = [
    (name.lower().encode(), value.encode()) for name, value in OPEN_HEADERS.items()
]
_MADE_HERE = {b"content-length", b"etag", b"vary", *(name for name, _ in _OPEN)}
_UNCHANGED = {
    b"etag",
    b"vary",
    b"last-modified",
    b"cache-control",
    b"library-release",
    b"link",
}


class RequestHeaders(NamedTuple):
    """What the headers of a request ask for."""

    codings: bytes
    tags: bytes | None
    since: bytes | None
    is_keyed: bool
    accepted: bytes


@dataclass(frozen=True, slots=True)
class Finished:
    """An answer in one coding, ready to be sent in full, or as "not modified"."""

    tag: bytes
    modified: bytes
    start: Message
    body: Message
    not_modified: Message

    @property
    def size(self) -> int:
        return len(self.body["body"]) + _OVERHEAD

    def is_what_has(self, asked: RequestHeaders, *, is_dated: bool) -> bool:
        """Say whether the client has it already; a tag says more than a moment.

        Where something else may have been served with its date, only the tag tells.
        """
        if asked.tags is not None:
            return names_tag(asked.tags, self.tag)
        if asked.since is None or not is_dated:
            return False
        return is_unchanged_since(asked.since, self.modified)


def read_headers(headers: Iterable[tuple[bytes, bytes]]) -> RequestHeaders:
    codings, accepted, tags, since, is_keyed = b"", b"", None, None, False
    for name, value in headers:
        if name == b"accept-encoding":
            codings = codings + b"," + value if codings else value
        elif name == b"accept":
            accepted = accepted + b"," + value if accepted else value
        elif name == b"if-none-match":
            tags = value if tags is None else tags + b"," + value
        elif name == b"if-modified-since":
            since = value
        elif name == b"authorization":
            is_keyed = True
    return RequestHeaders(codings, tags, since, is_keyed, accepted)


def finish(headers: Headers, body: bytes, coding: str) -> Finished:
    """Return an answer with its validators; `headers` are those of the plain one."""
    # Reads are open to every origin, whether it says which it is or not.
    varying = [
        one
        for name, value in headers
        for one in value.split(b", ")
        if name == b"vary" and one != b"Origin"
    ]
    own = [one for one in headers if one[0] not in _MADE_HERE]
    own = secure(own, is_open=True)
    tag = make_tag(body)
    whole = [
        *own,
        (b"content-length", b"%d" % len(body)),
        (b"etag", tag),
        (b"vary", b", ".join({b"Accept-Encoding": 0} | dict.fromkeys(varying))),
        *_OPEN,
    ]
    if coding:
        whole.append((b"content-encoding", coding.encode()))
    kept = [one for one in whole if one[0] in _UNCHANGED]
    start = {"type": "http.response.start", "status": 200, "headers": whole}
    not_modified = {**start, "status": 304, "headers": [*kept, *_OPEN]}
    modified = dict(headers)[b"last-modified"]
    message = {"type": "http.response.body", "body": body}
    return Finished(tag, modified, start, message, not_modified)


async def encode_answer(plain: Finished, coding: str) -> Finished:
    """Return an answer in a coding; a small one stays as it is."""
    body: bytes = plain.body["body"]
    if not coding or len(body) < WORTHWHILE:
        return plain
    encoded = await encode_aside(body, coding)
    return finish(plain.start["headers"], encoded, coding)
