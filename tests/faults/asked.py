"""What is asked of a service while something is wrong, and what it must answer."""

import json
from typing import Any

from httpx2 import Response

from tests.processes import Answer

KEPT = "/v1/treatments/walking"
"""What is read while all is well, so that its answer is kept."""

NOT_KEPT = (
    "/v1/findings/fever",
    "/v1/treatments?category=self-care",
    "/v1/treatments/walking?format=plain&length=short",
    "/v1/search?q=walking",
    "/v1/meta",
    "/v1/bundle",
)
AWAY = "The database does not answer as it should."
BUSY = "The database did not answer in time."
FULL = "The database has no room left: nothing was written."
LATE = "It takes too long: try again later."
READ_ONLY = "The database is read-only: nothing can be written."


def read_refusal(answer: Answer | Response) -> str:
    """Return what a problem says that asks to come again later."""
    status = answer.status if isinstance(answer, Answer) else answer.status_code
    body = answer.body if isinstance(answer, Answer) else answer.content
    assert status == 503, body
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) > 0
    problem: dict[str, Any] = json.loads(body)
    assert (problem["status"], problem["errors"]) == (503, [])
    detail: str = problem["detail"]
    return detail
