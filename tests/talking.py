"""Conversations with the example bot, in this process or in one of its own."""

import importlib
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType

import pytest
from fastapi.testclient import TestClient

from app.settings import ROOT
from tests.api.asking import Json

EXAMPLES = ROOT / "examples"
DONE, REFUSED, UNREACHABLE, EMERGENCY = 0, 1, 4, 5
QUESTIONS_MAX = 150
"""More than any conversation with the library that we ship takes."""


def load_example(name: str) -> ModuleType:
    """Import an example as it is when it runs, from its own directory."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(EXAMPLES)
        return importlib.import_module(name)


bot = load_example("chat")
words = load_example("chat_words")


@dataclass(frozen=True)
class Talk:
    """A conversation that has ended: what was said, and what waited for an answer."""

    code: int
    said: list[str]
    asked: list[str]
    profile: Json

    @property
    def text(self) -> str:
        return "\n".join(self.said)


@dataclass(frozen=True)
class Talker:
    """Talks with the bot in this process."""

    client: TestClient
    about: Mapping[str, str] = field(default_factory=dict)

    def talk(self, answer: Callable[[str], str]) -> Talk:
        """Answer each question of the bot by what it says."""
        said: list[str] = []
        asked: list[str] = []

        def read(_prompt: str) -> str:
            asked.append(said[-1])
            assert len(asked) <= QUESTIONS_MAX, "The conversation does not end."
            return answer(said[-1])

        found = bot.Conversation(self.client, read, said.append, self.about)
        return Talk(found.run(), said, asked, words.write_profile(found.told))

    def type(self, *lines: str) -> Talk:
        """Type these lines, then leave."""
        left = iter([*lines, "quit"])
        return self.talk(lambda _: next(left))


def start_bot(*arguments: str) -> "subprocess.Popen[str]":
    """Start the bot as people do."""
    return subprocess.Popen(
        [sys.executable, EXAMPLES / "chat.py", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "NO_PROXY": "127.0.0.1"},
    )


def run_bot(*arguments: str, typed: str = "") -> tuple[int, str, str]:
    """Return how the bot ends, and what it prints and complains of."""
    process = start_bot(*arguments)
    printed, complained = process.communicate(typed)
    return process.returncode, printed, complained
