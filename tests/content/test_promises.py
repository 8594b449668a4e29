"""Cases that change or go: what they promised must hold, or is told."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from app.content.diff import diff_libraries
from app.content.library_diff import BrokenCase
from app.errors import Fault
from app.fields import Kind, Significance
from app.library.bundle import Bundle
from tests.factories import (
    BASE,
    TOPIC,
    Data,
    make_bundle,
    make_case,
    make_finding,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

Own = Mapping[Kind, Iterable[Data]]

FEVER: Data = {"has": "fever"}
URGENT = make_sign("infection", urgency="urgent", rules=[make_rule(when=FEVER)])
SOON = {**URGENT, "urgency": "soon"}
WALKING = make_option(consider_when=[make_rule()])
YOGA = make_option("yoga", consider_when=[make_rule()])
START: Own = {
    Kind.TREATMENTS: [make_treatment("yoga")],
    Kind.WARNING_SIGNS: [SOON],
    Kind.TOPICS: [make_topic(options=[WALKING, YOGA])],
}


def promise(level: str = "soon", **values: Any) -> Data:
    """Return a case of somebody with a fever."""
    expect = {"level": level, "could_be": "emergency", **values.pop("expect", {})}
    return make_case(
        "feverish", expect=expect, **{"profile": {"has": ["fever"]}, **values}
    )


def library(*cases: Data, **own: Iterable[Data]) -> Bundle:
    """Return the library with these cases, and entries in place of its own."""
    kinds = {Kind(name.replace("_", "-")): data for name, data in own.items()}
    entries = {kind: [*START.get(kind, []), *kinds.get(kind, [])] for kind in Kind}
    return make_bundle({**entries, Kind.CASES: cases})


def find_broken(before: Bundle, after: Bundle) -> list[BrokenCase]:
    return diff_libraries(before, after).broken_cases


def why(before: Bundle, after: Bundle) -> list[tuple[str, str]]:
    """Return what of the one old case does not hold."""
    [broken] = find_broken(before, after)
    assert broken.case == "feverish"
    return [(fault.pointer, fault.detail) for fault in broken.because]


def test_an_old_case_that_no_longer_holds_is_told_and_is_a_matter_of_safety() -> None:
    found = diff_libraries(
        library(promise("soon")), library(promise("urgent"), warning_signs=[URGENT])
    )

    detail = "The level is urgent, not soon."
    assert found.broken_cases == [
        BrokenCase(
            case="feverish",
            name="A case",
            topic=TOPIC,
            because=[Fault("/expect/level", detail)],
        )
    ]
    assert found.significance is Significance.SAFETY
    assert "cases/feverish" in found.because


def test_a_removed_case_is_run_as_it_was() -> None:
    gone = library(warning_signs=[URGENT])

    assert why(library(promise()), gone) == [
        ("/expect/level", "The level is urgent, not soon.")
    ]


@pytest.mark.parametrize(
    "after",
    [
        pytest.param([], id="removed"),
        pytest.param([promise(expect={"signs": ["infection"]})], id="stricter"),
        pytest.param([promise(profile={"has": ["foot-drop"]})], id="somebody else"),
    ],
)
def test_an_old_case_that_still_holds_is_not_told(after: list[Data]) -> None:
    found = diff_libraries(library(promise()), library(*after))

    assert found.broken_cases == []
    assert found.significance is Significance.EDITORIAL


def test_a_case_that_only_says_it_in_other_words_is_not_an_old_one() -> None:
    reworded = library(promise(because="In other words."), warning_signs=[URGENT])

    assert find_broken(library(promise()), reworded) == []


def test_a_case_that_is_new_promised_nothing() -> None:
    new = library(promise("urgent"), warning_signs=[URGENT])

    assert find_broken(library(), new) == []


def test_an_old_case_of_a_topic_that_is_gone_does_not_hold() -> None:
    other = library(promise(topic="other"), topics=[make_topic("other")])

    assert why(other, library()) == [("/topic", "There is no topic other.")]


def test_an_old_case_that_moves_to_another_topic_is_run_where_it_was() -> None:
    other = make_topic("other")
    before = library(promise(), topics=[other])
    after = library(
        promise("urgent", topic="other"), topics=[other], warning_signs=[URGENT]
    )

    assert why(before, after) == [("/expect/level", "The level is urgent, not soon.")]


def test_an_old_case_of_a_finding_that_is_gone_does_not_hold() -> None:
    profile = {"has": ["fever", "hiccups"]}
    before = library(promise(profile=profile), findings=[make_finding("hiccups")])

    [(pointer, detail)] = why(before, library())

    assert pointer == "/profile/has/1"
    assert detail.startswith("Not a finding.")


def test_an_old_case_of_a_region_that_is_gone_does_not_hold() -> None:
    nl = {"slug": "nl", "name": "Netherlands", "emergency_number": "112"}
    with_nl = {**BASE[Kind.LIBRARY][0], "regions": [nl]}

    broken = why(library(promise(region="nl"), library=[with_nl]), library())

    assert broken == [("/region", "There is no region nl.")]


def test_an_old_case_of_an_option_that_is_gone_does_not_hold() -> None:
    expect = {"options": {"yoga": ["consider"]}}
    less = library(topics=[make_topic(options=[WALKING])])

    assert why(library(promise(expect=expect)), less) == [
        ("/expect/options/yoga", "It is not an option of the topic.")
    ]


def test_all_that_does_not_hold_is_told() -> None:
    expect = {"options": {"yoga": ["consider"]}, "not_signs": ["cauda-equina"]}
    after = library(warning_signs=[URGENT])

    broken = why(library(promise(expect=expect)), after)

    assert [pointer for pointer, _ in broken] == [
        "/expect/level",
        "/expect/options/yoga",
    ]


def test_old_cases_are_told_in_the_order_of_their_slugs() -> None:
    cases = [{**promise(), "slug": slug} for slug in ("b", "c", "a")]

    broken = find_broken(library(*cases), library(warning_signs=[URGENT]))

    assert [one.case for one in broken] == ["a", "b", "c"]
