"""How tests hold the small library, which passes the gate, to one criterion."""

from collections.abc import Iterable, Mapping

from app.content.check import judge_library
from app.content.criterion import Mark
from app.content.quality import Quality
from app.fields import Kind, Outcome
from tests.factories import Data, complete, make_bundle

Own = Mapping[Kind, Iterable[Data]]
MET, NOT_MET, NOT_APPLICABLE = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_APPLICABLE

PLAIN = "You can walk as far as you like. " * 5
MIDDLING = (
    "A therapist looks at your back and explains some exercises. After that you "
    "practise them at home every day. The therapist looks at your progress again "
    "after a few weeks, and you decide together what comes next."
)
HARD = "Percutaneous denervation predictably necessitates repetition. " * 6
"""Texts of US grade 0, 6.8 and 36."""


def assess_library(own: Own) -> Quality:
    """Hold the small library, with these entries, to every criterion."""
    return judge_library(make_bundle(complete(own))).quality


def find(criterion: str, own: Own) -> list[Mark]:
    """Return all marks of one criterion in the small library with these entries."""
    marks = assess_library(own).marks
    return [mark for one, mark in marks if one.slug == criterion]


def find_unmet(criterion: str, own: Own) -> list[Mark]:
    return [one for one in find(criterion, own) if one.outcome is NOT_MET]
