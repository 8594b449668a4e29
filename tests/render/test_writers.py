"""Whatever a text holds, its numbers agree and its plain form has no markup."""

import json
import re
from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.sources import ReferenceEntry
from app.render.markdown_writer import write_markdown
from app.render.plain_writer import write_plain
from app.render.rendering import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Passage,
    Rendering,
    Table,
    list_under,
    paragraph,
)
from app.render.text_json import write_text_json
from tests.render.texts import FORMS

SLUGS = ("alpha", "beta", "gamma", "delta")
REFERENCES: Mapping[str, ReferenceEntry] = {
    slug: ReferenceEntry.model_validate(
        {"slug": slug, "title": f"About {slug}", "publisher": "BMJ", "seen": "read"}
    )
    for slug in SLUGS
}
MARKDOWN = st.text(alphabet="ab .*_#`|[]()<>-+1\n", min_size=1, max_size=40)
TEXTS = MARKDOWN | st.sampled_from(["**Never** rest.", "[a](https://b.c)", "- a\n- b"])
PASSAGES = st.builds(
    Passage, TEXTS, st.lists(st.sampled_from(SLUGS), max_size=4).map(tuple)
)
TABLES = st.integers(min_value=1, max_value=3).flatmap(
    lambda width: st.builds(
        Table,
        st.tuples(*[TEXTS] * width),
        st.lists(st.tuples(*[PASSAGES] * width), max_size=3).map(tuple),
    )
)
PASSAGE_LISTS = st.lists(PASSAGES, min_size=1, max_size=3).map(tuple)
BLOCKS = st.one_of(
    st.builds(Heading, TEXTS, st.sampled_from([2, 3])),
    st.builds(Paragraph, PASSAGE_LISTS),
    st.builds(Bullets, PASSAGE_LISTS),
    TABLES,
)
RENDERINGS = st.builds(
    Rendering,
    TEXTS,
    st.lists(BLOCKS, max_size=5).map(tuple),
    st.lists(TEXTS, max_size=3).map(tuple),
    is_numbered=st.just(value=True),
)


def _render(body: Iterable[Block], *, is_numbered: bool = True) -> Rendering:
    return Rendering("A title", tuple(body), ("Ask first.",), is_numbered)


@given(RENDERINGS)
def test_plain_has_no_markup_whatever_the_text(rendering: Rendering) -> None:
    written = write_plain(rendering, REFERENCES)

    assert not re.search(r"[*`#|]|\[[^\[\]]*\]\([^()]*\)", written)


@given(RENDERINGS)
def test_numbers_follow_the_first_use_of_each_source(rendering: Rendering) -> None:
    used = _first_uses(rendering.body)

    listed = re.findall(
        r"(?m)^Source (\d+): About (\w+)", write_plain(rendering, REFERENCES)
    )

    assert listed == [(str(i), slug) for i, slug in enumerate(used, start=1)]


@given(RENDERINGS)
def test_json_lists_the_sources_that_the_others_list(rendering: Rendering) -> None:
    sources = json.loads(write_text_json(rendering, REFERENCES))["sources"]

    assert [one["slug"] for one in sources] == _first_uses(rendering.body)
    assert [one["number"] for one in sources] == [*range(1, len(sources) + 1)]


@given(RENDERINGS)
def test_markdown_lists_every_source_once(rendering: Rendering) -> None:
    _, _, sources = write_markdown(rendering, REFERENCES).rpartition("\n## Sources\n")

    named = re.findall(r"About (\w+)\.", sources)

    used = _first_uses(rendering.body)
    assert not used or named == used


def _first_uses(body: Iterable[Block]) -> list[str]:
    slugs: list[str] = []
    for block in body:
        match block:
            case Heading():
                continue
            case Paragraph(passages) | Bullets(passages):
                slugs += [slug for one in passages for slug in one.sources]
            case Table(_, rows):
                slugs += [slug for row in rows for one in row for slug in one.sources]
    return list(dict.fromkeys(slugs))


BODY: tuple[Block, ...] = (
    paragraph("It **may** help.", ["beta", "alpha"]),
    Heading("Harms"),
    Bullets((Passage("Sore\n\nskin", ("alpha",)), Passage("None."))),
    Table(
        ("Question", "Walking", "Yoga"),
        ((Passage("Cost?"), Passage("*Free* | all", ("beta",)), Passage("Ask.")),),
    ),
)


def test_markdown_is_written_in_full() -> None:
    assert write_markdown(_render(BODY), REFERENCES) == (
        "# A title\n\n"
        "It **may** help. [1] [2]\n\n"
        "## Harms\n\n"
        "- Sore\n  \n  skin [2]\n- None.\n\n"
        "| Question | Walking | Yoga |\n| --- | --- | --- |\n"
        "| Cost? | Free all [1] | Ask. |\n\n"
        "## Safety\n\n"
        "- Ask first.\n\n"
        "*General information. Not a diagnosis. Ask a clinician.*\n\n"
        "## Sources\n\n"
        "1. About beta. BMJ.\n2. About alpha. BMJ.\n"
    )


def test_plain_is_written_in_full() -> None:
    assert write_plain(_render(BODY), REFERENCES) == (
        "A title.\n\n"
        "It may help. (sources 1, 2)\n\n"
        "Harms:\n\n"
        "Sore\nskin (source 2)\nNone.\n\n"
        "Cost?\nWalking: Free all (source 1)\nYoga: Ask.\n\n"
        "Safety:\nAsk first.\n\n"
        "General information. Not a diagnosis. Ask a clinician.\n\n"
        "Source 1: About beta. BMJ.\nSource 2: About alpha. BMJ.\n"
    )


def test_json_is_written_in_full() -> None:
    body = [paragraph("It **may** help.", ["beta"])]

    assert json.loads(write_text_json(_render(body), REFERENCES)) == {
        "title": "A title",
        "body": "It may help. (source 1)",
        "safety": ["Ask first."],
        "disclaimer": "General information. Not a diagnosis. Ask a clinician.",
        "sources": [
            {
                "number": 1,
                "slug": "beta",
                "text": "About beta. BMJ.",
                "address": None,
            }
        ],
    }


@pytest.mark.parametrize("form", ["markdown", "plain"])
def test_what_is_not_numbered_lists_no_sources(form: str) -> None:
    body = [paragraph("It may.", ["beta"])]

    written = FORMS[form](_render(body, is_numbered=False), {})

    assert "It may.\n" in written
    assert "ource" not in written


def test_an_empty_list_has_no_heading() -> None:
    assert list(list_under("Harms", [])) == []


def test_what_is_listed_twice_stands_once() -> None:
    [heading, bullets] = list_under("Harms", [Passage("a"), Passage("b"), Passage("a")])

    assert heading == Heading("Harms")
    assert bullets == Bullets((Passage("a"), Passage("b")))
