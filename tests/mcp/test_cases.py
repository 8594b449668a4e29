"""A client of MCP reaches what REST recommends, in every case that we ship."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from mcp import Client

from app.library.bundle import Bundle
from app.library.cases import CaseEntry
from app.library.profile import normalise
from app.mcp.shapes import TEXT_MAX
from tests.api.asking import RECOMMENDATIONS
from tests.databases import Databases
from tests.mcp.conversations import Json, converse, read_answer, read_text, serve_here


@dataclass(frozen=True)
class Told:
    """What REST says of a case, and what two tools do."""

    case: CaseEntry
    rest: Json
    steps: Json
    signs: Json
    texts: tuple[str, str]


@pytest.fixture(scope="module")
def all_told(
    databases: Databases,
    seeded_client: TestClient,
    shipped_app: FastAPI,
    seed_bundle: Bundle,
) -> Sequence[Told]:
    """Every case, told by REST and in one conversation."""
    cases = databases.share(seed_bundle.cases.values())

    async def talk(client: Client) -> list[Told]:
        return [await tell(client, seeded_client, case) for case in cases]

    return converse(serve_here(shipped_app), talk)


async def tell(client: Client, rest: TestClient, case: CaseEntry) -> Told:
    asked: Json = {"topic": case.topic, "profile": normalise(case.profile)}
    if case.region:
        asked["region"] = case.region
    steps = await client.call_tool("recommend_next_steps", asked)
    signs = await client.call_tool("check_warning_signs", asked)
    return Told(
        case,
        rest.post(RECOMMENDATIONS, json=asked).json(),
        read_answer(steps),
        read_answer(signs),
        (read_text(steps), read_text(signs)),
    )


def list_slugs(entries: Sequence[Json]) -> list[str]:
    return [one["slug"] for one in entries]


def test_every_case_has_the_same_level(all_told: Sequence[Told]) -> None:
    assert len(all_told) > 125
    for told in all_told:
        for answer in (told.rest, told.steps, told.signs):
            urgency = answer["urgency"]
            assert urgency["level"] == told.case.expect.level, told.case.slug
            assert urgency["could_be"] == told.case.expect.could_be, told.case.slug


def test_every_case_has_the_same_standings(all_told: Sequence[Told]) -> None:
    for told in all_told:
        standings = {
            standing: [
                one["slug"]
                for one in told.rest["options"]
                if one["standing"] == standing
            ]
            for standing in ("recommended", "consider", "avoid", "not-now")
        }
        not_now = standings.pop("not-now")
        assert told.steps["standings"] == standings, told.case.slug
        assert told.steps["not_now"] == len(not_now), told.case.slug


def test_every_case_has_the_same_signs(all_told: Sequence[Told]) -> None:
    for told in all_told:
        signs = [one for one in told.rest["urgency"]["signs"] if one["because"]]
        for answer in (told.steps, told.signs):
            shown = answer["urgency"]["signs"]
            assert list_slugs(shown) == list_slugs(signs), told.case.slug


def test_every_case_has_the_same_receipt(all_told: Sequence[Told]) -> None:
    for told in all_told:
        for name in ("digest", "release", "topic", "disclaimer"):
            assert told.steps[name] == told.rest[name], told.case.slug


def test_urgency_stands_first_and_whole(all_told: Sequence[Told]) -> None:
    names = ("level", "could_be", "headline", "what_to_do")
    for told in all_told:
        urgency = told.rest["urgency"]
        for answer, text in zip((told.steps, told.signs), told.texts, strict=True):
            shown = answer["urgency"]
            assert text.startswith('{"urgency":{"level":'), told.case.slug
            assert {name: shown[name] for name in names} == {
                name: urgency[name] for name in names
            }, told.case.slug
            assert shown.get("what_to_say") == urgency["what_to_say"], told.case.slug


def test_every_answer_is_short(all_told: Sequence[Told]) -> None:
    for told in all_told:
        assert max(map(len, told.texts)) <= TEXT_MAX, told.case.slug


def test_only_what_is_offered_looks_so(all_told: Sequence[Told]) -> None:
    for told in all_told:
        standing = {one["slug"]: one["standing"] for one in told.rest["options"]}
        shown = [*told.steps["offered"], *told.steps["avoid"]]
        for option in shown:
            assert option["standing"] == standing[option["slug"]], told.case.slug
        offered = {one["standing"] for one in told.steps["offered"]}
        assert offered <= {"recommended", "consider"}, told.case.slug
        assert {one["standing"] for one in told.steps["avoid"]} <= {"avoid"}


def test_what_is_offered_keeps_its_cautions(all_told: Sequence[Told]) -> None:
    for told in all_told:
        options = {one["slug"]: one for one in told.rest["options"]}
        for shown in told.steps["offered"]:
            option = options[shown["slug"]]
            cautions = [one["text"] for one in option["cautions"]]
            missing = len(shown.get("missing", ())) + shown.get("more_missing", 0)
            assert shown.get("cautions", []) == cautions, told.case.slug
            assert shown["because"] == [option["because"][0]["text"]], told.case.slug
            assert missing == len(option["missing"]), told.case.slug


def test_the_first_question_is_the_same(all_told: Sequence[Told]) -> None:
    for told in all_told:
        first = told.rest["ask_next"][:1]
        assert list_slugs(told.steps["ask_next"]) == list_slugs(first), told.case.slug
        assert told.steps["questions_in_all"] == len(told.rest["ask_next"])
        for shown, asked in zip(told.steps["ask_next"], first, strict=True):
            assert shown["question"] == asked["question"]
            assert len(shown["asks"]) == len(asked["asks"])


def test_the_most_likely_causes_are_the_same(all_told: Sequence[Told]) -> None:
    for told in all_told:
        likely = [one for one in told.rest["causes"] if one["likelihood"] == "likely"]
        shown = list_slugs(told.steps["likely_causes"])
        assert shown == list_slugs(likely)[: len(shown)], told.case.slug
        assert told.steps["likely_causes_in_all"] == len(likely), told.case.slug


def test_what_cannot_be_told_together_is_noted(all_told: Sequence[Told]) -> None:
    for told in all_told:
        notes = [one["detail"] for one in told.rest["notes"]]
        assert told.steps["notes"] == notes, told.case.slug
