"""Compiles one topic of a library into a guide, once per release."""

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property, partial

from app.engine.answers import Answers
from app.engine.exclusions import list_exclusions
from app.engine.facts import facts_of, finding_fact
from app.engine.guide import (
    Guide,
    GuideCause,
    GuideOption,
    GuideSign,
    Rules,
)
from app.engine.guide_hash import GuideHashes
from app.engine.named_conditions import resolve
from app.engine.rules import GuideRule
from app.engine.screens import Screen, build_screens, index_screens
from app.engine.triage import is_pressing, rank
from app.engine.verdicts import NO_FACTS, Judgement, Verdict, compile_condition
from app.fields import FindingKind, Kind
from app.library.bundle import Bundle, Identity, ancestors
from app.library.conditions import Condition, Has, walk
from app.library.entry import Caution, Clue, Entry
from app.library.rule_lists import ListedRule, Role, list_rules
from app.library.topics import TopicEntry
from app.library.treatments import TreatmentEntry
from app.library.vocabulary import Vocabulary
from app.library.vocabulary_entries import FindingEntry
from app.library.warning_signs import WarningSignEntry


def compile_guide(bundle: Bundle, topic_slug: str, *, release: int) -> Guide:
    """Compile a topic of a checked bundle. Raises `KeyError` without that topic."""
    return Guidebook(bundle, release=release)[topic_slug]


class Guidebook(Mapping[str, Guide]):
    """The guides of a checked bundle by topic, each compiled when first asked for.

    What they have in common is made once, and when it is first needed.
    """

    def __init__(self, bundle: Bundle, *, release: int) -> None:
        self._bundle = bundle
        self._release = release
        self._rules = _RuleBook(bundle)
        self._guides: dict[str, Guide] = {}

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary.of(self._bundle)

    @cached_property
    def _screens(self) -> tuple[Screen, ...]:
        return build_screens(self._bundle)

    @cached_property
    def _screen_of(self) -> Mapping[str, Screen]:
        return index_screens(self._screens, self._bundle.findings)

    @cached_property
    def _hashes(self) -> GuideHashes:
        return GuideHashes(self._bundle, self._vocabulary)

    def __getitem__(self, topic_slug: str) -> Guide:
        if topic_slug not in self._guides:
            self._guides[topic_slug] = self._compile(topic_slug)
        return self._guides[topic_slug]

    def __contains__(self, topic_slug: object) -> bool:
        return topic_slug in self._bundle.topics

    def __iter__(self) -> Iterator[str]:
        return iter(self._bundle.topics)

    def __len__(self) -> int:
        return len(self._bundle.topics)

    def _compile(self, topic_slug: str) -> Guide:
        bundle, rules = self._bundle, self._rules
        topic = bundle.topics[topic_slug]
        signs = sorted(
            (
                GuideSign(sign, rules.of_item(Kind.WARNING_SIGNS, sign, "rules"))
                for sign in bundle.warning_signs.values()
                if not sign.topics or topic_slug in sign.topics
            ),
            key=lambda sign: (rank(sign.entry.urgency), sign.slug),
        )
        causes = [
            GuideCause(
                cause,
                rules.of_item(Kind.FAILURE_CAUSES, cause, "clues_for"),
                rules.of_item(Kind.FAILURE_CAUSES, cause, "clues_against"),
            )
            for cause in (bundle.failure_causes[slug] for slug in topic.failure_causes)
        ]
        return Guide(
            release=self._release,
            take_hash=partial(self._hashes.hash, topic),
            library=bundle.library,
            topic=topic,
            vocabulary=self._vocabulary,
            guidelines=bundle.guidelines,
            screens=self._screens,
            screen_of=self._screen_of,
            out_of_scope_when=rules.of_item(Kind.TOPICS, topic, "out_of_scope_when"),
            signs=tuple(signs),
            causes=tuple(sorted(causes, key=lambda cause: cause.slug)),
            options=tuple(_compile_options(bundle, rules, topic, signs)),
        )


class _RuleBook:
    """The rules of a library by their lists, compiled when they are asked for."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._known: dict[Identity, Mapping[str, Rules]] = {}

    def of_item(self, kind: Kind, entry: Entry, list_name: str) -> Rules:
        return self.of_list(kind, entry, f"{kind.value}/{entry.slug}/{list_name}")

    def of_list(self, kind: Kind, entry: Entry, list_id: str) -> Rules:
        """Return the rules of a list with this public id in an entry, by slug."""
        if (kind, entry.slug) not in self._known:
            self._known[kind, entry.slug] = self._compile(kind, entry)
        return self._known[kind, entry.slug].get(list_id, ())

    def _compile(self, kind: Kind, entry: Entry) -> Mapping[str, Rules]:
        compiled: dict[str, list[GuideRule]] = {}
        for listed in list_rules(kind, entry):
            list_id = listed.id.rpartition("/")[0]
            rule = _compile_rule(listed, entry, self._bundle)
            compiled.setdefault(list_id, []).append(rule)
        return {list_id: _by_id(rules) for list_id, rules in compiled.items()}


def _compile_rule(listed: ListedRule, entry: Entry, bundle: Bundle) -> GuideRule:
    rule = listed.rule
    when = resolve(rule.when, bundle.conditions)
    unless = rule.unless and resolve(rule.unless, bundle.conditions)
    return GuideRule(
        id=listed.id,
        role=listed.role,
        when=when,
        unless=unless,
        because=rule.because,
        sources=tuple(sorted(rule.sources)),
        facts=facts_of(when) | (facts_of(unless) if unless else NO_FACTS),
        judge_when=compile_condition(when, unsure_is_present=listed.role is Role.SIGN),
        judge_unless=compile_condition(unless) if unless else _never,
        symptoms=_symptoms_in((when, unless), bundle.findings),
        is_pressing=isinstance(entry, WarningSignEntry) and is_pressing(entry.urgency),
        ask_first=isinstance(rule, Caution) and rule.ask_first,
        strong=isinstance(rule, Clue) and rule.strong,
    )


def _symptoms_in(
    conditions: Iterable[Condition | None], findings: Mapping[str, FindingEntry]
) -> frozenset[str]:
    nodes = [node for one in conditions if one for _, node in walk(one)]
    named = {node.finding for node in nodes if isinstance(node, Has)}
    return frozenset(
        finding_fact(slug)
        for slug in named
        if findings[slug].kind is FindingKind.SYMPTOM
    )


def _never(_: Answers) -> Judgement:
    return Judgement(Verdict.NO_MATCH, NO_FACTS)


def _compile_options(
    bundle: Bundle, rules: _RuleBook, topic: TopicEntry, signs: Iterable[GuideSign]
) -> Iterator[GuideOption]:
    lineages = [
        [bundle.treatments[one] for one in (slug, *ancestors(bundle.treatments, slug))]
        for slug in sorted(option.treatment for option in topic.options)
    ]
    excludes = list_exclusions(lineages)
    scope = rules.of_item(Kind.TOPICS, topic, "out_of_scope_when")
    stoppers: dict[frozenset[GuideSign], Mapping[str, Rules]] = {}
    for lineage in lineages:
        slug = lineage[0].slug
        owner = f"{Kind.TOPICS.value}/{topic.slug}/options/{slug}"
        own = partial(rules.of_list, Kind.TOPICS, topic)
        held_by = frozenset(sign for sign in signs if sign.holds(lineage))
        if held_by not in stoppers:
            stoppers[held_by] = _list_stoppers(scope, signs, held_by)
        yield GuideOption(
            treatment=lineage[0],
            lineage=tuple(lineage),
            excludes=excludes[slug],
            held_by=held_by,
            stoppers=stoppers[held_by],
            recommend_when=own(f"{owner}/recommend_when"),
            consider_when=own(f"{owner}/consider_when"),
            not_now_when=own(f"{owner}/not_now_when"),
            avoid_when=_by_id(
                [
                    *own(f"{owner}/avoid_when"),
                    *_inherited(rules, lineage, "avoid_when"),
                ]
            ),
            caution_when=_by_id(_inherited(rules, lineage, "caution_when")),
        )


def _list_stoppers(
    scope: Rules, signs: Iterable[GuideSign], held_by: Container[GuideSign]
) -> Mapping[str, Rules]:
    stopping = [
        rule
        for sign in signs
        for rule in sign.rules
        if rule.is_pressing or sign in held_by
    ]
    return _by_fact([*scope, *stopping])


def _inherited(
    rules: _RuleBook, lineage: Iterable[TreatmentEntry], list_name: str
) -> list[GuideRule]:
    picked = [rules.of_item(Kind.TREATMENTS, one, list_name) for one in lineage]
    return [rule for rules in picked for rule in rules]


def _by_id(rules: Iterable[GuideRule]) -> Rules:
    return tuple(sorted(rules, key=lambda rule: rule.id))


def _by_fact(rules: Iterable[GuideRule]) -> dict[str, Rules]:
    """Return the rules that ask for each fact."""
    asking: dict[str, list[GuideRule]] = {}
    for rule in rules:
        for fact in rule.facts:
            asking.setdefault(fact, []).append(rule)
    return {fact: tuple(found) for fact, found in asking.items()}
