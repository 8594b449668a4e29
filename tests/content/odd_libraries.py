"""Libraries of odd texts, slugs and numbers: whatever may be published."""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from app.fields import Category, Kind, SectionName
from app.library.bundle import Bundle
from app.library.profile_fields import SINCE_DAYS_MAX
from app.profile_words import Relief, Sex, Trend, TriedOutcome
from tests.factories import (
    BASE,
    SOURCES,
    Data,
    make_bundle,
    make_case,
    make_finding,
    make_treatment,
)

laws = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

MISREAD = (
    "no", "on", "yes", "y", "true", "False", "null", "~", "2026-11-22", "1:30", "010",
    "0x1f", "0o17", "1e3", "1_000", ".inf", "-1", "1.5", "<<", "=", "---", "...", "- a",
    "? a", "a: b", "a:", "a #b", "#a", "&a", "*a", "!a", "%a", "@a", "`a", "{a", "[a]",
    "'a'", '"a"', "|", ">", "a\\nb", "a" * 200,
)  # fmt: skip
_SIGNS = " \n\t\r-#:'\"\\,[]{}&*!|>%@`~.0en\x1b\x7f\x85\xa0\u2028\ufeff\u200bé😀\ufffe"
_letters = st.sampled_from(_SIGNS) | st.characters(
    exclude_categories=["Cs"], exclude_characters="\x00"
)
_words = st.lists(
    st.sampled_from(["a", "no", "- b", "#", "c:", "1.5", "\xa0", "word" * 9]),
    max_size=40,
).map(" ".join)
_paragraphs = st.lists(_words | st.text(_letters, max_size=20), max_size=4)

any_texts: st.SearchStrategy[str] = (
    st.text(_letters, max_size=150)
    | st.builds(str.join, st.sampled_from(["\n", "\n\n", "\n\n\n"]), _paragraphs)
    | st.sampled_from(MISREAD)
)
"""Texts that YAML could take for something else."""

texts = any_texts.map(lambda text: text[:3000].strip()).filter(bool)
lines = texts.map(lambda text: text[:300].strip())
slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True) | (
    st.sampled_from(["no", "on", "true", "null", "1", "007", "1e3", "2026-11-22"])
)
numbers = st.floats(-1e9, 1e9) | st.integers(-(10**9), 10**9)


@st.composite
def odd_libraries(draw: st.DrawFn) -> Bundle:
    """The small library with odd findings, measures, a treatment and a case."""
    findings = draw(st.lists(slugs, min_size=1, max_size=3, unique=True))
    measures = draw(st.lists(slugs, max_size=2, unique=True))
    own = {
        Kind.LIBRARY: [{**BASE[Kind.LIBRARY][0], "disclaimer": draw(texts)}],
        Kind.FINDINGS: [
            make_finding(
                slug,
                label=draw(lines),
                question=draw(lines),
                aliases=draw(st.lists(lines, max_size=2)),
            )
            for slug in findings
        ],
        Kind.MEASURES: [_measure(draw, slug) for slug in measures],
        Kind.TREATMENTS: [_treatment(draw)],
        Kind.CASES: [_case(draw, findings, measures)],
    }
    return make_bundle(own)


def _measure(draw: st.DrawFn, slug: str) -> Data:
    bounds = st.lists(numbers, min_size=2, max_size=2, unique=True).map(sorted)
    lowest, highest = draw(bounds)
    return {
        **BASE[Kind.MEASURES][0],
        "slug": slug,
        "unit": draw(lines),
        "minimum": lowest,
        "maximum": highest,
    }


def _treatment(draw: st.DrawFn) -> Data:
    answer = st.builds(lambda text: {"text": text, "sources": SOURCES}, texts)
    unknown = st.builds(lambda text: {"unknown": True, "looked_for": text}, texts)
    sections = draw(st.permutations(list(SectionName)))
    never = {"category": Category.SURGERY.value, "because": draw(texts)}
    return make_treatment(
        summary=draw(texts),
        sections={name.value: draw(answer | unknown) for name in sections},
        not_with=[{**never, "sources": SOURCES}],
        one_at_a_time=draw(st.booleans()),
        questions_to_ask=draw(st.lists(lines, max_size=2)),
    )


def _case(draw: st.DrawFn, findings: list[str], measures: list[str]) -> Data:
    days = st.floats(0, SINCE_DAYS_MAX) | st.integers(0, SINCE_DAYS_MAX)
    trends = st.sampled_from([one.value for one in Trend])
    reported: Any = st.sampled_from(findings) | st.fixed_dictionaries(
        {"finding": st.sampled_from(findings)},
        optional={"since_days": days, "trend": trends},
    )
    outcomes = st.sampled_from([one.value for one in TriedOutcome])
    profile = st.fixed_dictionaries(
        {},
        optional={
            "age": st.integers(0, 120),
            "sex": st.sampled_from([one.value for one in Sex]),
            "pain": st.fixed_dictionaries({}, optional={"trend": trends}),
            "last_treatment": st.fixed_dictionaries(
                {},
                optional={
                    "days_ago": days,
                    "relief": st.sampled_from([one.value for one in Relief]),
                },
            ),
            "has": st.lists(reported, max_size=3),
            "has_not": st.lists(st.sampled_from(findings), max_size=2),
            "measures": st.dictionaries(st.sampled_from(measures), numbers)
            if measures
            else st.just({}),
            "tried": st.dictionaries(st.sampled_from(["walking"]), outcomes),
        },
    )
    return make_case(draw(slugs), because=draw(texts), profile=draw(profile))
