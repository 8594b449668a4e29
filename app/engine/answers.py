"""What a profile says, made ready for rules: implied, merged, contradictions out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from app.library.conditions import Value


class Presence(Enum):
    """The answer to a finding; one that was not asked has none."""

    PRESENT = auto()
    ABSENT = auto()
    UNSURE = auto()


@dataclass(frozen=True, slots=True)
class TriedAnswer:
    """The outcomes known of a treatment; not `closed` if only its parts are known."""

    outcomes: frozenset[str]
    closed: bool


@dataclass(frozen=True)
class Answers:
    """Every known fact. `unsure` holds the facts that were answered "not sure"."""

    findings: Mapping[str, Presence]
    qualifiers: Mapping[str, Mapping[str, Value]]
    values: Mapping[str, Value]
    tried: Mapping[str, TriedAnswer]
    unsure: frozenset[str]


NOTHING_SAID = Answers({}, {}, {}, {}, frozenset())
