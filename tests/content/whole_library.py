"""A small library in which every field says something, and edits of it."""

import json
from collections.abc import Mapping
from typing import Any

from app.fields import Kind
from app.library.bundle import Bundle
from tests.content.altering import GONE, put
from tests.factories import (
    BASE,
    SOURCES,
    TOPIC,
    Data,
    make_bundle,
    make_case,
    make_cause,
    make_finding,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

FEVER: Data = {"has": "fever"}
AGED: Data = {"age": {"at_least": 65}}


def rule(slug: str, **values: Any) -> Data:
    return make_rule(slug, **{"when": FEVER, "unless": AGED, **values})


NSAIDS = make_treatment(
    "nsaids",
    aliases=["anti-inflammatories", "painkillers"],
    category="medication",
    part_of="medicines",
    invasiveness=1,
    sections={
        **make_treatment()["sections"],
        "how-long": {"unknown": True, "looked_for": "Trials."},
        "daily-life": {"not_applicable": True, "why": "It changes nothing."},
    },
    evidence={
        "benefit": "possible",
        "certainty": "low",
        "statement": "It may help.",
        "figures": [
            {
                "outcome": "Less pain",
                "unit": "people",
                "treated": 30,
                "compared": 20,
                "comparator": "a dummy",
                "after": "3 months",
                "sources": SOURCES,
            },
            {
                "outcome": "Pain",
                "unit": "points",
                "difference": 5,
                "comparator": "a dummy",
                "after": "3 months",
                "sources": SOURCES,
            },
        ],
        "sources": SOURCES,
    },
    positions=[
        {"guideline": "ng59", "stance": "for", "strength": "weak", "scope": "Adults"},
        {"guideline": "ng226", "stance": "silent"},
    ],
    avoid_when=[rule("kidneys"), rule("heart")],
    caution_when=[rule("stomach", ask_first=True)],
    not_with=[
        {"treatment": "walking", "because": "Too much.", "sources": SOURCES},
        {"category": "surgery", "because": "It may bleed.", "sources": SOURCES},
    ],
    one_at_a_time=True,
    combines_with=["walking"],
    questions_to_ask=["How long?", "How much?"],
    related=["walking", "medicines"],
    terms=[{"system": "MeSH", "name": "NSAIDs", "code": "D000894"}],
    reviewed_by="Dr A",
)
LIBRARY: Data = {
    **BASE[Kind.LIBRARY][0],
    "authors": "The testers.",
    "funding": "No funding is known.",
    "wait_and_see": "walking",
    "same_words": [["jab", "injection"]],
    "regions": [
        {**BASE[Kind.LIBRARY][0]["regions"][0], "note": "Or ask 111."},
        {"slug": "nl", "name": "Netherlands", "emergency_number": "112"},
    ],
}
WHOLE: Mapping[Kind, list[Data]] = {
    Kind.LIBRARY: [LIBRARY],
    Kind.REFERENCES: [
        {
            **BASE[Kind.REFERENCES][0],
            "authors": "Cohen SP",
            "doi": "10.1136/rapm",
            "pmid": "32245841",
            "url": "https://example.org/cohen",
            "note": "Read in print.",
        },
        {**BASE[Kind.REFERENCES][0], "slug": "other"},
    ],
    Kind.GUIDELINES: [
        {
            "slug": slug,
            "name": slug.upper(),
            "body": "NICE",
            "jurisdiction": "UK",
            "year": 2016,
            "updated": 2020,
            "scope": "Low back pain.",
            "status": "current",
            "reference": "cohen-2020",
            "note": "Free to read.",
        }
        for slug in ("ng59", "ng226")
    ],
    Kind.CONDITIONS: [
        {"slug": "ill", "description": "Ill.", "when": FEVER},
        {"slug": "idle", "description": "Not used.", "when": AGED},
    ],
    Kind.FINDINGS: [
        make_finding(
            "foot-drop",
            aliases=["dropped foot", "weak foot"],
            implies=["leg-weakness"],
            possible_when={"age": {"at_most": 90}},
        ),
        make_finding("hiccups", aliases=["hic"]),
    ],
    Kind.MEASURES: [
        {**BASE[Kind.MEASURES][0], "slug": "steps", "minimum": 10, "maximum": 9000}
    ],
    Kind.SCREENS: [
        {"slug": "odd", "question": "Odd?", "findings": ["hiccups", "kidney-disease"]}
    ],
    Kind.TREATMENTS: [NSAIDS, make_treatment("medicines", category="medication")],
    Kind.FAILURE_CAUSES: [
        make_cause(
            aliases=["bad luck", "chance"],
            clues_for=[rule("fevers", strong=True)],
            clues_against=[rule("well")],
            how_to_check=["Ask for the record.", "Ask again."],
            points_to=[{"treatment": "walking", "because": "It may help."}],
        )
    ],
    Kind.WARNING_SIGNS: [
        make_sign(
            "infection",
            aliases=["pus", "sepsis"],
            urgency="soon",
            rules=[
                rule("fevers", when={"is": "ill"}),
                rule("weak", when={"has": "leg-weakness"}),
                rule("block", when={"measures.block-relief-percent": 80}),
            ],
            what_to_do=["Call {emergency_number}.", "Do not drive."],
            holds=[{"treatment": "walking"}, {"category": "surgery"}],
            topics=[TOPIC],
        )
    ],
    Kind.TOPICS: [
        make_topic(
            failure_causes=["cause"],
            out_of_scope_when=[rule("young")],
            options=[
                make_option(
                    "walking",
                    recommend_when=[rule("start"), rule("again")],
                    consider_when=[make_rule("always")],
                    not_now_when=[rule("later")],
                    avoid_when=[rule("never")],
                ),
                make_option("nsaids", consider_when=[make_rule("always")]),
            ],
            questions_to_ask=["What now?", "What then?"],
        )
    ],
    Kind.CASES: [
        make_case(
            region="uk",
            profile={
                "age": 58,
                "sex": "female",
                "pain": {"months": 14, "severity": 7, "trend": "worse"},
                "last_treatment": {
                    "times": 2,
                    "days_ago": 42,
                    "relief": "brief",
                    "relief_percent": 60,
                    "relief_days": 3,
                    "first_hours_relief_percent": 90,
                },
                "has": [
                    "hiccups",
                    {"finding": "foot-drop", "since_days": 3, "trend": "worse"},
                ],
                "has_not": ["saddle-numbness", "bladder-change"],
                "not_sure": ["pregnancy"],
                "measures": {"block-relief-percent": 50},
                "tried": {"nsaids": "partly"},
            },
            expect={
                "level": "soon",
                "could_be": "soon",
                "signs": ["infection"],
                "not_signs": ["cauda-equina"],
                "every_option": ["consider", "not-now", "avoid"],
                "options": {"walking": ["not-now", "avoid"]},
                "first_of": {"medication": "nsaids"},
                "causes": {"cause": "possible"},
                "reasons": ["warning-signs/infection/rules/weak"],
                "not_reasons": ["warning-signs/infection/rules/fevers"],
                "in_plan": ["nsaids"],
                "not_in_plan": ["walking"],
                "asks": ["finding/fever"],
                "asks_first": ["finding/fever"],
                "not_asks": ["finding/hiccups"],
            },
        )
    ],
}


def make_whole(*edits: tuple[Kind, str, str, Any]) -> Bundle:
    """Return the whole library with other values at these places.

    An edit is a kind, a slug, a pointer and a value: `GONE` leaves the place out, and
    no pointer is the item itself.
    """
    # Parts that stand in several places must not change together.
    entries = {kind: json.loads(json.dumps(WHOLE.get(kind, []))) for kind in Kind}
    for kind, slug, pointer, value in edits:
        if not pointer:
            kept = [one for one in entries[kind] if one["slug"] != slug]
            entries[kind] = kept if value is GONE else [*kept, value]
            continue
        [entry] = [one for one in entries[kind] if one["slug"] == slug]
        put(entry, pointer, value)
    return make_bundle(entries)
