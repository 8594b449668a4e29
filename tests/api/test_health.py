from fastapi.testclient import TestClient


def test_healthz_answers_without_a_release(client: TestClient) -> None:
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


def test_readyz_says_that_nothing_has_been_published(client: TestClient) -> None:
    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert "whatnext publish" in response.json()["detail"]
