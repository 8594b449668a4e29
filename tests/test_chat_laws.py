"""Whatever is answered, the example bot asks nothing twice and comes to an end."""

import re
from collections.abc import Callable
from random import Random

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api.asking import RECOMMENDATIONS, Json, list_slugs
from tests.talking import DONE, EMERGENCY, Talk, Talker

# The bot asks the API alone.
DATABASES = ("sqlite",)

TOPICS = ["epidural-steroid-injection", "facet-joint-injection"]
RANDOMS = st.randoms(use_true_random=False)
NONE_IN = 10
"""Of so many screens one is not answered "none": else all soon are emergencies."""


def answer_at_random(random: Random) -> Callable[[str], str]:
    """Return what answers a question by one of all that may be typed."""

    def answer(question: str) -> str:
        choices = question.count("\n  ")
        if choices and random.randrange(NONE_IN):
            return "none"
        if choices:
            picked = random.sample(range(1, choices + 1), random.randint(1, choices))
            return ", ".join(f"{one}{random.choice(['', '?'])}" for one in picked)
        hint = question.rpartition("\n")[2]
        if span := re.match(r"A number from (\d+) to (\d+)", hint):
            number = random.randint(int(span[1]), int(span[2]))
            return random.choice([str(number), "not sure"])
        offered = hint.removeprefix("One of ").removesuffix(", or not sure:")
        return random.choice([*offered.split(", "), "not sure"])

    return answer


def advise_on(talk: Talk, talker: Talker) -> Json:
    """Return what the API says of all that was told."""
    asked = {**talker.about, "profile": talk.profile}
    advice: Json = talker.client.post(RECOMMENDATIONS, json=asked).json()
    return advice


def test_every_topic_that_we_ship_is_tried(seeded_client: TestClient) -> None:
    assert list_slugs(seeded_client, "/v1/topics") == TOPICS


@pytest.mark.parametrize("topic", TOPICS)
def test_bot_ends_with_those_who_are_never_sure(
    topic: str, seeded_client: TestClient
) -> None:
    talker = Talker(seeded_client, {"topic": topic})

    talk = talker.talk(lambda _: "not sure")

    assert len(set(talk.asked)) == len(talk.asked)
    # Not sure of a warning sign counts as present.
    assert talk.code == EMERGENCY


@pytest.mark.parametrize("topic", TOPICS)
def test_bot_ends_with_those_who_are_sure_of_no_number(
    topic: str, seeded_client: TestClient
) -> None:
    talker = Talker(seeded_client, {"topic": topic})

    talk = talker.talk(lambda text: "none" if '"none"' in text else "not sure")

    assert len(set(talk.asked)) == len(talk.asked)
    assert advise_on(talk, talker)["ask_next"] == []
    assert talk.code == DONE


@pytest.mark.parametrize("topic", TOPICS)
@given(random=RANDOMS)
@settings(max_examples=5, deadline=None, derandomize=True)
def test_bot_ends_whatever_is_answered(
    topic: str, seeded_client: TestClient, random: Random
) -> None:
    talker = Talker(seeded_client, {"topic": topic})

    talk = talker.talk(answer_at_random(random))

    advice = advise_on(talk, talker)
    is_emergency = advice["urgency"]["level"] == "emergency"
    assert len(set(talk.asked)) == len(talk.asked)
    assert advice["ask_next"] == []
    assert talk.code == (EMERGENCY if is_emergency else DONE)
