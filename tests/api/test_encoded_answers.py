"""Answers that are made for one request alone are made smaller, too."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.asking import RECOMMENDATIONS
from tests.api.publishing import publish_small
from tests.api.test_finished import DECODERS

FILLED = {"reader": publish_small}


@pytest.fixture
def reader(client: TestClient) -> TestClient:
    """A client of an application that serves the small library."""
    return client


CODINGS = [
    pytest.param("gzip", "gzip", id="gzip"),
    pytest.param("gzip, deflate, br", "br", id="a browser"),
    pytest.param("identity", "", id="plain bytes"),
    pytest.param("zstd", "", id="none of ours"),
]


def ask(
    client: TestClient, profile: Any, accepted: str
) -> tuple[dict[str, str], bytes]:
    """Return the headers and the bytes of a recommendation as they are sent."""
    headers = {"accept-encoding": accepted}
    body = {"profile": profile}
    with client.stream("POST", RECOMMENDATIONS, json=body, headers=headers) as answer:
        return dict(answer.headers), b"".join(answer.iter_raw())


@pytest.mark.parametrize(("accepted", "coding"), CODINGS)
def test_a_recommendation_is_encoded_as_the_client_takes_it(
    reader: TestClient, accepted: str, coding: str
) -> None:
    _, plain = ask(reader, {}, "identity")

    headers, sent = ask(reader, {}, accepted)

    assert headers.get("content-encoding", "") == coding
    assert headers["content-length"] == str(len(sent))
    assert DECODERS[coding](sent) == plain
    assert ("Accept-Encoding" in headers.get("vary", "")) is bool(coding)


def test_a_short_problem_is_sent_as_it_is(reader: TestClient) -> None:
    headers, sent = ask(reader, {"shoe_size": 43}, "gzip")

    assert headers["content-type"] == "application/problem+json"
    assert "content-encoding" not in headers
    assert headers["content-length"] == str(len(sent))
