"""What a large library costs to publish, and to edit: `make bulk`.

The shipped topic, so many times over: 93 treatments each, with its causes, and the
fewest of its cases that reach every rule. Vocabulary, signs and sources are shared.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Container, Iterator, Mapping
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated, Any

import typer
from fastapi.testclient import TestClient

from app.content.cases import run_cases
from app.content.export import export_files
from app.content.files import parse_entry, read_directory
from app.fields import Kind
from app.keys import KeyRole
from app.library.bundle import Bundle, Identity
from app.library.canonical import canonical_json
from app.library.entry import Entry
from app.main import create_app
from app.settings import ROOT, Settings
from tests.api.keys import bearer, store_key
from tests.factories import TOPIC

COPIES = 55
ROUNDS = 5
WHATNEXT = Path(sys.executable).with_name("whatnext")
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


def multiply(bundle: Bundle, copies: int) -> Bundle:
    """Return the library with its topic as often as asked for."""
    topic = bundle.topics[TOPIC]
    part: dict[Kind, dict[str, Entry]] = {
        Kind.CONDITIONS: dict(bundle.conditions),
        Kind.TREATMENTS: dict(bundle.treatments),
        Kind.FAILURE_CAUSES: {
            slug: bundle.failure_causes[slug] for slug in topic.failure_causes
        },
        Kind.TOPICS: {TOPIC: topic},
        Kind.CASES: {slug: bundle.cases[slug] for slug in _cover(bundle)},
    }
    del part[Kind.TREATMENTS][str(bundle.library.wait_and_see)]
    pattern = _name(part, shared=bundle.findings)
    entries: dict[Identity, Entry | None] = {}
    for number in range(1, copies):
        for kind, originals in part.items():
            for entry in originals.values():
                copied = _copy(kind, entry, pattern, number)
                entries[kind, copied.slug] = copied
    topics = [slug for kind, slug in entries if kind is Kind.TOPICS]
    for sign in bundle.warning_signs.values():
        document = sign.model_dump(mode="json", exclude_none=True)
        held = [one.treatment for one in sign.holds if one.treatment is not None]
        document["holds"] += [
            {"treatment": f"{slug}-{number}"}
            for slug in held
            for number in range(1, copies)
            if (Kind.TREATMENTS, f"{slug}-{number}") in entries
        ]
        document["topics"] += topics if TOPIC in sign.topics else []
        everywhere = parse_entry(Kind.WARNING_SIGNS, document)
        entries[Kind.WARNING_SIGNS, sign.slug] = everywhere
    return bundle.put(entries)


def _name(
    part: Mapping[Kind, Mapping[str, Entry]], *, shared: Container[str]
) -> re.Pattern[str]:
    """Return what matches the slugs of what is copied, where they name an item."""
    slugs = {
        slug
        for kind, entries in part.items()
        for slug in entries
        if kind is not Kind.CASES and slug not in shared
    }
    before = ("treatments", "failure-causes", "topics", "options", "tried")
    places = "|".join(rf"(?<={name}/)" for name in before)
    named = "|".join(sorted(map(re.escape, slugs), key=len, reverse=True))
    return re.compile(rf'(?:(?<!"slug":")(?<=")|{places})({named})(?=["/])')


def _cover(bundle: Bundle) -> Iterator[str]:
    """Yield cases of the topic that together reach every rule that any of it does."""
    reached = {
        slug: rules
        for slug, rules in run_cases(bundle).tested.items()
        if bundle.cases[slug].topic == TOPIC
    }
    left = set().union(*reached.values())
    while left:
        best = max(sorted(reached), key=lambda slug: len(reached[slug] & left))
        left -= reached.pop(best)
        yield best


def _copy(kind: Kind, entry: Entry, pattern: re.Pattern[str], number: int) -> Entry:
    text = canonical_json(entry.model_dump(mode="json", exclude_none=True))
    document = json.loads(pattern.sub(rf"\1-{number}", text))
    if kind is not Kind.FAILURE_CAUSES or pattern.search(f'"{entry.slug}"'):
        document["slug"] = f"{entry.slug}-{number}"
    if kind in (Kind.TREATMENTS, Kind.TOPICS):
        document["name"] = f"{document['name']} {number}"
    return parse_entry(kind, document)


if __name__ == "__main__":
    typer.run(main)
