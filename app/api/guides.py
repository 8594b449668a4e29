"""The compiled guides of the present release, made once and kept while it stands."""

from dataclasses import dataclass, field
from threading import Lock

from sqlmodel import Session

from app.content.log import read_bundle
from app.engine.guide import Guide, compile_guide
from app.errors import NotFoundError
from app.library.bundle import Bundle
from app.queries.releases import get_release, load_documents


@dataclass
class _Edition:
    """A release as the engine needs it; guides are compiled when first asked for."""

    number: int
    bundle: Bundle
    guides: dict[str, Guide] = field(default_factory=dict)


class Guides:
    """Holds one release at a time; asking with a session that sees another swaps it."""

    def __init__(self) -> None:
        self._edition: _Edition | None = None
        self._lock = Lock()

    def bundle(self, session: Session) -> Bundle:
        """Return the present library. Raises `NoReleaseError`."""
        return self._present(session).bundle

    def guide(self, session: Session, topic: str) -> Guide:
        """Return the guide of a topic. Raises `NotFoundError`, `NoReleaseError`."""
        edition = self._present(session)
        if topic not in edition.bundle.topics:
            raise NotFoundError("topic", topic)
        if topic not in edition.guides:
            guide = compile_guide(edition.bundle, topic, release=edition.number)
            edition.guides[topic] = guide
        return edition.guides[topic]

    def _present(self, session: Session) -> _Edition:
        number = get_release(session).number
        edition = self._edition
        if edition is not None and edition.number == number:
            return edition
        with self._lock:
            # Another request may have read it while this one waited.
            if self._edition is not None and self._edition.number == number:
                return self._edition
            documents = load_documents(session, release=number)
            edition = _Edition(number, read_bundle(documents))
            if self._edition is None or self._edition.number < number:
                self._edition = edition
            return edition
