"""The recommendation in short, and all of one option."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from mcp import Client

from app.fields import Urgency
from app.library.bundle import Bundle
from app.library.profile import normalise
from app.mcp.shapes import TEXT_MAX
from tests.api.asking import RECOMMENDATIONS, advise, option_in
from tests.databases import Databases
from tests.mcp.conversations import (
    Json,
    Talker,
    converse,
    read_answer,
    read_text,
    serve_here,
)

TOOL = "recommend_next_steps"
KIDNEYS: Json = {"age": 58, "has": ["kidney-disease"], "has_not": ["pregnancy"]}


@pytest.mark.parametrize(
    "slug",
    ["walking", "nsaids", "radiofrequency-ablation", "lumbar-fusion", "pregabalin"],
)
def test_about_tells_every_reason_of_an_option(
    shipped: Talker, seeded_client: TestClient, slug: str
) -> None:
    told = shipped.ask(TOOL, profile=KIDNEYS, about=slug)

    option = option_in(advise(seeded_client, **KIDNEYS), slug)
    about = told["about"]
    assert about["standing"] == option["standing"]
    for name in ("because", "cautions", "against"):
        assert about.get(name, []) == [one["text"] for one in option[name]]
    assert about["rules"] == [one["rule"] for one in option["because"]]
    assert about.get("missing", []) == option["missing"]
    assert "more_missing" not in about
    # In place of the best: what else stands where is still told.
    assert (told["offered"], told["avoid"]) == ([], [])
    assert "nsaids" in told["standings"]["avoid"]


def test_the_option_of_which_most_is_to_say_is_told_in_short(
    databases: Databases,
    shipped_app: FastAPI,
    seeded_client: TestClient,
    seed_bundle: Bundle,
) -> None:
    # Where there are signs, most of the room is theirs.
    cases = databases.share(
        case
        for case in seed_bundle.cases.values()
        if case.expect.level is not Urgency.ROUTINE
    )

    async def talk(client: Client) -> None:
        for case in cases:
            asked: Json = {"topic": case.topic, "profile": normalise(case.profile)}
            options = seeded_client.post(RECOMMENDATIONS, json=asked).json()["options"]
            most = max(options, key=lambda one: len(str(one)))
            result = await client.call_tool(TOOL, {**asked, "about": most["slug"]})
            about = read_answer(result)["about"]
            left = len(about.get("missing", ())) + about.get("more_missing", 0)
            assert len(read_text(result)) <= TEXT_MAX, case.slug
            assert about["because"] == [one["text"] for one in most["because"]]
            assert left == len(most["missing"]), case.slug

    assert len(cases) > 25
    converse(serve_here(shipped_app), talk)


def test_what_is_to_be_avoided_is_told_with_its_reason(shipped: Talker) -> None:
    told = shipped.ask(TOOL, profile=KIDNEYS)

    [first, *_] = told["avoid"]
    assert first["standing"] == "avoid"
    assert first["rules"] == ["treatments/nsaids/avoid_when/kidney-disease"]
    assert first["because"]
    assert first["sources"]


def test_nothing_is_offered_in_an_emergency(shipped: Talker) -> None:
    told = shipped.ask(TOOL, profile={"has": ["saddle-numbness"]}, region="uk")

    assert "999" in told["urgency"]["what_to_do"][0]
    assert told["urgency"]["signs"][0]["sources"]
    assert told["standings"] == {"recommended": [], "consider": [], "avoid": []}
    for name in ("offered", "avoid", "plan", "ask_next"):
        assert told[name] == []


def test_what_somebody_asks_about_in_an_emergency_waits(shipped: Talker) -> None:
    profile = {"has": ["saddle-numbness", "kidney-disease"]}

    told = shipped.ask(TOOL, profile=profile, about="nsaids")

    assert told["about"]["standing"] == "not-now"
    assert told["about"]["against"]


def test_an_empty_profile_is_told_what_to_ask_first(shipped: Talker) -> None:
    told = shipped.ask(TOOL)

    [question] = told["ask_next"]
    assert question["could_reveal"] == "emergency"
    assert question["question"] in told["urgency"]["headline"]
    assert all(asked["label"] for asked in question["asks"])
    assert told["urgency"]["not_ruled_out"] > 0
    assert told["urgency"]["screening_complete"] is False


def test_the_region_says_whom_to_call(shipped: Talker) -> None:
    told = [
        shipped.ask(TOOL, profile={"has": ["saddle-numbness"]}, region=region)
        for region in ("uk", "us")
    ]

    assert ["999" in one["urgency"]["what_to_do"][0] for one in told] == [True, False]
    assert told[0]["digest"] != told[1]["digest"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"about": "walkin"}, "/about: Not an option of this topic. Nearest: walking"),
        ({"topic": "knees"}, "/topic: Not a topic. Valid: epidural-steroid-injection,"),
        ({"region": "atlantis"}, "/region: Not a region. Nearest: "),
        ({"profile": {"has": ["sadle-numbness"]}}, "Nearest: saddle-numbness"),
        ({"profil": {}}, "Unknown key. Nearest: profile."),
        ({"profile": {"age": "old"}}, "/profile/age: "),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_mistakes_are_named_with_the_valid_choices(
    shipped: Talker, arguments: dict[str, object], said: str
) -> None:
    assert said in shipped.fail(TOOL, **arguments)
