"""Searches the library: the database finds candidates, what they are worth we say."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from app.fields import Kind
from app.library.search_ranks import Tier, range_of, read_key
from app.library.words import (
    CLOSING,
    OPENING,
    Word,
    compose,
    find_stems,
    list_words,
    stem_word,
)
from app.queries.search_filters import SearchFilters
from app.queries.search_ranking import AskedWords, Found, Row, rank
from app.queries.search_vocabulary import Sense, Vocabulary, load_vocabulary
from app.queries.snapshots import Snapshot

ROWS_MAX = 50
"""So many lines with a word are looked at, in the order of the index."""
BUDGET = 130
"""So many lines with any of the words are looked at, of the rarest words first."""

GUESSES_MAX = 8
"""Of so many words that the library has not, it is looked for what they may mean."""

SNIPPET_MAX = 200
"""About so many characters of a line are shown."""

_ANYWHERE: Sequence[tuple[object, ...]] = ((),)
_WORD_ANYWHERE = """
    SELECT * FROM (
        SELECT word, tier, item, line, length FROM searchword
        WHERE word = ? ORDER BY tier, item, line LIMIT ?
    ) AS part
"""
_WORD_IN_PLACE = """
    SELECT * FROM (
        SELECT word, tier, item, line, length FROM searchword
        WHERE word = ? AND tier = ? AND item > ? AND item < ?
        ORDER BY item, line LIMIT ?
    ) AS part
"""
_ENTRY = "SELECT item, hit, lines FROM searchentry WHERE item = ?"

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
    said = list(_join(list_words(compose(words)), vocabulary))
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


def _join(words: Iterable[Word], vocabulary: Vocabulary) -> Iterator[Word]:
    """Yield two words as one where the library knows only that."""
    before: Word | None = None
    for word in words:
        if before is not None:
            both = f"{before.plain}{word.plain}"
            is_known = {before.stem, word.stem} <= vocabulary.counts.keys()
            stem = "" if is_known else stem_word(both)
            if stem in vocabulary.counts:
                yield Word(stem, both, before.start, word.end, word.is_denied)
                before = None
                continue
            yield before
        before = word
    if before is not None:
        yield before


def _list_rows(
    snapshot: Snapshot, asked: AskedWords, kind: Kind | None
) -> tuple[Sequence[Row], bool]:
    """Return where the rarest words stand, and whether that is not all."""
    chosen = _choose_rarest(asked)
    if not chosen:
        return [], False
    places = _list_places(kind)
    part = _WORD_IN_PLACE if places else _WORD_ANYWHERE
    parts = [
        (word, *place, ROWS_MAX) for word in chosen for place in places or _ANYWHERE
    ]
    statement = " UNION ALL ".join([part] * len(parts))
    found: Any = snapshot.fetch_text(statement, list(chain.from_iterable(parts)))
    rows: Sequence[Row] = found
    full = Counter(
        (word, *((tier, item[0]) if places else ())) for word, tier, item, *_ in rows
    )
    is_cut = max(full.values(), default=0) >= ROWS_MAX
    return rows, is_cut or len(chosen) < len(asked.bits)


def _choose_rarest(asked: AskedWords) -> list[str]:
    """Return the words that are looked for, the rarest first, as far as `BUDGET`."""
    counts = asked.vocabulary.counts
    chosen: list[str] = []
    left = BUDGET
    for word in sorted(asked.bits, key=lambda one: (counts[one], one)):
        if left <= 0:
            break
        chosen.append(word)
        left -= min(ROWS_MAX, counts[word])
    return chosen


def _list_places(kind: Kind | None) -> Sequence[tuple[object, ...]]:
    """Return where a kind stands among the lines; nothing if any kind may be found."""
    if kind is None:
        return ()
    # Signs are also found by the findings that they ask for.
    kinds = (kind, Kind.FINDINGS) if kind is Kind.WARNING_SIGNS else (kind,)
    return [(int(tier), *range_of(one)) for tier in Tier for one in kinds]


def _write(
    snapshot: Snapshot, asked: AskedWords, page: Sequence[Found]
) -> Iterator[str]:
    if not page:
        return
    items = list({one.item for one in page} | {one.source for one in page})
    statement = " UNION ALL ".join([_ENTRY] * len(items))
    rows = snapshot.fetch_text(statement, items)
    entries = {item: (hit, lines) for item, hit, lines in rows}
    stems = {stem for _, sense in asked.words for stem in sense.stems}
    for one in page:
        hit = entries[one.item][0]
        line = entries[one.source][1].split("\n")[one.line]
        snippet = _to_json(mark(line, stems))
        negated = "true" if one.is_denied else "false"
        yield f'{hit[:-1]},"negated":{negated},"snippet":{snippet}}}'


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
