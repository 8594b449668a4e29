"""The compiled guides of a release, made once and kept while it is asked for."""

from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from threading import Lock

from sqlmodel import Session

from app.content.advice_diff import GuidedLibrary
from app.content.cases import Tested
from app.content.links import Links
from app.content.log import read_bundle, read_revised
from app.content.present import Present
from app.engine.compiler import Guidebook
from app.engine.editions import forget_editions
from app.engine.guide import Guide
from app.errors import NotFoundError
from app.garbage import keep_for_good
from app.library.bundle import Bundle
from app.queries.projection import load_tested
from app.queries.releases import get_release, load_documents, load_revised
from app.quotes.book import QuoteBook, build_book
from app.quotes.drug_words import list_drug_words
from app.quotes.passages import list_bundle_passages


class _Edition:
    """A release as the engine needs it, and as a change of it needs it."""

    def __init__(
        self, number: int, bundle: Bundle, beside: "_Edition | None" = None
    ) -> None:
        self.number = number
        self.bundle = bundle
        guides = beside.guides if beside else None
        self.guides: Guidebook = Guidebook(bundle, release=number, beside=guides)
        self._tested: Tested | None = None

    @cached_property
    def links(self) -> Links:
        return Links.of(self.bundle)

    @cached_property
    def quotes(self) -> QuoteBook:
        return build_book(
            list_bundle_passages(self.bundle),
            regions=self.bundle.library.regions,
            drugs=list_drug_words(self.bundle),
        )

    def tested(self, session: Session) -> Tested:
        """Return the rules that each case reaches, of the present release."""
        if self._tested is None:
            self._tested = load_tested(session)
        return self._tested

    def revise(self, session: Session, number: int) -> "_Edition":
        """Return a later release: what has not changed since is shared with it."""
        revised = load_revised(session, since=self.number, release=number)
        entries = read_revised(revised)
        later = _Edition(number, self.bundle.put(entries), self)
        if self._tested is not None:
            anew = load_tested(session, since=self.number)
            later._tested = {**self._tested, **anew}
        if "links" in vars(self):
            later.links = self.links.put(entries)
        return later


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
        return Present(
            edition.number,
            edition.bundle,
            edition.tested(session),
            edition.links,
            edition.guides,
        )

    def guide(
        self, session: Session, topic: str, *, release: int | None = None
    ) -> Guide:
        """Return the guide of a topic. Raises `NotFoundError`, `NoReleaseError`."""
        edition = self._edition(session, release)
        if topic not in edition.bundle.topics:
            raise NotFoundError("topic", topic)
        return edition.guides[topic]

    def quotes(self, session: Session) -> tuple[int, QuoteBook]:
        """Return the present release and its sentences. Raises `NoReleaseError`."""
        edition = self._edition(session, None)
        return edition.number, edition.quotes

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
            (edition.bundle, edition.guides)
            for edition in (self._edition(session, one) for one in releases)
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
                if number > max(self._editions, default=number):
                    # Else dozens of releases would have to come before these go.
                    forget_editions()
                self._editions[number] = self._load(session, number)
            self._editions.move_to_end(number)
            while len(self._editions) > EDITIONS_KEPT:
                self._editions.popitem(last=False)
            return self._editions[number]

    def _load(self, session: Session, number: int) -> _Edition:
        """Return a release that is not kept, by the last one before it if any is."""
        earlier = [one for one in self._editions if one < number]
        if earlier:
            return self._editions[max(earlier)].revise(session, number)
        documents = load_documents(session, release=number)
        edition = _Edition(number, read_bundle(documents))
        keep_for_good()
        return edition


def _number(session: Session, release: int | None) -> int:
    """Return the number of a release, of the present one if none is named.

    Raises `NotFoundError`, `NoReleaseError`.
    """
    present = get_release(session).number
    number = present if release is None else release
    if not 1 <= number <= present:
        raise NotFoundError("release", str(number))
    return number
