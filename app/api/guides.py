"""The compiled guides of a release, made once and kept while it is asked for."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from sqlmodel import Session

from app.content.advice_diff import GuidedLibrary
from app.content.links import Links
from app.content.log import read_bundle
from app.content.present import Present
from app.engine.compiler import compile_guide
from app.engine.guide import Guide
from app.errors import NotFoundError
from app.library.bundle import Bundle
from app.queries.projection import load_tested
from app.queries.releases import get_release, load_documents


@dataclass
class _Edition:
    """A release as the engine needs it; guides are compiled when first asked for."""

    number: int
    bundle: Bundle
    guides: dict[str, Guide] = field(default_factory=dict)

    @cached_property
    def links(self) -> Links:
        return Links.of(self.bundle)


EDITIONS_KEPT = 4
"""Of so many releases, the last asked for, the guides are kept."""

COMPARISONS_KEPT = 32


class Guides:
    """Holds the guides of the present release, and of a few that were asked for."""

    def __init__(self) -> None:
        self._editions: OrderedDict[int, _Edition] = OrderedDict()
        self._comparisons: OrderedDict[tuple[int, int], str] = OrderedDict()
        self._lock = Lock()

    def bundle(self, session: Session, *, release: int | None = None) -> Bundle:
        """Return the library as of a release, the present one if none is named.

        Raises `NotFoundError`, `NoReleaseError`.
        """
        return self._edition(session, release).bundle

    def present(self, session: Session) -> Present:
        """Return what a change is made against. Raises `NoReleaseError`."""
        edition = self._edition(session, None)
        tested = load_tested(session)
        return Present(edition.number, edition.bundle, tested, edition.links)

    def guide(
        self, session: Session, topic: str, *, release: int | None = None
    ) -> Guide:
        """Return the guide of a topic. Raises `NotFoundError`, `NoReleaseError`."""
        edition = self._edition(session, release)
        if topic not in edition.bundle.topics:
            raise NotFoundError("topic", topic)
        if topic not in edition.guides:
            guide = compile_guide(edition.bundle, topic, release=edition.number)
            edition.guides[topic] = guide
        return edition.guides[topic]

    def guides(self, session: Session, *, release: int) -> Mapping[str, Guide]:
        """Return the guides of all topics as of a release. Raises `NotFoundError`."""
        topics = self.bundle(session, release=release).topics
        return {one: self.guide(session, one, release=release) for one in topics}

    def compare(
        self,
        session: Session,
        releases: tuple[int, int],
        write: Callable[[GuidedLibrary, GuidedLibrary], str],
    ) -> str:
        """Return what is written of two releases: written once, they never change.

        Raises `NotFoundError`, `NoReleaseError`.
        """
        for one in releases:
            _number(session, one)
        known = self._comparisons.get(releases)
        if known is not None:
            return known
        before, after = (
            (self.bundle(session, release=one), self.guides(session, release=one))
            for one in releases
        )
        text = write(before, after)
        with self._lock:
            self._comparisons[releases] = text
            while len(self._comparisons) > COMPARISONS_KEPT:
                self._comparisons.popitem(last=False)
        return text

    def _edition(self, session: Session, release: int | None) -> _Edition:
        number = _number(session, release)
        with self._lock:
            if number not in self._editions:
                documents = load_documents(session, release=number)
                self._editions[number] = _Edition(number, read_bundle(documents))
            self._editions.move_to_end(number)
            while len(self._editions) > EDITIONS_KEPT:
                self._editions.popitem(last=False)
            return self._editions[number]


def _number(session: Session, release: int | None) -> int:
    """Return the number of a release, of the present one if none is named.

    Raises `NotFoundError`, `NoReleaseError`.
    """
    present = get_release(session).number
    number = present if release is None else release
    if not 1 <= number <= present:
        raise NotFoundError("release", str(number))
    return number
