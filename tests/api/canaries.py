"""Requests full of words that stand nowhere else, by what comes of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.keys import Key
from tests.api.asking import RECOMMENDATIONS
from tests.api.keys import KEYS, bearer
from tests.api.publishing import RELEASES
from tests.api.test_privacy import RAW_BODIES
from tests.factories import make_finding, make_treatment
from tests.mcp.messages import ACCEPTS, Json, make_call
from tests.mcp.test_privacy import NEXT, NO_MESSAGES, ODD_MESSAGES, REFUSED, SIGNS

CANARY = "canary"
"""Stands in what is refused: nothing may repeat it."""

KNOWN = "xylophone"
"""Stands in the library too, so that it can be told: logs and counts may not."""

FINDING = make_finding(f"{KNOWN}-told")
BROKEN = make_treatment(f"{KNOWN}-broken")
"""Its document is damaged later: a route then crashes on it."""

_EVERYWHERE = {
    "user-agent": CANARY,
    "referer": f"https://{CANARY}.example/{CANARY}",
    "cookie": f"{CANARY}={CANARY}",
    "x-request-id": f"{CANARY}-0000-0000-0000-000000000000",
    "x-forwarded-for": CANARY,
    "x-forwarded-host": f"{CANARY}.example",
    "forwarded": f"for={CANARY}",
    "traceparent": CANARY,
    "tracestate": f"{CANARY}={CANARY}",
    "accept-language": CANARY,
}
_JSON = {"content-type": "application/json"}


@dataclass(frozen=True)
class Sent:
    """A request as it goes over the wire."""

    operation: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    missing: int = 0

    def raw(self) -> bytes:
        """Return the bytes; `missing` ones of the body never come."""
        length = len(self.body) + self.missing
        headers = {
            "host": "127.0.0.1",
            **_EVERYWHERE,
            **self.headers,
            "content-length": str(length),
            "connection": "close",
        }
        lines = [f"{name}: {text}" for name, text in headers.items()]
        start = "\r\n".join([f"{self.operation} HTTP/1.1", *lines, "", ""])
        return start.encode() + self.body


def ask(profile: Json, operation: str = f"POST {RECOMMENDATIONS}") -> Sent:
    return Sent(operation, json.dumps({"profile": profile}).encode(), _JSON)


def call(message: object, **headers: str) -> Sent:
    body = message if isinstance(message, str) else json.dumps(message)
    return Sent("POST /mcp", body.encode(), {**_JSON, **ACCEPTS, **headers})


TOLD = {"has": [FINDING["slug"]]}
COMPARED = {"profile": TOLD, "treatments": ["walking", "facet-joint-injection"]}
ANSWERED: dict[str, Sent] = {
    "a profile": ask(TOLD),
    "a profile that is explained": ask(TOLD, f"POST {RECOMMENDATIONS}?explain=true"),
    "a profile to compare for": Sent(
        "POST /v1/compare", json.dumps(COMPARED).encode(), _JSON
    ),
    "a search": Sent(f"GET /v1/search?q={CANARY}+{KNOWN}"),
    "a search that is kept": Sent(f"GET /v1/search?q={CANARY}+{KNOWN}"),
    "a list that is searched": Sent(f"GET /v1/treatments?q={CANARY}"),
    "a quote": Sent(
        "POST /v1/quotes/verify", json.dumps({"text": CANARY}).encode(), _JSON
    ),
    "a call of a tool": call(make_call(NEXT, profile=TOLD)),
    "words for a tool": call(make_call(SIGNS, words=f"My {CANARY} and my {KNOWN}")),
}
FAILED: dict[str, tuple[int, Sent]] = {
    "a path": (404, Sent(f"GET /{CANARY}?{CANARY}={CANARY}")),
    "an encoded path": (405, Sent(f"GET /v1/%63anary/{CANARY}%00%0a{CANARY}")),
    "a slug": (404, Sent(f"GET /v1/treatments/{CANARY}")),
    "a parameter": (422, Sent(f"GET /v1/treatments?{CANARY}={CANARY}")),
    "a value of a parameter": (422, Sent(f"GET /v1/treatments?category={CANARY}")),
    "a release": (422, Sent(f"GET /v1/releases/{CANARY}")),
    "too long a search": (422, Sent(f"GET /v1/search?q={CANARY * 40}")),
    "a comparison": (422, Sent(f"GET /v1/compare?treatments={CANARY},{CANARY}")),
    "a parameter beside a profile": (
        422,
        ask(TOLD, f"POST {RECOMMENDATIONS}?{CANARY}=1"),
    ),
    "a method": (405, Sent(f"PATCH {RECOMMENDATIONS}?{CANARY}=1", b'{"canary": 1}')),
    "a media type": (415, Sent(f"POST {RECOMMENDATIONS}", b"canary", {})),
    "a coding": (
        415,
        Sent(
            f"POST {RECOMMENDATIONS}", b"canary", {**_JSON, "content-encoding": CANARY}
        ),
    ),
    "a body that does not come": (
        408,
        Sent(f"POST {RECOMMENDATIONS}", b'{"canary": "', _JSON, missing=9),
    ),
    "a key": (401, Sent(f"GET {KEYS}", b"", {"authorization": f"Bearer wn_{CANARY}"})),
    "a key of another scheme": (
        401,
        Sent(f"GET {KEYS}", b"", {"authorization": f"Basic {CANARY}"}),
    ),
    "a host": (421, Sent("GET /v1/treatments", b"", {"host": f"{CANARY}.example"})),
    "an origin of a tool": (
        403,
        call(make_call(NEXT), origin=f"https://{CANARY}.example"),
    ),
    "an upgrade": (
        404,
        Sent(f"GET /{CANARY}", b"", {"upgrade": "websocket", "sec-websocket-key": "x"}),
    ),
}
REFUSED_BODIES: dict[str, Sent] = {
    where: Sent(f"POST {RECOMMENDATIONS}", raw, _JSON)
    for where, raw in RAW_BODIES.items()
}
REFUSED_CALLS: dict[str, Sent] = {
    **{f"arguments, {where}": call(one) for where, one in REFUSED.items()},
    **{f"no message, {where}": call(one) for where, one in NO_MESSAGES.items()},
    **{f"odd, {where}": call(one) for where, one in ODD_MESSAGES.items()},
}
NO_REQUESTS: dict[str, bytes] = {
    "no HTTP": f"{CANARY.upper()}\r\n\r\n".encode(),
    "no version": f"GET /{CANARY} HTTP/{CANARY}\r\n\r\n".encode(),
    "a bad header": f"GET /{CANARY} HTTP/1.1\r\n{CANARY} {CANARY}\r\n\r\n".encode(),
    "a bad length": f"POST / HTTP/1.1\r\ncontent-length: {CANARY}\r\n\r\n".encode(),
}


def list_writes(key: Key) -> dict[str, tuple[int, Sent]]:
    """Return what is sent with a good key, and the status of its answer."""

    def send(operation: str, body: object, release: int = 1) -> Sent:
        tag = {"if-match": f'"release-{release}"'}
        headers = {**_JSON, **bearer(key), **tag}
        return Sent(operation, json.dumps(body).encode(), headers)

    own = make_finding(f"{KNOWN}-new")
    path = f"/v1/findings/{KNOWN}-new?note={CANARY}"
    unwritten = {**own, CANARY: CANARY}
    named = {"name": KNOWN, "role": "editor"}
    return {
        "a release that is not whole": (422, send(f"POST {RELEASES}", {CANARY: 1})),
        "a mistaken entry": (422, send(f"PUT {path}", unwritten)),
        "an entry of another release": (412, send(f"PUT {path}", own, release=0)),
        "an entry": (200, send(f"PUT {path}&dry_run=true", own)),
        "a new key": (201, send(f"POST {KEYS}", named)),
        "a name that is taken": (409, send(f"POST {KEYS}", named)),
        "a role": (422, send(f"POST {KEYS}", {"name": KNOWN, "role": CANARY})),
    }


CRASHING = Sent(f"GET /v1/compare?treatments=walking,{BROKEN['slug']}")
UNANSWERED: dict[str, Sent] = {
    "a profile": ask(TOLD),
    "a search": Sent(f"GET /v1/search?q={KNOWN}+{CANARY}+gone"),
    "a slug": Sent(f"GET /v1/treatments/{KNOWN}-gone"),
}
"""What is asked while the database is gone."""
