"""Runs the example profiles: the advice they get must be the advice they expect."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.content.following import Follow, each, ignore
from app.content.places import EntryFault
from app.engine.compiler import Guidebook
from app.engine.guide import Guide
from app.engine.recommend import recommend_as_is
from app.engine.recommendation import Reason, Recommendation
from app.fields import Kind, Standing
from app.library.bundle import Bundle
from app.library.cases import CaseEntry, Expectation

Found = Iterator[tuple[str, str]]


Tested = Mapping[str, frozenset[str]]
"""Which rules gave a reason in each case, by their ids."""


@dataclass(frozen=True, slots=True)
class CasesRun:
    """What is not as the cases expect, which rules they tested, and the guides."""

    faults: tuple[EntryFault, ...]
    tested: Tested
    guides: Mapping[str, Guide]


def run_cases(
    bundle: Bundle,
    guides: Mapping[str, Guide] | None = None,
    follow: Follow = ignore,
) -> CasesRun:
    """Run the cases of a checked bundle, or of a part by the guides of the whole."""
    guides = guides or Guidebook(bundle, release=0)
    faults: list[EntryFault] = []
    tested: dict[str, frozenset[str]] = {}
    # Topic by topic: the engine keeps what only so many guides came to.
    cases = sorted(bundle.cases.values(), key=lambda case: (case.topic, case.slug))
    for case in each(cases, "case", follow):
        advice = recommend_as_is(guides[case.topic], case.profile, region=case.region)
        faults += check_advice(case, advice)
        tested[case.slug] = frozenset(one.rule for one in _all_reasons(advice))
    return CasesRun(tuple(sorted(faults)), tested, guides)


def check_advice(case: CaseEntry, advice: Recommendation) -> Iterator[EntryFault]:
    """Yield what of the advice is not as the case expects."""
    for check in (_check_urgency, _check_options, _check_rest, _check_questions):
        for pointer, detail in check(case.expect, advice):
            yield EntryFault(Kind.CASES, case.slug, f"/expect{pointer}", detail)


def _check_urgency(expect: Expectation, advice: Recommendation) -> Found:
    urgency = advice.urgency
    if urgency.level is not expect.level:
        yield "/level", f"The level is {urgency.level}, not {expect.level}."
    if urgency.could_be is not expect.could_be:
        yield "/could_be", f"It could be {urgency.could_be}, not {expect.could_be}."
    matched = {sign.slug for sign in urgency.signs if sign.because}
    yield from _check_members("signs", expect.signs, matched)
    yield from _check_absent("not_signs", expect.not_signs, matched)


def _check_options(expect: Expectation, advice: Recommendation) -> Found:
    standings = {option.slug: option.standing for option in advice.options}
    for slug, standing in standings.items():
        if expect.every_option and standing not in expect.every_option:
            yield "/every_option", f"{slug} is {standing}."
    for slug, wanted in expect.options.items():
        if slug not in standings:
            yield f"/options/{slug}", "It is not an option of the topic."
        elif standings[slug] not in wanted:
            yield f"/options/{slug}", _is_not(standings[slug], wanted)
    for category, slug in expect.first_of.items():
        of_category = [one.slug for one in advice.options if one.category is category]
        if not of_category or of_category[0] != slug:
            first = of_category[0] if of_category else "none"
            yield f"/first_of/{category}", f"The first one is {first}, not {slug}."


def _is_not(standing: Standing, wanted: Iterable[Standing]) -> str:
    return f"It is {standing}, not {' or '.join(wanted)}."


def _check_rest(expect: Expectation, advice: Recommendation) -> Found:
    likelihoods = {cause.slug: cause.likelihood for cause in advice.causes}
    for slug, likelihood in expect.causes.items():
        if likelihoods.get(slug) is not likelihood:
            found = likelihoods.get(slug, "not a cause of the topic")
            yield f"/causes/{slug}", f"It is {found}, not {likelihood}."
    reasons = {reason.rule for reason in _all_reasons(advice)}
    yield from _check_members("reasons", expect.reasons, reasons)
    yield from _check_absent("not_reasons", expect.not_reasons, reasons)
    planned = {slug for step in advice.plan for slug in step.treatments}
    yield from _check_members("in_plan", expect.in_plan, planned)
    yield from _check_absent("not_in_plan", expect.not_in_plan, planned)


def _check_questions(expect: Expectation, advice: Recommendation) -> Found:
    asked = {fact for question in advice.ask_next for fact in question.asks}
    first = set(advice.ask_next[0].asks) if advice.ask_next else set()
    yield from _check_members("asks", expect.asks, asked)
    yield from _check_members("asks_first", expect.asks_first, first)
    yield from _check_absent("not_asks", expect.not_asks, asked)


def _check_members(key: str, wanted: Iterable[str], found: set[str]) -> Found:
    for index, name in enumerate(wanted):
        if name not in found:
            yield f"/{key}/{index}", f"{name} is missing from the advice."


def _check_absent(key: str, unwanted: Iterable[str], found: set[str]) -> Found:
    for index, name in enumerate(unwanted):
        if name in found:
            yield f"/{key}/{index}", f"{name} must not be in the advice."


def _all_reasons(advice: Recommendation) -> Iterator[Reason]:
    for sign in advice.urgency.signs:
        yield from sign.because
    for cause in advice.causes:
        yield from (*cause.because, *cause.against)
    for option in advice.options:
        yield from (*option.because, *option.cautions, *option.against)
