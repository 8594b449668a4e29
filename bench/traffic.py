"""What is asked: requests that are real, either again and again or never twice."""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from app.tables import ITEM_TABLES
from bench.profiles import tell
from tests.factories import TOPIC

PAGE = 20
ITEMS_AGAIN, LISTS_AGAIN = 200, 40
NEVER_AGAIN = 20_000
"""So many different requests there are of a kind that is never asked twice."""

TREATMENTS = "/v1/treatments"
TABLES = [table.__tablename__ for table in ITEM_TABLES.values()]
SORTS = ("name", "slug", "invasiveness", "last_reviewed_on")
COMMON = 50
"""So many words of the library count as common; half of all searches have one."""


@dataclass(frozen=True)
class Ask:
    """One request, before it is bytes."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    method: str = ""

    def encode(self, prefix: str = "") -> bytes:
        """Return what goes over the wire, the path with something before it."""
        method = self.method or ("GET" if self.body is None else "POST")
        body = self.body or b""
        headers = {"Host": "127.0.0.1", **self.headers}
        if body:
            headers["Content-Type"] = "application/json"
            headers["Content-Length"] = str(len(body))
        lines = [f"{name}: {text}" for name, text in headers.items()]
        head = "\r\n".join([f"{method} {prefix}{self.path} HTTP/1.1", *lines])
        return f"{head}\r\n\r\n".encode() + body


def _read(slug: str, card: str, document: str) -> dict[str, Any]:
    """Return what a treatment is filtered by, beside its card."""
    whole = json.loads(document)
    names = ("category", "setting", "invasiveness", "topics")
    told = {name: whole[name] for name in names}
    return {"slug": slug, "card": card, "benefit": whole["evidence"]["benefit"], **told}


class Author:
    """Writes requests about one library, the same in every run."""

    def __init__(self, database: Path) -> None:
        # A benchmark must repeat itself; nothing is secret here.
        self.random = Random(1)  # noqa: S311
        with closing(sqlite3.connect(database)) as connection:
            connection.row_factory = sqlite3.Row
            rows = connection.execute("SELECT slug, card, document FROM treatment")
            self.treatments = [_read(**row) for row in rows]
            self.entries = sum(
                connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608
                for table in TABLES
            )
        self.topics = {
            (topic, one["slug"]) for one in self.treatments for topic in one["topics"]
        }

    def write_items(self) -> list[Ask]:
        """Return every treatment, in no order."""
        slugs = sorted(one["slug"] for one in self.treatments)
        self.random.shuffle(slugs)
        return [Ask(f"{TREATMENTS}/{slug}") for slug in slugs]

    def write_lists(self, count: int, *, paged: bool) -> list[Ask]:
        """Return filtered lists with a full page each, paged and sorted or as it is."""
        totals: dict[tuple[tuple[str, Any], ...], int] = {}
        asks: dict[str, None] = {}
        # A small library may not have so many.
        for _ in range(20 * count):
            if len(asks) == count:
                break
            filters = self._choose_filters()
            key = tuple(filters.items())
            if key not in totals:
                totals[key] = self._count(filters)
            last = totals[key] - PAGE
            if last < 0:
                continue
            if paged:
                filters["sort"] = self.random.choice(("", "-")) + self.random.choice(
                    SORTS
                )
                filters["offset"] = self.random.randint(0, last)
            asks[f"{TREATMENTS}?{urlencode(filters)}"] = None
        return [Ask(path) for path in asks]

    def write_searches(self, count: int) -> list[Ask]:
        """Return searches for two words of the library, common ones in every other."""
        found: Counter[str] = Counter()
        for one in self.treatments:
            card = json.loads(one["card"])
            text = " ".join([card["name"], *card["aliases"], card["summary"]])
            found.update(re.findall(r"[a-z]{3,}", text.lower()))
        words = sorted(found)
        common = [word for word, _ in found.most_common(COMMON)]
        asks: dict[str, None] = {}
        while len(asks) < min(count, len(words) * COMMON // 2):
            first = self.random.choice(words if len(asks) % 2 else common)
            asks[f"{first} {self.random.choice(words)}"] = None
        return [Ask(f"/v1/search?{urlencode({'q': query})}") for query in asks]

    def write_profiles(self, form: Mapping[str, Any], count: int) -> Iterator[Ask]:
        """Yield requests of people who fill in the form of the shipped topic."""
        for _ in range(count):
            asked = {"topic": TOPIC, "profile": tell(form, self.random)}
            yield Ask("/v1/recommendations", {}, json.dumps(asked).encode())

    def _choose_filters(self) -> dict[str, Any]:
        """Return one to three filters that some treatment passes."""
        one = self.random.choice(self.treatments)
        topics = sorted(topic for topic, slug in self.topics if slug == one["slug"])
        known = {
            "category": one["category"],
            "setting": one["setting"],
            "benefit": one["benefit"],
            "max_invasiveness": self.random.randint(one["invasiveness"], 4),
        }
        if topics:
            known["topic"] = self.random.choice(topics)
        names = self.random.sample(sorted(known), self.random.randint(1, 3))
        return {name: known[name] for name in sorted(names)}

    def _count(self, filters: Mapping[str, Any]) -> int:
        return sum(self._passes(one, filters) for one in self.treatments)

    def _passes(self, one: Mapping[str, Any], filters: Mapping[str, Any]) -> bool:
        plain = ("category", "setting", "benefit")
        if any(one[name] != filters.get(name, one[name]) for name in plain):
            return False
        if one["invasiveness"] > filters.get("max_invasiveness", 4):
            return False
        return "topic" not in filters or (filters["topic"], one["slug"]) in self.topics
