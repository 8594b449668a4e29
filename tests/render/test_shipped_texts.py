"""Every item that we ship, in every form and length, is short, safe and sourced."""

import json
import re

import pytest

from app.fields import Kind, SectionName, Urgency
from app.library.about import fill_in
from app.library.bundle import Bundle, ancestors
from app.library.entry import Caution, Rule
from app.library.plain_text import list_plain_lines, to_plain
from app.library.treatments import TreatmentEntry
from app.render.framing import HOW_FAST, SIGNS_FIRST
from app.render.rendering import DISCLAIMER, Length, list_passages
from tests.render.texts import FORMS, Text, brief_passages, names_in

MARKUP = re.compile(r"[*`#|]|\]\(|^\s*[-+>] ", re.MULTILINE)
in_every_form = pytest.mark.parametrize("form", list(FORMS))


def _brief(texts: list[Text], length: Length) -> dict[str, str]:
    return {
        f"{text.kind}/{text.slug}": " ".join(brief_passages(text.rendering))
        for text in texts
        if text.length is length
    }


def test_a_short_body_has_140_characters_at_most(shipped_texts: list[Text]) -> None:
    bodies = _brief(shipped_texts, Length.SHORT)

    assert {name: body for name, body in bodies.items() if len(body) > 140} == {}
    assert all(bodies.values())


def test_a_medium_body_has_80_words_at_most(shipped_texts: list[Text]) -> None:
    bodies = _brief(shipped_texts, Length.MEDIUM)

    assert {name: one for name, one in bodies.items() if len(one.split()) > 80} == {}
    assert all(bodies.values())


@in_every_form
def test_what_is_bounded_is_what_is_written(
    seed_bundle: Bundle, shipped_texts: list[Text], form: str
) -> None:
    for text in shipped_texts:
        if text.length is not Length.FULL:
            written = FORMS[form](text.rendering, seed_bundle.references)
            body = " ".join(brief_passages(text.rendering))

            assert (json.dumps(body)[1:-1] if form == "json" else body) in written


@in_every_form
def test_safety_and_disclaimer_are_in_every_text(
    seed_bundle: Bundle, shipped_texts: list[Text], form: str
) -> None:
    for text in shipped_texts:
        written = FORMS[form](text.rendering, seed_bundle.references)
        plain = " ".join(json.loads(written)["safety"]) if form == "json" else written

        assert text.rendering.safety
        assert [line for line in text.rendering.safety if line not in plain] == []
        assert DISCLAIMER in written


def test_safety_is_the_same_at_every_length(shipped_texts: list[Text]) -> None:
    said: dict[tuple[Kind, str], set[tuple[str, ...]]] = {}
    for text in shipped_texts:
        said.setdefault((text.kind, text.slug), set()).add(text.rendering.safety)

    assert {item for item, lines in said.items() if len(lines) > 1} == set()


def test_plain_text_has_no_markup(
    seed_bundle: Bundle, shipped_texts: list[Text]
) -> None:
    for text in shipped_texts:
        written = FORMS["plain"](text.rendering, seed_bundle.references)

        assert not MARKUP.search(re.sub(r"https://\S+", "", written))


@in_every_form
def test_every_sign_says_how_fast_and_what_to_do(
    seed_bundle: Bundle, shipped_texts: list[Text], form: str
) -> None:
    for text in shipped_texts:
        if text.kind is Kind.WARNING_SIGNS:
            sign = seed_bundle.warning_signs[text.slug]
            written = FORMS[form](text.rendering, seed_bundle.references)
            to_do = [fill_in(one, None) for one in sign.what_to_do]

            assert HOW_FAST[sign.urgency] in written
            assert [one for one in to_do if one not in written] == []


@pytest.mark.parametrize("length", list(Length))
def test_the_body_of_every_sign_says_how_fast(
    seed_bundle: Bundle, shipped_texts: list[Text], length: Length
) -> None:
    for text in shipped_texts:
        if text.kind is Kind.WARNING_SIGNS and text.length is length:
            urgency = seed_bundle.warning_signs[text.slug].urgency
            body = " ".join(one.text for one in list_passages(text.rendering.body))

            assert HOW_FAST[urgency].removesuffix(".") in body


def test_every_topic_names_its_emergencies(
    seed_bundle: Bundle, shipped_texts: list[Text]
) -> None:
    for text in shipped_texts:
        if text.kind is Kind.TOPICS:
            named = [
                sign.name
                for sign in seed_bundle.warning_signs.values()
                if sign.urgency is Urgency.EMERGENCY
                and text.slug in (sign.topics or seed_bundle.topics)
            ]
            first, emergencies = text.rendering.safety

            assert first == SIGNS_FIRST
            assert emergencies.startswith("Get emergency help now for any of these: ")
            assert [name for name in named if name not in emergencies] == []


def test_every_treatment_says_what_speaks_against_it(
    seed_bundle: Bundle, shipped_texts: list[Text]
) -> None:
    for text in shipped_texts:
        if text.kind is Kind.TREATMENTS:
            said = "\n".join(text.rendering.safety)
            rules = _rules(seed_bundle, text.slug)
            avoided = [one for one in rules if not isinstance(one, Caution)]

            assert [one.slug for one in avoided if one.because not in said] == []


def test_every_treatment_says_whom_to_ask_first_about(
    seed_bundle: Bundle, shipped_texts: list[Text]
) -> None:
    labels = names_in(seed_bundle)[Kind.FINDINGS]
    for text in shipped_texts:
        if text.kind is Kind.TREATMENTS:
            said = "\n".join(text.rendering.safety)
            for rule in _rules(seed_bundle, text.slug):
                data = rule.model_dump(mode="json")
                found = re.findall(r"'(?:has|finding)': '([^']+)'", str(data["when"]))
                named = [labels[slug] for slug in found]
                is_named = bool(named) and all(name in said for name in named)
                is_asked = not isinstance(rule, Caution) or rule.ask_first

                assert not is_asked or is_named or rule.because in said, rule.slug


def _rules(bundle: Bundle, slug: str) -> list[Rule]:
    lines = [slug, *ancestors(bundle.treatments, slug)]
    treatments = [bundle.treatments[one] for one in lines]
    return [
        rule
        for treatment in treatments
        for rule in (*treatment.avoid_when, *treatment.caution_when)
    ]


def test_every_treatment_says_what_may_harm(
    seed_bundle: Bundle, shipped_texts: list[Text]
) -> None:
    for text in shipped_texts:
        if text.kind is Kind.TREATMENTS:
            harms = seed_bundle.treatments[text.slug].sections[
                SectionName.SERIOUS_HARMS
            ]
            said = " ".join(text.rendering.safety)

            assert to_plain(harms.text or harms.looked_for or "") in said


@pytest.mark.parametrize("form", ["markdown", "plain"])
def test_a_full_treatment_has_every_section(
    seed_bundle: Bundle, shipped_texts: list[Text], form: str
) -> None:
    for text in shipped_texts:
        if text.kind is Kind.TREATMENTS and text.length is Length.FULL:
            written = FORMS[form](text.rendering, seed_bundle.references)
            lines = _section_lines(seed_bundle.treatments[text.slug])

            assert [line for line in lines if line not in written] == []


def _section_lines(treatment: TreatmentEntry) -> list[str]:
    answers = [
        section.text or section.looked_for or section.why or ""
        for section in treatment.sections.values()
    ]
    return [line.text for answer in answers for line in list_plain_lines(answer)]
