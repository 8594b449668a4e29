"""What an editor proposes, put in place of what a library has."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.fields import Kind
from app.library.bundle import Bundle, Identity
from app.library.entry import Entry


class Mode(StrEnum):
    """Whether a proposal is the whole library, or is put into the one that is there."""

    REPLACE = "replace"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Entries to have by kind and slug, and of a merge those to remove."""

    mode: Mode
    entries: Mapping[Kind, Mapping[str, Entry]]
    removed: frozenset[Identity] = frozenset()

    def apply(self, base: Bundle | None) -> Bundle:
        """Return the library as it would be; without a base there must be its entry."""
        if base is None or self.mode is Mode.REPLACE:
            return Bundle.of(self.entries)
        gone: dict[Identity, Entry | None] = dict.fromkeys(self.removed)
        return base.put(
            gone
            | {
                (kind, slug): entry
                for kind, entries in self.entries.items()
                for slug, entry in entries.items()
            }
        )
