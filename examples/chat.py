#!/usr/bin/env python3
"""An example bot: a conversation in a terminal with a running whatnext server.

It says what the API says, and guesses nothing: what it does not understand it asks
again. What it is told stays in memory, and is gone when it ends.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from json import JSONDecodeError
from textwrap import wrap
from typing import Any, TypeVar

import httpx2
from chat_words import (
    Json,
    Told,
    list_facts,
    number,
    read_picks,
    read_value,
    write_choices,
    write_profile,
    write_recommendation,
    write_sign,
    write_urgency,
)

DONE, REFUSED, UNREACHABLE, EMERGENCY = 0, 1, 4, 5
WORDS_MAX = 200
HELP = 'At any time, "done" shows the recommendation and "quit" ends the conversation.'
PICK = 'Numbers of all that you have ("2?" if not sure of it), "none" or "not sure":'
MEANT = 'Did you mean one of these? Numbers of those that you have, or "none":'

T = TypeVar("T")


class RefusedError(Exception):
    """What the server says is wrong with a request (RFC 9457)."""


@dataclass(slots=True)
class Conversation:
    """A server, a person, and what the person has told."""

    client: httpx2.Client
    read: Callable[[str], str]
    say: Callable[[str], object]
    about: Mapping[str, str] = field(default_factory=dict)
    told: Told = field(default_factory=dict)
    facts: Mapping[str, Json] = field(default_factory=dict)
    level: str = "routine"

    def run(self) -> int:
        """Ask what is most pressing until nothing is left; return the exit code."""
        advice, ending = self.recommend(), ""
        self.say(f"{advice['disclaimer']}\n{HELP}")
        while self.level != "emergency" and advice["ask_next"] and not ending:
            try:
                self.ask(advice["ask_next"][0])
            except EOFError as enough:
                ending = str(enough) or "done"
            except KeyboardInterrupt:
                ending = "quit"
            # What was told before the end may be an emergency all the same.
            advice = self.recommend()
        if self.level == "emergency":
            return EMERGENCY
        if ending == "quit":
            self.say(advice["urgency"]["headline"])
            return DONE
        self.say("\n".join(write_recommendation(advice, self.facts)))
        sources = self.client.base_url.join("/v1/references/")
        self.say(f"Sources: {sources} and a name that stands in brackets.")
        return DONE

    def recommend(self) -> Json:
        """Return the advice on what is told; say at once how fast to seek help."""
        body = {**self.about, "profile": write_profile(self.told)}
        advice = call(self.client, "POST", "/v1/recommendations", json=body)
        form = f"/v1/topics/{advice['topic']}/questionnaire"
        self.facts = dict(list_facts(call(self.client, "GET", form)))
        before, self.level = self.level, advice["urgency"]["level"]
        if self.level not in (before, "routine"):
            self.say("\n".join(write_urgency(advice["urgency"])))
        return advice

    def ask(self, question: Json) -> None:
        """Ask for findings together, or for values one by one."""
        facts = question["asks"]
        text = f"\n{question['question']} {question['because']}"
        asked = [self.facts[fact] for fact in facts]
        if "words" in asked[0]:
            for fact in facts:
                self.ask_value(fact, text)
            return
        shown = number(f"{one['label']}: {one['question']}" for one in asked)
        read = partial(read_picks, most=len(facts))
        picked = self.hear(f"{text}\n{shown}\n{PICK}", read)
        if picked is not None:
            self.tell({one: picked.get(at, "has_not") for at, one in enumerate(facts)})

    def tell(self, findings: Mapping[str, str]) -> None:
        """Note findings, then ask what matters about those that are present."""
        self.told.update(findings)
        for fact in (fact for fact, answer in findings.items() if answer == "has"):
            for name in self.facts.get(fact, {}).get("qualifiers", ()):
                about = f"{fact}.{name}"
                self.ask_value(about, self.facts[about]["question"])

    def ask_value(self, fact: str, question: str) -> None:
        asked = self.facts[fact]
        read = partial(read_value, fact=fact, asked=asked)
        self.told |= self.hear(f"{question}\n{write_choices(asked)}", read) or {}

    def hear(self, question: str, read: Callable[[str], T | None]) -> T | None:
        """Ask until it is understood; return nothing if the words told a finding.

        Raises `EOFError`, with the word that ends the conversation.
        """
        while True:
            self.say(question)
            text = " ".join(self.read("> ").lower().replace("\u2019", "'").split())
            if text in ("done", "skip", "quit"):
                raise EOFError(text)
            answer = read(text)
            if answer is not None or self.look_up(text):
                return answer

    def look_up(self, words: str) -> bool:
        """Show what words may mean; return whether they told a finding."""
        hits: list[Json] = []
        for part in wrap(words, WORDS_MAX) if any(map(str.isalpha, words)) else ():
            found = call(self.client, "GET", "/v1/search", params={"q": part})["items"]
            said = [hit for hit in found if not hit["negated"]]
            self.say("\n".join(write_sign(said)))
            hits += said
        meant = {hit["slug"]: hit["finding"] for hit in hits if hit["finding"]}
        if not meant:
            self.say("I did not understand that.")
            return False
        shown = number(one["question"] for one in meant.values())
        read = partial(read_picks, most=len(meant))
        picked = self.hear(f"{MEANT}\n{shown}", read)
        if picked is None:
            return True
        has = [slug for at, slug in enumerate(meant) if picked.get(at) == "has"]
        self.tell({f"finding/{slug}": "has" for slug in has})
        return bool(has)


def call(client: httpx2.Client, method: str, path: str, **rest: Any) -> Json:
    """Return the answer to a request. Raises `RefusedError`."""
    response = client.request(method, path, **rest)
    if response.headers.get("content-type") == "application/problem+json":
        problem = response.json()
        details = [one["detail"] for one in problem["errors"]]
        raise RefusedError(" ".join((problem["detail"], *details)))
    answer: Json = response.raise_for_status().json()
    return answer


def main() -> int:
    """Talk in the terminal; return the exit code."""
    parser = argparse.ArgumentParser(description="A conversation with whatnext.")
    parser.add_argument("--server", default="http://127.0.0.1:8000")
    parser.add_argument("--topic", help="without it the server chooses")
    parser.add_argument("--region", help="whose emergency numbers to say, as in uk")
    about = {name: one for name, one in vars(parser.parse_args()).items() if one}
    server = about.pop("server")
    try:
        with httpx2.Client(base_url=server, timeout=30) as client:
            return Conversation(client, input, print, about).run()
    except RefusedError as refused:
        parser.exit(REFUSED, f"{refused}\n")
    except (httpx2.HTTPError, httpx2.InvalidURL, JSONDecodeError):
        lost = "does not answer as it should: nothing looked at your last answer."
        parser.exit(UNREACHABLE, f"{server} {lost}\n")


if __name__ == "__main__":
    sys.exit(main())
