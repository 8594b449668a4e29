"""The identity of a guide: the digest of all that its advice depends on."""

from collections.abc import Collection, Iterable
from typing import Any

from app.fields import Kind
from app.library.bundle import Bundle, Identity
from app.library.canonical import canonical_json, sha256
from app.library.entry import Entry, mentions
from app.library.topics import TopicEntry
from app.library.vocabulary import Vocabulary

_OF_LIBRARY = {"disclaimer", "regions"}
"""What advice has of the library itself: not who wrote it, nor how it is searched."""

_SHOWN_IN_ORDER = ("what_to_do", "how_to_check", "questions_to_ask", "crisis_lines")


Read = dict[Identity, tuple[Entry, str, Collection[Identity]]]
"""Entries with the digest of each, and what it names."""


class GuideHashes:
    """Hashes guides of one library; an entry that several reach is read once.

    So is one that other editions of the library have as well: `known` is what was
    read of any, and is added to.
    """

    def __init__(self, bundle: Bundle, vocabulary: Vocabulary, known: Read) -> None:
        self._bundle = bundle
        self._vocabulary = vocabulary
        self._known = known
        self._everywhere: tuple[Identity, ...] = (
            (Kind.LIBRARY, bundle.library.slug),
            *((Kind.WARNING_SIGNS, slug) for slug in bundle.warning_signs),
            *((Kind.FINDINGS, slug) for slug in bundle.findings),
            *((Kind.MEASURES, slug) for slug in bundle.measures),
            *((Kind.SCREENS, slug) for slug in bundle.screens),
        )

    def hash(self, topic: TopicEntry) -> str:
        """Return the digest of what a topic reaches, and of the words of profiles.

        Whoever has tried a part of a treatment has tried the treatment.
        """
        reached: dict[Identity, str] = {}
        ahead: list[Identity] = [(Kind.TOPICS, topic.slug), *self._everywhere]
        while ahead:
            node = ahead.pop()
            if node not in reached:
                reached[node], beyond = self._read(node)
                ahead += beyond
        lines = [
            [kind.value, slug, reached[kind, slug]] for kind, slug in sorted(reached)
        ]
        return sha256(canonical_json(lines))

    def _read(self, node: Identity) -> tuple[str, Iterable[Identity]]:
        """Return the digest of an entry, and what it leads to."""
        kind, slug = node
        entry = self._bundle.of_kind(kind)[slug]
        if node not in self._known or self._known[node][0] is not entry:
            advising = _OF_LIBRARY if kind is Kind.LIBRARY else None
            data = entry.model_dump(mode="json", include=advising)
            document = _unordered(data)
            names = {(named, one) for _, named, one in mentions(entry)}
            self._known[node] = entry, sha256(canonical_json(document)), names
        _, digest, named = self._known[node]
        parts = self._vocabulary.parts[slug] if kind is Kind.TREATMENTS else ()
        return digest, [*named, *((kind, part) for part in parts)]


def _unordered(data: Any, key: str = "") -> Any:
    """Return plain data in which only those lists have an order that show it."""
    if isinstance(data, dict):
        return {name: _unordered(value, name) for name, value in data.items()}
    if isinstance(data, list):
        items = [_unordered(one) for one in data]
        return items if key in _SHOWN_IN_ORDER else sorted(items, key=canonical_json)
    return data
