from importlib.metadata import version

import pytest
from fastapi.testclient import TestClient

from app.engine.recommend import ENGINE_VERSION
from app.library.bundle import Bundle
from tests.api.asking import get_json


def test_meta_says_what_the_service_is(seeded_client: TestClient) -> None:
    meta = get_json(seeded_client, "/v1/meta")

    assert meta["name"] == "whatnext"
    assert meta["version"] == version("whatnext")
    assert meta["engine"] == ENGINE_VERSION


def test_meta_says_which_release_it_serves_since_when(
    seeded_client: TestClient,
) -> None:
    meta = get_json(seeded_client, "/v1/meta")

    assert meta["release"] == 1
    assert meta["released_at"] == "2026-11-22T09:30:00Z"


@pytest.mark.parametrize(
    "name",
    ["title", "language", "licence", "intended_use", "disclaimer", "default_topic"],
)
def test_meta_tells_what_the_library_says_about_itself(
    seeded_client: TestClient, seed_bundle: Bundle, name: str
) -> None:
    meta = get_json(seeded_client, "/v1/meta")

    assert meta[name] == getattr(seed_bundle.library, name)


def test_meta_lists_the_regions_with_whom_to_call(seeded_client: TestClient) -> None:
    regions = {
        one["slug"]: one for one in get_json(seeded_client, "/v1/meta")["regions"]
    }

    assert regions["uk"]["emergency_number"] == "999"
    assert regions["us"]["emergency_number"] == "911"
    assert regions["eu"]["emergency_number"] == "112"


def test_readyz_names_the_release(seeded_client: TestClient) -> None:
    assert get_json(seeded_client, "/readyz") == {"status": "ready", "release": 1}
