"""Where nothing would change an option, and what gets in the way of an answer."""

from typing import Any

import pytest

from app.engine.recommendation import WouldChange
from app.fields import Standing
from tests.engine.lifting import (
    ALWAYS,
    BLOCK,
    FOR_ALL,
    WALKED,
    guide_of,
    has,
    lift_of,
    old,
    when,
)
from tests.factories import make_sign

RECOMMENDED, CONSIDER = Standing.RECOMMENDED, Standing.CONSIDER
FOUR = ("fever", "cough", "headache", "kidney-disease")
HOLDING = make_sign(
    "hot", urgency="soon", rules=[has("fever")], holds=[{"treatment": "ibuprofen"}]
)
NOTHING: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "it is recommended": (FOR_ALL, {}),
    "nothing offers it": ({"avoid_when": [has("fever")]}, {}),
    "nothing more could offer it": (
        {"consider_when": [ALWAYS], "avoid_when": [has("fever")]}, {}
    ),
    "it takes four questions": (
        {**FOR_ALL, "avoid_when": [has(one) for one in FOUR]}, {}
    ),
    "a contraindication is not sure": (
        {**FOR_ALL, "avoid_when": [has("fever")]}, {"not_sure": ["fever"]}
    ),
    "an offer is not sure": (
        {"recommend_when": [has("fever")]}, {"not_sure": ["fever"]}
    ),
    "a field is not sure": (
        {"recommend_when": [when({"age": 58})]}, {"not_sure": ["age"]}
    ),
    "a measure is not sure": (
        {"recommend_when": [when(BLOCK)]},
        {"not_sure": ["measures.block-relief-percent"]},
    ),
    "an outcome is not sure": (
        {"recommend_when": [when(WALKED)]}, {"tried": {"walking": "unsure"}}
    ),
    "a qualifier is not sure": (
        {"recommend_when": [when(old("fever", trend="better"))]},
        {"has": ["fever"], "not_sure": ["fever.trend"]},
    ),
    "a field was told in two ways that do not fit together": (
        {**FOR_ALL,
         "not_now_when": [when({"last_treatment.times": {"at_most": 2}})]},
        {"last_treatment": {"times": 0, "relief": "none"}},
    ),
    "a pressing sign stops everything": (
        {**FOR_ALL, "avoid_when": [has("fever")]}, {"has": ["saddle-numbness"]}
    ),
    "it is to be avoided, and nothing calls that off": (
        {**FOR_ALL, "avoid_when": [has("fever"), has("cough")]}, {"has": ["fever"]}
    ),
    "what calls it off is not so": (
        {**FOR_ALL, "avoid_when": [has("fever", unless={"has": "cough"})]},
        {"has": ["fever"], "has_not": ["cough"]},
    ),
    "the answer would raise a sign that holds it": (
        {"recommend_when": [has("fever")], "signs": [HOLDING]}, {}
    ),
    "the answer would raise a sign that stops everything": (
        {"recommend_when": [has("saddle-numbness")]}, {}
    ),
    "a sign holds it, and nothing calls that off": (
        {"recommend_when": [ALWAYS], "avoid_when": [has("cough")], "signs": [HOLDING]},
        {"has": ["fever"]},
    ),
    "the topic is out of scope": (
        {**FOR_ALL, "avoid_when": [has("cough")], "scope": [has("fever")]},
        {"has": ["fever"]},
    ),
    "the answer would put the topic out of scope": (
        {"recommend_when": [has("fever")], "scope": [has("fever")]}, {}
    ),
    "two needs want different answers": (
        {"recommend_when": [has("fever")], "avoid_when": [has("fever")]}, {}
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "profile"), list(NOTHING.values()), ids=list(NOTHING)
)
def test_nothing_would_change_it_where(
    rules: dict[str, Any], profile: dict[str, Any]
) -> None:
    assert lift_of(guide_of(**rules), **profile) is None


def test_a_sign_that_the_answer_would_raise_is_gone_round() -> None:
    offers = [has("fever"), has("cough")]
    guide = guide_of(signs=[HOLDING], recommend_when=offers)

    assert lift_of(guide) == WouldChange({"has": ["cough"]}, RECOMMENDED)


def test_what_is_known_of_nothing_said_is_not_kept_where_it_fits_no_more() -> None:
    relief = when({"last_treatment.relief_percent": {"at_least": 50}})
    guide = guide_of(recommend_when=[relief], consider_when=[has("fever")])

    assert lift_of(guide) == WouldChange(
        {"last_treatment": {"relief_percent": 50}}, RECOMMENDED
    )
    assert lift_of(guide, last_treatment={"relief": "worse"}) == WouldChange(
        {"has": ["fever"]}, CONSIDER
    )


def test_what_was_tried_of_a_part_is_not_denied_of_the_whole() -> None:
    helped = {"tried": {"treatment": "nsaids", "outcome": ["helped"]}}
    guide = guide_of(recommend_when=[ALWAYS], avoid_when=[when(helped)])

    lift = lift_of(guide, tried={"ibuprofen": "worse"})

    assert lift == WouldChange({"tried": {"nsaids": "partly"}}, RECOMMENDED)


def test_an_option_that_many_tries_do_not_lift_counts_as_one_that_nothing_does() -> (
    None
):
    told = {"measures.block-relief-percent": {"at_least": 0}}
    sign = make_sign(
        "told", urgency="soon", rules=[when(told)], holds=[{"treatment": "ibuprofen"}]
    )
    values = {"measures.block-relief-percent": list(range(1, 40))}
    offers = [when(values), {**has("cough"), "slug": "z-after-all-of-these"}]

    lift = lift_of(guide_of(signs=[sign], recommend_when=offers))

    assert lift is None
