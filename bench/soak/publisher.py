"""Somebody who edits while others read: one item every few seconds."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from app.content.files import read_directory
from app.content.log import write_document
from app.fields import Kind
from app.settings import ROOT
from bench.traffic import Ask
from tests.factories import TOPIC

TRIED_EVERY = 3
"""So often an edit is tried before it is made."""

Document = dict[str, Any]
Change = Callable[[Document, int], None]


@dataclass(frozen=True)
class Edit:
    """One item as it is to be, or as it is only tried."""

    path: str
    body: bytes
    is_trial: bool

    @property
    def name(self) -> str:
        return "trial" if self.is_trial else "publish"

    def against(self, release: int, key: str) -> Ask:
        """Return the request, made against the release that stands."""
        headers = {
            "Authorization": f"Bearer {key}",
            "If-Match": f'"release-{release}"',
        }
        query = "?dry_run=true" if self.is_trial else ""
        return Ask(f"{self.path}{query}", headers, self.body, "PUT")


def write_edits() -> Iterator[Edit]:
    """Yield edits of the shipped library without an end, each with another text."""
    bundle, _ = read_directory(ROOT / "seed_data")
    documents = [
        (kind, slug, json.loads(write_document(bundle.of_kind(kind)[slug])), change)
        for kind, slug, change in _list_changes()
    ]
    for number in count(1):
        kind, slug, document, change = documents[number % len(documents)]
        change(document, number)
        path, body = f"/v1/{kind.value}/{slug}", json.dumps(document).encode()
        if number % TRIED_EVERY == 0:
            yield Edit(path, body, is_trial=True)
        yield Edit(path, body, is_trial=False)


def _list_changes() -> Iterator[tuple[Kind, str, Change]]:
    yield Kind.TREATMENTS, "yoga", _summarise
    yield Kind.TREATMENTS, "nsaids", _reword_rule
    yield Kind.FAILURE_CAUSES, "wrong-level", _summarise
    yield Kind.TOPICS, TOPIC, _introduce
    yield Kind.CASES, "pacemaker", _explain


def _summarise(document: Document, number: int) -> None:
    document["summary"] = f"It may help a little. This is text {number}."


def _reword_rule(document: Document, number: int) -> None:
    document["avoid_when"][0]["because"] = f"It may harm you. This is text {number}."


def _introduce(document: Document, number: int) -> None:
    document["introduction"] = f"It did not help. This is text {number}."


def _explain(document: Document, number: int) -> None:
    document["because"] = f"It must stay so. This is text {number}."
