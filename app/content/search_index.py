"""The rows by which an item is found: what a search shows of it, and its words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from app.content.search_lines import Line, list_lines
from app.fields import Kind
from app.library.about import fill_in
from app.library.bundle import Bundle
from app.library.canonical import canonical_json
from app.library.conditions import AllOf, AnyOf, Condition, Has, Is
from app.library.entry import Entry, name_of
from app.library.search_ranks import Tier, is_searched, key_of
from app.library.vocabulary_entries import FindingEntry
from app.library.warning_signs import WarningSignEntry
from app.library.words import SMALL_WORDS, list_stems
from app.tables import SearchEntry, WarningSignFinding

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Indexed:
    """What is found of one item, and the words that find it: there are many."""

    entry: SearchEntry
    words: tuple[Values, ...]


def index(kind: Kind, entry: Entry) -> Indexed | None:
    """Return the rows of an item, none if its kind is not searched."""
    if not is_searched(kind):
        return None
    item = key_of(kind, entry.slug, getattr(entry, "urgency", None))
    lines = list(list_lines(entry))
    row = SearchEntry(
        item=item,
        hit=canonical_json(_show(kind, entry)),
        lines="\n".join(text for _, text in lines),
    )
    return Indexed(row, tuple({**one, "item": item} for one in _list_words(lines)))


def list_named_findings(bundle: Bundle, slug: str) -> Iterator[WarningSignFinding]:
    """Yield the findings that a sign asks for, and whether one alone is enough."""
    named: dict[str, bool] = {}
    for rule in bundle.warning_signs[slug].rules:
        for finding, is_enough in _ask(bundle, rule.when, is_enough=True):
            named[finding] = named.get(finding, False) or is_enough
    for finding, is_enough in sorted(named.items()):
        yield WarningSignFinding(
            warning_sign=slug, finding=finding, is_enough=is_enough
        )


def _ask(
    bundle: Bundle, condition: Condition, *, is_enough: bool
) -> Iterator[tuple[str, bool]]:
    match condition:
        case Has(finding):
            yield finding, is_enough and not condition.qualifiers
        case AnyOf(parts):
            for part in parts:
                yield from _ask(bundle, part, is_enough=is_enough)
        case AllOf(parts):
            for part in parts:
                yield from _ask(bundle, part, is_enough=is_enough and len(parts) == 1)
        case Is(name):
            yield from _ask(bundle, bundle.conditions[name].when, is_enough=is_enough)
        case _:
            return


def _show(kind: Kind, entry: Entry) -> Values:
    shown: dict[str, Any] = {
        "kind": kind,
        "slug": entry.slug,
        "name": name_of(dict(entry)),
        "urgency": None,
        "what_to_do": [],
        "finding": None,
        "links": {"self": f"/v1/{kind.value}/{entry.slug}"},
    }
    match entry:
        case WarningSignEntry():
            shown["urgency"] = entry.urgency
            shown["what_to_do"] = [fill_in(text, None) for text in entry.what_to_do]
        case FindingEntry():
            shown["finding"] = {"slug": entry.slug, "question": entry.question}
        case _:
            pass
    return shown


def _list_words(lines: list[Line]) -> Iterator[dict[str, Any]]:
    """Yield the words of each line of names and heads; of the rest, those not yet told.

    Names also have what follows each other in them, two by two.
    """
    told: set[str] = set(SMALL_WORDS)
    for number, (tier, text) in enumerate(lines):
        stems = list_stems(text)
        words = dict.fromkeys(stems)
        place = {"tier": int(tier), "line": number, "length": len(words)}
        if tier is Tier.BODY:
            words = dict.fromkeys(one for one in stems if one not in told)
            place["length"] = 0
        elif tier is Tier.NAME:
            words |= dict.fromkeys(f"{one} {next_}" for one, next_ in pairwise(stems))
        told.update(stems)
        yield from ({"word": word, **place} for word in words)
