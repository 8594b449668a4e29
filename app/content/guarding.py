"""The vocabulary that signs and guards hang on: what may change whom they warn."""

from collections.abc import Iterator

from app.fields import Kind
from app.library.bundle import Bundle, Identity
from app.library.conditions import Condition, mentions
from app.library.rule_lists import Role, list_rules
from app.library.vocabulary import Vocabulary


def list_guarding(bundle: Bundle) -> frozenset[Identity]:
    """Return what the rules of signs and guards hang on, however far from them.

    That is what they name, themselves or by named conditions, the findings that are
    present or absent with those, and the screens that ask for them.
    """
    named = _reach(bundle)
    vocabulary = Vocabulary.of(bundle)
    findings = {
        finding
        for kind, slug in named
        if kind is Kind.FINDINGS
        for finding in vocabulary.implied[slug] | vocabulary.implying[slug]
    }
    screens = [
        screen.slug
        for screen in bundle.screens.values()
        if not findings.isdisjoint(screen.findings)
    ]
    return frozenset(
        {
            *named,
            *((Kind.FINDINGS, slug) for slug in findings),
            *((Kind.SCREENS, slug) for slug in screens),
        }
    )


def _reach(bundle: Bundle) -> set[Identity]:
    reached: set[Identity] = set()
    ahead = [one for rule in _list_guards(bundle) for one in _named(rule)]
    while ahead:
        kind, slug = ahead.pop()
        if (kind, slug) not in reached:
            reached.add((kind, slug))
            if kind is Kind.CONDITIONS:
                ahead += _named(bundle.conditions[slug].when)
    return reached


def _list_guards(bundle: Bundle) -> Iterator[Condition]:
    for kind, entry in bundle:
        for listed in list_rules(kind, entry):
            if listed.role is not Role.OFFER:
                yield listed.rule.when
                if listed.rule.unless is not None:
                    yield listed.rule.unless


def _named(condition: Condition) -> Iterator[Identity]:
    return ((kind, slug) for _, kind, slug in mentions(condition))
