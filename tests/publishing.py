"""Publishes libraries as they are: past the gate, which most tests are not about."""

from datetime import datetime

from sqlalchemy import Engine

from app.content.change import Change
from app.content.check import Checked, judge_library
from app.content.present import read_present
from app.content.publish import Published, Signature, publish_change, refresh
from app.fields import Significance
from app.library.bundle import Bundle


def publish(  # noqa: PLR0913 - most of them say what the release is
    engine: Engine,
    bundle: Bundle,
    *,
    at: datetime,
    note: str = "",
    significance: Significance = Significance.CLINICAL,
    by: str | None = None,
    checked: Checked | None = None,
) -> Published:
    """Publish a library whose entries fit each other; the same makes no release."""
    present = read_present(engine)
    change = Change.of(present.bundle, bundle)
    if not change.items:
        refresh(engine)
        return Published(present.number, (), ())
    return publish_change(
        engine,
        present,
        change,
        checked or judge_library(bundle),
        Signature(at, by, note, significance),
    )
