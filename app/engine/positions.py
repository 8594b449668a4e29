"""What guidelines say about a treatment: all of them, the region's own first."""

from collections.abc import Mapping

from app.engine.recommendation import PositionAnswer
from app.library.about import Region
from app.library.sources import GuidelineEntry
from app.library.treatments import TreatmentEntry


def describe_positions(
    treatment: TreatmentEntry,
    guidelines: Mapping[str, GuidelineEntry],
    region: Region | None,
) -> tuple[PositionAnswer, ...]:
    """Return every position; where guidelines disagree, all sides are shown."""
    own = region.jurisdictions if region else ()
    described = [
        PositionAnswer(
            guideline=position.guideline,
            name=guidelines[position.guideline].name,
            jurisdiction=guidelines[position.guideline].jurisdiction,
            year=guidelines[position.guideline].year,
            stance=position.stance,
            strength=position.strength,
            scope=position.scope,
        )
        for position in treatment.positions
    ]
    return tuple(
        sorted(
            described,
            key=lambda one: (
                one.jurisdiction not in own,
                one.guideline,
                one.scope or "",
            ),
        )
    )
