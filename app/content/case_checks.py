"""What a case names must be there: else it could not fail."""

from collections.abc import Collection, Iterable, Iterator

from app.content.places import EntryFault
from app.engine.facts import qualifier_fact
from app.engine.screens import build_screens
from app.fields import Kind
from app.library.bundle import Bundle
from app.library.cases import CaseEntry
from app.library.nearest import name_choices
from app.library.rule_lists import list_rules
from app.library.vocabulary import QUALIFIERS, Vocabulary, check_profile

_ASKING = ("asks", "asks_first", "not_asks")


def check_cases(bundle: Bundle, part: Bundle) -> Iterator[EntryFault]:
    """Yield what cases of a part name that is not in the library."""
    vocabulary = Vocabulary.of(bundle)
    facts = _facts(bundle)
    regions = {region.slug for region in bundle.library.regions}
    rule_ids = _RuleIds(bundle)
    for case in part.cases.values():
        for fault in check_profile(case.profile, vocabulary):
            where = f"/profile{fault.pointer}"
            yield EntryFault(Kind.CASES, case.slug, where, fault.detail)
        if case.region is not None and case.region not in regions:
            detail = f"Not a region. {name_choices(case.region, regions)}"
            yield EntryFault(Kind.CASES, case.slug, "/region", detail)
        yield from _check_expected(case, ("reasons", "not_reasons"), "rule", rule_ids)
        yield from _check_expected(case, _ASKING, "fact", facts)


class _RuleIds(Collection[str]):
    """The public ids of all rules: those of an item are listed when it is asked for."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._known: dict[tuple[str, str], set[str]] = {}

    def __contains__(self, rule_id: object) -> bool:
        kind, slug, *_ = (*str(rule_id).split("/"), "", "")
        if (kind, slug) not in self._known:
            self._known[kind, slug] = set(self._list(kind, slug))
        return rule_id in self._known[kind, slug]

    def __iter__(self) -> Iterator[str]:
        for kind, slug in self._bundle.items:
            yield from self._list(kind, slug)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _list(self, kind: str, slug: str) -> Iterator[str]:
        known = self._bundle.of_kind(Kind(kind)) if kind in list(Kind) else {}
        if slug in known:
            yield from (one.id for one in list_rules(Kind(kind), known[slug]))


def _check_expected(
    case: CaseEntry, keys: Iterable[str], what: str, known: Collection[str]
) -> Iterator[EntryFault]:
    """Yield what is misspelt: what must not be there would never be."""
    for key in keys:
        for index, name in enumerate(getattr(case.expect, key)):
            if name not in known:
                detail = f"Not a {what}. {name_choices(name, known)}"
                yield EntryFault(
                    Kind.CASES, case.slug, f"/expect/{key}/{index}", detail
                )


def _facts(bundle: Bundle) -> set[str]:
    screens = build_screens(bundle)
    qualifiers = {
        qualifier_fact(finding, qualifier)
        for finding in bundle.findings
        for qualifier in QUALIFIERS
    }
    return {fact for screen in screens for fact in screen.facts} | qualifiers
