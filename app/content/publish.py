"""Publishes a bundle: prepared outside, committed whole in one short transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from app.content.log import FORMAT, read_bundle, write_document
from app.content.projection import ProjectedItem, project
from app.content.quality import Quality
from app.database import read_session, write_session
from app.errors import StaleReleaseError
from app.fields import Significance
from app.library.bundle import Bundle, Identity
from app.library.canonical import canonical_json, sha256
from app.queries.projection import load_hashes, remove_item
from app.queries.releases import find_release, load_documents
from app.tables import Release, Revision


@dataclass(frozen=True, slots=True)
class Published:
    """The release that stands now, and the items that it changed."""

    number: int
    changed: tuple[Identity, ...]
    removed: tuple[Identity, ...]

    @property
    def is_new(self) -> bool:
        return bool(self.changed or self.removed)


@dataclass(frozen=True)
class _Base:
    """What a release is prepared against; number 0 is the empty database."""

    number: int
    checksum: str
    hashes: Mapping[Identity, str]
    rendered: Mapping[Identity, str]


@dataclass(frozen=True)
class _Prepared:
    """What is ready to be committed: a release, or only rows that are made anew."""

    release: Release | None
    revisions: Sequence[Revision]
    stale: Sequence[Identity]
    fresh: Sequence[ProjectedItem]


def publish(  # noqa: PLR0913 - most of them say what the release is
    engine: Engine,
    bundle: Bundle,
    *,
    at: datetime,
    note: str = "",
    significance: Significance = Significance.CLINICAL,
    by: str | None = None,
    quality: Quality | None = None,
    against: int | None = None,
) -> Published:
    """Publish a bundle that has passed every check; the same content makes no release.

    `by` is the name of the API key, none from a shell. `quality` is what the check
    found, so that it need not be judged twice. `against` is the release that the change
    was made against, the present one if none is named.

    Raises `StaleReleaseError` if somebody else published since then.
    """
    base = _read_base(engine)
    if against is not None and base.number != against:
        raise StaleReleaseError(prepared_against=against, present=base.number)
    revisions = _list_revisions(base, bundle)
    if not revisions:
        refresh(engine)
        return Published(base.number, (), ())
    number = base.number + 1
    published = Published(
        number,
        tuple((one.kind, one.slug) for one in revisions if one.document is not None),
        tuple((one.kind, one.slug) for one in revisions if one.document is None),
    )
    release = Release(
        number=number,
        created_at=at,
        key_name=by,
        note=note,
        significance=significance,
        checksum=_chain(base.checksum, revisions),
    )
    stale, fresh = _project_anew(base, bundle, release=number, quality=quality)
    _commit(engine, base, _Prepared(release, revisions, stale, fresh))
    return published


def refresh(engine: Engine) -> bool:
    """Make the projection anew from the log where the renderer has changed.

    Says whether anything was made anew; makes no release.
    """
    base = _read_base(engine)
    if base.number == 0:
        return False
    with read_session(engine) as session:
        bundle = read_bundle(load_documents(session, release=base.number))
    stale, fresh = _project_anew(base, bundle, release=base.number)
    if not stale and not fresh:
        return False
    try:
        _commit(engine, base, _Prepared(None, (), stale, fresh))
    except StaleReleaseError:
        # Whoever published meanwhile has made it anew.
        return False
    return True


def _list_revisions(base: _Base, bundle: Bundle) -> list[Revision]:
    """Return what differs from the base: changed documents, then tombstones."""
    documents = {(kind, entry.slug): write_document(entry) for kind, entry in bundle}
    hashes = {identity: sha256(document) for identity, document in documents.items()}
    changed = [one for one in hashes if base.hashes.get(one) != hashes[one]]
    removed = base.hashes.keys() - hashes.keys()
    return [
        Revision(
            kind=kind,
            slug=slug,
            release=base.number + 1,
            format=FORMAT,
            document=documents.get((kind, slug)),
            hash=hashes.get((kind, slug), ""),
        )
        for kind, slug in (*sorted(changed), *sorted(removed))
    ]


def _project_anew(
    base: _Base, bundle: Bundle, *, release: int, quality: Quality | None = None
) -> tuple[list[Identity], list[ProjectedItem]]:
    """Return the items that are gone and those to write, in place of what stands."""
    projected = {
        (item.kind, item.row.slug): item
        for item in project(bundle, release=release, quality=quality)
    }
    fresh = [
        item
        for identity, item in projected.items()
        if base.rendered.get(identity) != item.row.hash
    ]
    stale = [identity for identity in base.rendered if identity not in projected]
    return sorted(stale), fresh


def differs(engine: Engine, bundle: Bundle) -> bool:
    """Say whether publishing the bundle would make a release."""
    return bool(_list_revisions(_read_base(engine), bundle))


def _chain(previous: str, revisions: Iterable[Revision]) -> str:
    """Return the checksum of a release, which vouches for all before it."""
    lines = sorted(f"{one.kind.value}/{one.slug}/{one.hash}" for one in revisions)
    return sha256(canonical_json([previous, lines]))


def _read_base(engine: Engine) -> _Base:
    with read_session(engine) as session:
        release = find_release(session)
        if release is None:
            return _Base(0, "", {}, {})
        logged = load_documents(session, release=release.number)
        hashes = {(one.kind, one.slug): one.hash for one in logged}
        rendered = load_hashes(session)
        return _Base(release.number, release.checksum, hashes, rendered)


def _commit(engine: Engine, base: _Base, prepared: _Prepared) -> None:
    with write_session(engine) as session:
        present = find_release(session)
        number = present.number if present else 0
        if number != base.number:
            raise StaleReleaseError(prepared_against=base.number, present=number)
        if prepared.release is not None:
            session.add(prepared.release)
            session.flush()
        session.add_all(prepared.revisions)
        # Not only what the base had: another refresh may have written some since.
        written = [(item.kind, item.row.slug) for item in prepared.fresh]
        for kind, slug in {*prepared.stale, *written}:
            remove_item(session, kind, slug)
        session.flush()
        session.add_all(item.row for item in prepared.fresh)
        session.flush()
        session.add_all(row for item in prepared.fresh for row in item.beside)
