"""The rules of an entry with their public ids, and what each list of rules is for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from app.fields import Kind
from app.library.entry import Entry, Rule
from app.library.failure_causes import FailureCauseEntry
from app.library.topics import TopicEntry
from app.library.treatments import TreatmentEntry
from app.library.warning_signs import WarningSignEntry


class Role(Enum):
    """Which side is safe when a rule is unknown.

    A guard holds when its `unless` is unknown; an offer does not. A sign is a guard
    that also counts "not sure" as present.
    """

    SIGN = auto()
    GUARD = auto()
    OFFER = auto()


ROLES = {
    "rules": Role.SIGN,
    "avoid_when": Role.GUARD,
    "caution_when": Role.GUARD,
    "not_now_when": Role.GUARD,
    "out_of_scope_when": Role.GUARD,
    "recommend_when": Role.OFFER,
    "consider_when": Role.OFFER,
    "clues_for": Role.OFFER,
    "clues_against": Role.OFFER,
}


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule, where it stands in its entry, and its public id."""

    id: str
    pointer: str
    list_name: str
    rule: Rule

    @property
    def role(self) -> Role:
        return ROLES[self.list_name]


def list_rules(kind: Kind, entry: Entry) -> Iterator[ListedRule]:
    """Yield every rule of an entry; entries without rules yield none."""
    item = f"{kind.value}/{entry.slug}"
    match entry:
        case TreatmentEntry():
            yield from _listed(item, "", "avoid_when", entry.avoid_when)
            yield from _listed(item, "", "caution_when", entry.caution_when)
        case FailureCauseEntry():
            yield from _listed(item, "", "clues_for", entry.clues_for)
            yield from _listed(item, "", "clues_against", entry.clues_against)
        case WarningSignEntry():
            yield from _listed(item, "", "rules", entry.rules)
        case TopicEntry():
            yield from _topic_rules(item, entry)
        case _:
            return


def _topic_rules(item: str, topic: TopicEntry) -> Iterator[ListedRule]:
    yield from _listed(item, "", "out_of_scope_when", topic.out_of_scope_when)
    for index, option in enumerate(topic.options):
        owner, pointer = f"{item}/options/{option.treatment}", f"/options/{index}"
        yield from _listed(owner, pointer, "recommend_when", option.recommend_when)
        yield from _listed(owner, pointer, "consider_when", option.consider_when)
        yield from _listed(owner, pointer, "not_now_when", option.not_now_when)
        yield from _listed(owner, pointer, "avoid_when", option.avoid_when)


def _listed(
    owner: str, pointer: str, list_name: str, rules: Sequence[Rule]
) -> Iterator[ListedRule]:
    for index, rule in enumerate(rules):
        yield ListedRule(
            id=f"{owner}/{list_name}/{rule.slug}",
            pointer=f"{pointer}/{list_name}/{index}",
            list_name=list_name,
            rule=rule,
        )
