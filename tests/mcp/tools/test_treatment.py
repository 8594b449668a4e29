"""Every treatment is told in short, and what must be said of it in full."""

import json
from collections.abc import Mapping

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from mcp import Client

from app.fields import SectionName
from app.library.bundle import Bundle
from app.mcp.shapes import TEXT_MAX
from tests.api.asking import Json, get_json
from tests.mcp.conversations import Talker, converse, read_text, serve_here

TOOL = "get_treatment"


@pytest.fixture(scope="module")
def told(shipped_app: FastAPI, seed_bundle: Bundle) -> Mapping[str, str]:
    """Every treatment as it is told, in one conversation."""

    async def talk(client: Client) -> dict[str, str]:
        return {
            slug: read_text(await client.call_tool(TOOL, {"slug": slug}))
            for slug in seed_bundle.treatments
        }

    return converse(serve_here(shipped_app), talk)


def read_there(client: TestClient, slug: str) -> tuple[Json, Json]:
    """Return a treatment as REST has it, and the text that it makes of it."""
    address = f"/v1/treatments/{slug}"
    text = get_json(client, f"{address}?format=json&length=medium")
    return get_json(client, address), text


def test_every_treatment_is_told_in_short(told: Mapping[str, str]) -> None:
    assert len(told) > 50
    for slug, text in told.items():
        assert len(text) <= TEXT_MAX, slug


def test_all_that_must_be_said_is_told(
    told: Mapping[str, str], seeded_client: TestClient
) -> None:
    for slug, text in told.items():
        shown, (_, said) = json.loads(text), read_there(seeded_client, slug)
        assert shown["safety"] == said["safety"], slug
        assert shown["disclaimer"] == said["disclaimer"], slug


def test_what_is_known_is_told_as_rest_has_it(
    told: Mapping[str, str], seeded_client: TestClient
) -> None:
    for slug, text in told.items():
        shown, (treatment, _) = json.loads(text), read_there(seeded_client, slug)
        evidence, positions = treatment["evidence"], treatment["positions"]
        for name in ("benefit", "certainty", "statement", "sources"):
            assert shown[name] == evidence[name], slug
        assert sum(shown["positions"].values()) == len(positions), slug
        for section in shown["sections"]:
            there = treatment["sections"][section["section"]]
            assert (there["text"] or there["looked_for"] or there["why"]) in section[
                "text"
            ]
            assert section["sources"] == (there["sources"] or []), slug


def test_every_question_is_answered_or_can_be_asked_for(
    told: Mapping[str, str],
) -> None:
    for text in told.values():
        shown = json.loads(text)
        answered = [one["section"] for one in shown["sections"]]
        assert sorted([*answered, *shown["more"]]) == sorted(SectionName)


@pytest.mark.parametrize("name", SectionName)
def test_each_question_can_be_asked_for(shipped: Talker, name: str) -> None:
    told = shipped.ask(TOOL, slug="nsaids", sections=[name])

    assert [one["section"] for one in told["sections"]] == [name]


def test_questions_may_come_in_a_text(shipped: Talker) -> None:
    told = shipped.ask(TOOL, slug="walking", sections='["daily-life", "how-long"]')

    assert [one["section"] for one in told["sections"]] == ["daily-life", "how-long"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "/slug: It is missing."),
        ({"slug": "walkin"}, "Not a treatment. Nearest: walking"),
        ({"slug": "../topics"}, "Not a treatment."),
        ({"slug": "walking", "sections": ["price"]}, "/sections/0: Not a valid word."),
    ],
    ids=["nothing", "a near slug", "a way elsewhere", "another question"],
)
def test_mistakes_are_named_with_the_valid_choices(
    shipped: Talker, arguments: dict[str, object], said: str
) -> None:
    assert said in shipped.fail(TOOL, **arguments)
