"""What is kept of the answers of one edition: bounded, the oldest forgotten first."""

from asyncio import Future
from dataclasses import dataclass, field
from typing import NamedTuple

from app.api.forms import Form
from app.api.representations import Finished
from app.queries.releases import Edition


class Key(NamedTuple):
    """What an answer depends on."""

    path: str
    query: bytes
    coding: str
    form: Form

    @property
    def size(self) -> int:
        """About how many bytes it takes: addresses may be longer than answers."""
        return len(self.path) + len(self.query)


class KeptAnswer(NamedTuple):
    """An answer, and the route that it is counted under."""

    answer: Finished
    route: str


@dataclass(slots=True)
class Kept:
    """The answers of one edition; for one that is being made others wait."""

    edition: Edition
    answers: dict[Key, KeptAnswer] = field(default_factory=dict)
    making: dict[Key, "Future[Exception | None]"] = field(default_factory=dict)
    size: int = 0

    def keep(self, key: Key, kept: KeptAnswer, *, budget: int) -> None:
        """Keep an answer, and forget the oldest ones that there is no room for."""
        size = key.size + kept.answer.size
        if size > budget or key in self.answers:
            return
        self.size += size
        self.answers[key] = kept
        while self.size > budget:
            oldest = next(iter(self.answers))
            self.size -= oldest.size + self.answers.pop(oldest).answer.size
