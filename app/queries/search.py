"""Searches the library: the database finds candidates, what they are worth we say."""

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import col, select

from app.fields import Kind
from app.library.search_ranks import Tier, range_of, read_key
from app.library.words import CLOSING, OPENING, Word, compose, find_stems, list_words
from app.queries.search_filters import SearchFilters
from app.queries.search_ranking import AskedWords, Found, Row, rank
from app.queries.search_vocabulary import Sense, load_vocabulary
from app.queries.snapshots import Snapshot
from app.tables import SearchEntry, SearchWord

ROWS_MAX = 50
"""So many lines with a word are looked at, in the order of the index."""
BUDGET = 130
"""So many lines with any of the words are looked at, of the rarest words first."""

GUESSES_MAX = 8
"""Of so many words that the library has not, it is looked for what they may mean."""

SNIPPET_MAX = 200
"""About so many characters of a line are shown."""

ASKED_MAX = 80
"""So many words are looked for: SQLite joins 500 parts, and a word has up to six."""

SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 32, 48, 64, 80, 120, 200)
"""For so many words or items there are statements: to write one takes milliseconds."""

Place = tuple[int, str, str]
"""A tier, and the keys before and after the items of a kind."""

# Short names, and no list of columns: psycopg reads a long text anew each time.
_WORDS = sa.inspect(SearchWord).local_table.alias("w").c
_ALL = sa.text("*")
# Not a parameter: PostgreSQL would plan for any offset, and anew for each search.
_FROM_FIRST = sa.literal_column("0", sa.Integer)

_to_json = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class FoundHits:
    """The hits of a page as finished JSON, and how many were found at all."""

    texts: Sequence[str]
    total: int
    is_capped: bool


def search(snapshot: Snapshot, filters: SearchFilters) -> FoundHits:
    """Return a page of what the words are found in."""
    kind = Kind(filters.kind) if filters.kind else None
    asked, found, is_capped = _find(snapshot, filters.q, kind)
    page = found[filters.offset : filters.offset + filters.limit]
    texts = list(_write(snapshot, asked, page))
    return FoundHits(texts, len(found), is_capped)


def find_slugs(snapshot: Snapshot, kind: Kind, words: str) -> list[str]:
    """Return the slugs of the items of a kind that the words are found in."""
    _, found, _ = _find(snapshot, words, kind)
    return [read_key(one.item)[1] for one in found]


def _find(
    snapshot: Snapshot, words: str, kind: Kind | None
) -> tuple[AskedWords, list[Found], bool]:
    asked = _read(snapshot, words)
    rows, is_capped = _list_rows(snapshot, asked, kind)
    found = rank(asked, rows)
    if kind is not None:
        found = [one for one in found if read_key(one.item)[0] is kind]
    return asked, found, is_capped


def _read(snapshot: Snapshot, words: str) -> AskedWords:
    vocabulary = load_vocabulary(snapshot)
    said = list(vocabulary.join(list_words(compose(words))))
    # What is said twice, once denied and once not, is said.
    affirmed = {word.stem for word in said if not word.is_denied}
    known: dict[str, tuple[Word, Sense]] = {}
    guesses = 0
    for word in said:
        guesses += word.stem not in vocabulary.counts
        if word.stem in known or guesses > GUESSES_MAX:
            continue
        sense = vocabulary.find(word, is_last=word is said[-1])
        if sense:
            is_denied = word.stem not in affirmed
            known[word.stem] = word._replace(is_denied=is_denied), sense
    return AskedWords(list(known.values()), vocabulary)


def _list_rows(
    snapshot: Snapshot, asked: AskedWords, kind: Kind | None
) -> tuple[Sequence[Row], bool]:
    """Return where the rarest words stand, and whether that is not all."""
    chosen = _choose_rarest(asked)
    if not chosen:
        return [], False
    places = _list_places(kind)
    statement = select_lines(_round_up(len(chosen)), len(places))
    found: Any = snapshot.fetch(statement, _name_values(chosen, places))
    rows: Sequence[Row] = found
    common = {one for one in chosen if asked.vocabulary.counts[one] >= ROWS_MAX}
    is_cut = bool(common) and (not places or _is_full(rows, common))
    return rows, is_cut or len(chosen) < len(asked.bits)


def _choose_rarest(asked: AskedWords) -> list[str]:
    """Return the words that are looked for, the rarest first, as far as `BUDGET`."""
    counts = asked.vocabulary.counts
    chosen: list[str] = []
    left = BUDGET
    for word in sorted(asked.bits, key=lambda one: (counts[one], one)):
        if left <= 0 or len(chosen) == ASKED_MAX:
            break
        chosen.append(word)
        left -= min(ROWS_MAX, counts[word])
    return chosen


def _list_places(kind: Kind | None) -> Sequence[Place]:
    """Return where a kind stands among the lines; nothing if any kind may be found."""
    if kind is None:
        return ()
    # Signs are also found by the findings that they ask for.
    kinds = (kind, Kind.FINDINGS) if kind is Kind.WARNING_SIGNS else (kind,)
    return [(int(tier), *range_of(one)) for tier in Tier for one in kinds]


def _is_full(rows: Sequence[Row], words: Collection[str]) -> bool:
    """Say whether some place has so many lines with one of the words that more may be.

    A place is told by the tier and by what the key of an item begins with.
    """
    found = Counter(
        (word, tier, item[0]) for word, tier, item, *_ in rows if word in words
    )
    return max(found.values(), default=0) >= ROWS_MAX


@lru_cache
def select_lines(words: int, places: int) -> sa.SelectBase:
    """Return what reads the first lines with each word, in each place if there is one.

    A word that has no value is found nowhere.
    """
    parts = [
        _select_part(word, place)
        for word in range(words)
        for place in (range(places) if places else (None,))
    ]
    # What is cut may not stand in a union but under a name.
    named = (sa.select(_ALL).select_from(part.subquery()) for part in parts)
    return sa.union_all(*named)


def _select_part(word: int, place: int | None) -> sa.Select[Any]:
    tier, item, line = _WORDS.tier, _WORDS.item, _WORDS.line
    part = (
        sa.select(_WORDS.word, tier, item, line, _WORDS.length)
        .where(_WORDS.word == bindparam(f"word_{word}"))
        .limit(bindparam("rows", ROWS_MAX))
        .offset(_FROM_FIRST)
    )
    if place is None:
        return part.order_by(tier, item, line)
    return part.where(
        tier == bindparam(f"tier_{place}"),
        item > bindparam(f"after_{place}"),
        item < bindparam(f"before_{place}"),
    ).order_by(item, line)


def _name_values(words: Sequence[str], places: Sequence[Place]) -> dict[str, object]:
    """Return the values of `select_lines` by the names of its parameters."""
    values: dict[str, object] = {f"word_{n}": word for n, word in enumerate(words)}
    for n, (tier, after, before) in enumerate(places):
        values |= {f"tier_{n}": tier, f"after_{n}": after, f"before_{n}": before}
    return values


def _write(
    snapshot: Snapshot, asked: AskedWords, page: Sequence[Found]
) -> Iterator[str]:
    if not page:
        return
    items = list({one.item for one in page} | {one.source for one in page})
    named = {f"item_{n}": item for n, item in enumerate(items)}
    rows = snapshot.fetch(select_entries(_round_up(len(items))), named)
    entries = {item: (hit, lines) for item, hit, lines in rows}
    stems = {stem for _, sense in asked.words for stem in sense.stems}
    for one in page:
        hit = entries[one.item][0]
        line = entries[one.source][1].split("\n")[one.line]
        snippet = _to_json(mark(line, stems))
        negated = "true" if one.is_denied else "false"
        yield f'{hit[:-1]},"negated":{negated},"snippet":{snippet}}}'


@lru_cache
def select_entries(items: int) -> sa.SelectBase:
    """Return what reads so many items; one that has no value is not there."""
    named: list[Any] = [bindparam(f"item_{n}") for n in range(items)]
    return select(SearchEntry.item, SearchEntry.hit, SearchEntry.lines).where(
        col(SearchEntry.item).in_(named)
    )


def _round_up(count: int) -> int:
    return SIZES[bisect_left(SIZES, count)]


def mark(line: str, stems: set[str]) -> str:
    """Return a line with its words marked that have one of the stems, cut if long."""
    places = find_stems(line, stems)
    start = 0
    if len(line) > SNIPPET_MAX and places and places[0][0] > SNIPPET_MAX // 2:
        start = line.rfind(" ", 0, places[0][0] - SNIPPET_MAX // 4) + 1
    end = len(line)
    if end - start > SNIPPET_MAX:
        end = max(line.rfind(" ", start, start + SNIPPET_MAX), start)
        end = end if end > start else start + SNIPPET_MAX
    parts, at = ["…" if start else ""], start
    for first, last in places:
        if last > end:
            break
        if first >= at:
            parts += [line[at:first], OPENING, line[first:last], CLOSING]
            at = last
    parts += [line[at:end], "…" if end < len(line) else ""]
    return "".join(parts)
