"""Rules as people read them: whom a rule is about, and why."""

from collections.abc import Iterable

from app.fields import Kind
from app.library.conditions import AnyOf, Has
from app.library.entry import Rule
from app.library.treatments import NotWith
from app.render.framing import Names, name_treatments
from app.render.rendering import Passage


def name_rule(rule: Rule, names: Names) -> tuple[str, ...]:
    """Return the findings of which any makes a rule match, none if there is more to it.

    A name that says less than the rule could tell somebody that it is not about them.
    """
    parts = rule.when.parts if isinstance(rule.when, AnyOf) else (rule.when,)
    labels = names.get(Kind.FINDINGS, {})
    known = [
        labels[part.finding]
        for part in parts
        if isinstance(part, Has) and not part.qualifiers and part.finding in labels
    ]
    return tuple(known) if len(known) == len(parts) and rule.unless is None else ()


def describe_rules(rules: Iterable[Rule], names: Names) -> tuple[Passage, ...]:
    """Return the reasons of rules, each after the names of whom it is about."""
    return tuple(_describe_rule(rule, name_rule(rule, names)) for rule in rules)


def _describe_rule(rule: Rule, named: tuple[str, ...]) -> Passage:
    about = f"{'; '.join(named)}: " if named else ""
    return Passage(f"{about}{rule.because}", rule.sources)


def describe_not_with(entries: Iterable[NotWith], names: Names) -> tuple[Passage, ...]:
    """Return what a treatment is not combined with, and why."""
    return tuple(
        Passage(f"Not together with {other}: {one.because}", one.sources)
        for one in entries
        for other in [name_treatments(one.treatment, one.category, names)]
    )
