"""The shapes in which items are served: the entry, and what a reader needs with it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, field_serializer

from app.engine.recommendation import PositionAnswer
from app.fields import Kind
from app.library.about import LibraryEntry
from app.library.cases import CaseEntry
from app.library.entry import Caution, Clue, Rule
from app.library.failure_causes import FailureCauseEntry
from app.library.profile import PatientProfile, normalise
from app.library.sources import GuidelineEntry, ReferenceEntry
from app.library.topics import TopicEntry, TopicOption
from app.library.treatments import NotWith, TreatmentEntry
from app.library.vocabulary_entries import (
    ConditionEntry,
    FindingEntry,
    MeasureEntry,
    ScreenEntry,
)
from app.library.warning_signs import WarningSignEntry

Links = dict[str, str]


class LinkedOut(BaseModel):
    """An item with the addresses of what belongs to it."""

    # All of it is served, what is as by default too.
    model_config = ConfigDict(
        extra="forbid", json_schema_serialization_defaults_required=True
    )

    links: Links


class RuleOut(Rule):
    """A rule with the public id that reasons name it by."""

    id: str


class CautionOut(Caution):
    """A caution with its public id."""

    id: str


class ClueOut(Clue):
    """A clue with its public id."""

    id: str


class TreatmentOut(TreatmentEntry, LinkedOut):
    """A treatment with its parts and topics, and all that it inherits.

    `one_of` names the parents of whose parts only one is used at a time.
    """

    parts: tuple[str, ...]
    topics: tuple[str, ...]
    # What is served names the guideline and its year, not only its slug.
    positions: tuple[PositionAnswer, ...]  # type: ignore[assignment]
    avoid_when: tuple[RuleOut, ...]
    caution_when: tuple[CautionOut, ...]
    inherited_avoid_when: tuple[RuleOut, ...]
    inherited_caution_when: tuple[CautionOut, ...]
    inherited_not_with: tuple[NotWith, ...]
    one_of: tuple[str, ...]


class FailureCauseOut(FailureCauseEntry, LinkedOut):
    """A failure cause with the topics that it belongs to."""

    clues_for: tuple[ClueOut, ...]
    clues_against: tuple[ClueOut, ...]
    in_topics: tuple[str, ...]


class WarningSignOut(WarningSignEntry, LinkedOut):
    """A warning sign with the topics that it holds for; no region is filled in."""

    rules: tuple[RuleOut, ...]
    in_topics: tuple[str, ...]


class TopicOptionOut(TopicOption):
    """An option whose rules have their public ids."""

    recommend_when: tuple[RuleOut, ...]
    consider_when: tuple[RuleOut, ...]
    not_now_when: tuple[RuleOut, ...]
    avoid_when: tuple[RuleOut, ...]


class TopicOut(TopicEntry, LinkedOut):
    """A topic with the addresses of its options, causes, signs and questionnaire."""

    out_of_scope_when: tuple[RuleOut, ...]
    options: tuple[TopicOptionOut, ...]


class FindingOut(FindingEntry, LinkedOut):
    """A finding with the screen that asks it."""

    screen: str | None


class MeasureOut(MeasureEntry, LinkedOut):
    """A measure."""


class ScreenOut(ScreenEntry, LinkedOut):
    """A screen."""


class ReferenceOut(ReferenceEntry, LinkedOut):
    """A reference."""


class GuidelineOut(GuidelineEntry, LinkedOut):
    """A guideline."""


class ConditionOut(ConditionEntry, LinkedOut):
    """A named condition."""


class CaseOut(CaseEntry, LinkedOut):
    """A case; its profile can be sent as it stands."""

    @field_serializer("profile")
    def _show_profile(self, profile: PatientProfile) -> dict[str, Any]:
        return normalise(profile)


class LibraryOut(LibraryEntry, LinkedOut):
    """What the library says about itself."""


OUT_TYPES: Mapping[Kind, type[LinkedOut]] = MappingProxyType(
    {
        Kind.LIBRARY: LibraryOut,
        Kind.REFERENCES: ReferenceOut,
        Kind.GUIDELINES: GuidelineOut,
        Kind.CONDITIONS: ConditionOut,
        Kind.FINDINGS: FindingOut,
        Kind.MEASURES: MeasureOut,
        Kind.SCREENS: ScreenOut,
        Kind.TREATMENTS: TreatmentOut,
        Kind.FAILURE_CAUSES: FailureCauseOut,
        Kind.WARNING_SIGNS: WarningSignOut,
        Kind.TOPICS: TopicOut,
        Kind.CASES: CaseOut,
    }
)

CARD_FIELDS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.TREATMENTS: (
            "slug", "name", "aliases", "summary", "category", "part_of", "parts",
            "topics", "invasiveness", "setting", "reversible", "time_to_benefit",
            "duration_of_benefit", "evidence", "last_reviewed_on", "links",
        ),
        Kind.FAILURE_CAUSES: (
            "slug", "name", "aliases", "summary", "points_to", "in_topics", "sources",
            "links",
        ),
        Kind.WARNING_SIGNS: (
            "slug", "name", "aliases", "urgency", "question", "what_to_do",
            "what_to_say", "why", "in_topics", "sources", "links",
        ),
        Kind.TOPICS: (
            "slug", "name", "failed_treatment", "introduction", "sources", "links",
        ),
    }
)  # fmt: skip
"""What a list shows of the kinds with long documents; the others show everything."""


def field_names(kind: Kind) -> tuple[str, ...]:
    """Return the fields that `fields=` may name, in the order of the document."""
    return ("slug", *(f for f in OUT_TYPES[kind].model_fields if f != "slug"))
