"""The rules of a library as the engine judges them, compiled when asked for."""

from collections.abc import Iterable, Mapping

from app.engine.adoption import has_same_words
from app.engine.answers import Answers
from app.engine.facts import facts_of, finding_fact
from app.engine.guide import Rules
from app.engine.named_conditions import resolve
from app.engine.rules import GuideRule
from app.engine.triage import is_pressing
from app.engine.verdicts import NO_FACTS, Judgement, Verdict, compile_condition
from app.fields import FindingKind, Kind
from app.library.bundle import Bundle, Identity
from app.library.conditions import Condition, Has, walk
from app.library.entry import Caution, Clue, Entry
from app.library.rule_lists import ListedRule, Role, list_rules
from app.library.vocabulary_entries import FindingEntry
from app.library.warning_signs import WarningSignEntry


class RuleBook:
    """The rules of a library by their lists, compiled when they are asked for.

    Those of entries that an edition `beside` it has too are compiled for both.
    """

    def __init__(self, bundle: Bundle, beside: "RuleBook | None") -> None:
        self.bundle = bundle
        is_alike = beside and has_same_words(bundle, beside.bundle)
        self.known: dict[Identity, tuple[Entry, Mapping[str, Rules]]] = (
            beside.known if beside and is_alike else {}
        )

    def of_item(self, kind: Kind, entry: Entry, list_name: str) -> Rules:
        return self.of_list(kind, entry, f"{kind.value}/{entry.slug}/{list_name}")

    def of_list(self, kind: Kind, entry: Entry, list_id: str) -> Rules:
        """Return the rules of a list with this public id in an entry, by slug."""
        compiled_for, rules = self.known.get((kind, entry.slug), (None, {}))
        if compiled_for is not entry:
            rules = self._compile(kind, entry)
            self.known[kind, entry.slug] = entry, rules
        return rules.get(list_id, ())

    def _compile(self, kind: Kind, entry: Entry) -> Mapping[str, Rules]:
        compiled: dict[str, list[GuideRule]] = {}
        for listed in list_rules(kind, entry):
            list_id = listed.id.rpartition("/")[0]
            rule = _compile_rule(listed, entry, self.bundle)
            compiled.setdefault(list_id, []).append(rule)
        return {list_id: by_id(rules) for list_id, rules in compiled.items()}


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


def by_id(rules: Iterable[GuideRule]) -> Rules:
    """Return rules in the order of their ids."""
    return tuple(sorted(rules, key=lambda rule: rule.id))
