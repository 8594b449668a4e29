"""What to ask, and where the answer goes: a profile that is made so is understood."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.mcp.shapes import TEXT_MAX
from tests.api.asking import Json, advise, get_json
from tests.databases import Databases
from tests.mcp.conversations import Talker, read_text

TOOL = "list_questions"


def answer(profile: Json, asked: Json) -> None:
    """Put an answer to one thing that is asked into a profile, where it goes."""
    path: str = asked.get("path", "")
    if "finding" in asked and path:
        entry = {"finding": asked["finding"], path: choose(asked)}
        profile.setdefault("has", []).append(entry)
    elif "finding" in asked:
        profile.setdefault("has_not", []).append(asked["finding"])
    else:
        group, _, name = path.rpartition(".")
        holder = profile.setdefault(group, {}) if group else profile
        holder[name] = choose(asked)


def leave_open(profile: Json, asked: Json) -> None:
    """Put into a profile that one is not sure, where that goes."""
    names = [asked[name] for name in ("finding", "path") if name in asked]
    if names[0].startswith("tried."):
        slug = names[0].removeprefix("tried.")
        profile.setdefault("tried", {})[slug] = "unsure"
    else:
        profile.setdefault("not_sure", []).append(".".join(names))


def choose(asked: Json) -> Any:
    """Return an answer that is among the words, or within the bounds."""
    return asked["words"][-1] if "words" in asked else asked["maximum"]


def list_all(shipped: Talker, profile: Json) -> list[Json]:
    """Return every question for a profile, page by page."""
    questions: list[Json] = []
    while True:
        told = shipped.ask(TOOL, profile=profile, offset=len(questions))
        if not told["questions"]:
            assert told["total"] == len(questions)
            return questions
        assert len(told["questions"]) <= 5
        questions += told["questions"]


@pytest.mark.parametrize("put", [answer, leave_open])
def test_each_answer_has_a_place_in_a_profile(
    databases: Databases,
    shipped: Talker,
    seeded_client: TestClient,
    put: Callable[[Json, Json], None],
) -> None:
    for question in databases.share(list_all(shipped, {"has": ["leg-pain"]})):
        profile: Json = {"has": ["leg-pain"]}
        for asked in question["asks"]:
            put(profile, asked)
        left = [one["slug"] for one in advise(seeded_client, **profile)["ask_next"]]
        assert question["slug"] not in left


def test_the_questions_are_those_of_rest_in_their_order(
    shipped: Talker, seeded_client: TestClient
) -> None:
    told = list_all(shipped, {})

    asked = advise(seeded_client)["ask_next"]
    assert [one["slug"] for one in told] == [one["slug"] for one in asked]
    assert [len(one["asks"]) for one in told] == [len(one["asks"]) for one in asked]
    assert [one.get("could_reveal") for one in told] == [
        one["could_reveal"] for one in asked
    ]


def test_what_is_asked_has_the_words_of_the_form(
    shipped: Talker, seeded_client: TestClient
) -> None:
    form = get_json(seeded_client, "/v1/topics/facet-joint-injection/questionnaire")
    labels = {
        one["slug"]: one["label"]
        for screen in form["screens"]
        for one in screen["findings"]
    }
    fields = {one["path"]: one for one in (*form["fields"], *form["measures"])}
    for question in list_all(shipped, {}):
        for asked in question["asks"]:
            if "finding" in asked:
                assert asked["label"] == labels[asked["finding"]]
            elif asked["path"].startswith("tried."):
                assert asked["words"] == form["outcomes"]
            else:
                field = fields[asked["path"]]
                assert asked.get("words", []) == field["words"]
                assert asked.get("maximum") == field["maximum"]


def test_a_page_is_short(shipped: Talker) -> None:
    for offset in range(0, 70, 5):
        assert len(read_text(shipped.call(TOOL, offset=offset))) <= TEXT_MAX


def test_with_an_emergency_nothing_is_asked(shipped: Talker) -> None:
    told = shipped.ask(TOOL, profile={"has": ["saddle-numbness"]})

    assert (told["questions"], told["total"]) == ([], 0)


@pytest.mark.parametrize("offset", [-1, "many", 1.5])
def test_an_offset_is_a_number_from_0_on(shipped: Talker, offset: object) -> None:
    assert shipped.fail(TOOL, offset=offset).startswith("/offset: ")
