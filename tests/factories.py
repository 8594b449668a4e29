"""Small valid entries: only what a test is about is named."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.content.files import parse_entry
from app.engine.compiler import compile_guide
from app.engine.guide import Guide
from app.engine.recommend import recommend
from app.engine.recommendation import Option, Recommendation
from app.fields import Kind, SectionName
from app.library.bundle import Bundle
from app.library.entry import Entry
from app.library.profile import PatientProfile

SOURCES = ["cohen-2020"]
TOPIC = "facet-joint-injection"
Data = dict[str, Any]


def make_rule(slug: str = "rule", **values: Any) -> Data:
    """Return a rule that always holds, unless `when` says otherwise."""
    rule = {"slug": slug, "when": {"always": True}, "because": f"Because of {slug}."}
    return {**rule, "sources": SOURCES, **values}


def make_treatment(slug: str = "walking", **values: Any) -> Data:
    evidence = {
        "benefit": "possible",
        "certainty": "low",
        "statement": "It may help.",
        "figures_unknown": "No trial was found.",
    }
    section = {"text": "A text.", "sources": SOURCES}
    return {
        "slug": slug,
        "name": slug.replace("-", " ").capitalize(),
        "summary": "A summary.",
        "category": "self-care",
        "invasiveness": 0,
        "setting": "home",
        "reversible": True,
        "time_to_benefit": "weeks",
        "duration_of_benefit": "months",
        "evidence": {**evidence, "sources": SOURCES},
        "sections": {name.value: section for name in SectionName},
        "last_reviewed_on": "2026-11-22",
        "review_due_on": "2027-11-22",
        **values,
    }


def make_sign(slug: str = "sign", **values: Any) -> Data:
    return {
        "slug": slug,
        "name": slug.replace("-", " ").capitalize(),
        "urgency": "emergency",
        "rules": [make_rule(when={"has": "saddle-numbness"})],
        "question": "Is it so?",
        "what_to_do": ["Call {emergency_number} now."],
        "what_to_say": "I have this sign.",
        "why": "It can be dangerous.",
        "sources": SOURCES,
        **values,
    }


def make_cause(slug: str = "cause", **values: Any) -> Data:
    return {
        "slug": slug,
        "name": slug.replace("-", " ").capitalize(),
        "summary": "A summary.",
        "text": "A text.",
        "how_to_check": ["Ask for the record."],
        "sources": SOURCES,
        **values,
    }


def make_option(treatment: str = "walking", **values: Any) -> Data:
    return {"treatment": treatment, **values}


def make_topic(slug: str = TOPIC, **values: Any) -> Data:
    step = {"because": "A reason.", "review_after_weeks": 6, "sources": SOURCES}
    steps = ("now", "check", "rebuild", "medicines", "procedures")
    return {
        "slug": slug,
        "name": "Facet joint injections did not help",
        "failed_treatment": "facet-joint-injection",
        "introduction": "An introduction.",
        "failure_causes": [],
        "options": [make_option()],
        "plan": dict.fromkeys(steps, step),
        "sources": SOURCES,
        **values,
    }


def make_finding(slug: str, **values: Any) -> Data:
    label = slug.replace("-", " ").capitalize()
    question = f"Do you have this: {label}?"
    return {
        "slug": slug, "kind": "symptom", "label": label, "question": question, **values
    }  # fmt: skip


def make_case(slug: str = "case", **values: Any) -> Data:
    return {
        "slug": slug,
        "name": "A case",
        "because": "It must stay so.",
        "topic": TOPIC,
        "profile": {},
        "expect": {"level": "routine", "could_be": "emergency"},
        **values,
    }


BASE: Mapping[Kind, list[Data]] = {
    Kind.LIBRARY: [
        {
            "slug": "whatnext",
            "title": "What next?",
            "language": "en",
            "licence": "CC BY 4.0",
            "intended_use": "Tests.",
            "disclaimer": "Not medical advice.",
            "default_topic": TOPIC,
            "regions": [
                {
                    "slug": "uk",
                    "name": "United Kingdom",
                    "jurisdictions": ["UK"],
                    "emergency_number": "999",
                    "crisis_lines": [{"name": "Samaritans", "contact": "116 123"}],
                }
            ],
        }
    ],
    Kind.REFERENCES: [
        {
            "slug": "cohen-2020",
            "title": "Consensus practice guidelines",
            "publisher": "Reg Anesth Pain Med",
            "year": 2020,
            "seen": "read",
        }
    ],
    Kind.FINDINGS: [
        make_finding("saddle-numbness"),
        make_finding("bladder-change"),
        make_finding("leg-weakness"),
        make_finding("foot-drop", implies=["leg-weakness"]),
        make_finding("fever"),
        make_finding("kidney-disease", kind="condition"),
        make_finding(
            "pregnancy",
            kind="condition",
            possible_when={"all": [{"not": {"sex": "male"}}, {"age": {"at_most": 60}}]},
        ),
    ],
    Kind.MEASURES: [
        {
            "slug": "block-relief-percent",
            "label": "Relief after a test block",
            "question": "How much of the pain was gone?",
            "unit": "percent",
            "minimum": 0,
            "maximum": 100,
        }
    ],
    Kind.SCREENS: [
        {
            "slug": "nerves",
            "question": "Have you had any of these?",
            "findings": ["saddle-numbness", "bladder-change"],
        }
    ],
    Kind.TREATMENTS: [make_treatment(), make_treatment("facet-joint-injection")],
    Kind.WARNING_SIGNS: [make_sign("cauda-equina")],
    Kind.TOPICS: [make_topic()],
}
"""A whole small library; `make_bundle` puts a test's own entries over it."""


COMPLETE: Mapping[Kind, list[Data]] = {
    Kind.LIBRARY: [
        {
            **BASE[Kind.LIBRARY][0],
            "authors": "The testers.",
            "funding": "No funding is known.",
            "wait_and_see": "walking",
        }
    ],
    Kind.REFERENCES: [{**BASE[Kind.REFERENCES][0], "note": "Read in print."}],
    Kind.FAILURE_CAUSES: [
        make_cause(
            clues_for=[
                make_rule(finding["slug"], when={"has": finding["slug"]})
                for finding in BASE[Kind.FINDINGS]
            ]
        )
    ],
    Kind.TOPICS: [make_topic(failure_causes=["cause"])],
    Kind.CASES: [
        make_case(
            profile={"has": [finding["slug"] for finding in BASE[Kind.FINDINGS]]},
            expect={"level": "emergency", "could_be": "emergency"},
        )
    ],
}
"""What the small library lacks to pass the quality gate."""


def complete(own: Mapping[Kind, Iterable[Data]]) -> dict[Kind, list[Data]]:
    """Return these entries, put over what the small library lacks to pass the gate."""
    return {kind: [*COMPLETE.get(kind, []), *own.get(kind, [])] for kind in Kind}


def make_entries(own: Mapping[Kind, Iterable[Data]]) -> dict[Kind, dict[str, Entry]]:
    entries: dict[Kind, dict[str, Entry]] = {}
    for kind in Kind:
        data = [*BASE.get(kind, []), *own.get(kind, [])]
        parsed = [parse_entry(kind, one) for one in data]
        entries[kind] = {entry.slug: entry for entry in parsed}
    return entries


def make_bundle(own: Mapping[Kind, Iterable[Data]] | None = None) -> Bundle:
    """Return the small library with these entries added or put in place of its own."""
    return Bundle.of(make_entries(own or {}))


def make_guide(own: Mapping[Kind, Iterable[Data]] | None = None) -> Guide:
    return compile_guide(make_bundle(own), TOPIC, release=1)


def make_profile(**values: Any) -> PatientProfile:
    return PatientProfile.model_validate(values)


def advise(guide: Guide, **profile: Any) -> Recommendation:
    """Return the recommendation for a profile given as keywords."""
    return recommend(guide, make_profile(**profile))


def option_of(advice: Recommendation, slug: str) -> Option:
    [option] = [one for one in advice.options if one.slug == slug]
    return option
