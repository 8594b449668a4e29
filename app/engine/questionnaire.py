"""The form of a topic: exactly what its rules ask, in the shape of a profile."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict

from app.engine.facts import finding_fact, finding_of
from app.engine.guide import Guide
from app.engine.recommend import recommend
from app.engine.rules import GuideRule
from app.engine.screens import Screen
from app.library.conditions import Compare, Condition, Has, Tried, walk
from app.library.profile import PatientProfile
from app.library.profile_fields import (
    OUTCOME_WORDS,
    PROFILE_FIELDS,
    NumberField,
    WordField,
)
from app.library.profile_schema import profile_schema


class Form(BaseModel):
    """A frozen part of a questionnaire."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AskedFinding(Form):
    """A finding, and which qualifiers matter if it is present."""

    slug: str
    label: str
    question: str
    aliases: tuple[str, ...]
    qualifiers: tuple[str, ...]


class AskedScreen(Form):
    """Findings that are asked together: any of them, none of these, or not sure."""

    slug: str
    question: str
    findings: tuple[AskedFinding, ...]


class AskedField(Form):
    """A field of the profile: a number with bounds, or one word of a list."""

    path: str
    question: str
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    words: tuple[str, ...] = ()


class AskedTreatment(Form):
    """A treatment whose outcome matters if it was tried."""

    slug: str
    name: str


class Questionnaire(Form):
    """The profile form of a topic, screens first, and its JSON Schema 2020-12."""

    release: int
    topic: str
    screens: tuple[AskedScreen, ...]
    fields: tuple[AskedField, ...]
    measures: tuple[AskedField, ...]
    tried: tuple[AskedTreatment, ...]
    outcomes: tuple[str, ...]
    profile_schema: dict[str, Any]


def build_questionnaire(guide: Guide) -> Questionnaire:
    """Return the form of a guide: every fact that a rule names, and no other."""
    nodes = [node for one in _conditions(guide) for _, node in walk(one)]
    asked = {node.finding for node in nodes if isinstance(node, Has)}
    nodes += [node for one in _possible_when(guide, asked) for _, node in walk(one)]
    paths = {node.path for node in nodes if isinstance(node, Compare)}
    tried = {node.treatment for node in nodes if isinstance(node, Tried)}
    return Questionnaire(
        release=guide.release,
        topic=guide.topic.slug,
        screens=_ask_screens(guide, asked, nodes),
        fields=tuple(_ask_field(path) for path in PROFILE_FIELDS if path in paths),
        measures=tuple(
            AskedField(
                path=f"measures.{one.slug}",
                question=one.question,
                unit=one.unit,
                minimum=one.minimum,
                maximum=one.maximum,
            )
            for one in guide.vocabulary.measures.values()
            if f"measures.{one.slug}" in paths
        ),
        tried=tuple(
            AskedTreatment(slug=slug, name=guide.vocabulary.treatment_names[slug])
            for slug in sorted(tried)
        ),
        outcomes=OUTCOME_WORDS,
        profile_schema=profile_schema(guide.vocabulary),
    )


def _conditions(guide: Guide) -> Iterator[Condition]:
    rules: list[GuideRule] = list(guide.rules)
    for rule in rules:
        yield rule.when
        if rule.unless is not None:
            yield rule.unless


def _possible_when(guide: Guide, asked: set[str]) -> Iterator[Condition]:
    for slug in asked:
        possible_when = guide.vocabulary.findings[slug].possible_when
        if possible_when is not None:
            yield possible_when


def _ask_screens(
    guide: Guide, asked: set[str], nodes: list[Condition]
) -> tuple[AskedScreen, ...]:
    qualifiers: dict[str, set[str]] = {}
    for node in nodes:
        if isinstance(node, Has):
            qualifiers.setdefault(node.finding, set()).update(node.qualifiers)
    screens = []
    for screen in _pressing_first(guide):
        findings = [
            _ask_finding(guide, slug, qualifiers[slug])
            for slug in map(finding_of, screen.facts)
            if slug in asked and finding_fact(slug) in screen.facts
        ]
        if findings:
            screens.append(
                AskedScreen(
                    slug=screen.slug,
                    question=screen.question,
                    findings=tuple(findings),
                )
            )
    return tuple(screens)


def _pressing_first(guide: Guide) -> list[Screen]:
    """Return the screens in the order in which they would be asked of a stranger."""
    asked = recommend(guide, PatientProfile()).ask_next
    place = {question.slug: index for index, question in enumerate(asked)}
    return sorted(
        guide.screens,
        key=lambda screen: (place.get(screen.slug, len(place)), screen.slug),
    )


def _ask_finding(guide: Guide, slug: str, qualifiers: set[str]) -> AskedFinding:
    entry = guide.vocabulary.findings[slug]
    return AskedFinding(
        slug=slug,
        label=entry.label,
        question=entry.question,
        aliases=entry.aliases,
        qualifiers=tuple(sorted(qualifiers)),
    )


def _ask_field(path: str) -> AskedField:
    match PROFILE_FIELDS[path]:
        case NumberField() as number:
            return AskedField(
                path=path,
                question=number.question,
                unit=number.unit,
                minimum=number.minimum,
                maximum=number.maximum,
            )
        case WordField() as word:
            return AskedField(path=path, question=word.question, words=word.words)
