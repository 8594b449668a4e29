"""Every case is answered by both libraries; what they say differently is a change."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from app.content.advice_diff import (
    CaseDiff,
    Changed,
    GuidedLibrary,
    NotCompared,
    diff_advice,
)
from app.engine.compiler import compile_guide
from app.fields import Kind, Likelihood, Standing, Urgency
from tests.factories import (
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

Own = Mapping[Kind, Iterable[Data]]

FEVER = {"has": "fever"}
FEVERISH = make_case("feverish", profile={"has": ["fever"]})
OFFER = make_option(consider_when=[make_rule()])


def infection(**values: Any) -> Data:
    return make_sign("infection", rules=[make_rule(when=FEVER)], **values)


def stray(**values: Any) -> Data:
    return make_cause("stray-needle", **values)


def topic(*options: Data, **values: Any) -> Data:
    return make_topic(
        options=options or [OFFER], **{"failure_causes": ["stray-needle"], **values}
    )


START: Own = {
    Kind.TREATMENTS: [make_treatment("yoga")],
    Kind.WARNING_SIGNS: [infection(urgency="soon")],
    Kind.FAILURE_CAUSES: [stray(clues_for=[make_rule(when=FEVER)])],
    Kind.TOPICS: [topic()],
    Kind.CASES: [FEVERISH],
}
"""With a fever: a sign of `soon`, walking to consider, a needle that went astray."""


def make_edition(own: Own, *, release: int = 1) -> GuidedLibrary:
    """Return the library to start from with these entries in place of its own."""
    bundle = make_bundle(
        {kind: [*START.get(kind, []), *own.get(kind, [])] for kind in Kind}
    )
    guides = {
        slug: compile_guide(bundle, slug, release=release) for slug in bundle.topics
    }
    return bundle, guides


def without(edition: GuidedLibrary, *cases: str) -> GuidedLibrary:
    """Return the edition without these cases."""
    kept = {slug: one for slug, one in edition[0].cases.items() if slug not in cases}
    return replace(edition[0], cases=kept), edition[1]


BEFORE = make_edition({})


def compare(after: GuidedLibrary, before: GuidedLibrary = BEFORE) -> CaseDiff:
    """Return what becomes of the one case."""
    [found] = diff_advice(before, after)
    assert isinstance(found, CaseDiff), found
    return found


def refuse(before: GuidedLibrary, after: GuidedLibrary) -> Iterator[tuple[str, str]]:
    """Yield the cases that cannot be compared, and why."""
    for one in diff_advice(before, after):
        if isinstance(one, NotCompared):
            yield one.case.slug, one.because


def test_the_same_library_gives_the_same_advice() -> None:
    assert not compare(make_edition({}, release=2)).is_changed


def test_other_words_change_no_advice() -> None:
    words = stray(clues_for=[make_rule(when=FEVER, because="In other words.")])

    found = compare(make_edition({Kind.FAILURE_CAUSES: [words]}))

    assert not found.is_changed
    assert (found.options, found.causes) == ([], [])


@pytest.mark.parametrize(
    ("sign", "level"),
    [
        pytest.param(infection(urgency="urgent"), Urgency.URGENT, id="more urgent"),
        pytest.param(infection(urgency="routine"), Urgency.ROUTINE, id="less urgent"),
        pytest.param(make_sign("infection"), Urgency.ROUTINE, id="for something else"),
    ],
)
def test_a_sign_that_changes_changes_the_level(sign: Data, level: Urgency) -> None:
    found = compare(make_edition({Kind.WARNING_SIGNS: [sign]}))

    assert (found.before.level, found.after.level) == (Urgency.SOON, level)
    assert found.is_changed


def test_a_sign_that_is_new_is_in_the_advice_after() -> None:
    new = make_sign("sepsis", urgency="soon", rules=[make_rule(when=FEVER)])

    found = compare(make_edition({Kind.WARNING_SIGNS: [new]}))

    assert found.after.signs - found.before.signs == {"sepsis"}
    assert found.before.signs <= found.after.signs
    assert found.is_changed


def test_a_sign_that_is_only_open_changes_what_it_could_be() -> None:
    less = make_sign("cauda-equina", urgency="urgent")

    found = compare(make_edition({Kind.WARNING_SIGNS: [less]}))

    could_be = (found.before.could_be, found.after.could_be)
    assert could_be == (Urgency.EMERGENCY, Urgency.URGENT)
    assert found.before.level is found.after.level
    assert found.is_changed


CONSIDER, NOT_NOW = Standing.CONSIDER, Standing.NOT_NOW
YOGA = make_option("yoga", consider_when=[make_rule()])
OPTIONS: dict[str, tuple[Data, Changed[Standing]]] = {
    "offered as the first choice": (
        topic(make_option(recommend_when=[make_rule()])),
        Changed("walking", CONSIDER, Standing.RECOMMENDED),
    ),
    "not for now": (
        topic({**OFFER, "not_now_when": [make_rule(when=FEVER)]}),
        Changed("walking", CONSIDER, NOT_NOW),
    ),
    "to avoid": (
        topic({**OFFER, "avoid_when": [make_rule(when=FEVER)]}),
        Changed("walking", CONSIDER, Standing.AVOID),
    ),
    "new": (topic(OFFER, YOGA), Changed("yoga", None, CONSIDER)),
}


@pytest.mark.parametrize(
    ("after", "changed"), list(OPTIONS.values()), ids=list(OPTIONS)
)
def test_an_option_that_stands_elsewhere_is_named(
    after: Data, changed: Changed[Standing]
) -> None:
    found = compare(make_edition({Kind.TOPICS: [after]}))

    assert found.options == [changed]
    assert found.causes == []


def test_options_are_named_in_the_order_of_their_slugs() -> None:
    after = topic(YOGA, make_option(recommend_when=[make_rule()]))

    found = compare(make_edition({Kind.TOPICS: [after]}))

    assert [one.slug for one in found.options] == ["walking", "yoga"]


@pytest.mark.parametrize(
    ("after", "likelihood"),
    [
        pytest.param(stray(), Likelihood.POSSIBLE, id="a clue less"),
        pytest.param(
            stray(clues_against=[make_rule(when=FEVER)]),
            Likelihood.UNLIKELY,
            id="a clue turned round",
        ),
    ],
)
def test_a_cause_that_is_less_likely_is_named(
    after: Data, likelihood: Likelihood
) -> None:
    found = compare(make_edition({Kind.FAILURE_CAUSES: [after]}))

    assert found.causes == [Changed("stray-needle", Likelihood.LIKELY, likelihood)]
    assert found.options == []


def test_a_cause_that_is_gone_is_named_without_a_word_after() -> None:
    found = compare(make_edition({Kind.TOPICS: [topic(failure_causes=[])]}))

    assert found.causes == [Changed("stray-needle", Likelihood.LIKELY, None)]


def test_a_case_of_one_library_is_answered_by_both() -> None:
    urgent = make_edition({Kind.WARNING_SIGNS: [infection(urgency="urgent")]})

    for before, after in [
        (without(BEFORE, "feverish"), urgent),
        (BEFORE, without(urgent, "feverish")),
    ]:
        found = compare(after, before)
        levels = (found.before.level, found.after.level)
        assert levels == (Urgency.SOON, Urgency.URGENT)


def test_a_case_of_both_libraries_is_asked_as_it_is_after() -> None:
    well = make_case("feverish", profile={"has_not": ["fever"]})

    found = compare(make_edition({Kind.CASES: [well]}))

    assert found.case.profile.has_not == ("fever",)
    assert found.before.level is found.after.level is Urgency.ROUTINE
    assert not found.is_changed


def test_cases_come_in_the_order_of_their_slugs() -> None:
    cases = [make_case(slug) for slug in ("b", "c")]
    after = make_edition({Kind.CASES: cases})

    found = diff_advice(make_edition({Kind.CASES: [make_case("a")]}), after)

    assert [one.case.slug for one in found] == ["a", "b", "c", "feverish"]


def test_a_topic_that_only_one_library_has_is_not_compared() -> None:
    other = make_edition(
        {Kind.TOPICS: [make_topic("other")], Kind.CASES: [make_case(topic="other")]}
    )

    assert list(refuse(BEFORE, other)) == [("case", "before: There is no topic other.")]
    assert list(refuse(other, BEFORE)) == [("case", "after: There is no topic other.")]


def test_a_word_that_only_one_library_knows_is_not_compared() -> None:
    knowing = make_edition(
        {
            Kind.FINDINGS: [make_finding("hiccups")],
            Kind.CASES: [make_case(profile={"has": ["fever", "hiccups"]})],
        }
    )
    reason = "The profile names what is not there: /has/1."

    assert list(refuse(BEFORE, knowing)) == [("case", f"before: {reason}")]
    assert list(refuse(knowing, BEFORE)) == [("case", f"after: {reason}")]


def test_a_case_that_neither_library_can_answer_has_two_reasons() -> None:
    own = {
        Kind.TOPICS: [make_topic("other")],
        Kind.FINDINGS: [make_finding("hiccups")],
        Kind.CASES: [make_case(topic="other", profile={"has": ["hiccups"]})],
    }
    gone = make_edition({Kind.TOPICS: [make_topic("other")]})
    bundle, guides = make_edition(own)
    one_topic = {slug: one for slug, one in guides.items() if slug != "other"}

    [(_, because)] = refuse(gone, (bundle, one_topic))

    assert because == (
        "before: The profile names what is not there: /has/0. "
        "after: There is no topic other."
    )
