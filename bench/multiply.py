"""The shipped library with its topic so many times over.

93 treatments each, with its causes, and the fewest of its cases that reach every rule.
Vocabulary, signs and sources are shared.
"""

import json
import re
from collections.abc import Container, Iterator, Mapping

from app.content.cases import run_cases
from app.content.files import parse_entry
from app.fields import Kind
from app.library.bundle import Bundle, Identity
from app.library.canonical import canonical_json
from app.library.entry import Entry
from tests.factories import TOPIC


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
