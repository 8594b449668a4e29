"""A library with a past: five releases, in which items come, go and come back."""

from datetime import timedelta

from sqlalchemy import Engine

from app.fields import Kind, Significance
from tests.factories import Data, make_bundle, make_finding, make_treatment
from tests.publishing import PUBLISHED_AT, publish

RELEASES = "/v1/releases"
YOGA = f"/v1/{Kind.TREATMENTS.value}/yoga"
CLINICAL, EDITORIAL, SAFETY = (
    Significance.CLINICAL,
    Significance.EDITORIAL,
    Significance.SAFETY,
)
PAST: tuple[tuple[Significance, dict[Kind, list[Data]]], ...] = (
    (CLINICAL, {}),
    (
        EDITORIAL,
        {
            Kind.TREATMENTS: [make_treatment("yoga", summary="One.")],
            Kind.FINDINGS: [make_finding("chills")],
        },
    ),
    (CLINICAL, {Kind.TREATMENTS: [make_treatment("yoga", summary="Two.")]}),
    (SAFETY, {Kind.TREATMENTS: [make_treatment(summary="Walk more.")]}),
    (CLINICAL, {Kind.TREATMENTS: [make_treatment("yoga", summary="Two.")]}),
)
"""What each release has besides the small library of the factories.

Yoga comes, changes, goes and comes back as it was; chills come and go; walking
changes and changes back.
"""
NAMES = (None, "Anna", "Nightly publisher", "Anna", None)
"""The name of the key that published each release; none from a shell."""


def publish_past(engine: Engine) -> None:
    for day, ((significance, own), name) in enumerate(zip(PAST, NAMES, strict=True)):
        publish(
            engine,
            make_bundle(own),
            at=PUBLISHED_AT + timedelta(days=day),
            note=f"Note {day + 1}.",
            significance=significance,
            by=name,
        )
