"""What a recommendation costs, and how that grows: `make bench-engine`.

Rounds are interleaved, so that a busy machine is busy for all alike; compare the
ratios, not the milliseconds.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from itertools import pairwise
from statistics import fmean, median
from time import perf_counter, process_time

import typer

from app.content.files import read_directory
from app.engine.compiler import compile_guide
from app.engine.guide import Guide
from app.engine.judging import judge_answers
from app.engine.lifts import find_lift
from app.engine.questions import ask_next
from app.engine.read_profile import read_profile
from app.engine.recommend import recommend
from app.engine.recommendation import write_json
from app.library.bundle import Bundle
from app.library.profile import PatientProfile
from app.settings import ROOT
from bench.libraries import Author
from tests.factories import TOPIC
from tests.forgetting import forget

OPTIONS = (1, 10, 100, 1000)
PROFILES = 10
ROUNDS = 5
TOLERANCE = 1.25
"""Of so much the marginal cost may rise and still count as noise."""


@dataclass(frozen=True)
class Work:
    """A guide, the profiles that are asked of it, and what it took to begin."""

    name: str
    guide: Guide
    profiles: Sequence[PatientProfile]
    compiling: float
    first: float


@dataclass(frozen=True)
class Cost:
    """Seconds of CPU for one recommendation.

    `new` is for a profile that was not asked before, `engine` for one that was: its
    parts are beside it. `writing` is what JSON takes.
    """

    new: float
    judging: float
    asking: float
    changing: float
    engine: float
    writing: float

    @property
    def rest(self) -> float:
        return self.engine - self.judging - self.asking - self.changing


def main() -> None:
    """Measure generated libraries and the shipped topics, and print both tables."""
    generated = [_generate(options) for options in OPTIONS]
    shipped = list(_ship())
    works = [*generated, *shipped]
    # Else the collector would go through all of them, whichever is measured.
    gc.freeze()
    rounds = [[_measure(work) for work in works] for _ in range(ROUNDS)]
    costs = [_fold(median, found) for found in zip(*rounds, strict=True)]
    _print_table(works, costs)
    _print_growth(costs[: len(generated)])


def _generate(options: int) -> Work:
    author = Author(options)
    bundle = author.write()
    profiles = [author.tell() for _ in range(PROFILES)]
    return _prepare("generated", bundle, TOPIC, profiles)


def _ship() -> Iterator[Work]:
    bundle, _ = read_directory(ROOT / "seed_data")
    for topic in bundle.topics:
        cases = [one.profile for one in bundle.cases.values() if one.topic == topic]
        yield _prepare(topic, bundle, topic, cases)


def _prepare(
    name: str, bundle: Bundle, topic: str, profiles: Sequence[PatientProfile]
) -> Work:
    began = perf_counter()
    guide = compile_guide(bundle, topic, release=1)
    compiled = perf_counter()
    recommend(guide, profiles[0])
    return Work(name, guide, profiles, compiled - began, perf_counter() - compiled)


def _measure(work: Work) -> Cost:
    """Return the mean over the profiles; the parts are run again by themselves."""
    forget()
    known, new = work.profiles[::2], work.profiles[1::2]
    for profile in known:
        recommend(work.guide, profile)
    began = process_time()
    for profile in new:
        recommend(work.guide, profile)
    newly = (process_time() - began) / len(new)
    costs = [_measure_one(work.guide, profile) for profile in work.profiles]
    return replace(_fold(fmean, costs), new=newly)


def _measure_one(guide: Guide, profile: PatientProfile) -> Cost:
    began = process_time()
    advice = recommend(guide, profile)
    recommended = process_time()
    write_json(advice)
    written = process_time()
    answers, _ = read_profile(profile, guide.vocabulary)
    judged = judge_answers(guide, answers)
    judging = process_time()
    ask_next(guide, judged)
    asking = process_time()
    for option in judged.options:
        find_lift(guide, option)
    changing = process_time()
    return Cost(
        new=0,
        judging=judging - written,
        asking=asking - judging,
        changing=changing - asking,
        engine=recommended - began,
        writing=written - recommended,
    )


def _fold(average: Callable[[Sequence[float]], float], costs: Sequence[Cost]) -> Cost:
    rows = zip(*(astuple(one) for one in costs), strict=True)
    return Cost(*(average(row) for row in rows))


COLUMNS = (
    "library", "options", "rules", "compile", "first", "new", "judging", "ask_next",
    "would_change", "rest", "engine", "JSON",
)  # fmt: skip


def _print_table(works: Sequence[Work], costs: Sequence[Cost]) -> None:
    typer.echo(
        "Milliseconds of CPU for one recommendation; compile, first by the clock"
    )
    _print_row(COLUMNS)
    for work, cost in zip(works, costs, strict=True):
        parts = (cost.judging, cost.asking, cost.changing, cost.rest)
        times = (work.compiling, work.first, cost.new, *parts, cost.engine)
        _print_row(
            (
                work.name,
                str(len(work.guide.options)),
                str(len({rule.id for rule in work.guide.rules})),
                *(_ms(one) for one in (*times, cost.writing)),
            )
        )


def _print_growth(costs: Sequence[Cost]) -> None:
    """Say whether an option costs no more in a large library than in a small one."""
    for name, growing in (
        ("new", [cost.new for cost in costs]),
        ("again", [cost.engine for cost in costs]),
    ):
        steps = list(pairwise(zip(OPTIONS, growing, strict=True)))
        marginal = [
            (after[1] - before[1]) / (after[0] - before[0]) for before, after in steps
        ]
        for (before, after), cost in zip(pairwise(OPTIONS), marginal, strict=True):
            typer.echo(f"{name}, {before} to {after} options: {_ms(cost)} ms each")
        is_linear = marginal[-1] <= TOLERANCE * max(marginal[:-1])
        typer.echo(f"{name}: growth is at most linear: {'yes' if is_linear else 'NO'}")


def _print_row(cells: Sequence[str]) -> None:
    name, *rest = cells
    typer.echo(f"{name:26}" + "".join(f"{cell:>13}" for cell in rest))


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.3f}"


if __name__ == "__main__":
    main()
