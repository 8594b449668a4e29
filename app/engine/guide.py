"""The guide: one topic of one release, as the engine reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.engine.rules import GuideRule
from app.engine.screens import Screen
from app.library.about import LibraryEntry, Region
from app.library.failure_causes import FailureCauseEntry
from app.library.sources import GuidelineEntry
from app.library.topics import TopicEntry
from app.library.treatments import TreatmentEntry
from app.library.vocabulary import Vocabulary
from app.library.warning_signs import WarningSignEntry

Rules = tuple[GuideRule, ...]

GUIDES_KEPT = 32
"""Of so many guides is kept what every answer begins with."""


@dataclass(frozen=True, eq=False)
class GuideSign:
    """A warning sign that holds for the topic; `holds` are the options that wait."""

    entry: WarningSignEntry
    rules: Rules
    holds: frozenset[str]

    @property
    def slug(self) -> str:
        return self.entry.slug


@dataclass(frozen=True, eq=False)
class GuideCause:
    """A failure cause of the topic."""

    entry: FailureCauseEntry
    clues_for: Rules
    clues_against: Rules

    @property
    def slug(self) -> str:
        return self.entry.slug

    @property
    def rules(self) -> Rules:
        return (*self.clues_for, *self.clues_against)


@dataclass(frozen=True, eq=False)
class GuideOption:
    """An option with the guards of its treatment and of all that it is part of.

    `excludes` are the options of the topic that it must not be combined with.
    """

    treatment: TreatmentEntry
    lineage: tuple[TreatmentEntry, ...]
    excludes: frozenset[str]
    recommend_when: Rules
    consider_when: Rules
    not_now_when: Rules
    avoid_when: Rules
    caution_when: Rules

    @property
    def slug(self) -> str:
        return self.treatment.slug

    @property
    def rules(self) -> Rules:
        return (
            *self.recommend_when,
            *self.consider_when,
            *self.not_now_when,
            *self.avoid_when,
            *self.caution_when,
        )


Part = GuideSign | GuideCause | GuideOption


@dataclass(frozen=True, eq=False, repr=False)
class Guide:
    """Everything that the advice of a topic depends on; `hash` is its identity.

    `rules_asking` has the rules that ask for a fact, `parts_with` the parts of the
    guide that a rule decides on; `rules_for_all` are those of signs and of the scope,
    which concern every option. Signs stand in the order of urgency and slug, causes
    and options in that of slugs.
    """

    release: int
    hash: str
    library: LibraryEntry
    topic: TopicEntry
    vocabulary: Vocabulary
    guidelines: Mapping[str, GuidelineEntry]
    screens: tuple[Screen, ...]
    screen_of: Mapping[str, Screen]
    out_of_scope_when: Rules
    signs: tuple[GuideSign, ...]
    causes: tuple[GuideCause, ...]
    options: tuple[GuideOption, ...]
    rules_asking: Mapping[str, Rules]
    parts_with: Mapping[GuideRule, tuple[Part, ...]]
    rules_for_all: frozenset[GuideRule]

    def region(self, slug: str | None) -> Region | None:
        """Return the region with this slug, or none if it is not one of ours."""
        regions = {region.slug: region for region in self.library.regions}
        return regions.get(slug) if slug is not None else None

    @property
    def rules(self) -> Iterable[GuideRule]:
        """Yield every rule of the guide; what options inherit comes with each."""
        yield from self.out_of_scope_when
        for sign in self.signs:
            yield from sign.rules
        for cause in self.causes:
            yield from cause.rules
        for option in self.options:
            yield from option.rules
