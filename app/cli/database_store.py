"""The releases in the database of the settings."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from app.cli.database import open_database
from app.cli.progress import step
from app.cli.stores import Asked, Made, choose_release
from app.content.check import Checked, check_directory, check_restored
from app.content.log import read_bundle
from app.content.present import read_present
from app.content.publish import Signature, refresh
from app.content.submit import Check, submit
from app.database import read_session
from app.library.bundle import Bundle
from app.queries.releases import find_release, load_documents


class DatabaseStore:
    """Publishes into the database itself; who may write there needs no key."""

    def load(self, release: int | None = None) -> tuple[int, Bundle]:
        with step("Reading the release"), open_database() as engine:
            return _load(engine, release)

    def publish(self, directory: Path, asked: Asked) -> Made:
        with step("Checking the content") as follow:
            checked = check_directory(directory, follow)
        with step("Publishing"), open_database() as engine:
            # It was checked already, with the lines of its files.
            return _submit(engine, checked.bundle, asked, lambda *_: checked, checked)

    def restore(self, release: int, asked: Asked) -> Made:
        with step("Restoring"), open_database() as engine:
            _, bundle = _load(engine, release)
            return _submit(engine, bundle, asked, check_restored)


def _load(engine: Engine, wanted: int | None) -> tuple[int, Bundle]:
    with read_session(engine) as session:
        present = find_release(session)
        number = choose_release(wanted, present=present.number if present else 0)
        return number, read_bundle(load_documents(session, release=number))


def _submit(
    engine: Engine,
    bundle: Bundle,
    asked: Asked,
    check: Check,
    checked: Checked | None = None,
) -> Made:
    present = read_present(engine)
    signature = Signature(datetime.now(UTC), None, asked.note, asked.significance)
    done = submit(
        engine, present, bundle, signature, check=check, is_dry_run=asked.is_trial
    )
    if done.diff.is_empty and not asked.is_trial:
        refresh(engine, checked, at=datetime.now(UTC))
    published = done.published
    return Made(
        release=published.number if published else present.number,
        is_new=published is not None and published.is_new,
        significance=done.significance,
        diff=done.diff,
        unmet=done.unmet,
    )
