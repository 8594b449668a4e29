"""Which answers each part of a guide hangs on.

Whoever gave the same answers near to a part gets the same from it, whatever else they
said. So it is judged once for all of them.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.engine.answers import Answer, Answers
from app.engine.choices import borders_of
from app.engine.contradictions import CONTRADICTING
from app.engine.editions import of_one_edition
from app.engine.guide import GUIDES_KEPT, Guide, GuideOption, Part
from app.engine.implications import list_touched
from app.engine.verdicts import NO_FACTS

Near = tuple[tuple[str, Answer], ...]
"""The answers that a part hangs on, by fact, in order."""


def split(guide: Guide, answers: Answers) -> Mapping[Part, Near]:
    """Return for each part of a guide the answers that it hangs on."""
    nearness = _nearness_of(guide)
    near: defaultdict[Part, list[tuple[str, Answer]]] = defaultdict(list)
    for fact in sorted(answers):
        if parts := nearness.parts.get(fact):
            told = (fact, nearness.blur(fact, answers))
            for part in parts:
                near[part].append(told)
    said = {part: tuple(told) for part, told in near.items()}
    return {**nearness.nothing, **said}


@dataclass(frozen=True, slots=True)
class _Nearness:
    """The parts that hang on each fact, and the numbers that tell two answers apart.

    `nothing` is what is near to each part when nothing is said. `steps` has for each
    number the borders that rules draw, and for every border, and everything between
    two of them, one number that stands for all.
    """

    nothing: Mapping[Part, Near]
    parts: Mapping[str, tuple[Part, ...]]
    steps: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]

    def blur(self, fact: str, answers: Answers) -> Answer:
        """Return an answer that no rule can tell from the one that was given."""
        answer = answers[fact]
        if not isinstance(answer, int | float) or _is_compared(fact, answers):
            return answer
        borders, standing_for = self.steps.get(fact, ((), (0,)))
        return standing_for[
            bisect_left(borders, answer) + bisect_right(borders, answer)
        ]


def _is_compared(fact: str, answers: Answers) -> bool:
    """Say whether an answer that is still open could contradict this one."""
    return any(other not in answers for other in CONTRADICTING.get(fact, ()))


@of_one_edition
@lru_cache(maxsize=GUIDES_KEPT)
def _nearness_of(guide: Guide) -> _Nearness:
    parts: dict[str, list[Part]] = {}
    for part in guide.parts:
        for fact in _facts_near(part, guide):
            parts.setdefault(fact, []).append(part)
    return _Nearness(
        nothing=dict.fromkeys(guide.parts, ()),
        parts={fact: tuple(found) for fact, found in parts.items()},
        steps={fact: _steps(borders) for fact, borders in borders_of(guide).items()},
    )


def _steps(borders: Iterable[float]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the borders, and what stands for below, on, between and above them."""
    ordered = tuple(sorted(borders))
    standing_for = [ordered[0] - 1]
    for border, following in zip(ordered, (*ordered[1:], ordered[-1] + 2), strict=True):
        standing_for += [border, (border + following) / 2]
    return ordered, tuple(standing_for)


def _facts_near(part: Part, guide: Guide) -> frozenset[str]:
    facts = NO_FACTS.union(*(rule.facts for rule in part.rules))
    if not isinstance(part, GuideOption):
        return facts
    # What would lift an option is looked for among the facts that it could miss, and
    # tried out: so it hangs on all that answers to these touch, stoppers included.
    missed = NO_FACTS.union(*(rule.facts for rule in part.deciding_rules))
    touched = missed.union(*(list_touched(one, guide.vocabulary) for one in missed))
    stoppers = [rule for fact in touched for rule in part.stoppers.get(fact, ())]
    return facts.union(touched, *(rule.facts for rule in stoppers))
