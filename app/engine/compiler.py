"""Compiles one topic of a library into a guide, once per release."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

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
from app.engine.named_conditions import resolve
from app.engine.rules import GuideRule
from app.engine.screens import build_screens, index_screens
from app.engine.triage import is_pressing, rank
from app.engine.verdicts import NO_FACTS, Judgement, Verdict, compile_condition
from app.fields import FindingKind, Kind
from app.library.bundle import Bundle, Identity, ancestors
from app.library.canonical import canonical_json, sha256
from app.library.conditions import Condition, Has, walk
from app.library.entry import Caution, Clue, Entry, mentions
from app.library.rule_lists import ListedRule, Role, list_rules
from app.library.topics import TopicEntry
from app.library.treatments import TreatmentEntry
from app.library.vocabulary import Vocabulary
from app.library.vocabulary_entries import FindingEntry
from app.library.warning_signs import WarningSignEntry

_SHOWN_IN_ORDER = ("what_to_do", "how_to_check", "questions_to_ask", "crisis_lines")


def compile_guide(bundle: Bundle, topic_slug: str, *, release: int) -> Guide:
    """Compile a topic of a checked bundle. Raises `KeyError` without that topic."""
    topic = bundle.topics[topic_slug]
    compiled = _compile_rules(bundle)
    signs = sorted(
        (
            GuideSign(sign, _pick(compiled, Kind.WARNING_SIGNS, sign, "rules"))
            for sign in bundle.warning_signs.values()
            if not sign.topics or topic_slug in sign.topics
        ),
        key=lambda sign: (rank(sign.entry.urgency), sign.slug),
    )
    causes = [
        GuideCause(
            cause,
            _pick(compiled, Kind.FAILURE_CAUSES, cause, "clues_for"),
            _pick(compiled, Kind.FAILURE_CAUSES, cause, "clues_against"),
        )
        for cause in (bundle.failure_causes[slug] for slug in topic.failure_causes)
    ]
    options = _compile_options(bundle, compiled, topic, signs)
    screens = build_screens(bundle)
    return Guide(
        release=release,
        hash=_hash(bundle, topic),
        library=bundle.library,
        topic=topic,
        vocabulary=Vocabulary.of(bundle),
        guidelines=bundle.guidelines,
        screens=screens,
        screen_of=index_screens(screens, bundle.findings),
        out_of_scope_when=_pick(compiled, Kind.TOPICS, topic, "out_of_scope_when"),
        signs=tuple(signs),
        causes=tuple(sorted(causes, key=lambda cause: cause.slug)),
        options=tuple(options),
    )


Compiled = Mapping[str, Rules]


def _compile_rules(bundle: Bundle) -> Compiled:
    """Return the rules of every list, by the public id of the list."""
    compiled: dict[str, list[GuideRule]] = {}
    for kind, entry in bundle:
        for listed in list_rules(kind, entry):
            owner = listed.id.rpartition("/")[0]
            compiled.setdefault(owner, []).append(_compile_rule(listed, entry, bundle))
    return {
        owner: tuple(sorted(rules, key=lambda rule: rule.id))
        for owner, rules in compiled.items()
    }


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


def _pick(compiled: Compiled, kind: Kind, entry: Entry, list_name: str) -> Rules:
    return compiled.get(f"{kind.value}/{entry.slug}/{list_name}", ())


def _compile_options(
    bundle: Bundle, compiled: Compiled, topic: TopicEntry, signs: Iterable[GuideSign]
) -> Iterator[GuideOption]:
    lineages = [
        [bundle.treatments[one] for one in (slug, *ancestors(bundle.treatments, slug))]
        for slug in sorted(option.treatment for option in topic.options)
    ]
    excludes = list_exclusions(lineages)
    scope = _pick(compiled, Kind.TOPICS, topic, "out_of_scope_when")
    stoppers: dict[frozenset[GuideSign], Mapping[str, Rules]] = {}
    for index, lineage in enumerate(lineages):
        slug = lineage[0].slug
        owner = f"{Kind.TOPICS.value}/{topic.slug}/options/{slug}"
        own_avoid = compiled.get(f"{owner}/avoid_when", ())
        held_by = frozenset(sign for sign in signs if _holds(sign.entry, lineage))
        if held_by not in stoppers:
            stoppers[held_by] = _list_stoppers(scope, signs, held_by)
        yield GuideOption(
            bit=1 << index,
            treatment=lineage[0],
            lineage=tuple(lineage),
            excludes=excludes[slug],
            held_by=held_by,
            stoppers=stoppers[held_by],
            recommend_when=compiled.get(f"{owner}/recommend_when", ()),
            consider_when=compiled.get(f"{owner}/consider_when", ()),
            not_now_when=compiled.get(f"{owner}/not_now_when", ()),
            avoid_when=_by_id(
                [*own_avoid, *_inherited(compiled, lineage, "avoid_when")]
            ),
            caution_when=_by_id(_inherited(compiled, lineage, "caution_when")),
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


def _holds(sign: WarningSignEntry, lineage: Sequence[TreatmentEntry]) -> bool:
    slugs = {one.slug for one in lineage}
    return any(
        hold.treatment in slugs or hold.category is lineage[0].category
        for hold in sign.holds
    )


def _inherited(
    compiled: Compiled, lineage: Iterable[TreatmentEntry], list_name: str
) -> list[GuideRule]:
    picked = [_pick(compiled, Kind.TREATMENTS, one, list_name) for one in lineage]
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


def _hash(bundle: Bundle, topic: TopicEntry) -> str:
    """Return the digest of all entries that the topic reaches, and the vocabulary."""
    reached: set[Identity] = set()
    ahead: list[Identity] = [
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
