"""What the server has that is fuzzed: no schema can say which slugs there are."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.request import urlopen
from zlib import crc32

Json = dict[str, Any]


@dataclass
class ServedLibrary:
    """The present release: its number is in every answer, its entries are read anew.

    All choices follow from what was generated, so that a run repeats itself.
    """

    address: str
    _present: int = field(default=0, init=False)
    _read: int = field(default=0, init=False)
    _entries: dict[str, list[Json]] = field(default_factory=dict, init=False)

    @property
    def number(self) -> int:
        """The number of the present release, as far as any answer told."""
        if not self._present:
            self.entries("library")
        return self._present

    def entries(self, kind: str) -> list[Json]:
        """Return the entries of a kind."""
        if not self._read or self._read < self._present:
            # The address is that of a server of the tests.
            with urlopen(f"{self.address}/v1/bundle", timeout=30) as answer:  # noqa: S310
                bundle = json.load(answer)
            self._read = self._present = bundle["release"]
            self._entries = bundle["entries"]
        return self._entries.get(kind, [])

    def slugs(self, kind: str) -> list[str]:
        """Return the slugs of a kind."""
        return [entry["slug"] for entry in self.entries(kind)]

    def pick(self, kind: str, generated: object) -> str:
        """Return a slug of a kind; what was generated if there is none."""
        slugs = self.slugs(kind)
        return slugs[draw(generated, len(slugs))] if slugs else str(generated)

    def hear(self, release: str) -> None:
        """Take note of the release that an answer names."""
        self._present = max(self._present, int(release))


def draw(generated: object, below: int) -> int:
    """Return a number that follows from what was generated."""
    return crc32(repr(generated).encode(errors="replace")) % below
