"""Treatments side by side, as REST compares them for a person."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from mcp import Client

from app.fields import SectionName
from app.library.bundle import Bundle
from app.library.cases import CaseEntry
from app.library.profile import normalise
from app.mcp.shapes import TEXT_MAX
from tests.api.asking import RECOMMENDATIONS
from tests.databases import Databases
from tests.mcp.conversations import (
    Json,
    Talker,
    converse,
    read_answer,
    read_text,
    serve_here,
)

TOOL = "compare_treatments"
SHARE = 5
"""Of so many cases one is compared: each costs as much as a recommendation."""


@dataclass(frozen=True)
class Compared:
    """A comparison by REST, and by the tool."""

    slug: str
    rest: Json
    told: Json
    text: str


@pytest.fixture(scope="module")
def compared(
    databases: Databases,
    seeded_client: TestClient,
    shipped_app: FastAPI,
    seed_bundle: Bundle,
) -> Sequence[Compared]:
    """Two to six options of the topics of some cases, in one conversation."""
    cases = databases.share(list(seed_bundle.cases.values())[::SHARE])

    async def talk(client: Client) -> list[Compared]:
        return [
            await compare(client, seeded_client, seed_bundle, case) for case in cases
        ]

    return converse(serve_here(shipped_app), talk)


async def compare(
    client: Client, rest: TestClient, bundle: Bundle, case: CaseEntry
) -> Compared:
    options = [one.treatment for one in bundle.topics[case.topic].options]
    chance = random.Random(case.slug)  # noqa: S311 - the same sample every time
    asked: Json = {
        "topic": case.topic,
        "profile": normalise(case.profile),
        "treatments": chance.sample(options, chance.randint(2, 6)),
    }
    if case.region:
        asked["region"] = case.region
    result = await client.call_tool(TOOL, asked)
    there = rest.post("/v1/compare", json=asked)
    assert there.status_code == 200, there.text
    return Compared(case.slug, there.json(), read_answer(result), read_text(result))


def test_every_treatment_stands_where_rest_has_it(compared: Sequence[Compared]) -> None:
    assert len(compared) > 25
    for one in compared:
        shown = [
            (column["slug"], column.get("standing"), column.get("no_standing"))
            for column in one.told["treatments"]
        ]
        assert shown == [
            (column["slug"], column["standing"], column["no_standing"])
            for column in one.rest["treatments"]
        ], one.slug


def test_urgency_stands_first_and_whole(compared: Sequence[Compared]) -> None:
    for one in compared:
        there, shown = one.rest["urgency"], one.told["urgency"]
        for name in ("level", "could_be", "headline", "what_to_do"):
            assert shown[name] == there[name], one.slug
        assert one.text.startswith('{"urgency":{"level":'), one.slug


def test_all_that_speaks_against_a_treatment_for_the_person_is_told_or_counted(
    compared: Sequence[Compared],
) -> None:
    for one in compared:
        for column in one.told["treatments"]:
            against = [
                note["text"]
                for note in one.rest["safety"]
                if note["for_profile"] and note["treatment"] == column["slug"]
            ]
            shown, left = column["against"], column.get("more_against", 0)
            assert shown == against[: len(against) - left], one.slug
            assert not left or not one.told["rows"], one.slug


def test_every_comparison_is_short(compared: Sequence[Compared]) -> None:
    for one in compared:
        assert len(one.text) <= TEXT_MAX, one.slug


def test_no_benefit_is_told_without_the_harms(compared: Sequence[Compared]) -> None:
    for one in compared:
        rows = [row["section"] for row in one.told["rows"]]
        assert rows[:1] in ([], ["serious-harms"]), one.slug
        assert sorted([*rows, *one.told["more"]]) == sorted(SectionName), one.slug


def test_every_treatment_answers_every_question(compared: Sequence[Compared]) -> None:
    for one in compared:
        there = {row["section"]: row for row in one.rest["rows"]}
        for row in one.told["rows"]:
            cells = there[row["section"]]["cells"]
            for cell, other in zip(row["cells"], cells, strict=True):
                answer = other["text"] or other["looked_for"] or other["why"]
                assert cell["treatment"] == other["treatment"]
                assert answer in cell["text"], one.slug


def test_two_treatments_are_told_with_harms_and_benefit(shipped: Talker) -> None:
    told = shipped.ask(TOOL, treatments=["exercise-therapy", "nsaids"])

    assert [row["section"] for row in told["rows"]][:2] == [
        "serious-harms",
        "how-likely-to-help",
    ]
    assert "wait-and-see" in told["wait_and_see"]
    assert all(cell["sources"] for row in told["rows"] for cell in row["cells"])


def test_a_contraindication_of_the_person_is_told(shipped: Talker) -> None:
    told = shipped.ask(
        TOOL, treatments=["nsaids", "walking"], profile={"has": ["kidney-disease"]}
    )

    nsaids, walking = told["treatments"]
    assert (nsaids["standing"], walking["standing"]) == ("avoid", "recommended")
    assert nsaids["against"]
    assert walking["against"] == []


@pytest.mark.parametrize(
    "slug", ["not-sure-of-anything", "cancer-and-worse-pain", "bleeding-near-the-spine"]
)
def test_six_treatments_with_much_against_them_are_short_too(
    shipped: Talker, seeded_client: TestClient, seed_bundle: Bundle, slug: str
) -> None:
    case = seed_bundle.cases[slug]
    asked: Json = {"topic": case.topic, "profile": normalise(case.profile)}
    options = seeded_client.post(RECOMMENDATIONS, json=asked).json()["options"]
    heaviest = sorted(options, key=lambda one: -len(one["against"]))[:6]

    told = shipped.call(TOOL, **asked, treatments=[one["slug"] for one in heaviest])

    assert len(read_text(told)) <= TEXT_MAX
    for column in read_answer(told)["treatments"]:
        assert column["standing"] in ("not-now", "avoid")
        assert column["against"] or column["more_against"]


@pytest.mark.parametrize("name", SectionName)
def test_each_question_can_be_asked_for(shipped: Talker, name: str) -> None:
    told = shipped.ask(TOOL, treatments=["walking", "yoga"], sections=[name])

    assert [row["section"] for row in told["rows"]] == [name]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "/treatments: It is missing."),
        ({"treatments": ["walking"]}, "/treatments: Needs 2 to 6 treatments"),
        ({"treatments": ["walking", "yogaa"]}, "is not a treatment. Nearest: yoga"),
        ({"treatments": ["yoga", "yoga"]}, "Number 2 is the same as number 1."),
        ({"treatments": "yoga"}, "/treatments: Needs a list."),
        (
            {"treatments": ["walking", "yoga"], "profile": {"has": ["sadle-numbness"]}},
            "/profile/has/0: Not a finding. Nearest: saddle-numbness",
        ),
    ],
    ids=["nothing", "one", "a near slug", "one twice", "a word", "a finding"],
)
def test_mistakes_are_named_with_the_valid_choices(
    shipped: Talker, arguments: dict[str, object], said: str
) -> None:
    assert said in shipped.fail(TOOL, **arguments)
