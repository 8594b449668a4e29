"""How tests write over HTTP: a client with a key, on a library that may change."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine

from app.content.log import write_document
from app.fields import Kind
from app.keys import Key
from tests.api.asking import Json, get_json
from tests.api.keys import bearer
from tests.factories import COMPLETE, Data, complete, make_bundle, make_treatment
from tests.publishing import PUBLISHED_AT, publish

RELEASES = "/v1/releases"
YOGA = make_treatment("yoga")
YOGA_PATH = "/v1/treatments/yoga"
WALKING_PATH = "/v1/treatments/walking"
LIBRARY: Data = COMPLETE[Kind.LIBRARY][0]


def publish_small(
    engine: Engine, own: Mapping[Kind, Iterable[Data]] | None = None
) -> None:
    """Publish the small library, which passes the gate, with these entries."""
    publish(engine, make_bundle(complete(own or {})), at=PUBLISHED_AT)


def list_entries() -> Json:
    """Return the entries of the small library by kind, as `GET /v1/bundle` has them."""
    bundle = make_bundle(complete({}))
    return {
        kind.value: [
            json.loads(write_document(entry))
            for _, entry in sorted(bundle.of_kind(kind).items())
        ]
        for kind in Kind
    }


@dataclass(frozen=True)
class Writer:
    """Sends writes with a key and the tag of the present release."""

    client: TestClient
    key: Key

    def present(self) -> int:
        """Return the number of the present release, 0 before the first."""
        response = self.client.get("/v1/meta")
        number: int = response.json()["release"] if response.is_success else 0
        return number

    def tag(self, number: int | None = None) -> dict[str, str]:
        """Return the headers of a write made against a release, else the present."""
        against = self.present() if number is None else number
        return {**bearer(self.key), "if-match": f'"release-{against}"'}

    def post(self, *, against: int | None = None, **body: Any) -> Response:
        """Send a release, with the body as keywords."""
        return self.client.post(RELEASES, json=body, headers=self.tag(against))

    def merge(
        self,
        entries: Mapping[Kind, list[Data]],
        *,
        against: int | None = None,
        **rest: Any,
    ) -> Response:
        sent = {kind.value: listed for kind, listed in entries.items()}
        return self.post(against=against, mode="merge", entries=sent, **rest)

    def put(
        self, path: str, entry: object, *, against: int | None = None, **query: str
    ) -> Response:
        headers = self.tag(against)
        return self.client.put(path, json=entry, params=query, headers=headers)

    def delete(
        self, path: str, *, against: int | None = None, **query: str
    ) -> Response:
        return self.client.delete(path, params=query, headers=self.tag(against))

    def restore(
        self, number: int, *, against: int | None = None, **query: str
    ) -> Response:
        path = f"{RELEASES}/{number}/restore"
        return self.client.post(path, params=query, headers=self.tag(against))

    def bundle(self, number: int | None = None) -> Json:
        """Return the entries of a release, the present one if none is named."""
        query = "" if number is None else f"?release={number}"
        entries: Json = get_json(self.client, f"/v1/bundle{query}")["entries"]
        return entries

    def log(self) -> list[Json]:
        """Return the releases as who shows a key is told of them, newest first."""
        response = self.client.get(f"{RELEASES}?limit=100", headers=bearer(self.key))
        items: list[Json] = response.json()["items"]
        return items


def read_made(response: Response, status: int = 201) -> Json:
    """Return what became of a write that succeeded."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "no-store"
    made: Json = response.json()
    assert response.headers["library-release"] == str(made["release"])
    return made
