"""What a large library costs to publish, and to edit: `make bulk`.

The shipped topic, so many times over: 93 treatments each, with its causes, and the
fewest of its cases that reach every rule. Vocabulary, signs and sources are shared.
"""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated, Any

import typer
from fastapi.testclient import TestClient

from app.content.export import export_files
from app.content.files import read_directory
from app.fields import Kind
from app.keys import KeyRole
from app.library.bundle import Bundle
from app.main import create_app
from app.settings import ROOT, Settings
from bench.multiply import multiply
from tests.api.keys import bearer, store_key
from tests.factories import TOPIC
from tests.processes import WHATNEXT

COPIES = 55
ROUNDS = 5
Edit = Callable[[dict[str, Any], int], None]


def main(
    copies: Annotated[int, typer.Option(help="How many topics there are.")] = COPIES,
) -> None:
    """Publish a large library from its files, then edit one item after another."""
    bundle = multiply(read_directory(ROOT / "seed_data")[0], copies)
    with TemporaryDirectory() as name:
        directory = Path(name)
        url = os.environ.get("BULK_DATABASE_URL", f"sqlite:///{directory / 'bulk.db'}")
        _write(bundle, directory / "content")
        counts = {kind.value: len(bundle.of_kind(kind)) for kind in Kind}
        typer.echo(", ".join(f"{count} {kind}" for kind, count in counts.items()))
        _publish(directory / "content", url)
        _edit(bundle, url)


def _write(bundle: Bundle, directory: Path) -> None:
    size = 0
    for name, text in export_files(bundle).items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        size += len(text)
    typer.echo(f"{size / 1e6:.0f} MB of content files")


def _publish(directory: Path, url: str) -> None:
    """Publish all of it by the command, and the same again, which makes no release."""
    environment = {**os.environ, "DATABASE_URL": url}
    subprocess.run([WHATNEXT, "migrate"], env=environment, check=True)
    for what in ("publish", "publish again"):
        start = perf_counter()
        subprocess.run([WHATNEXT, "publish", directory], env=environment, check=True)
        seconds = perf_counter() - start
        memory = getrusage(RUSAGE_CHILDREN).ru_maxrss / 1024
        typer.echo(f"{what}: {seconds:.1f} s, at most {memory:.0f} MB")


def _edit(bundle: Bundle, url: str) -> None:
    """Edit items of one topic through the API, each several times."""
    app = create_app(Settings(database_url=url))
    key = store_key(app.state.engine, KeyRole.PUBLISHER)
    client = TestClient(app, headers=bearer(key))
    topic = f"{TOPIC}-1"
    start = perf_counter()
    asked = {"topic": topic, "profile": {}}
    client.post("/v1/recommendations", json=asked).raise_for_status()
    typer.echo(f"first recommendation of a new process: {_since(start)}")
    for what, kind, slug, edit in _list_edits(topic):
        document = json.loads(
            bundle.of_kind(kind)[slug].model_dump_json(exclude_none=True)
        )
        took = []
        for number in range(ROUNDS):
            edit(document, number)
            release = client.get("/v1/meta").json()["release"]
            tag = {"If-Match": f'"release-{release}"'}
            query = {"significance": "safety"}
            start = perf_counter()
            answer = client.put(
                f"/v1/{kind.value}/{slug}", json=document, headers=tag, params=query
            )
            took.append(perf_counter() - start)
            assert answer.is_success, answer.text
            assert answer.json()["is_new"]
        typer.echo(
            f"{what}: first {took[0] * 1e3:.0f} ms, then median "
            f"{median(took[1:]) * 1e3:.0f} ms, at most {max(took[1:]) * 1e3:.0f} ms"
        )
    start = perf_counter()
    client.post("/v1/recommendations", json=asked).raise_for_status()
    typer.echo(f"first recommendation after the edits: {_since(start)}")
    typer.echo(f"at most {getrusage(RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _since(start: float) -> str:
    return f"{perf_counter() - start:.2f} s"


def _list_edits(topic: str) -> Iterator[tuple[str, Kind, str, Edit]]:
    yield "a text of a treatment", Kind.TREATMENTS, "yoga-1", _summarise
    yield "the name of a treatment", Kind.TREATMENTS, "yoga-1", _rename
    yield "a rule of a treatment", Kind.TREATMENTS, "nsaids-1", _reword_rule
    yield "the introduction of a topic", Kind.TOPICS, topic, _introduce
    yield "a text of a cause", Kind.FAILURE_CAUSES, "wrong-level-1", _summarise
    yield "the words of a case", Kind.CASES, "pacemaker-1", _explain


def _summarise(document: dict[str, Any], number: int) -> None:
    document["summary"] = f"It may help a little. This is text {number}."


def _rename(document: dict[str, Any], number: int) -> None:
    document["name"] = f"Slow stretching {number}"


def _reword_rule(document: dict[str, Any], number: int) -> None:
    document["avoid_when"][0]["because"] = f"It may harm you. This is text {number}."


def _introduce(document: dict[str, Any], number: int) -> None:
    document["introduction"] = f"It did not help. This is text {number}."


def _explain(document: dict[str, Any], number: int) -> None:
    document["because"] = f"It must stay so. This is text {number}."


if __name__ == "__main__":
    typer.run(main)
