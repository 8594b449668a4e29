"""The stepped-care plan: what goes together, step by step."""

from typing import Any

import pytest

from app.engine.guide import Guide
from app.engine.plan import STEP_OF
from app.fields import Category, Kind, PlanStep
from tests.factories import (
    SOURCES,
    Data,
    advise,
    make_guide,
    make_option,
    make_rule,
    make_topic,
    make_treatment,
)

ALWAYS = make_rule("always")


def _guide(*treatments: Data, offered: tuple[str, ...] | None = None) -> Guide:
    """Return a guide that offers these treatments, or only some of them."""
    slugs = offered or tuple(treatment["slug"] for treatment in treatments)
    options = [make_option(slug, recommend_when=[ALWAYS]) for slug in slugs]
    topic = make_topic(options=options)
    return make_guide({Kind.TREATMENTS: treatments, Kind.TOPICS: [topic]})


def _planned(guide: Guide, **profile: Any) -> list[str]:
    plan = advise(guide, **profile).plan
    return [slug for step in plan for slug in step.treatments]


def _not_with(**named: str) -> list[Data]:
    return [{**named, "because": "Not together.", "sources": SOURCES}]


@pytest.mark.parametrize(
    ("category", "step"),
    [
        ("self-care", "now"),
        ("assessment", "check"),
        ("rehabilitation", "rebuild"),
        ("psychological", "rebuild"),
        ("complementary", "rebuild"),
        ("medication", "medicines"),
        ("injection", "procedures"),
        ("procedure", "procedures"),
        ("surgery", "procedures"),
    ],
)
def test_every_category_has_its_step(category: str, step: str) -> None:
    guide = _guide(make_treatment("one", category=category))

    [planned] = advise(guide).plan

    assert planned.step.value == step


def test_no_category_is_without_a_step() -> None:
    assert set(STEP_OF) == set(Category)


def test_steps_stand_in_order_with_their_treatments_in_the_options_order() -> None:
    guide = _guide(
        make_treatment("surgery", category="surgery"),
        make_treatment("b-pill", category="medication"),
        make_treatment("a-pill", category="medication", invasiveness=1),
        make_treatment("scan", category="assessment"),
        make_treatment("rest"),
    )

    plan = advise(guide).plan

    assert [(planned.step, planned.treatments) for planned in plan] == [
        (PlanStep.NOW, ("rest",)),
        (PlanStep.CHECK, ("scan",)),
        (PlanStep.MEDICINES, ("b-pill", "a-pill")),
        (PlanStep.PROCEDURES, ("surgery",)),
    ]


def test_a_step_says_why_and_when_to_look_again() -> None:
    [planned] = advise(_guide(make_treatment("rest"))).plan

    assert (planned.because, planned.review_after_weeks) == (("A reason.",), 6)


def test_only_what_is_recommended_or_considered_is_planned() -> None:
    topic = make_topic(
        options=[
            make_option("a", recommend_when=[ALWAYS]),
            make_option("b", consider_when=[ALWAYS]),
            make_option("c"),
            make_option("d", recommend_when=[ALWAYS], avoid_when=[ALWAYS]),
        ]
    )
    treatments = [make_treatment(slug) for slug in "abcd"]

    guide = make_guide({Kind.TREATMENTS: treatments, Kind.TOPICS: [topic]})

    assert _planned(guide) == ["a", "b"]


def test_what_must_be_asked_about_first_is_not_planned() -> None:
    caution = make_rule("first", when={"has": "fever"}, ask_first=True)
    guide = _guide(make_treatment("a", caution_when=[caution]), make_treatment("b"))

    assert _planned(guide, has=["fever"]) == ["b"]
    assert _planned(guide) == ["a", "b"]


def test_under_an_emergency_nothing_is_planned() -> None:
    guide = _guide(make_treatment("rest"))

    assert _planned(guide, has=["saddle-numbness"]) == []


PAIRS: dict[str, tuple[list[Data], list[str]]] = {
    "nothing against it": ([make_treatment("a"), make_treatment("b")], ["a", "b"]),
    "the first names the second": (
        [make_treatment("a", not_with=_not_with(treatment="b")), make_treatment("b")],
        ["a"],
    ),
    "the second names the first": (
        [make_treatment("a"), make_treatment("b", not_with=_not_with(treatment="a"))],
        ["a"],
    ),
    "the first names the category of the second": (
        [
            make_treatment("a", not_with=_not_with(category="surgery")),
            make_treatment("b", category="surgery"),
        ],
        ["a"],
    ),
    "the second names the category of the first": (
        [
            make_treatment("a", category="surgery"),
            make_treatment("b", not_with=_not_with(category="surgery")),
        ],
        ["a"],
    ),
    "a third is named": (
        [
            make_treatment("a", not_with=_not_with(treatment="walking")),
            make_treatment("b"),
        ],
        ["a", "b"],
    ),
    "the whole and its part": (
        [make_treatment("a"), make_treatment("b", part_of="a")], ["a"]
    ),
    "the part and its whole": (
        [make_treatment("a", part_of="b"), make_treatment("b")], ["a"]
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("treatments", "planned"), list(PAIRS.values()), ids=list(PAIRS)
)
def test_of_two_that_exclude_each_other_the_first_stays(
    treatments: list[Data], planned: list[str]
) -> None:
    assert _planned(_guide(*treatments)) == planned


@pytest.mark.parametrize("parent", ["named", "naming"])
def test_what_a_parent_is_not_with_holds_for_its_parts(parent: str) -> None:
    rule = {"not_with": _not_with(treatment="other" if parent == "naming" else "top")}
    top, other = (rule, {}) if parent == "naming" else ({}, rule)
    guide = _guide(
        make_treatment("top", **top),
        make_treatment("middle", part_of="top"),
        make_treatment("low", part_of="middle"),
        make_treatment("other", **other),
        offered=("low", "other"),
    )

    assert _planned(guide) == ["low"]


@pytest.mark.parametrize(
    ("one_at_a_time", "planned"),
    [(True, ["b"]), (False, ["b", "c", "d"])],
    ids=["marked so", "not marked"],
)
def test_parts_of_a_parent_marked_one_at_a_time_exclude_each_other(
    planned: list[str], *, one_at_a_time: bool
) -> None:
    guide = _guide(
        make_treatment("a", one_at_a_time=one_at_a_time),
        make_treatment("b", part_of="a"),
        make_treatment("c", part_of="a"),
        make_treatment("z", part_of="a"),
        make_treatment("d", part_of="z"),
        offered=("b", "c", "d"),
    )

    assert _planned(guide) == planned


def test_what_is_no_part_of_the_parent_may_stand_beside_its_parts() -> None:
    guide = _guide(
        make_treatment("a", one_at_a_time=True),
        make_treatment("b", part_of="a"),
        make_treatment("c"),
        offered=("b", "c"),
    )

    assert _planned(guide) == ["b", "c"]


def test_what_was_left_out_excludes_nothing() -> None:
    guide = _guide(
        make_treatment("a"),
        make_treatment("b", not_with=_not_with(treatment="a")),
        make_treatment("c", not_with=_not_with(treatment="b")),
    )

    assert _planned(guide) == ["a", "c"]


def test_a_step_has_at_most_so_many_treatments_and_the_first_options_stay() -> None:
    names = ("walk-a", "walk-b", "walk-c")
    topic = make_topic(
        options=[make_option(slug, recommend_when=[ALWAYS]) for slug in names]
    )
    topic["plan"] = {step: {**one, "at_most": 2} for step, one in topic["plan"].items()}
    own = {
        Kind.TREATMENTS: [make_treatment(slug) for slug in names],
        Kind.TOPICS: [topic],
    }

    assert _planned(make_guide(own)) == ["walk-a", "walk-b"]


def test_what_found_no_room_in_its_step_excludes_nothing() -> None:
    crowded = [make_treatment(f"walk-{letter}") for letter in "abcdef"]
    crowded[-1]["not_with"] = _not_with(treatment="yoga")
    yoga = make_treatment("yoga", category="rehabilitation")

    planned = _planned(_guide(*crowded, yoga))

    assert "walk-f" not in planned
    assert "yoga" in planned
