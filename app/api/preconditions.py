"""What a write was made against: `If-Match: "release-42"`, and nothing else."""

import re
from http import HTTPStatus

from fastapi import Request
from fastapi.exceptions import HTTPException

from app.errors import Fault, InvalidRequestError

NEEDED = 'Say what it was made against: If-Match: "release-42", the present number.'
NO_TAG = (
    'Needs one tag of a release, as in "release-42"; '
    "the ETag of a read says nothing of the rest of the library."
)
_TAG = re.compile(r'"release-(0|[1-9][0-9]{0,9})"')

RELEASE_TAG = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The release that it was made against; only a trial needs none.",
    "schema": {"type": "string", "pattern": f"^{_TAG.pattern}$"},
    "example": '"release-42"',
}
"""The header, as the OpenAPI document describes it."""


def read_release_tag(request: Request) -> int | None:
    """Return the number of the release in If-Match, none without the header.

    Raises `InvalidRequestError` if it is anything else.
    """
    given = request.headers.getlist("if-match")
    if not given:
        return None
    found = _TAG.fullmatch(given[0].strip())
    if found is None or len(given) > 1:
        raise InvalidRequestError([Fault("/header/If-Match", NO_TAG)])
    return int(found[1])


def require_release_tag(request: Request) -> int:
    """Return the number of the release in If-Match. Answers 428 without one."""
    number = read_release_tag(request)
    if number is None:
        raise HTTPException(HTTPStatus.PRECONDITION_REQUIRED, NEEDED)
    return number
