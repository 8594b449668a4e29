"""Every source of a full text is listed once, and every number is of the list."""

import json
import re
from collections.abc import Iterable

import pytest

from app.fields import Kind
from app.library.bundle import Bundle, ancestors
from app.library.entry import mentions
from app.render.citations import describe_source
from app.render.rendering import Length
from tests.render.texts import FORMS, Text

LISTED = {
    "markdown": re.compile(r"(?m)^(\d+)\. (.*)$"),
    "plain": re.compile(r"(?m)^Source (\d+): (.*)$"),
}
USED = {
    "markdown": re.compile(r"(?<= )\[(\d+)\]"),
    "plain": re.compile(r"(?<=\(source )(\d+)\)|(?<=\(sources )([\d, ]+)\)"),
}
in_each_form = pytest.mark.parametrize("form", list(LISTED))


def _full(texts: Iterable[Text]) -> list[Text]:
    return [text for text in texts if text.length is Length.FULL]


def _used(written: str, form: str) -> list[int]:
    groups = (match.groups() for match in USED[form].finditer(written))
    marks = "".join(f" {group}" for found in groups for group in found if group)
    return [int(number) for number in re.findall(r"\d+", marks)]


@in_each_form
def test_sources_are_numbered_in_the_order_of_their_first_use(
    seed_bundle: Bundle, shipped_texts: list[Text], form: str
) -> None:
    for text in _full(shipped_texts):
        written = FORMS[form](text.rendering, seed_bundle.references)
        listed = [int(match[1]) for match in LISTED[form].finditer(written)]

        assert listed == list(range(1, len(listed) + 1))
        assert {*listed} == {*_used(written, form)}
        assert listed


@in_each_form
def test_no_source_is_listed_twice(
    seed_bundle: Bundle, shipped_texts: list[Text], form: str
) -> None:
    for text in _full(shipped_texts):
        written = FORMS[form](text.rendering, seed_bundle.references)
        listed = [match[2] for match in LISTED[form].finditer(written)]

        assert len(listed) == len({*listed})


@in_each_form
def test_every_source_of_an_item_is_listed(
    seed_bundle: Bundle, shipped_texts: list[Text], form: str
) -> None:
    for text in _full(shipped_texts):
        written = FORMS[form](text.rendering, seed_bundle.references)
        listed = "\n".join(match[2] for match in LISTED[form].finditer(written))
        missing = [
            slug
            for slug in _sources_of(seed_bundle, text.kind, text.slug)
            if describe_source(seed_bundle.references[slug]) not in listed
        ]

        assert missing == []


def _sources_of(bundle: Bundle, kind: Kind, slug: str) -> set[str]:
    entry = bundle.of_kind(kind)[slug]
    return {one for _, named, one in mentions(entry) if named is Kind.REFERENCES}


def test_what_is_inherited_has_its_sources(
    seed_bundle: Bundle, shipped_texts: list[Text]
) -> None:
    for text in _full(shipped_texts):
        if text.kind is Kind.TREATMENTS:
            written = FORMS["plain"](text.rendering, seed_bundle.references)
            inherited = {
                slug
                for one in ancestors(seed_bundle.treatments, text.slug)
                for rule in seed_bundle.treatments[one].avoid_when
                for slug in rule.sources
            }
            described = [describe_source(seed_bundle.references[s]) for s in inherited]

            assert [one for one in described if one not in written] == []


@in_each_form
def test_a_brief_text_has_no_numbers_and_no_list(
    seed_bundle: Bundle, shipped_texts: list[Text], form: str
) -> None:
    for text in shipped_texts:
        if text.length is not Length.FULL:
            written = FORMS[form](text.rendering, seed_bundle.references)

            assert _used(written, form) == []
            assert LISTED[form].findall(written) == []


@pytest.mark.parametrize("length", list(Length))
def test_json_lists_what_carries_a_body(
    seed_bundle: Bundle, shipped_texts: list[Text], length: Length
) -> None:
    for text in shipped_texts:
        if text.length is length:
            written = json.loads(FORMS["json"](text.rendering, seed_bundle.references))
            slugs = [source["slug"] for source in written["sources"]]

            assert slugs
            assert len(slugs) == len({*slugs})
            assert seed_bundle.references.keys() >= {*slugs}
