"""The guide: one topic of one release, compiled for the engine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.engine.named_conditions import resolve
from app.engine.rules import GuideRule
from app.engine.screens import Screen, build_screens
from app.fields import Kind
from app.library.about import LibraryEntry, Region
from app.library.bundle import Bundle, ancestors
from app.library.canonical import canonical_json, sha256
from app.library.entry import Caution, Clue, Entry, mentions
from app.library.failure_causes import FailureCauseEntry
from app.library.rule_lists import ListedRule, list_rules
from app.library.sources import GuidelineEntry
from app.library.topics import TopicEntry
from app.library.treatments import TreatmentEntry
from app.library.vocabulary import Vocabulary
from app.library.warning_signs import WarningSignEntry

Rules = tuple[GuideRule, ...]
_SHOWN_IN_ORDER = ("what_to_do", "how_to_check", "questions_to_ask", "crisis_lines")


@dataclass(frozen=True)
class GuideSign:
    """A warning sign that holds for the topic."""

    entry: WarningSignEntry
    rules: Rules


@dataclass(frozen=True)
class GuideCause:
    """A failure cause of the topic."""

    entry: FailureCauseEntry
    clues_for: Rules
    clues_against: Rules


@dataclass(frozen=True)
class GuideOption:
    """An option with the guards of its treatment and of all that it is part of."""

    treatment: TreatmentEntry
    lineage: tuple[TreatmentEntry, ...]
    lineage_slugs: frozenset[str]
    recommend_when: Rules
    consider_when: Rules
    not_now_when: Rules
    avoid_when: Rules
    caution_when: Rules

    @property
    def slug(self) -> str:
        return self.treatment.slug


@dataclass(frozen=True)
class Guide:
    """Everything that the advice of a topic depends on; `hash` is its identity."""

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

    def region(self, slug: str | None) -> Region | None:
        """Return the region with this slug, or none if it is not one of ours."""
        regions = {region.slug: region for region in self.library.regions}
        return regions.get(slug) if slug is not None else None

    @property
    def rules(self) -> Iterable[GuideRule]:
        """Yield every rule of the guide."""
        yield from self.out_of_scope_when
        for sign in self.signs:
            yield from sign.rules
        for cause in self.causes:
            yield from (*cause.clues_for, *cause.clues_against)
        for option in self.options:
            yield from (*option.recommend_when, *option.consider_when)
            yield from (*option.not_now_when, *option.avoid_when)
            yield from option.caution_when


def compile_guide(bundle: Bundle, topic_slug: str, *, release: int) -> Guide:
    """Compile a topic of a checked bundle. Raises `KeyError` without that topic."""
    topic = bundle.topics[topic_slug]
    compiled = _compile_rules(bundle)
    signs = [
        GuideSign(sign, _pick(compiled, Kind.WARNING_SIGNS, sign, "rules"))
        for sign in bundle.warning_signs.values()
        if not sign.topics or topic_slug in sign.topics
    ]
    causes = [
        GuideCause(
            cause,
            _pick(compiled, Kind.FAILURE_CAUSES, cause, "clues_for"),
            _pick(compiled, Kind.FAILURE_CAUSES, cause, "clues_against"),
        )
        for cause in (bundle.failure_causes[slug] for slug in topic.failure_causes)
    ]
    options = [
        _compile_option(bundle, compiled, topic, option.treatment)
        for option in topic.options
    ]
    screens = build_screens(bundle)
    return Guide(
        release=release,
        hash=_hash(bundle, topic),
        library=bundle.library,
        topic=topic,
        vocabulary=Vocabulary.of(bundle),
        guidelines=bundle.guidelines,
        screens=screens,
        screen_of={fact: screen for screen in screens for fact in screen.facts},
        out_of_scope_when=_pick(compiled, Kind.TOPICS, topic, "out_of_scope_when"),
        signs=tuple(sorted(signs, key=lambda sign: sign.entry.slug)),
        causes=tuple(sorted(causes, key=lambda cause: cause.entry.slug)),
        options=tuple(sorted(options, key=lambda option: option.slug)),
    )


Compiled = Mapping[str, Rules]


def _compile_rules(bundle: Bundle) -> Compiled:
    """Return the rules of every list, by the public id of the list."""
    compiled: dict[str, list[GuideRule]] = {}
    for kind, entry in bundle:
        for listed in list_rules(kind, entry):
            owner = listed.id.rpartition("/")[0]
            compiled.setdefault(owner, []).append(_compile_rule(listed, bundle))
    return {
        owner: tuple(sorted(rules, key=lambda rule: rule.id))
        for owner, rules in compiled.items()
    }


def _compile_rule(listed: ListedRule, bundle: Bundle) -> GuideRule:
    rule = listed.rule
    return GuideRule(
        id=listed.id,
        role=listed.role,
        when=resolve(rule.when, bundle.conditions),
        unless=rule.unless and resolve(rule.unless, bundle.conditions),
        because=rule.because,
        sources=tuple(sorted(rule.sources)),
        ask_first=isinstance(rule, Caution) and rule.ask_first,
        strong=isinstance(rule, Clue) and rule.strong,
    )


def _pick(compiled: Compiled, kind: Kind, entry: Entry, list_name: str) -> Rules:
    return compiled.get(f"{kind.value}/{entry.slug}/{list_name}", ())


def _compile_option(
    bundle: Bundle, compiled: Compiled, topic: TopicEntry, slug: str
) -> GuideOption:
    treatment = bundle.treatments[slug]
    above = [bundle.treatments[one] for one in ancestors(bundle.treatments, slug)]
    lineage = (treatment, *above)
    owner = f"{Kind.TOPICS.value}/{topic.slug}/options/{slug}"
    own_avoid = compiled.get(f"{owner}/avoid_when", ())
    return GuideOption(
        treatment=treatment,
        lineage=lineage,
        lineage_slugs=frozenset(one.slug for one in lineage),
        recommend_when=compiled.get(f"{owner}/recommend_when", ()),
        consider_when=compiled.get(f"{owner}/consider_when", ()),
        not_now_when=compiled.get(f"{owner}/not_now_when", ()),
        avoid_when=_by_id([*own_avoid, *_inherited(compiled, lineage, "avoid_when")]),
        caution_when=_by_id(_inherited(compiled, lineage, "caution_when")),
    )


def _inherited(
    compiled: Compiled, lineage: Iterable[TreatmentEntry], list_name: str
) -> list[GuideRule]:
    picked = [_pick(compiled, Kind.TREATMENTS, one, list_name) for one in lineage]
    return [rule for rules in picked for rule in rules]


def _by_id(rules: Iterable[GuideRule]) -> Rules:
    return tuple(sorted(rules, key=lambda rule: rule.id))


def _hash(bundle: Bundle, topic: TopicEntry) -> str:
    """Return the digest of all entries that the topic reaches, and the vocabulary."""
    reached: set[tuple[Kind, str]] = set()
    ahead: list[tuple[Kind, str]] = [
        (Kind.LIBRARY, bundle.library.slug),
        (Kind.TOPICS, topic.slug),
        *((Kind.WARNING_SIGNS, slug) for slug in bundle.warning_signs),
        *((Kind.FINDINGS, slug) for slug in bundle.findings),
        *((Kind.MEASURES, slug) for slug in bundle.measures),
        *((Kind.SCREENS, slug) for slug in bundle.screens),
        *((Kind.TREATMENTS, slug) for slug in bundle.treatments),
    ]
    while ahead:
        node = ahead.pop()
        if node not in reached:
            reached.add(node)
            entry = bundle.of_kind(node[0])[node[1]]
            ahead += [(kind, slug) for _, kind, slug in mentions(entry)]
    documents = [
        [kind.value, slug, bundle.of_kind(kind)[slug].model_dump(mode="json")]
        for kind, slug in sorted(reached)
    ]
    return sha256(canonical_json(_unordered(documents)))


def _unordered(data: Any, key: str = "") -> Any:
    """Return plain data in which only those lists have an order that show it."""
    if isinstance(data, dict):
        return {name: _unordered(value, name) for name, value in data.items()}
    if isinstance(data, list):
        items = [_unordered(one) for one in data]
        return items if key in _SHOWN_IN_ORDER else sorted(items, key=canonical_json)
    return data
