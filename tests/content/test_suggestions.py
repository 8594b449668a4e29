"""What is suggested for items that are new or gone, and for advice that changes."""

from itertools import product
from typing import Any

import pytest

from app.content.advice_change import (
    AdviceChange,
    LikelihoodChange,
    StandingChange,
    UrgencyChange,
)
from app.content.diff import diff_libraries
from app.content.guarding import list_guarding
from app.content.significance import highest, is_enough, weigh_advice
from app.fields import Kind, Likelihood, Significance, Standing, Urgency
from tests.content.altering import GONE
from tests.content.whole_library import AGED, FEVER, WHOLE, make_whole, rule
from tests.factories import (
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

SAFETY, CLINICAL, EDITORIAL = Significance
NO_CASES = (Kind.CASES, "case", "", GONE)
GUARDED = make_treatment("taping", avoid_when=[rule("skin")])

ITEMS: dict[str, tuple[Kind, Data, Significance, Significance]] = {
    "a sign": (Kind.WARNING_SIGNS, make_sign("sepsis"), SAFETY, SAFETY),
    "a treatment": (Kind.TREATMENTS, make_treatment("yoga"), CLINICAL, CLINICAL),
    "a treatment with guards": (Kind.TREATMENTS, GUARDED, CLINICAL, SAFETY),
    "a cause": (Kind.FAILURE_CAUSES, make_cause("chance"), CLINICAL, CLINICAL),
    "a topic": (Kind.TOPICS, make_topic("other"), CLINICAL, CLINICAL),
    "a topic with guards": (
        Kind.TOPICS,
        make_topic("other", options=[make_option(avoid_when=[rule("skin")])]),
        CLINICAL,
        SAFETY,
    ),
    "a finding": (Kind.FINDINGS, make_finding("itch"), CLINICAL, CLINICAL),
    "a finding that implies what a sign asks for": (
        Kind.FINDINGS,
        make_finding("limp", implies=["leg-weakness"]),
        SAFETY,
        SAFETY,
    ),
    "a finding that implies what no sign asks for": (
        Kind.FINDINGS,
        make_finding("twins", implies=["pregnancy"]),
        CLINICAL,
        CLINICAL,
    ),
    "a condition": (
        Kind.CONDITIONS,
        {"slug": "old", "description": "Old.", "when": AGED},
        CLINICAL,
        CLINICAL,
    ),
    "a measure": (
        Kind.MEASURES,
        {**WHOLE[Kind.MEASURES][0], "slug": "stairs"},
        CLINICAL,
        CLINICAL,
    ),
    "a screen for a sign": (
        Kind.SCREENS,
        {"slug": "more", "question": "Any?", "findings": ["fever", "foot-drop"]},
        SAFETY,
        SAFETY,
    ),
    "a reference": (
        Kind.REFERENCES,
        {**WHOLE[Kind.REFERENCES][0], "slug": "third"},
        EDITORIAL,
        EDITORIAL,
    ),
    "a guideline": (
        Kind.GUIDELINES,
        {**WHOLE[Kind.GUIDELINES][0], "slug": "ng1"},
        EDITORIAL,
        EDITORIAL,
    ),
    "a case": (Kind.CASES, make_case("more"), EDITORIAL, EDITORIAL),
}


@pytest.mark.parametrize(
    ("kind", "data", "new", "gone"), list(ITEMS.values()), ids=list(ITEMS)
)
def test_an_item_that_comes_or_goes_matters(
    kind: Kind, data: Data, new: Significance, gone: Significance
) -> None:
    one = make_whole(NO_CASES)
    other = make_whole(NO_CASES, (kind, data["slug"], "", data))

    there, back = diff_libraries(one, other), diff_libraries(other, one)

    assert [there.significance, back.significance] == [new, gone]
    assert there.because == back.because == [f"{kind.value}/{data['slug']}"]


def test_an_option_with_guards_that_goes_takes_its_warnings_along() -> None:
    whole = make_whole(NO_CASES)
    less = make_whole(NO_CASES, (Kind.TOPICS, TOPIC, "/options/0", GONE))

    assert diff_libraries(whole, less).significance is SAFETY
    assert diff_libraries(less, whole).significance is CLINICAL


def test_all_of_a_library_that_was_not_there_is_new() -> None:
    found = diff_libraries(None, make_whole())

    assert found.significance is SAFETY
    assert "warning-signs/infection" in found.because


def test_signs_and_guards_hang_on_what_they_name_however_far() -> None:
    named = {"slug": "ill", "description": "Ill.", "when": {"is": "hot"}}
    hot = {"slug": "hot", "description": "Hot.", "when": {"has": "leg-weakness"}}
    sign = make_sign("cauda-equina", rules=[make_rule(when={"is": "ill"}, unless=AGED)])
    screen = {"slug": "legs", "question": "?", "findings": ["foot-drop", "fever"]}
    bundle = make_bundle(
        {
            Kind.CONDITIONS: [named, hot],
            Kind.WARNING_SIGNS: [sign],
            Kind.SCREENS: [screen],
            Kind.FAILURE_CAUSES: [make_cause(clues_for=[make_rule(when=FEVER)])],
        }
    )

    assert list_guarding(bundle) == {
        (Kind.CONDITIONS, "ill"),
        (Kind.CONDITIONS, "hot"),
        (Kind.FINDINGS, "leg-weakness"),
        (Kind.FINDINGS, "foot-drop"),
        (Kind.SCREENS, "legs"),
    }


def test_a_guard_hangs_on_what_its_finding_implies() -> None:
    cautious = make_treatment(caution_when=[make_rule(when={"has": "foot-drop"})])
    guarding = list_guarding(make_bundle({Kind.TREATMENTS: [cautious]}))

    assert (Kind.FINDINGS, "leg-weakness") in guarding


def advice(**values: Any) -> AdviceChange:
    nothing: dict[str, Any] = {
        "case": "case",
        "name": "A case",
        "topic": TOPIC,
        "level": None,
        "could_be": None,
        "signs_added": [],
        "signs_removed": [],
        "options": [],
        "causes": [],
    }
    return AdviceChange(**{**nothing, **values})


def moved(before: Standing | None, after: Standing | None) -> AdviceChange:
    option = StandingChange(option="walking", before=before, after=after)
    return advice(options=[option])


LEVEL = UrgencyChange(before=Urgency.SOON, after=Urgency.URGENT)
LIKELIER = LikelihoodChange(
    cause="cause", before=Likelihood.POSSIBLE, after=Likelihood.LIKELY
)


@pytest.mark.parametrize(
    ("change", "significance"),
    [
        pytest.param(advice(level=LEVEL), SAFETY, id="the level"),
        pytest.param(advice(could_be=LEVEL), SAFETY, id="what it could be"),
        pytest.param(advice(signs_added=["sign"]), SAFETY, id="a sign more"),
        pytest.param(advice(signs_removed=["sign"]), SAFETY, id="a sign less"),
        pytest.param(advice(causes=[LIKELIER]), CLINICAL, id="a cause"),
        pytest.param(
            moved(Standing.CONSIDER, Standing.AVOID), SAFETY, id="now to avoid"
        ),
        pytest.param(
            moved(Standing.AVOID, Standing.NOT_NOW), SAFETY, id="no longer to avoid"
        ),
        pytest.param(moved(Standing.AVOID, None), SAFETY, id="no word to avoid it"),
        pytest.param(moved(None, Standing.AVOID), CLINICAL, id="new, and to avoid"),
        pytest.param(
            moved(Standing.CONSIDER, Standing.RECOMMENDED), CLINICAL, id="a better one"
        ),
        pytest.param(moved(Standing.CONSIDER, None), CLINICAL, id="an option less"),
    ],
)
def test_advice_that_changes_matters(
    change: AdviceChange, significance: Significance
) -> None:
    assert weigh_advice(change) is significance


def test_a_publisher_may_choose_more_than_is_suggested_and_not_less() -> None:
    order = list(Significance)
    for chosen, suggested in product(order, order):
        may = order.index(chosen) <= order.index(suggested)
        assert is_enough(chosen, suggested=suggested) is may


@pytest.mark.parametrize("chosen", Significance)
def test_a_publisher_may_choose_anything_where_nothing_is_suggested(
    chosen: Significance,
) -> None:
    assert is_enough(chosen, suggested=None)


def test_the_highest_of_several_is_what_matters_most() -> None:
    assert highest([EDITORIAL, SAFETY, CLINICAL]) is SAFETY
    assert highest([EDITORIAL, CLINICAL]) is CLINICAL
    assert highest([]) is None
