"""What a rule must keep to, so that "unknown" stays on the safe side."""

import pytest

from app.content.checks import check_bundle
from app.content.rule_checks import ACUTE_DAYS
from app.fields import Kind
from tests.factories import (
    TOPIC,
    Data,
    make_bundle,
    make_cause,
    make_finding,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

SADDLE = {"has": "saddle-numbness"}
NO_FEVER = {"not": {"has": "fever"}}
NAMED = [
    {"slug": "no-fever", "description": "No fever.", "when": NO_FEVER},
    {"slug": "no-heat", "description": "No heat.", "when": {"is": "no-fever"}},
    {
        "slug": "pelvis",
        "description": "A change in the pelvis.",
        "when": {"any": [SADDLE, {"has": "bladder-change"}]},
    },
]
OFFER_NOT = "An offer must not say `not` in its `when`; put it in `unless`."
MEASURE_SPAN = "Needs a number from 0 to 100 (percent)."
TWICE = "Two rules have this slug."


def faults_of(kind: Kind, *entries: Data) -> list[tuple[str, str]]:
    bundle = make_bundle({kind: list(entries), Kind.CONDITIONS: NAMED})
    return [(fault.pointer, fault.detail) for fault in check_bundle(bundle)]


def old(since_days: object, trend: object = "unchanged") -> Data:
    finding = {"finding": "saddle-numbness", "trend": trend}
    return {"has": {**finding, **({"since_days": since_days} if since_days else {})}}


@pytest.mark.parametrize(
    "when",
    [
        pytest.param(NO_FEVER, id="at the top"),
        pytest.param({"all": [{"age": 40}, NO_FEVER]}, id="inside all"),
        pytest.param({"is": "no-fever"}, id="behind a name"),
        pytest.param({"any": [{"is": "no-heat"}]}, id="behind two names"),
    ],
)
@pytest.mark.parametrize("list_name", ["recommend_when", "consider_when"])
def test_an_offer_may_not_say_not_in_its_when(when: Data, list_name: str) -> None:
    lists: Data = {list_name: [make_rule(when=when)]}
    option = make_option(**lists)

    found = faults_of(Kind.TOPICS, make_topic(options=[option]))

    assert found == [(f"/options/0/{list_name}/0/when", OFFER_NOT)]


@pytest.mark.parametrize("list_name", ["clues_for", "clues_against"])
def test_a_clue_may_not_say_not_in_its_when(list_name: str) -> None:
    clues: Data = {list_name: [make_rule(when=NO_FEVER)]}
    cause = make_cause(**clues)

    assert faults_of(Kind.FAILURE_CAUSES, cause) == [
        (f"/{list_name}/0/when", OFFER_NOT)
    ]


@pytest.mark.parametrize(
    "option",
    [
        pytest.param(
            make_option(recommend_when=[make_rule(unless=NO_FEVER)]),
            id="in the unless of an offer",
        ),
        pytest.param(
            make_option(not_now_when=[make_rule(when=NO_FEVER)]),
            id="in what makes it too early",
        ),
        pytest.param(
            make_option(avoid_when=[make_rule(when=NO_FEVER)]),
            id="in a contraindication",
        ),
    ],
)
def test_a_rule_may_say_not(option: Data) -> None:
    assert faults_of(Kind.TOPICS, make_topic(options=[option])) == []


@pytest.mark.parametrize(
    "when",
    [
        pytest.param({"any": [SADDLE, {"has": "fever"}]}, id="at the top"),
        pytest.param({"all": [{"any": [SADDLE, {"has": "fever"}]}]}, id="inside all"),
        pytest.param({"is": "pelvis"}, id="behind a name"),
        pytest.param({"not": {"all": [NO_FEVER, {"age": 3}]}}, id="as not all"),
    ],
)
def test_a_sign_may_not_say_any_beside_an_unless(when: Data) -> None:
    rule = make_rule(when=when, unless={"age": {"at_most": 20}})

    [(pointer, detail)] = faults_of(Kind.WARNING_SIGNS, make_sign(rules=[rule]))

    assert pointer == "/rules/0/when"
    assert detail.endswith("Split the rule.")


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(make_rule(when={"is": "pelvis"}), id="any without an unless"),
        pytest.param(
            make_rule(when={"any": [SADDLE]}, unless=NO_FEVER), id="any of one"
        ),
        pytest.param(
            make_rule(when={"not": {"any": [SADDLE, NO_FEVER]}}, unless={"age": 3}),
            id="none of several",
        ),
    ],
)
def test_a_sign_may_say(rule: Data) -> None:
    assert faults_of(Kind.WARNING_SIGNS, make_sign(rules=[rule])) == []


def test_a_guard_that_is_no_sign_may_say_any_beside_an_unless() -> None:
    rule = make_rule(when={"is": "pelvis"}, unless=SADDLE)

    assert faults_of(Kind.TREATMENTS, make_treatment(avoid_when=[rule])) == []


@pytest.mark.parametrize(
    "unless",
    [
        pytest.param(old(None), id="no length of time"),
        pytest.param(old({"at_least": ACUTE_DAYS - 1}), id="a day too short"),
        pytest.param(old({"at_most": 400}), id="no lower bound"),
        pytest.param(old([ACUTE_DAYS - 1, 400]), id="one of its days too short"),
        pytest.param({"all": [{"age": 40}, old(None)]}, id="deep inside"),
        pytest.param({"any": [old({"at_least": 15}), old(None)]}, id="one of two"),
    ],
)
def test_what_calls_off_a_sign_by_trend_must_be_long_standing(unless: Data) -> None:
    rule = make_rule(when=SADDLE, unless=unless)

    found = faults_of(Kind.WARNING_SIGNS, make_sign(rules=[rule]))

    detail = f"An `unless` on trend must also bound since_days: at_least {ACUTE_DAYS}."
    assert found == [("/rules/0/unless", detail)]


@pytest.mark.parametrize(
    "unless",
    [
        pytest.param(old({"at_least": ACUTE_DAYS}), id="long enough"),
        pytest.param(old([ACUTE_DAYS, 400]), id="each of its days long enough"),
        pytest.param({"has": "fever"}, id="no trend"),
    ],
)
def test_what_calls_off_a_sign_may_be(unless: Data) -> None:
    rule = make_rule(when=SADDLE, unless=unless)

    assert faults_of(Kind.WARNING_SIGNS, make_sign(rules=[rule])) == []


@pytest.mark.parametrize("key", ["when", "unless"])
@pytest.mark.parametrize(
    ("test", "count"),
    [
        pytest.param({"at_least": 101}, 1, id="a bound above the range"),
        pytest.param({"at_least": -1, "at_most": 101}, 2, id="both bounds outside"),
        pytest.param([80, 800], 1, id="one value outside"),
        pytest.param({"at_least": 0, "at_most": 100}, 0, id="the whole range"),
    ],
)
def test_a_rule_keeps_to_the_range_of_a_measure(
    key: str, test: object, count: int
) -> None:
    condition: Data = {key: {"all": [{"measures.block-relief-percent": test}]}}
    rule = make_rule(**condition)

    found = faults_of(Kind.TREATMENTS, make_treatment(avoid_when=[rule]))

    pointer = f"/avoid_when/0/{key}/all/0/measures.block-relief-percent"
    assert found == [(pointer, MEASURE_SPAN)] * count


def test_a_named_condition_keeps_to_the_range_of_a_measure() -> None:
    when = {"measures.block-relief-percent": 101}
    named = {"slug": "all-gone", "description": "No pain.", "when": when}
    bundle = make_bundle({Kind.CONDITIONS: [named]})

    [fault] = check_bundle(bundle)

    assert fault.slug == "all-gone"
    assert fault.pointer == "/when/measures.block-relief-percent"
    assert fault.detail == MEASURE_SPAN


@pytest.mark.parametrize(
    ("when", "pointers"),
    [
        pytest.param({"has": "fever"}, [""], id="a finding"),
        pytest.param({"pain.months": 3}, [""], id="another field"),
        pytest.param({"is": "no-fever"}, [""], id="a named condition"),
        pytest.param(
            {"all": [{"sex": "female"}, {"not": {"has": "fever"}}, {"pain.months": 3}]},
            ["/all/1/not", "/all/2"],
            id="others beside sex",
        ),
        pytest.param({"any": [{"sex": "male"}, {"age": 40}]}, [], id="age and sex"),
    ],
)
def test_what_makes_a_finding_possible_is_age_and_sex_only(
    when: Data, pointers: list[str]
) -> None:
    finding = make_finding("chills", possible_when=when)

    found = faults_of(Kind.FINDINGS, finding)

    assert found == [
        (f"/possible_when{pointer}", "May ask about age and sex only.")
        for pointer in pointers
    ]


def test_two_rules_of_an_item_have_different_slugs_whatever_their_list() -> None:
    rules: Data = {"avoid_when": [make_rule()], "caution_when": [make_rule()]}

    assert faults_of(Kind.TREATMENTS, make_treatment(**rules)) == [
        ("/avoid_when/0/slug", TWICE),
        ("/caution_when/0/slug", TWICE),
    ]


def test_two_rules_of_a_list_of_an_option_have_different_slugs() -> None:
    option = make_option(not_now_when=[make_rule(), make_rule("b"), make_rule()])

    assert faults_of(Kind.TOPICS, make_topic(options=[option])) == [
        ("/options/0/not_now_when/0/slug", TWICE),
        ("/options/0/not_now_when/2/slug", TWICE),
    ]


def test_rules_of_different_lists_of_a_topic_may_have_the_same_slug() -> None:
    option = make_option(not_now_when=[make_rule()], consider_when=[make_rule()])
    topic = make_topic(out_of_scope_when=[make_rule()], options=[option])

    assert topic["slug"] == TOPIC
    assert faults_of(Kind.TOPICS, topic) == []
