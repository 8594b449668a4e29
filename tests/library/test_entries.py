from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from app.content.files import parse_entry
from app.errors import Fault
from app.fields import Kind, SectionName
from app.library.bundle import ENTRY_TYPES
from app.library.entry import mentions
from app.library.faults import read_faults
from app.library.treatments import TreatmentEntry
from tests.factories import (
    BASE,
    SOURCES,
    make_case,
    make_cause,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

Data = dict[str, Any]
TEXT = {"text": "A text.", "sources": SOURCES}
EVERY_SECTION = {name.value: TEXT for name in SectionName}
STEP = {"because": "A reason.", "review_after_weeks": 6, "sources": SOURCES}
NO_ANSWER = (
    "Needs text with sources, or unknown: true with looked_for, "
    "or not_applicable: true with why."
)


def _faults(kind: Kind, data: Data) -> list[Fault]:
    with pytest.raises(ValidationError) as refused:
        parse_entry(kind, data)
    return read_faults(refused.value.errors(), ENTRY_TYPES[kind], hide_sent=False)


def _with_section(section: Data) -> Data:
    return make_treatment(sections={**EVERY_SECTION, "how-soon": section})


@pytest.mark.parametrize(
    "section",
    [
        TEXT,
        {"unknown": True, "looked_for": "Trials of it."},
        {"not_applicable": True, "why": "It takes no time."},
    ],
    ids=["a text with sources", "unknown", "not applicable"],
)
def test_a_section_is_one_answer(section: Data) -> None:
    parse_entry(Kind.TREATMENTS, _with_section(section))


@pytest.mark.parametrize(
    "section",
    [
        {},
        {"text": "A text."},
        {"sources": SOURCES},
        {"unknown": True},
        {"looked_for": "Trials of it."},
        {"not_applicable": True},
        {"unknown": False, "looked_for": "Trials of it."},
        {**TEXT, "unknown": True, "looked_for": "Trials of it."},
        {**TEXT, "why": "It takes no time."},
        {"unknown": True, "looked_for": "x", "not_applicable": True, "why": "y"},
    ],
    ids=[
        "nothing",
        "a text without sources",
        "sources without a text",
        "unknown, without what was looked for",
        "what was looked for alone",
        "not applicable, without why",
        "not unknown, but looked for",
        "a text that is unknown",
        "a text with a why",
        "unknown and not applicable",
    ],
)
def test_a_section_with_no_answer_or_two_is_refused(section: Data) -> None:
    assert _faults(Kind.TREATMENTS, _with_section(section)) == [
        Fault("/sections/how-soon", NO_ANSWER)
    ]


def test_a_treatment_answers_every_question() -> None:
    sections = {name: one for name, one in EVERY_SECTION.items() if name != "how-long"}

    [fault] = _faults(Kind.TREATMENTS, make_treatment(sections=sections))

    assert fault == Fault("", "Sections without an answer: how-long.")


def test_a_section_of_our_own_is_refused() -> None:
    sections = {**EVERY_SECTION, "how-sooon": TEXT}

    [fault] = _faults(Kind.TREATMENTS, make_treatment(sections=sections))

    assert fault.pointer == "/sections/how-sooon"


@pytest.mark.parametrize("field", ["name", "summary"])
def test_a_text_that_no_database_can_hold_is_refused(field: str) -> None:
    [fault] = _faults(Kind.TREATMENTS, make_treatment(**{field: "a\x00b"}))

    assert fault == Fault(f"/{field}", "The character U+0000 is not allowed.")


@pytest.mark.parametrize("due", ["2026-11-22", "2026-11-21"], ids=["the day", "before"])
def test_a_review_is_due_after_the_last_one(due: str) -> None:
    data = make_treatment(last_reviewed_on="2026-11-22", review_due_on=due)

    [fault] = _faults(Kind.TREATMENTS, data)

    assert fault.detail == "The review is due before the last."


def test_a_day_is_read_as_a_date() -> None:
    entry = parse_entry(Kind.TREATMENTS, make_treatment(review_due_on="2027-01-02"))

    assert isinstance(entry, TreatmentEntry)
    assert entry.review_due_on == date(2027, 1, 2)


@pytest.mark.parametrize("day", [0, "soon", "22-11-2026", "2026-02-30"], ids=repr)
def test_a_day_that_is_none_is_refused(day: object) -> None:
    [fault] = _faults(Kind.TREATMENTS, make_treatment(review_due_on=day))

    assert fault == Fault("/review_due_on", "Needs a date such as 2026-11-22.")


@pytest.mark.parametrize(
    "named",
    [{}, {"treatment": "walking", "category": "injection"}],
    ids=["neither", "both"],
)
def test_not_with_names_a_treatment_or_a_category(named: Data) -> None:
    rule = {**named, "because": "A reason.", "sources": SOURCES}

    [fault] = _faults(Kind.TREATMENTS, make_treatment(not_with=[rule]))

    assert fault == Fault("/not_with/0", "Name a treatment or a category.")


@pytest.mark.parametrize(
    "named",
    [{}, {"treatment": "walking", "category": "injection"}],
    ids=["neither", "both"],
)
def test_a_sign_holds_a_treatment_or_a_category(named: Data) -> None:
    [fault] = _faults(Kind.WARNING_SIGNS, make_sign(holds=[named]))

    assert fault == Fault("/holds/0", "Name a treatment or a category.")


@pytest.mark.parametrize(
    ("lowest", "highest"), [(5, 5), (5, 4)], ids=["no range", "upside down"]
)
def test_a_measure_has_a_range(lowest: int, highest: int) -> None:
    measure = {**BASE[Kind.MEASURES][0], "minimum": lowest, "maximum": highest}

    [fault] = _faults(Kind.MEASURES, measure)

    assert fault.detail == "minimum must be below maximum."


@pytest.mark.parametrize("key", ["minimum", "maximum"])
@pytest.mark.parametrize("bound", [1e300, -1e300, float("inf"), float("-inf")])
def test_a_measure_has_bounds_that_a_person_can_know(key: str, bound: float) -> None:
    faults = _faults(Kind.MEASURES, {**BASE[Kind.MEASURES][0], key: bound})

    assert [fault.pointer for fault in faults] == [f"/{key}"]


def test_a_topic_explains_every_step_of_its_plan() -> None:
    plan = dict.fromkeys(("now", "check", "rebuild", "procedures"), STEP)

    [fault] = _faults(Kind.TOPICS, make_topic(plan=plan))

    assert fault.detail == "Plan steps without a text: medicines."


def test_a_guideline_is_not_updated_before_it_is_published() -> None:
    guideline = {
        "slug": "ng59",
        "name": "Low back pain",
        "body": "NICE",
        "jurisdiction": "UK",
        "year": 2020,
        "updated": 2016,
        "scope": "Adults.",
        "status": "current",
        "reference": "cohen-2020",
    }

    [fault] = _faults(Kind.GUIDELINES, guideline)

    assert fault.detail == "Updated before it was published."


@pytest.mark.parametrize(
    ("kind", "data", "pointer"),
    [
        (Kind.TREATMENTS, make_treatment(slug="Walking"), "/slug"),
        (Kind.TREATMENTS, make_treatment(summary=" "), "/summary"),
        (Kind.TREATMENTS, make_treatment(reversible="yes"), "/reversible"),
        (Kind.TREATMENTS, make_treatment(invasiveness=5), "/invasiveness"),
        (Kind.TREATMENTS, make_treatment(avoid_when=[{}]), "/avoid_when/0/because"),
        (Kind.WARNING_SIGNS, make_sign(rules=[]), "/rules"),
        (Kind.WARNING_SIGNS, make_sign(what_to_do=[]), "/what_to_do"),
        (Kind.WARNING_SIGNS, make_sign(urgency="now"), "/urgency"),
        (Kind.TOPICS, make_topic(options=[]), "/options"),
        (Kind.FAILURE_CAUSES, make_cause(sources=[]), "/sources"),
        (Kind.CASES, make_case(profile={"age": 200}), "/profile/age"),
        (
            Kind.SCREENS,
            {"slug": "one", "question": "Any?", "findings": ["fever"]},
            "/findings",
        ),
    ],
    ids=[
        "a slug with a capital",
        "a blank text",
        "a word for a boolean",
        "invasiveness of five",
        "a rule without a reason",
        "a sign without rules",
        "a sign that says not what to do",
        "an urgency of our own",
        "a topic without options",
        "a cause without sources",
        "a case about nobody",
        "a screen of one finding",
    ],
)
def test_a_broken_entry_is_named_by_its_place(
    kind: Kind, data: Data, pointer: str
) -> None:
    assert pointer in [fault.pointer for fault in _faults(kind, data)]


def test_an_entry_is_published_as_it_was_written() -> None:
    entry = parse_entry(Kind.WARNING_SIGNS, make_sign(topics=["facet"]))

    assert parse_entry(Kind.WARNING_SIGNS, entry.model_dump(mode="json")) == entry


def test_mentions_names_every_item_that_a_topic_names() -> None:
    rule = make_rule(when={"is": "nerve-sign"}, unless={"has": "fever"})
    option = make_option("walking", recommend_when=[rule])
    entry = parse_entry(
        Kind.TOPICS, make_topic(failure_causes=["sleep"], options=[option])
    )

    found = [one for one in mentions(entry) if one[1] is not Kind.REFERENCES]

    assert found == [
        ("/failed_treatment", Kind.TREATMENTS, "facet-joint-injection"),
        ("/failure_causes/0", Kind.FAILURE_CAUSES, "sleep"),
        ("/options/0/treatment", Kind.TREATMENTS, "walking"),
        ("/options/0/recommend_when/0/when/is", Kind.CONDITIONS, "nerve-sign"),
        ("/options/0/recommend_when/0/unless/has", Kind.FINDINGS, "fever"),
    ]
