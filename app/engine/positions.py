"""What guidelines say about a treatment: all of them, the region's own first."""

from collections.abc import Mapping
from functools import lru_cache

from app.engine.editions import of_one_edition
from app.engine.guide import GUIDES_KEPT, Guide
from app.engine.recommendation import PositionAnswer
from app.library.about import Region
from app.library.sources import GuidelineEntry
from app.library.treatments import TreatmentEntry

Positions = tuple[PositionAnswer, ...]


@of_one_edition
@lru_cache(maxsize=GUIDES_KEPT)
def positions_in(guide: Guide, region: str | None) -> Mapping[str, Positions]:
    """Return what guidelines say about each option, as it is shown in a region."""
    where = guide.region(region)
    return {
        option.slug: describe_positions(option.treatment, guide.guidelines, where)
        for option in guide.options
    }


def describe_positions(
    treatment: TreatmentEntry,
    guidelines: Mapping[str, GuidelineEntry],
    region: Region | None,
) -> Positions:
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
