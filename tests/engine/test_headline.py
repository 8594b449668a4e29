"""The one sentence that must come first."""

from typing import Any

import pytest

from app.fields import Kind
from tests.factories import (
    Data,
    advise,
    make_guide,
    make_rule,
    make_sign,
    make_topic,
)


def _if(*findings: str) -> Data:
    return make_rule(when={"all": [{"has": finding} for finding in findings]})


SCOPE = make_rule("knee", when={"has": "kidney-disease"}, because="See a doctor.")
GUIDE = make_guide(
    {
        Kind.WARNING_SIGNS: [
            make_sign("cauda-equina", rules=[_if("saddle-numbness")]),
            make_sign("stroke", rules=[_if("saddle-numbness", "foot-drop")]),
            make_sign("infection", urgency="urgent", rules=[_if("fever")]),
            make_sign("weakness", urgency="soon", rules=[_if("leg-weakness")]),
            make_sign("checks", urgency="routine", rules=[_if("pregnancy")]),
        ],
        Kind.TOPICS: [make_topic(out_of_scope_when=[SCOPE])],
    }
)
NO_EMERGENCY = ["saddle-numbness"]
NOTHING_URGENT = [*NO_EMERGENCY, "fever"]
NOTHING_SOON = [*NOTHING_URGENT, "leg-weakness"]
NO_SIGN = [*NOTHING_SOON, "pregnancy"]
HEADLINES: dict[str, tuple[dict[str, Any], str]] = {
    "nothing told": (
        {},
        "An emergency is not ruled out yet. Ask first: Have you had any of these?",
    ),
    "no emergency": (
        {"has_not": NO_EMERGENCY},
        (
            "Something that needs help today is not ruled out yet. "
            "Ask first: Do you have this: Fever?"
        ),
    ),
    "nothing urgent": (
        {"has_not": NOTHING_URGENT},
        (
            "Something that needs to be seen within days is not ruled out yet. "
            "Ask first: Do you have this: Leg weakness?"
        ),
    ),
    "nothing soon": (
        {"has_not": NOTHING_SOON},
        (
            "Not every question about warning signs is answered yet. "
            "Ask first: Do you have this: Pregnancy?"
        ),
    ),
    "no sign": ({"has_not": NO_SIGN}, "No warning signs in what you told us."),
    "an emergency": (
        {"has": ["saddle-numbness"]},
        "Get emergency help now. This can be a sign of: Cauda equina.",
    ),
    "two emergencies": (
        {"has": ["saddle-numbness", "foot-drop"]},
        "Get emergency help now. This can be a sign of: Cauda equina, Stroke.",
    ),
    "an urgent sign, an emergency open": (
        {"has": ["fever"]},
        (
            "Speak to a clinician today. This can be a sign of: Infection. "
            "An emergency is not ruled out yet. Ask first: Have you had any of these?"
        ),
    ),
    "an urgent sign, nothing faster open": (
        {"has": ["fever"], "has_not": NO_EMERGENCY},
        "Speak to a clinician today. This can be a sign of: Infection.",
    ),
    "a sign that is soon": (
        {"has": ["leg-weakness"], "has_not": NOTHING_URGENT},
        "Be seen within days, two weeks at most. This can be a sign of: Weakness.",
    ),
    "a sign for the next visit": (
        {"has": ["pregnancy"], "has_not": NOTHING_SOON},
        "Raise this at your next visit: Checks.",
    ),
    "out of scope": ({"has": ["kidney-disease"], "has_not": NO_SIGN}, "See a doctor."),
    "out of scope, with a sign": (
        {"has": ["kidney-disease", "leg-weakness"], "has_not": NOTHING_URGENT},
        (
            "Be seen within days, two weeks at most. This can be a sign of: Weakness. "
            "See a doctor."
        ),
    ),
    "out of scope, an emergency open": (
        {"has": ["kidney-disease"]},
        (
            "See a doctor. An emergency is not ruled out yet. "
            "Ask first: Have you had any of these?"
        ),
    ),
}


@pytest.mark.parametrize(
    ("profile", "headline"), list(HEADLINES.values()), ids=list(HEADLINES)
)
def test_the_headline_says_what_is_certain_and_what_is_not_ruled_out(
    profile: dict[str, Any], headline: str
) -> None:
    assert advise(GUIDE, **profile).urgency.headline == headline


def test_the_headline_sends_to_a_clinician_what_nobody_is_sure_of() -> None:
    months = make_rule(when={"pain.months": {"at_least": 3}})
    guide = make_guide(
        {Kind.WARNING_SIGNS: [make_sign("cauda-equina", rules=[months])]}
    )

    headline = advise(guide, not_sure=["pain.months"]).urgency.headline

    assert headline == (
        "An emergency is not ruled out yet. "
        "You were not sure of some answers: ask a clinician to check them."
    )
