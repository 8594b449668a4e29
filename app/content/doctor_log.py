"""Checks the log by itself: numbers, checksums, hashes, tombstones and documents."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pydantic import ValidationError

from app.content.doctor_report import Problem
from app.content.log import FORMAT
from app.fields import Kind
from app.library.bundle import ENTRY_TYPES, Identity
from app.library.canonical import canonical_json, sha256
from app.library.faults import read_faults
from app.queries.doctor import LoggedRelease, LoggedRevision


@dataclass(frozen=True)
class Log:
    """Every release by number, and every revision by release, kind and slug."""

    releases: list[LoggedRelease]
    revisions: list[LoggedRevision]

    @cached_property
    def present(self) -> int:
        """The number of the newest release; 0 if there is none."""
        return max((one.number for one in self.releases), default=0)

    @cached_property
    def revised(self) -> Mapping[int, list[LoggedRevision]]:
        """The revisions of each release."""
        found: dict[int, list[LoggedRevision]] = defaultdict(list)
        for one in self.revisions:
            found[one.release].append(one)
        return found


@dataclass(frozen=True, slots=True)
class Life:
    """Since which release an item stands without a break, and its last revision."""

    since: int
    last: int


def trace_lives(log: Log) -> dict[Identity, Life]:
    """Return every item that stands in the present release of a sound log."""
    lives: dict[Identity, Life] = {}
    for one in log.revisions:
        identity = Kind(one.kind), one.slug
        if one.document is None:
            lives.pop(identity, None)
        else:
            known = lives.get(identity)
            lives[identity] = Life(known.since if known else one.release, one.release)
    return lives


def check_releases(log: Log) -> Iterator[Problem]:
    """Yield numbers that are missing, and revisions of what is no release."""
    numbers = {one.number for one in log.releases}
    for number in range(1, log.present):
        if number not in numbers:
            detail = f"It is missing, and release {log.present} is there."
            yield Problem(place=f"release {number}", detail=detail)
    for number in sorted(numbers):
        if number < 1:
            yield Problem(place=f"release {number}", detail="Numbers begin with 1.")
    for number, revisions in log.revised.items():
        if number not in numbers:
            detail = f"It is missing, and its revisions ({len(revisions)}) are there."
            yield Problem(place=f"release {number}", detail=detail)


def check_checksums(log: Log) -> Iterator[Problem]:
    """Yield releases whose checksum is not that of the one before and their own."""
    previous = ""
    for one in log.releases:
        own = log.revised.get(one.number, ())
        expected = chain(previous, own)
        if one.checksum != expected:
            detail = (
                f"Its revisions ({len(own)}) and the release before give the checksum "
                f"{expected}, and {one.checksum} is there."
            )
            yield Problem(place=f"release {one.number}", detail=detail)
        previous = one.checksum


def chain(previous: str, revisions: list[LoggedRevision] | tuple[()]) -> str:
    """Return the checksum of a release, which vouches for all before it."""
    lines = sorted(f"{one.kind}/{one.slug}/{one.hash}" for one in revisions)
    return sha256(canonical_json([previous, lines]))


def check_hashes(log: Log) -> Iterator[Problem]:
    """Yield revisions whose document is not the one that was hashed."""
    for one in log.revisions:
        expected = "" if one.document is None else sha256(one.document)
        if one.hash != expected:
            what = "A tombstone has no hash" if not expected else f"It is {expected}"
            detail = f"{what}, and {one.hash or 'none'} is there."
            yield Problem(place=_place(one), detail=detail)


def check_tombstones(log: Log) -> Iterator[Problem]:
    """Yield tombstones of what did not stand."""
    standing: set[tuple[str, str]] = set()
    for one in log.revisions:
        identity = one.kind, one.slug
        if one.document is not None:
            standing.add(identity)
        elif identity in standing:
            standing.remove(identity)
        else:
            detail = "It was removed, and did not stand before."
            yield Problem(place=_place(one), detail=detail)


def check_documents(log: Log) -> Iterator[Problem]:
    """Yield documents that cannot be read, and releases without their library."""
    for one in log.revisions:
        for detail in _read(one):
            yield Problem(place=_place(one), detail=detail)
    libraries = Counter[str]()
    for release in log.releases:
        for one in log.revised.get(release.number, ()):
            if one.kind == Kind.LIBRARY:
                libraries[one.slug] = int(one.document is not None)
        if (count := libraries.total()) != 1:
            detail = f"It has {count} library entries, not one."
            yield Problem(place=f"release {release.number}", detail=detail)


def _read(revision: LoggedRevision) -> Iterator[str]:
    """Yield what keeps a document from being read."""
    if revision.kind not in list(Kind):
        yield f"There is no kind {revision.kind}."
        return
    if revision.format != FORMAT:
        yield f"Only format {FORMAT} can be read, and {revision.format} is there."
        return
    if revision.document is None:
        return
    model = ENTRY_TYPES[Kind(revision.kind)]
    try:
        entry = model.model_validate_json(revision.document, strict=True)
    except ValidationError as error:
        for fault in read_faults(error.errors(), model, hide_sent=False):
            yield f"{fault.pointer or '/'}: {fault.detail}"
        return
    if entry.slug != revision.slug:
        yield f"Its document has the slug {entry.slug}."


def _place(revision: LoggedRevision) -> str:
    return f"{revision.kind}/{revision.slug} of release {revision.release}"
