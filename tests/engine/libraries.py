"""Generated libraries: small, of every form, and as the load-time rules want them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from hypothesis import strategies as st

from app.engine.compiler import compile_guide
from app.engine.guide import Guide
from app.engine.triage import rank
from app.fields import Category, Kind, Urgency
from app.library.bundle import Bundle
from app.library.conditions import Condition, Has, Not, OneOf, Range, dump_condition
from tests.factories import (
    BASE,
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
from tests.library.strategies import Words, conditions, leaves

NAMED = ("first", "second")
PARTS = {"nsaids": "medicines", "ibuprofen": "nsaids", "naproxen": "nsaids"}
TREATMENTS = ("walking", "medicines", *PARTS, "surgery", "facet-joint-injection")
OPTIONS = ("walking", "nsaids", "ibuprofen", "surgery")
FINDINGS = (*(one["slug"] for one in BASE[Kind.FINDINGS]), "cannot-walk")
PATHS = ("age", "sex", "pain.trend", "last_treatment.relief", "last_treatment.times")
OWN = Words(findings=FINDINGS, treatments=TREATMENTS, paths=PATHS)
SHARED = Words(findings=FINDINGS, treatments=TREATMENTS, paths=PATHS, named=NAMED)


@dataclass(frozen=True)
class Pools:
    """The rules that the lists of one library are drawn from."""

    signs: Sequence[Data]
    guards: Sequence[Data]
    offers: Sequence[Data]


def _rule(when: Condition, unless: Condition | None) -> Data:
    rule = make_rule(when=dump_condition(when))
    return {**rule, "unless": dump_condition(unless)} if unless else rule


@cache
def _pools() -> st.SearchStrategy[Pools]:
    any_condition = conditions(SHARED)
    without_not = conditions(SHARED, with_not=False)
    sign = st.builds(_rule, any_condition, st.none())
    # Beside an `unless` a sign says no `any`, and so no `not` of an `all` either; a
    # named condition might.
    plain = conditions(OWN, with_any=False, with_not=False)
    negated = st.builds(Not, leaves(OWN))
    old_sign = st.builds(_rule, plain | negated, _old_changes())
    guard = st.builds(_rule, any_condition, st.none() | any_condition)
    offer = st.builds(_rule, without_not, st.none() | any_condition)
    return st.builds(
        Pools,
        st.lists(sign | old_sign, min_size=2, max_size=3),
        st.lists(guard, min_size=2, max_size=5),
        st.lists(offer, min_size=1, max_size=3).map(_with_always),
    )


def _with_always(offers: list[Data]) -> list[Data]:
    return [make_rule(), *offers]


def _old_changes() -> st.SearchStrategy[Condition]:
    """A change that is not acute: at least 15 days old, and no worse."""
    calm = OneOf(frozenset({"unchanged", "better"}))
    return st.builds(
        Has, st.sampled_from(FINDINGS), st.just(Range(at_least=15)), st.just(calm)
    )


def _pick(
    draw: st.DrawFn, pool: Sequence[Data | None], name: str, **more: Any
) -> list[Data]:
    """Draw a list of rules with slugs of their own; `more` are strategies."""
    picked = draw(st.lists(st.sampled_from([None, *pool]), max_size=2))
    return [
        {
            **rule,
            "slug": f"{name}-{index}",
            **{key: draw(values) for key, values in more.items()},
        }
        for index, rule in enumerate(picked)
        if rule is not None
    ]


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    """A library with signs, named conditions, causes, parts, and all lists of rules."""
    pools = draw(_pools())
    own = {
        Kind.FINDINGS: [make_finding("cannot-walk", implies=["foot-drop"])],
        Kind.CONDITIONS: _named(draw),
        Kind.WARNING_SIGNS: _signs(draw, pools),
        Kind.FAILURE_CAUSES: [_cause(draw, pools)],
        Kind.TREATMENTS: [_treatment(draw, pools, slug) for slug in TREATMENTS],
        Kind.TOPICS: [_topic(draw, pools)],
    }
    return make_bundle(own)


def guides() -> st.SearchStrategy[Guide]:
    return bundles().map(compile_topic)


def compile_topic(bundle: Bundle) -> Guide:
    return compile_guide(bundle, TOPIC, release=1)


def _named(draw: st.DrawFn) -> list[Data]:
    """Two named conditions, the second of which may name the first."""
    words = (OWN, Words(findings=FINDINGS, named=NAMED[:1]))
    return [
        {
            "slug": slug,
            "description": "A condition.",
            "when": dump_condition(draw(conditions(known, with_not=False))),
        }
        for slug, known in zip(NAMED, words, strict=True)
    ]


def _signs(draw: st.DrawFn, pools: Pools) -> list[Data]:
    holds = st.sampled_from(
        [[], [{"treatment": "nsaids"}], [{"category": Category.SURGERY.value}]]
    )
    return [
        make_sign(
            f"sign-{rank(urgency)}",
            urgency=urgency.value,
            rules=_pick(draw, pools.signs, "rule") or [make_rule(when=NUMBNESS)],
            holds=draw(holds),
        )
        for urgency in sorted(draw(st.sets(st.sampled_from(Urgency), max_size=3)))
    ]


NUMBNESS = {"has": "saddle-numbness"}


def _cause(draw: st.DrawFn, pools: Pools) -> Data:
    strong = st.booleans()
    return make_cause(
        clues_for=_pick(draw, pools.offers, "for", strong=strong),
        clues_against=_pick(draw, pools.offers, "against", strong=strong),
    )


def _treatment(draw: st.DrawFn, pools: Pools, slug: str) -> Data:
    category = Category.SURGERY if slug == "surgery" else Category.MEDICATION
    data = make_treatment(slug, category=category.value)
    if slug in ("medicines", "nsaids", "surgery"):
        data["avoid_when"] = _pick(draw, pools.guards, "avoid")
        data["caution_when"] = _pick(
            draw, pools.guards, "caution", ask_first=st.booleans()
        )
    return {**data, "part_of": PARTS[slug]} if slug in PARTS else data


def _topic(draw: st.DrawFn, pools: Pools) -> Data:
    options = [
        make_option(
            slug,
            recommend_when=_pick(draw, pools.offers, "recommend"),
            consider_when=_pick(draw, pools.offers, "consider"),
            not_now_when=_pick(draw, pools.guards, "not-now"),
            avoid_when=_pick(draw, pools.guards, "avoid"),
        )
        for slug in OPTIONS
    ]
    scope = draw(st.sampled_from(pools.guards)) if draw(st.booleans()) else None
    return make_topic(
        failure_causes=["cause"],
        options=options,
        out_of_scope_when=[{**scope, "slug": "scope"}] if scope else [],
    )
