"""Reads bodies strictly: JSON in UTF-8, in which nothing is said twice.

FastAPI's reader takes more: it guesses UTF-16 and UTF-32, leaves a mark of the order of
bytes out, and of a key that is said twice it keeps the last.
"""

import json
from email.message import Message

from fastapi import Request
from starlette.exceptions import HTTPException

from app.errors import Fault, InvalidRequestError

_NEEDS_JSON = "Send it with Content-Type: application/json."
_NEEDS_UTF8 = "Send it as application/json in UTF-8, with no other charset."
_UTF8 = ("utf-8", "utf8")


async def require_plain_json(request: Request) -> None:
    """Refuse a body that others may read as something else.

    Raises `HTTPException`, and `InvalidRequestError` if an object says a key twice: an
    emergency that stood first would be lost.
    """
    refusal = find_refusal(request.headers.get("content-type", ""))
    if refusal is not None:
        raise HTTPException(415, refusal)
    body = await request.body()
    if not body:
        # That it is missing is said of what needs one.
        return
    try:
        json.loads(body.decode(), object_pairs_hook=_refuse_repeated)
    except InvalidRequestError:
        raise
    except (ValueError, RecursionError) as error:
        raise HTTPException(400) from error


def find_refusal(given: str) -> str | None:
    """Say what is wrong with a `Content-Type`, nothing if that is of JSON in UTF-8."""
    message = Message()
    message["content-type"] = given
    subtype = message.get_content_subtype()
    is_json = subtype == "json" or subtype.endswith("+json")
    if message.get_content_maintype() != "application" or not is_json:
        return _NEEDS_JSON
    charset = str(message.get_param("charset", "utf-8"))
    return None if charset.lower() in _UTF8 else _NEEDS_UTF8


def _refuse_repeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len({key for key, _ in pairs}) < len(pairs):
        detail = "An object of the body says the same key twice."
        raise InvalidRequestError([Fault("", detail)])
    return dict(pairs)
