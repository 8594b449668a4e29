"""What a profile says, made ready for rules: implied, merged, contradictions out."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.library.conditions import Value

PRESENT, ABSENT, UNSURE = "present", "absent", "unsure"
"""The answers to a finding; `UNSURE` is also that of every other fact."""


@dataclass(frozen=True, slots=True)
class TriedAnswer:
    """The outcomes known of a treatment; not `closed` if only its parts are known."""

    outcomes: frozenset[str]
    closed: bool


@dataclass(frozen=True, slots=True)
class Disputed:
    """A value that another answer contradicts: it counts as not sure."""

    value: Value


Answer = Value | TriedAnswer | Disputed
Answers = Mapping[str, Answer]
"""Every answered fact; one that was not asked is not in it."""

NOTHING_SAID: Answers = {}


def is_unsure(answer: Answer | None) -> bool:
    """Say whether an answer counts as "not sure", if only in part."""
    if isinstance(answer, TriedAnswer):
        return UNSURE in answer.outcomes
    return answer == UNSURE or isinstance(answer, Disputed)
