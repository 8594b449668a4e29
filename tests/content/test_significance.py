"""What is suggested for a place that differs: a row for each that matters."""

from typing import Any

import pytest

from app.content.diff import diff_libraries
from app.content.field_changes import Difference, Edit
from app.content.significance import weigh_place
from app.fields import Kind, Significance
from app.library.bundle import ENTRY_TYPES
from tests.content.altering import GONE
from tests.content.whole_library import AGED, FEVER, WHOLE, make_whole, rule
from tests.factories import BASE, TOPIC

SAFETY, CLINICAL, EDITORIAL = Significance
SIGN = (Kind.WARNING_SIGNS, "infection")
TREATMENT = (Kind.TREATMENTS, "nsaids")
ASK = (Kind.TOPICS, TOPIC)
LIBRARY = (Kind.LIBRARY, "whatnext")
CAUSE = (Kind.FAILURE_CAUSES, "cause")
NERVES = BASE[Kind.SCREENS][0]
BLOCK = BASE[Kind.MEASURES][0]
NO_CASES = (Kind.CASES, "case", "", GONE)
"""Without cases, only the items speak."""

Row = tuple[Kind, str, str, Any]

PLACES: dict[str, tuple[Row, Significance]] = {
    "the urgency of a sign": ((*SIGN, "/urgency", "urgent"), SAFETY),
    "whom a sign warns": ((*SIGN, "/rules/0/when", FEVER), SAFETY),
    "what calls a sign off": ((*SIGN, "/rules/0/unless", GONE), SAFETY),
    "a rule of a sign": ((*SIGN, "/rules/-", rule("more")), SAFETY),
    "what a sign holds": ((*SIGN, "/holds/1", GONE), SAFETY),
    "where a sign holds": ((*SIGN, "/topics", []), SAFETY),
    "the question of a sign": ((*SIGN, "/question", "Fever?"), SAFETY),
    "what to do": ((*SIGN, "/what_to_do/0", "Call."), SAFETY),
    "what to do first": (
        (*SIGN, "/what_to_do", ["Do not drive.", "Call {emergency_number}."]),
        SAFETY,
    ),
    "what to say": ((*SIGN, "/what_to_say", "Help."), SAFETY),
    "the name of a sign": ((*SIGN, "/name", "Pus"), CLINICAL),
    "the alias of a sign": ((*SIGN, "/aliases/-", "boil"), CLINICAL),
    "why a sign matters": ((*SIGN, "/why", "It spreads."), CLINICAL),
    "why a sign matches": ((*SIGN, "/rules/0/because", "Fever."), CLINICAL),
    "the sources of a sign's rule": (
        (*SIGN, "/rules/0/sources", ["other"]),
        CLINICAL,
    ),
    "the order of a sign's rules": (
        (*SIGN, "/rules", WHOLE[Kind.WARNING_SIGNS][0]["rules"][::-1]),
        EDITORIAL,
    ),
    "whom to call": ((*LIBRARY, "/regions/1/emergency_number", "911"), SAFETY),
    "whom to talk to": ((*LIBRARY, "/regions/0/crisis_lines", []), SAFETY),
    "a region": ((*LIBRARY, "/regions/1", GONE), SAFETY),
    "the name of a region": ((*LIBRARY, "/regions/1/name", "Holland"), EDITORIAL),
    "whose guidelines come first": (
        (*LIBRARY, "/regions/1/jurisdictions", ["NL"]),
        CLINICAL,
    ),
    "the disclaimer": ((*LIBRARY, "/disclaimer", "Beware."), CLINICAL),
    "the title": ((*LIBRARY, "/title", "What now?"), EDITORIAL),
    "whom to avoid it in": ((*TREATMENT, "/avoid_when/0/when", AGED), SAFETY),
    "why to avoid it": ((*TREATMENT, "/avoid_when/0/because", "Beware."), SAFETY),
    "a caution": ((*TREATMENT, "/caution_when/0", GONE), SAFETY),
    "a caution to ask about": (
        (*TREATMENT, "/caution_when/0/ask_first", False),
        SAFETY,
    ),
    "what it is not taken with": ((*TREATMENT, "/not_with/0", GONE), SAFETY),
    "one at a time": ((*TREATMENT, "/one_at_a_time", False), SAFETY),
    "what it is part of": ((*TREATMENT, "/part_of", GONE), SAFETY),
    "its category": ((*TREATMENT, "/category", "injection"), SAFETY),
    "its benefit": ((*TREATMENT, "/evidence/benefit", "unclear"), CLINICAL),
    "a figure": ((*TREATMENT, "/evidence/figures/0/treated", 40), CLINICAL),
    "a position": ((*TREATMENT, "/positions/0/stance", "against"), CLINICAL),
    "how invasive it is": ((*TREATMENT, "/invasiveness", 2), CLINICAL),
    "where it is had": ((*TREATMENT, "/setting", "clinic"), CLINICAL),
    "its summary": ((*TREATMENT, "/summary", "Tablets."), EDITORIAL),
    "its article": ((*TREATMENT, "/sections/how-soon/text", "Soon."), EDITORIAL),
    "its alias": ((*TREATMENT, "/aliases/-", "pills"), EDITORIAL),
    "when it was reviewed": (
        (*TREATMENT, "/last_reviewed_on", "2026-11-21"),
        EDITORIAL,
    ),
    "who is out of scope": ((*ASK, "/out_of_scope_when", []), SAFETY),
    "when not to begin": ((*ASK, "/options/0/not_now_when/0/when", AGED), SAFETY),
    "whom to avoid an option in": (
        (*ASK, "/options/0/avoid_when/-", rule("more")),
        SAFETY,
    ),
    "when to recommend": (
        (*ASK, "/options/0/recommend_when/0/when", AGED),
        CLINICAL,
    ),
    "why to recommend": (
        (*ASK, "/options/0/recommend_when/0/because", "Fit."),
        CLINICAL,
    ),
    "an option without guards": ((*ASK, "/options/1", GONE), CLINICAL),
    "the causes of a topic": ((*ASK, "/failure_causes", []), CLINICAL),
    "a step of the plan": ((*ASK, "/plan/now/at_most", 1), CLINICAL),
    "the order of options": (
        (*ASK, "/options", WHOLE[Kind.TOPICS][0]["options"][::-1]),
        EDITORIAL,
    ),
    "the introduction": ((*ASK, "/introduction", "Hello."), EDITORIAL),
    "a clue": ((*CAUSE, "/clues_for/0/strong", False), CLINICAL),
    "a clue against": ((*CAUSE, "/clues_against", []), CLINICAL),
    "how to check a cause": (
        (*CAUSE, "/how_to_check", ["Ask again.", "Ask for the record."]),
        CLINICAL,
    ),
    "what a cause points to": ((*CAUSE, "/points_to", []), CLINICAL),
    "the text of a cause": ((*CAUSE, "/text", "Words."), EDITORIAL),
    "a condition that a sign uses": ((Kind.CONDITIONS, "ill", "/when", AGED), SAFETY),
    "a condition that no sign uses": (
        (Kind.CONDITIONS, "idle", "/when", FEVER),
        CLINICAL,
    ),
    "the words of a condition": (
        (Kind.CONDITIONS, "ill", "/description", "Sick."),
        EDITORIAL,
    ),
    "what a finding implies": ((Kind.FINDINGS, "foot-drop", "/implies", []), SAFETY),
    "who can have it": ((Kind.FINDINGS, "foot-drop", "/possible_when", GONE), SAFETY),
    "what no sign asks for implies": (
        (Kind.FINDINGS, "hiccups", "/implies", ["pregnancy"]),
        CLINICAL,
    ),
    "the question of a finding": (
        (Kind.FINDINGS, "foot-drop", "/question", "Limp?"),
        CLINICAL,
    ),
    "the alias of a finding": (
        (Kind.FINDINGS, "foot-drop", "/aliases/-", "limp"),
        EDITORIAL,
    ),
    "the range of a measure": (
        (Kind.MEASURES, BLOCK["slug"], "", {**BLOCK, "maximum": 90}),
        SAFETY,
    ),
    "the range of what no sign measures": (
        (Kind.MEASURES, "steps", "/maximum", 9001),
        CLINICAL,
    ),
    "a screen for a sign": (
        (Kind.SCREENS, "nerves", "", {**NERVES, "question": "Any?"}),
        SAFETY,
    ),
    "a screen for no sign": ((Kind.SCREENS, "odd", "/question", "Any?"), CLINICAL),
    "the status of a guideline": (
        (Kind.GUIDELINES, "ng59", "/status", "expired"),
        CLINICAL,
    ),
    "a note on a guideline": ((Kind.GUIDELINES, "ng59", "/note", GONE), EDITORIAL),
    "a reference": ((Kind.REFERENCES, "other", "/seen", "recalled"), EDITORIAL),
}


@pytest.mark.parametrize(
    ("row", "significance"), list(PLACES.values()), ids=list(PLACES)
)
def test_a_place_that_differs_matters(row: Row, significance: Significance) -> None:
    one, other = make_whole(NO_CASES), make_whole(NO_CASES, row)

    for found in (diff_libraries(one, other), diff_libraries(other, one)):
        [item] = found.changed
        [place] = {field.place for field in item.fields}
        assert found.significance is item.significance is significance
        assert found.because == [place]


WORDS: dict[Kind, set[str]] = {
    Kind.LIBRARY: {
        "title", "language", "licence", "authors", "funding", "same_words",
    },
    Kind.REFERENCES: set(ENTRY_TYPES[Kind.REFERENCES].model_fields),
    Kind.GUIDELINES: {"name", "body", "year", "updated", "reference", "note"},
    Kind.CONDITIONS: {"description"},
    Kind.FINDINGS: {"aliases"},
    Kind.MEASURES: set(),
    Kind.SCREENS: set(),
    Kind.TREATMENTS: {
        "name", "aliases", "summary", "sections", "questions_to_ask", "related",
        "terms", "last_reviewed_on", "review_due_on", "reviewed_by",
    },
    Kind.FAILURE_CAUSES: {"name", "aliases", "summary", "text", "sources"},
    Kind.WARNING_SIGNS: set(),
    Kind.TOPICS: {"name", "introduction", "questions_to_ask", "sources"},
    Kind.CASES: set(ENTRY_TYPES[Kind.CASES].model_fields),
}  # fmt: skip
"""What is only words; a field that is new must be found a place here, or a weight."""


@pytest.mark.parametrize("kind", Kind)
def test_only_words_are_editorial(kind: Kind) -> None:
    item = (kind, "slug")
    editorial = {
        field
        for field in ENTRY_TYPES[kind].model_fields
        if weigh_place(item, _change(field), guarding={item}) is EDITORIAL
    }

    assert editorial - {"slug"} == WORDS[kind] - {"slug"}


def _change(field: str) -> Difference:
    return Difference(f"/{field}", f"kind/slug/{field}", Edit.CHANGED, "a", "b")
