"""A treatment says what it is with how likely it helps, and whom it may harm."""

from typing import Any

import pytest

from app.fields import Kind, SectionName
from app.render.framing import SIGNS_FIRST
from app.render.rendering import Length, Rendering, list_passages
from tests.factories import SOURCES, Data, make_bundle, make_rule, make_treatment
from tests.render.texts import brief_passages, compose

NO_RULES = (
    SIGNS_FIRST,
    "Which serious harms can happen? A text.",
    "Who should not choose it? A text.",
)
LONG = f"It is {'very ' * 40}long."


def _compose(length: Length = Length.SHORT, **values: Any) -> Rendering:
    bundle = make_bundle({Kind.TREATMENTS: [make_treatment("yoga", **values)]})
    return compose(bundle, Kind.TREATMENTS, "yoga", length)


def _with_sections(**sections: Data) -> dict[str, Data]:
    named = {name.replace("_", "-"): section for name, section in sections.items()}
    return {**make_treatment()["sections"], **named}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, ["A summary.", "This may help (low certainty)."]),
        ({"summary": LONG}, ["Yoga (self-care).", "This may help (low certainty)."]),
        (
            {"summary": LONG, "name": "Y" * 140},
            ["This may help (low certainty)."],
        ),
    ],
    ids=["summary", "summary is too long", "name is too long"],
)
def test_a_short_text_says_what_it_is_and_if_it_helps(
    values: dict[str, Any], said: list[str]
) -> None:
    assert brief_passages(_compose(**values)) == said


def test_a_medium_text_adds_the_evidence_and_times() -> None:
    assert brief_passages(_compose(Length.MEDIUM)) == [
        "A summary.",
        "This may help (low certainty).",
        "It may help.",
        "Time to benefit: weeks.",
        "How long it lasts: months.",
    ]


def test_who_should_not_choose_it_is_told_where_no_rule_says_so() -> None:
    rule = make_rule(when={"has": "fever"})

    assert _compose().safety == NO_RULES
    assert _compose(avoid_when=[rule]).safety == (
        *NO_RULES[:2],
        "Not without asking a clinician: Fever. Because of rule.",
    )


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Get help at once for fever.", True),
        ("Call the clinic the same day if it is red.", True),
        ("In a crisis, go to an emergency department.", True),
        ("It may be sore. Do not drive that day.", False),
        ("You go home the same day.", False),
        ("The effect starts at once.", False),
    ],
)
def test_any_section_on_help_that_is_needed_fast_is_told(
    text: str, *, is_told: bool
) -> None:
    sections = _with_sections(common_harms={"text": text, "sources": SOURCES})

    told = f"Which harms are common? {text}" in _compose(sections=sections).safety

    assert told is is_told


def test_harms_that_are_not_known_are_told_as_such() -> None:
    unknown = {"unknown": True, "looked_for": "Counts of harm."}

    safety = _compose(sections=_with_sections(serious_harms=unknown)).safety

    told = "Not known. We looked for: Counts of harm."
    assert safety[1] == f"Which serious harms can happen? {told}"


def test_what_does_not_apply_is_no_warning() -> None:
    nothing = {"not_applicable": True, "why": "It is a talk."}
    sections = _with_sections(serious_harms=nothing, who_should_not=nothing)

    assert _compose(sections=sections).safety == (SIGNS_FIRST,)


FEVER, FOOT_DROP = {"has": "fever"}, {"has": "foot-drop"}
WORSE = {"has": {"finding": "fever", "trend": "worse"}}
NO_SURGERY = {"category": "surgery", "because": "It bleeds.", "sources": SOURCES}
NO_WALKING = {"treatment": "walking", "because": "No.", "sources": SOURCES}


@pytest.mark.parametrize(
    ("values", "line"),
    [
        (
            {"avoid_when": [make_rule(when={"any": [FEVER, FOOT_DROP]})]},
            "Not without asking a clinician: Fever; Foot drop. Because of rule.",
        ),
        (
            {"avoid_when": [make_rule(when=FEVER, unless={"age": 30})]},
            "Not without asking a clinician, if this applies to you: Because of rule.",
        ),
        (
            {"avoid_when": [make_rule(when=WORSE)]},
            "Not without asking a clinician, if this applies to you: Because of rule.",
        ),
        (
            {"caution_when": [make_rule(when={"age": 65}, ask_first=True)]},
            "Ask a clinician first, if this applies to you: Because of rule.",
        ),
        (
            {"caution_when": [make_rule(ask_first=True)]},
            "Ask a clinician first: Because of rule.",
        ),
        (
            {"not_with": [NO_SURGERY]},
            "Not together with surgery: It bleeds.",
        ),
        (
            {"not_with": [NO_WALKING]},
            "Not together with Walking: No.",
        ),
    ],
    ids=[
        "any of two", "with an unless", "with a trend", "an age", "everybody",
        "a category", "a treatment",
    ],
)  # fmt: skip
def test_every_reason_against_it_is_told(values: dict[str, Any], line: str) -> None:
    assert line in _compose(**values).safety


def test_whom_to_ask_first_about_is_named_once() -> None:
    safety = _compose(
        avoid_when=[make_rule("own", when=FEVER)],
        caution_when=[
            make_rule("a", when={"any": [FEVER, FOOT_DROP]}, ask_first=True),
            make_rule("b", when=FOOT_DROP, ask_first=True),
            make_rule("c", when={"has": "kidney-disease"}),
        ],
    ).safety

    assert safety[-2:] == (
        "Not without asking a clinician: Fever. Because of own.",
        "Ask a clinician first if any of these applies: Foot drop.",
    )


def test_what_a_whole_forbids_is_told_of_its_parts() -> None:
    rule = make_rule("fever", when=FEVER)
    parts = [
        make_treatment("exercise", avoid_when=[rule]),
        make_treatment("yoga", part_of="exercise"),
    ]

    safety = compose(
        make_bundle({Kind.TREATMENTS: parts}), Kind.TREATMENTS, "yoga", Length.SHORT
    ).safety

    assert "Not without asking a clinician: Fever. Because of fever." in safety


def test_a_full_text_has_the_facts() -> None:
    said = _say(
        _compose(
            Length.FULL,
            aliases=["asanas", "poses"],
            related=["walking"],
            combines_with=["walking"],
            terms=[{"system": "MeSH", "name": "Yoga", "code": "D015013"}],
            questions_to_ask=["Is there a class?"],
            reviewed_by="Dr A",
        )
    )

    assert said[:10] == [
        "A summary.",
        "Kind of treatment: self-care, at home.",
        "Invasiveness: 0 of 4.",
        "Reversible: yes.",
        "Time to benefit: weeks.",
        "How long it lasts: months.",
        "Also called: asanas; poses.",
        "Goes together with: Walking.",
        "See also: Walking.",
        "Public names: MeSH Yoga D015013.",
    ]
    assert said[10:12] == [
        "Checked by: Dr A.",
        "Last reviewed on 2026-11-22, to be reviewed again by 2027-11-22.",
    ]
    assert said[-1] == "Is there a class?"


def test_a_full_text_has_a_section_for_every_question() -> None:
    said = _say(_compose(Length.FULL))

    assert said.count("A text.") == len(SectionName)


def _say(rendering: Rendering) -> list[str]:
    return [passage.text for passage in list_passages(rendering.body)]
