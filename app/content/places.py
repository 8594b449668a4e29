"""Where each entry of a bundle was written, so that problems can name the line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.content.yaml_reader import YamlDocument
from app.errors import ContentProblem, Fault, WhatnextError
from app.fields import Kind
from app.library.bundle import Identity


@dataclass(frozen=True, slots=True, order=True)
class EntryFault:
    """A mistake in an entry, wherever that entry was written."""

    kind: Kind
    slug: str
    pointer: str
    detail: str


class FaultyLibraryError(WhatnextError):
    """A library whose entries have mistakes, all of them at once, in order."""

    def __init__(self, faults: Sequence[EntryFault]) -> None:
        super().__init__(f"{len(faults)} mistakes in the library.")
        self.faults = tuple(sorted(faults))


@dataclass(frozen=True)
class Place:
    """The file of an entry, and the pointer at which the entry begins in it."""

    file: str
    document: YamlDocument
    base: str = ""

    def problem(self, fault: Fault) -> ContentProblem:
        """Name the file, the line and the pointer inside the file."""
        pointer = self.base + fault.pointer
        line = self.document.line_of(pointer)
        return ContentProblem(self.file, line, pointer, fault.detail)


@dataclass(frozen=True)
class Places:
    """The place of every entry that was read."""

    known: Mapping[Identity, Place] = field(default_factory=dict)

    def problems(self, faults: Iterable[EntryFault]) -> list[ContentProblem]:
        """Turn faults of entries into problems of files."""
        return [
            self.known[fault.kind, fault.slug].problem(
                Fault(fault.pointer, fault.detail)
            )
            for fault in faults
        ]
