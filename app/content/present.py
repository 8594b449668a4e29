"""The release that a change is made against."""

from dataclasses import dataclass, field

from sqlalchemy import Engine

from app.content.cases import Tested
from app.content.links import Links
from app.content.log import read_bundle
from app.database import read_session
from app.engine.compiler import Guidebook
from app.library.bundle import Bundle
from app.queries.projection import load_tested
from app.queries.releases import find_release, load_documents


@dataclass(frozen=True, slots=True)
class Present:
    """The release that stands: 0 and no library before the first.

    `tested` are the rules that its cases reach; `links` are those of its items, and
    `guides` those of its topics, if they are known already.
    """

    number: int = 0
    bundle: Bundle | None = None
    tested: Tested = field(default_factory=dict)
    links: Links | None = None
    guides: Guidebook | None = None


def read_present(engine: Engine) -> Present:
    """Return the present release with its library."""
    with read_session(engine) as session:
        release = find_release(session)
        if release is None:
            return Present()
        documents = load_documents(session, release=release.number)
        tested = load_tested(session)
    return Present(release.number, read_bundle(documents), tested)
