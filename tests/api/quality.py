"""How tests ask for the quality of the library."""

from fastapi.testclient import TestClient

from tests.api.asking import Json, follow, get_json

QUALITY = "/v1/quality"
AS_OF = f"{QUALITY}?as_of=2026-11-22"
OVERDUE = f"{QUALITY}?as_of=2027-11-23"


def list_marks(client: TestClient, address: str = AS_OF) -> list[Json]:
    pages = follow(client, f"{address}&limit=100", "next")
    return [item for page in pages for item in page.json()["items"]]


def list_criteria(client: TestClient, address: str) -> dict[str, Json]:
    criteria = get_json(client, address)["criteria"]
    return {criterion["slug"]: criterion for criterion in criteria}
