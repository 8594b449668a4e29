"""What is asked of a server for minutes: every kind of read, in a fixed mixture."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from random import Random
from typing import Any

from bench.traffic import NEVER_AGAIN, Ask, Author

PROFILES = 5_000
COMPARED = 3
PAIRS = 400


@dataclass(frozen=True)
class Kind:
    """Requests of one kind, and how many of a hundred are of it.

    `conditional` ones say what they had before: nothing comes back if that stands.
    """

    name: str
    share: int
    asks: Sequence[Ask]
    is_conditional: bool = False

    @property
    def statuses(self) -> tuple[int, ...]:
        """The statuses that are no error."""
        return (200, 304) if self.is_conditional else (200,)


def list_kinds(author: Author, form: Mapping[str, Any]) -> list[Kind]:
    """Return all kinds; their shares come to a hundred."""
    items, lists = author.write_items(), author.write_lists(40, paged=False)
    profiles = list(author.write_profiles(form, PROFILES))
    slugs = [one["slug"] for one in author.treatments]
    pairs = [author.random.sample(slugs, COMPARED) for _ in range(PAIRS)]
    return [
        Kind("item", 26, items),
        Kind("list", 16, lists),
        Kind("conditional", 16, [*lists, *items[:40]], is_conditional=True),
        Kind("list, never seen", 10, author.write_lists(NEVER_AGAIN, paged=True)),
        Kind("search, never seen", 10, author.write_searches(NEVER_AGAIN)),
        Kind("recommendation", 7, profiles),
        Kind("comparison", 4, [_compare(pair) for pair in pairs]),
        Kind("comparison for a person", 1, list(_compare_for(pairs, profiles))),
        Kind("quotes", 4, list(_quote(author))),
        Kind("revisions", 3, [_revisions(slug) for slug in slugs]),
        Kind("changes", 1, [Ask("/v1/changes?since=1&limit=20")]),
        Kind("operations", 2, [Ask("/readyz"), Ask("/v1/meta"), Ask("/healthz")]),
    ]


def mix(kinds: Sequence[Kind], random: Random) -> Iterator[tuple[Kind, Ask]]:
    """Yield requests without an end: of each kind its share in every hundred."""
    deck = [kind for kind in kinds for _ in range(kind.share)]
    supplies = {kind.name: cycle(kind.asks) for kind in kinds}
    while True:
        random.shuffle(deck)
        for kind in deck:
            yield kind, next(supplies[kind.name])


def _compare(slugs: Sequence[str]) -> Ask:
    return Ask(f"/v1/compare?treatments={','.join(slugs)}")


def _compare_for(
    pairs: Sequence[Sequence[str]], profiles: Sequence[Ask]
) -> Iterator[Ask]:
    """Yield the same, for people."""
    for slugs, one in zip(pairs, profiles, strict=False):
        asked = json.loads(one.body or b"{}")
        yield _post("/v1/compare", {**asked, "treatments": slugs})


def _quote(author: Author) -> Iterator[Ask]:
    """Yield what bots say: texts of the library as they are, and altered."""
    texts = [json.loads(one["card"])["summary"] for one in author.treatments]
    for number, text in enumerate(texts):
        said = text.replace(" may ", " will ") if number % 2 else text
        yield _post("/v1/quotes/verify", {"text": f"{said} {texts[number - 1]}"})


def _revisions(slug: str) -> Ask:
    return Ask(f"/v1/treatments/{slug}/revisions")


def _post(path: str, body: Mapping[str, Any]) -> Ask:
    return Ask(path, {}, json.dumps(body).encode())
