"""The form of a topic: what its rules ask, in the shape of a profile."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app.engine.facts import is_qualifier
from app.engine.guide import Guide
from app.engine.questionnaire import Questionnaire, build_questionnaire
from app.fields import Kind
from app.library.profile_fields import OUTCOME_WORDS
from app.library.profile_schema import profile_schema
from tests.engine.strategies import facts_of
from tests.factories import (
    Data,
    make_finding,
    make_guide,
    make_option,
    make_rule,
    make_topic,
    make_treatment,
)

OLD = {"finding": "fever", "since_days": {"at_least": 15}}


def _form(when: Data, unless: Data | None = None) -> Questionnaire:
    """Return the form of a guide with one rule beside the sign of saddle numbness."""
    rule = {**make_rule(when=when), **({"unless": unless} if unless else {})}
    topic = make_topic(options=[make_option(recommend_when=[rule])])
    plain = make_finding("pregnancy", kind="condition")
    guide = make_guide({Kind.TOPICS: [topic], Kind.FINDINGS: [plain]})
    return build_questionnaire(guide)


def _screens(form: Questionnaire) -> dict[str, list[str]]:
    return {
        screen.slug: [finding.slug for finding in screen.findings]
        for screen in form.screens
    }


def test_a_screen_asks_only_the_findings_that_rules_name() -> None:
    form = _form({"always": True})

    assert _screens(form) == {"nerves": ["saddle-numbness"]}


def test_a_finding_in_no_screen_is_a_screen_of_its_own() -> None:
    form = _form({"has": "fever"}, unless={"has": "bladder-change"})

    assert _screens(form) == {
        "fever": ["fever"], "nerves": ["bladder-change", "saddle-numbness"]
    }  # fmt: skip


@pytest.mark.parametrize(
    ("when", "qualifiers"),
    [
        ({"has": "fever"}, ()),
        ({"has": OLD}, ("since_days",)),
        (
            {"any": [{"has": OLD}, {"has": {"finding": "fever", "trend": "worse"}}]},
            ("since_days", "trend"),
        ),
    ],
    ids=["none", "one", "those of many rules"],
)
def test_a_finding_names_the_qualifiers_that_matter(
    when: Data, qualifiers: tuple[str, ...]
) -> None:
    [fever] = [one for one in _form(when).screens if one.slug == "fever"]

    assert fever.findings[0].qualifiers == qualifiers


def test_a_finding_is_asked_in_its_own_words() -> None:
    [screen] = [one for one in _form({"has": "fever"}).screens if one.slug == "fever"]

    assert screen.question == "Do you have this: Fever?"
    assert screen.findings[0].label == "Fever"


def test_only_the_fields_that_rules_name_are_asked_in_the_order_of_a_profile() -> None:
    form = _form({"all": [{"pain.severity": 7}, {"sex": "male"}, {"age": 58}]})

    assert [field.path for field in form.fields] == ["age", "sex", "pain.severity"]


FIELDS: dict[str, tuple[Data, dict[str, Any]]] = {
    "a number": (
        {"pain.severity": 7},
        {"unit": "0 to 10", "minimum": 0.0, "maximum": 10.0, "words": ()},
    ),
    "a word": (
        {"pain.trend": "worse"},
        {
            "unit": None,
            "minimum": None,
            "maximum": None,
            "words": ("worse", "unchanged", "better"),
        },
    ),
}


@pytest.mark.parametrize(("when", "shown"), list(FIELDS.values()), ids=list(FIELDS))
def test_a_field_has_its_bounds_or_words(when: Data, shown: dict[str, Any]) -> None:
    [field] = _form(when).fields

    assert field.model_dump(exclude={"path", "question"}) == shown


def test_a_measure_is_asked_where_a_rule_names_it() -> None:
    [measure] = _form({"measures.block-relief-percent": 80}).measures

    assert measure.model_dump() == {
        "path": "measures.block-relief-percent",
        "question": "How much of the pain was gone?",
        "unit": "percent",
        "minimum": 0.0,
        "maximum": 100.0,
        "words": (),
    }


def test_a_treatment_is_asked_where_a_rule_names_it() -> None:
    form = _form({"tried": {"treatment": "walking", "outcome": "helped"}})

    assert [(one.slug, one.name) for one in form.tried] == [("walking", "Walking")]
    assert form.outcomes == OUTCOME_WORDS


def test_what_no_rule_names_is_not_asked() -> None:
    form = _form({"always": True})

    assert (form.fields, form.measures, form.tried) == ((), (), ())


def test_what_decides_whether_a_finding_is_possible_is_asked() -> None:
    rule = make_rule(when={"has": "pregnancy"})
    topic = make_topic(options=[make_option(recommend_when=[rule])])

    form = build_questionnaire(make_guide({Kind.TOPICS: [topic]}))

    assert [field.path for field in form.fields] == ["age", "sex"]


def test_the_form_holds_the_schema_of_a_profile() -> None:
    guide = make_guide({Kind.TREATMENTS: [make_treatment("running")]})

    form = build_questionnaire(guide)

    Draft202012Validator.check_schema(form.profile_schema)
    assert form.profile_schema == profile_schema(guide.vocabulary)


def test_the_form_of_the_shipped_topic_asks_every_fact_that_its_rules_name(
    seed_guide: Guide,
) -> None:
    form = build_questionnaire(seed_guide)

    asked = {
        *(f"finding/{one.slug}" for screen in form.screens for one in screen.findings),
        *(f"field/{field.path}" for field in form.fields),
        *(one.path.replace("measures.", "measure/") for one in form.measures),
        *(f"tried/{one.slug}" for one in form.tried),
    }
    named = facts_of(seed_guide)
    assert asked == {fact for fact in named if not is_qualifier(fact)}
