"""The guide: one topic of one release, as the engine reads it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.engine.rules import GuideRule
from app.engine.screens import Screen
from app.fields import Category
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

KEPT = 16_384
"""So many judgements of each kind are kept for others who give the same answers."""


@dataclass(frozen=True, eq=False)
class GuideSign:
    """A warning sign that holds for the topic."""

    entry: WarningSignEntry
    rules: Rules

    @cached_property
    def slug(self) -> str:
        return self.entry.slug

    @cached_property
    def _held(self) -> tuple[frozenset[str | None], frozenset[Category | None]]:
        holds = self.entry.holds
        treatments = frozenset(one.treatment for one in holds)
        return treatments, frozenset(one.category for one in holds)

    def holds(self, lineage: Sequence[TreatmentEntry]) -> bool:
        """Say whether a treatment, or what it is part of, waits for the sign."""
        treatments, categories = self._held
        is_held = any(one.slug in treatments for one in lineage)
        return is_held or lineage[0].category in categories


@dataclass(frozen=True, eq=False)
class GuideCause:
    """A failure cause of the topic."""

    entry: FailureCauseEntry
    clues_for: Rules
    clues_against: Rules

    @cached_property
    def slug(self) -> str:
        return self.entry.slug

    @property
    def rules(self) -> Rules:
        return (*self.clues_for, *self.clues_against)


@dataclass(frozen=True, eq=False)
class GuideOption:
    """An option with the guards of its treatment and of all that it is part of.

    `excludes` are the options of the topic that it must not be combined with,
    `held_by` the signs that it waits for. `stoppers` are the rules, by the facts that
    they ask for, that no option is offered against: those of the scope, of pressing
    signs and of the signs that hold it.
    """

    treatment: TreatmentEntry
    lineage: tuple[TreatmentEntry, ...]
    excludes: frozenset[str]
    held_by: frozenset[GuideSign]
    stoppers: Mapping[str, Rules]
    recommend_when: Rules
    consider_when: Rules
    not_now_when: Rules
    avoid_when: Rules
    caution_when: Rules

    @cached_property
    def slug(self) -> str:
        return self.treatment.slug

    @property
    def deciding_rules(self) -> Rules:
        """Return the rules that decide where the option stands."""
        return (
            *self.recommend_when,
            *self.consider_when,
            *self.not_now_when,
            *self.avoid_when,
            *(rule for rule in self.caution_when if rule.ask_first),
        )

    @property
    def rules(self) -> Rules:
        further = (rule for rule in self.caution_when if not rule.ask_first)
        return (*self.deciding_rules, *further)


Part = GuideSign | GuideCause | GuideOption


@dataclass(frozen=True, eq=False, repr=False)
class Guide:
    """Everything that the advice of a topic depends on; `hash` is its identity.

    It is taken when a receipt is first asked for, of all that the guide was made from.

    Signs stand in the order of urgency and slug, causes and options in that of slugs.
    """

    release: int
    take_hash: Callable[[], str]
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

    @cached_property
    def hash(self) -> str:
        return self.take_hash()

    def region(self, slug: str | None) -> Region | None:
        """Return the region with this slug, or none if it is not one of ours."""
        regions = {region.slug: region for region in self.library.regions}
        return regions.get(slug) if slug is not None else None

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return (*self.signs, *self.causes, *self.options)

    @property
    def rules(self) -> Iterable[GuideRule]:
        """Yield every rule of the guide; what options inherit comes with each."""
        yield from self.out_of_scope_when
        for part in self.parts:
            yield from part.rules
