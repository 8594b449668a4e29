"""Compiles one topic of a library into a guide, once per release."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from app.engine.answers import Answers
from app.engine.exclusions import list_exclusions
from app.engine.facts import facts_of
from app.engine.guide import (
    Guide,
    GuideCause,
    GuideOption,
    GuideSign,
    Part,
    Rules,
)
from app.engine.named_conditions import resolve
from app.engine.rules import GuideRule
from app.engine.screens import build_screens
from app.engine.triage import rank
from app.engine.verdicts import NO_FACTS, Judgement, Verdict, compile_condition
from app.fields import Kind
from app.library.bundle import Bundle, ancestors
from app.library.canonical import canonical_json, sha256
from app.library.entry import Caution, Clue, Entry, mentions
from app.library.rule_lists import ListedRule, Role, list_rules
from app.library.topics import TopicEntry
from app.library.treatments import TreatmentEntry
from app.library.vocabulary import Vocabulary
from app.library.warning_signs import WarningSignEntry

_SHOWN_IN_ORDER = ("what_to_do", "how_to_check", "questions_to_ask", "crisis_lines")


def compile_guide(bundle: Bundle, topic_slug: str, *, release: int) -> Guide:
    """Compile a topic of a checked bundle. Raises `KeyError` without that topic."""
    topic = bundle.topics[topic_slug]
    compiled = _compile_rules(bundle)
    options = [
        _compile_option(bundle, compiled, topic, option.treatment)
        for option in topic.options
    ]
    excluded = list_exclusions([option.lineage for option in options])
    options = [replace(one, excludes=excluded[one.slug]) for one in options]
    signs = [
        GuideSign(
            sign,
            _pick(compiled, Kind.WARNING_SIGNS, sign, "rules"),
            holds=_list_held(sign, options),
        )
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
    out_of_scope_when = _pick(compiled, Kind.TOPICS, topic, "out_of_scope_when")
    parts_with = _by_rule([*signs, *causes, *options])
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
        out_of_scope_when=out_of_scope_when,
        signs=tuple(sorted(signs, key=lambda one: (rank(one.entry.urgency), one.slug))),
        causes=tuple(sorted(causes, key=lambda cause: cause.slug)),
        options=tuple(sorted(options, key=lambda option: option.slug)),
        rules_asking=_by_fact({*out_of_scope_when, *parts_with}),
        parts_with=parts_with,
        rules_for_all=frozenset(
            (*out_of_scope_when, *(rule for sign in signs for rule in sign.rules))
        ),
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
        ask_first=isinstance(rule, Caution) and rule.ask_first,
        strong=isinstance(rule, Clue) and rule.strong,
    )


def _never(_: Answers) -> Judgement:
    return Judgement(Verdict.NO_MATCH, NO_FACTS)


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
        excludes=frozenset(),
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


def _list_held(
    sign: WarningSignEntry, options: Iterable[GuideOption]
) -> frozenset[str]:
    treatments = {hold.treatment for hold in sign.holds}
    categories = {hold.category for hold in sign.holds}
    return frozenset(
        option.slug
        for option in options
        if option.treatment.category in categories
        or any(one.slug in treatments for one in option.lineage)
    )


def _by_fact(rules: Iterable[GuideRule]) -> dict[str, Rules]:
    """Return the rules that ask for each fact: only these can change with it."""
    asking: dict[str, list[GuideRule]] = {}
    for rule in rules:
        for fact in rule.facts:
            asking.setdefault(fact, []).append(rule)
    return {fact: tuple(found) for fact, found in asking.items()}


def _by_rule(parts: Iterable[Part]) -> dict[GuideRule, tuple[Part, ...]]:
    """Return the parts that each rule decides on; what is inherited has several."""
    found: dict[GuideRule, list[Part]] = {}
    for part in parts:
        for rule in part.rules:
            found.setdefault(rule, []).append(part)
    return {rule: tuple(own) for rule, own in found.items()}


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
