"""How large a body may be: a profile is small, a library is not."""

import json
from collections.abc import Iterator

import pytest

from app.main import BODY_MAX, WRITE_MAX
from tests.api.asking import RECOMMENDATIONS, read_problem
from tests.api.keys import KEYS
from tests.api.publishing import RELEASES, YOGA, YOGA_PATH, Writer, read_made

JSON = {"content-type": "application/json"}


def pad(body: object, size: int) -> bytes:
    """Return the body as JSON of so many bytes."""
    return json.dumps(body).encode().ljust(size)


def in_parts(raw: bytes) -> Iterator[bytes]:
    """Yield it without saying how much there is."""
    for begin in range(0, len(raw), 1 << 20):
        yield raw[begin : begin + (1 << 20)]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", RELEASES, {"mode": "merge", "entries": {"treatments": [YOGA]}}),
        ("PUT", YOGA_PATH, YOGA),
    ],
)
def test_a_write_may_be_larger_than_a_profile(
    writer: Writer, method: str, path: str, body: object
) -> None:
    raw = pad(body, 4 * BODY_MAX)
    headers = {**writer.tag(), **JSON}

    response = writer.client.request(method, path, content=raw, headers=headers)

    read_made(response)


@pytest.mark.parametrize("path", [RECOMMENDATIONS, KEYS, f"{RELEASES}/1/restore"])
def test_what_is_no_library_stays_small(writer: Writer, path: str) -> None:
    headers = {**writer.tag(), **JSON}

    response = writer.client.post(path, content=pad({}, BODY_MAX + 1), headers=headers)

    detail = read_problem(response, 413)["detail"]
    assert detail == f"The body is larger than {BODY_MAX} bytes."


@pytest.mark.parametrize(("method", "path"), [("POST", RELEASES), ("PUT", YOGA_PATH)])
@pytest.mark.parametrize("is_declared", [True, False])
def test_a_write_has_a_limit_too(
    writer: Writer, method: str, path: str, *, is_declared: bool
) -> None:
    raw = pad({}, WRITE_MAX + 1)
    headers = {**writer.tag(), **JSON}
    content = raw if is_declared else in_parts(raw)

    response = writer.client.request(method, path, content=content, headers=headers)

    detail = read_problem(response, 413)["detail"]
    assert detail == f"The body is larger than {WRITE_MAX} bytes."
