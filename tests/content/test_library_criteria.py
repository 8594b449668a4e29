"""What is held of the library as a whole: nothing unused, untested or overdue."""

from datetime import date

import pytest

from app.content.criterion import Mark
from app.fields import Kind, Outcome, SectionName
from tests.content.judging import MET, NOT_MET, Own, find, find_unmet
from tests.factories import (
    COMPLETE,
    TOPIC,
    Data,
    make_case,
    make_cause,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

[LIBRARY] = COMPLETE[Kind.LIBRARY]
BARE: Data = {
    "slug": "bare",
    "title": "A title",
    "publisher": "A journal",
    "seen": "read",
}
COMPARED = {"how-likely-to-help", "common-harms", "serious-harms", "if-it-fails"}


def make_waiting(unknown: str) -> Data:
    section = {"unknown": True, "looked_for": "Trials of it."}
    return make_treatment(sections=make_treatment()["sections"] | {unknown: section})


@pytest.mark.parametrize(
    "own",
    [
        pytest.param(
            {Kind.LIBRARY: [{**LIBRARY, "wait_and_see": None}]}, id="is not named"
        ),
        pytest.param(
            {Kind.LIBRARY: [{**LIBRARY, "wait_and_see": "facet-joint-injection"}]},
            id="is no option",
        ),
        *(
            pytest.param({Kind.TREATMENTS: [make_waiting(name)]}, id=f"says no {name}")
            for name in sorted(COMPARED)
        ),
    ],
)
def test_a_topic_cannot_be_compared_with_waiting_that(own: Own) -> None:
    detail = (
        "Its options need the treatment that the library names as wait_and_see, with "
        "benefit, harms and what comes next written."
    )
    expected = Mark(Kind.TOPICS, TOPIC, "/options", NOT_MET, detail)

    assert find("waiting-comparable", own) == [expected]


@pytest.mark.parametrize("name", sorted(set(SectionName) - COMPARED))
def test_waiting_may_leave_open(name: str) -> None:
    own = {Kind.TREATMENTS: [make_waiting(name)]}

    assert find("waiting-comparable", own) == [
        Mark(Kind.TOPICS, TOPIC, "/options", MET, "")
    ]


def test_every_topic_offers_to_wait() -> None:
    other = make_topic("disc-surgery", options=[make_option("facet-joint-injection")])

    found = find_unmet("waiting-comparable", {Kind.TOPICS: [other]})

    assert [one.slug for one in found] == ["disc-surgery"]


def test_a_review_is_met_until_the_day_on_which_it_is_due() -> None:
    treatment = make_treatment(review_due_on="2027-03-04")

    found = find("review-in-time", {Kind.TREATMENTS: [treatment]})[-1]

    detail, due = "The review is due on 2027-03-04.", date(2027, 3, 4)
    assert found == Mark(
        Kind.TREATMENTS, "walking", "/review_due_on", MET, detail, due_on=due
    )


@pytest.mark.parametrize(
    ("reviewer", "outcome", "detail"),
    [
        pytest.param("Dr A", MET, "", id="a clinician"),
        pytest.param(None, NOT_MET, "No clinician has signed it off.", id="nobody"),
    ],
)
def test_a_treatment_is_signed_off_by(
    reviewer: str | None, outcome: Outcome, detail: str
) -> None:
    treatment = make_treatment(reviewed_by=reviewer)

    found = find("clinical-sign-off", {Kind.TREATMENTS: [treatment]})[-1]

    place = (Kind.TREATMENTS, "walking", "/reviewed_by")
    assert found == Mark(*place, outcome, detail)


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        pytest.param({"year": 2020, "doi": "10.1136/x"}, MET, id="a year and a doi"),
        pytest.param({"year": 2020, "pmid": "123"}, MET, id="a year and a pmid"),
        pytest.param({"year": 2020, "url": "https://x.org"}, MET, id="and an address"),
        pytest.param({"note": "It has no date."}, MET, id="a note"),
        pytest.param({"year": 2020}, NOT_MET, id="a year alone"),
        pytest.param({"doi": "10.1136/x", "url": "https://x.org"}, NOT_MET,
                     id="addresses alone"),
        pytest.param({}, NOT_MET, id="nothing"),
    ],
)  # fmt: skip
def test_a_reference_is_found_again_by(values: Data, outcome: Outcome) -> None:
    found = find("references-complete", {Kind.REFERENCES: [{**BARE, **values}]})[0]

    detail = "It needs a year and a doi, pmid or url, or a note why not."
    assert found == Mark(
        Kind.REFERENCES, "bare", "", outcome, "" if outcome is MET else detail
    )


YOUNG: Data = {"age": {"at_most": 30}}


@pytest.mark.parametrize(
    ("kind", "entry", "pointer"),
    [
        pytest.param(
            Kind.WARNING_SIGNS,
            make_sign(rules=[make_rule(when=YOUNG)]),
            "/rules/0",
            id="a sign",
        ),
        pytest.param(
            Kind.TREATMENTS,
            make_treatment(caution_when=[make_rule("met"), make_rule(when=YOUNG)]),
            "/caution_when/1",
            id="a treatment",
        ),
        pytest.param(
            Kind.TREATMENTS,
            make_treatment("facet-joint-injection", avoid_when=[make_rule()]),
            "/avoid_when/0",
            id="a treatment that no topic offers",
        ),
        pytest.param(
            Kind.FAILURE_CAUSES,
            make_cause("c", clues_against=[make_rule()]),
            "/clues_against/0",
            id="a cause of no topic",
        ),
        pytest.param(
            Kind.TOPICS,
            make_topic(
                failure_causes=["cause"],
                options=[make_option(consider_when=[make_rule(when=YOUNG)])],
            ),
            "/options/0/consider_when/0",
            id="an option",
        ),
    ],
)
def test_no_case_reaches_a_rule_of(kind: Kind, entry: Data, pointer: str) -> None:
    found = find_unmet("rules-tested", {kind: [entry]})

    detail = "No case reaches the rule 'rule'."
    assert found == [Mark(kind, entry["slug"], pointer, NOT_MET, detail)]


def test_a_rule_is_tested_by_any_case_that_it_gives_a_reason_in() -> None:
    young = make_case("young", profile={"age": 20})
    own = {
        Kind.TREATMENTS: [make_treatment(caution_when=[make_rule(when=YOUNG)])],
        Kind.CASES: [young],
    }

    found = find("rules-tested", own)

    assert Mark(Kind.TREATMENTS, "walking", "/caution_when/0", MET, "") in found
    assert {one.outcome for one in found} == {MET}
