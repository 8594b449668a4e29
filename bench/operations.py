"""What is measured of a library of one size, and whether the answers are right."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from bench.servers import BenchError, Server
from bench.traffic import ITEMS_AGAIN, LISTS_AGAIN, NEVER_AGAIN, PAGE, Ask, Author
from tests.factories import TOPIC

SAMPLE = 30
"""So many answers are looked at before anything is measured."""

Agree = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Operation:
    """Requests of one kind. `sample` are looked at first, `asks` are measured.

    `again` says that they may come more than once. `uncached` is asked of a server
    that keeps no answers. `agree` compares what whatnext and the peer answer.
    """

    name: str
    title: str
    sample: Sequence[Ask]
    asks: Sequence[Ask]
    agree: Agree
    again: bool = True
    uncached: bool = False
    status: int = 200


def list_operations(author: Author, server: Server) -> Iterator[Operation]:
    """Yield all that the server has. Raises `BenchError`."""
    items = author.write_items()
    yield _again("item", "GET item, repeated", items[:ITEMS_AGAIN], _same_item)
    lists = author.write_lists(LISTS_AGAIN, paged=False)
    yield _again("list", "GET list of 20, repeated", lists, _same_slugs)
    yield Operation(
        "unchanged",
        "304",
        lists[:SAMPLE],
        [Ask(one.path, {"If-None-Match": _find_tag(server, one)}) for one in lists],
        _same_slugs,
        status=304,
    )
    yield Operation(
        "new-item",
        "GET item, never seen before",
        items[:SAMPLE],
        items,
        _same_item,
        uncached=True,
    )
    paged = author.write_lists(NEVER_AGAIN, paged=True)
    title = "GET filtered list of 20, never seen before"
    yield _never_again("new-list", title, paged, _same_slugs)
    searches = author.write_searches(NEVER_AGAIN)
    title = "search, never seen before"
    yield _never_again("new-search", title, searches, _both_found)
    form = json.loads(server.ask(f"/v1/topics/{TOPIC}/questionnaire", {})[2])
    profiles = list(author.write_profiles(form, NEVER_AGAIN))
    title = "POST recommendation"
    yield _never_again("recommendation", title, profiles, _same_advice)


def is_there(operation: Operation, server: Server) -> bool:
    """Say whether the server has the operation at all."""
    status, _, _ = _ask(server, operation.sample[0])
    return status != 404


def check(operation: Operation, server: Server, peer: Server | None) -> int:
    """Return how large an answer is, of those that a peer agrees with.

    Raises `BenchError` if an answer is not what it should be.
    """
    sizes = []
    for one in operation.sample:
        body = _require(server, one)
        sizes.append(len(body))
        if peer is not None:
            agree = operation.agree(json.loads(body), json.loads(_require(peer, one)))
            if not agree:
                raise BenchError(f"{peer.name} answers something else to {one.path}.")
    return round(fmean(sizes))


def _again(name: str, title: str, asks: Sequence[Ask], agree: Agree) -> Operation:
    return Operation(name, title, asks[:SAMPLE], asks, agree)


def _never_again(name: str, title: str, asks: Sequence[Ask], agree: Agree) -> Operation:
    sample, rest = asks[:SAMPLE], asks[SAMPLE:]
    return Operation(name, title, sample, rest, agree, again=False)


def _find_tag(server: Server, ask: Ask) -> str:
    _, headers, _ = server.ask(ask.path, {})
    return headers["etag"]


def _ask(server: Server, ask: Ask) -> tuple[int, Mapping[str, str], bytes]:
    json_body = {"Content-Type": "application/json"} if ask.body else {}
    return server.ask(ask.path, {**ask.headers, **json_body}, ask.body)


def _require(server: Server, ask: Ask) -> bytes:
    status, _, body = _ask(server, ask)
    if status != 200:
        raise BenchError(f"{server.name} answers {status} to {ask.path}: {body!r}")
    return body


def _same_item(ours: Any, theirs: Any) -> bool:
    plain = (
        "slug",
        "name",
        "aliases",
        "summary",
        "sections",
        "avoid_when",
        "positions",
    )
    topics = [one["slug"] for one in theirs["topics"]]
    return set(topics) == set(ours["topics"]) and all(
        ours[name] == theirs[name] for name in plain
    )


def _same_slugs(ours: Any, theirs: Any) -> bool:
    return [one["slug"] for one in ours["items"]] == [one["slug"] for one in theirs]


def _both_found(ours: Any, theirs: Any) -> bool:
    """Accept any hits: one ranks and knows forms of words, the other finds letters."""
    return len(ours["items"]) <= PAGE and len(theirs) <= PAGE


def _same_advice(ours: Any, theirs: Any) -> bool:
    return bool(ours == theirs)
