"""What is said twice, or to nobody, is refused: nothing is lost in silence."""

import pytest
from fastapi.testclient import TestClient

from tests.api.asking import RECOMMENDATIONS, read_fault, read_problem
from tests.api.printing import send

ITEM = "/v1/treatments/walking"
QUESTIONNAIRE = "/v1/topics/facet-joint-injection/questionnaire"


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        (ITEM, "Valid: fields, format, length."),
        (QUESTIONNAIRE, "There are none to choose from."),
        ("/v1/meta", "There are none to choose from."),
        ("/healthz", "There are none to choose from."),
    ],
)
def test_an_unknown_parameter_is_refused_wherever_it_is(
    small_client: TestClient, address: str, detail: str
) -> None:
    response = small_client.get(f"{address}?zzz=1")

    assert read_fault(response) == ("/query", f"Unknown parameter. {detail}")


def test_a_recommendation_takes_nothing_of_its_body_from_the_query(
    small_client: TestClient,
) -> None:
    response = small_client.post(f"{RECOMMENDATIONS}?region=uk", json={})

    assert read_fault(response)[0] == "/query"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/v1/treatments?category=surgery&category=injection", "category"),
        ("/v1/treatments?limit=5&sort=name&limit=5", "limit"),
        (f"{ITEM}?fields=name&fields=slug", "fields"),
    ],
)
def test_a_parameter_that_is_given_twice_is_refused(
    small_client: TestClient, address: str, name: str
) -> None:
    response = small_client.get(address)

    assert read_fault(response) == (f"/query/{name}", "It is given twice.")


def test_an_unknown_parameter_that_is_given_twice_is_told_once(
    small_client: TestClient,
) -> None:
    response = small_client.get(f"{ITEM}?zzz=1&zzz=2&yyy=1")

    assert len(read_problem(response, 422)["errors"]) == 2


@pytest.mark.parametrize(
    "raw",
    [
        b'{"profile": {"has": ["saddle-numbness"]}, "profile": {}}',
        b'{"profile": {"has": ["saddle-numbness"], "has": []}}',
        b'{"profile": {"pain": {"months": 5, "months": 5}}}',
        b'{"profile": {"has": [{"finding": "fever", "finding": "fever"}]}}',
        b'{"profile": {"tried": {"walking": "worse", "walking": "helped"}}}',
    ],
    ids=["the profile", "a list", "a field", "in a list", "a treatment"],
)
def test_a_key_that_is_said_twice_is_refused_and_not_repeated(
    small_client: TestClient, raw: bytes
) -> None:
    response = send(small_client, raw)

    pointer, detail = read_fault(response)
    assert (pointer, detail) == ("", "An object of the body says the same key twice.")
