"""Why the treatment may have failed."""

from dataclasses import asdict
from typing import Any

import pytest

from app.engine.guide import Guide
from app.fields import Kind, Likelihood
from tests.factories import advise, make_cause, make_guide, make_rule, make_topic

LIKELY, POSSIBLE, UNLIKELY = Likelihood


def _clue(finding: str, *, strong: bool = False) -> dict[str, Any]:
    return make_rule(finding, when={"has": finding}, strong=strong)


def _guide(*causes: dict[str, Any]) -> Guide:
    topic = make_topic(failure_causes=[cause["slug"] for cause in causes])
    return make_guide({Kind.FAILURE_CAUSES: causes, Kind.TOPICS: [topic]})


WEIGHED = _guide(
    make_cause(
        clues_for=[_clue("bladder-change"), _clue("saddle-numbness", strong=True)],
        clues_against=[_clue("fever"), _clue("kidney-disease", strong=True)],
    )
)
WEAK_FOR, STRONG_FOR_IT = "bladder-change", "saddle-numbness"
WEAK_AGAINST, STRONG_AGAINST_IT = "fever", "kidney-disease"
TABLE: dict[str, tuple[list[str], Likelihood]] = {
    "no clue": ([], POSSIBLE),
    "a clue for": ([WEAK_FOR], LIKELY),
    "a strong clue for": ([STRONG_FOR_IT], LIKELY),
    "a clue against": ([WEAK_AGAINST], UNLIKELY),
    "a strong clue against": ([STRONG_AGAINST_IT], UNLIKELY),
    "weak clues on both sides": ([WEAK_FOR, WEAK_AGAINST], POSSIBLE),
    "strong clues on both sides": ([STRONG_FOR_IT, STRONG_AGAINST_IT], POSSIBLE),
    "a strong one for, a weak one against": ([STRONG_FOR_IT, WEAK_AGAINST], LIKELY),
    "a weak one for, a strong one against": ([WEAK_FOR, STRONG_AGAINST_IT], UNLIKELY),
    "a strong and a weak one for, a weak one against": (
        [STRONG_FOR_IT, WEAK_FOR, WEAK_AGAINST], LIKELY
    ),
    "a strong and a weak one for, a strong one against": (
        [STRONG_FOR_IT, WEAK_FOR, STRONG_AGAINST_IT], POSSIBLE
    ),
    "all clues": (
        [STRONG_FOR_IT, WEAK_FOR, STRONG_AGAINST_IT, WEAK_AGAINST], POSSIBLE
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("findings", "likelihood"), list(TABLE.values()), ids=list(TABLE)
)
def test_clues_are_weighed(findings: list[str], likelihood: Likelihood) -> None:
    [cause] = advise(WEIGHED, has=findings).causes

    assert cause.likelihood is likelihood


def test_a_cause_names_the_clues_on_both_sides_and_what_is_missing() -> None:
    [cause] = advise(
        WEIGHED, has=["bladder-change", "fever"], has_not=["kidney-disease"]
    ).causes

    assert [one.rule for one in cause.because] == [
        "failure-causes/cause/clues_for/bladder-change"
    ]
    assert [one.rule for one in cause.against] == [
        "failure-causes/cause/clues_against/fever"
    ]
    assert cause.missing == ("finding/saddle-numbness",)


def test_a_clue_that_may_be_called_off_does_not_count() -> None:
    clue = make_rule(when={"has": "fever"}, unless={"has": "kidney-disease"})

    [cause] = advise(_guide(make_cause(clues_for=[clue])), has=["fever"]).causes

    assert cause.likelihood is POSSIBLE


def test_causes_stand_by_likelihood_then_clues_then_slug() -> None:
    guide = _guide(
        make_cause("a-unlikely", clues_against=[_clue("fever")]),
        make_cause("b-possible"),
        make_cause("c-likely", clues_for=[_clue("fever")]),
        make_cause("d-likely", clues_for=[_clue("fever"), _clue("leg-weakness")]),
        make_cause("e-likely", clues_for=[_clue("fever")]),
        make_cause("a-possible"),
    )

    causes = advise(guide, has=["fever", "leg-weakness"]).causes

    assert [cause.slug for cause in causes] == [
        "d-likely", "c-likely", "e-likely", "a-possible", "b-possible", "a-unlikely"
    ]  # fmt: skip


def test_a_cause_says_how_to_check_it_and_what_it_points_to() -> None:
    pointed = {"treatment": "walking", "because": "It helps."}

    [cause] = advise(_guide(make_cause(points_to=[pointed]))).causes

    assert cause.how_to_check == ("Ask for the record.",)
    assert [asdict(one) for one in cause.points_to] == [pointed]


def test_a_cause_of_another_topic_is_left_out() -> None:
    guide = make_guide({Kind.FAILURE_CAUSES: [make_cause()]})

    assert advise(guide).causes == ()
