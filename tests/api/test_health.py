import pytest
from fastapi.testclient import TestClient

from tests.api.asking import LISTS, RECOMMENDATIONS, read_problem


def test_healthz_answers_without_a_release(client: TestClient) -> None:
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


@pytest.mark.parametrize(
    "address",
    ["/readyz", "/v1/meta", "/v1/topics/x/questionnaire", *(f"/v1/{k}" for k in LISTS)],
)
def test_reading_before_the_first_release_is_told_to_try_again(
    client: TestClient, address: str
) -> None:
    response = client.get(address)

    problem = read_problem(response, 503)
    assert response.headers["retry-after"] == "5"
    assert "whatnext publish" in problem["detail"]


def test_asking_before_the_first_release_is_told_to_try_again(
    client: TestClient,
) -> None:
    response = client.post(RECOMMENDATIONS, json={})

    assert read_problem(response, 503)["detail"]
