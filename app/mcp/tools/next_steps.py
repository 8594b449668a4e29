"""The tool that answers a profile: how urgent it is, what fits, and what does not."""

from collections.abc import Iterator

from pydantic import Field

from app.engine.recommendation import Cause, Option, Recommendation
from app.fields import Likelihood, PlanStep, Standing
from app.library.nearest import name_choices
from app.mcp.advice import Situation, ask_advice
from app.mcp.questions import QuestionOut, read_questions
from app.mcp.rest import RefusedError, Rest
from app.mcp.shapes import Out, Profile, drop_last, fit
from app.mcp.tool import Tool
from app.mcp.urgency import UrgencyOut, describe_urgency, list_sources, list_texts

_SHOWN = 6
_MISSING_SHOWN = 3
_SOURCES_LEFT = 2
_OFFERED = (Standing.RECOMMENDED, Standing.CONSIDER)
_DROPPED = (
    ("offered", 5),
    ("likely_causes", 1),
    ("avoid", 3),
    ("offered", 4),
    ("plan", 0),
    ("avoid", 1),
    ("offered", 1),
    ("likely_causes", 0),
    ("avoid", 0),
    ("offered", 0),
    ("ask_next", 0),
)
"""What goes first where there is no room, and how much of it stays until the next."""


class NextStepsGiven(Situation):
    """A profile, and the options of which everything is told."""

    profile: Profile = Field(default_factory=dict)
    about: str | None = Field(
        None, description="An option (slug): tell all reasons of it, not of the best."
    )


class OptionOut(Out):
    """Where an option stands and why."""

    slug: str
    name: str
    standing: Standing
    because: tuple[str, ...]
    rules: tuple[str, ...]
    sources: tuple[str, ...]
    cautions: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    more_missing: int = 0


class StandingsOut(Out):
    """The options of each standing by slug, the best first."""

    recommended: tuple[str, ...]
    consider: tuple[str, ...]
    avoid: tuple[str, ...]


class PlannedOut(Out):
    """What goes together in a step."""

    step: PlanStep
    treatments: tuple[str, ...]


class CauseOut(Out):
    """Why the treatment may have failed."""

    slug: str
    name: str
    because: tuple[str, ...]
    sources: tuple[str, ...]


class NextStepsOut(Out):
    """A recommendation in short: every option that is not in `standings` is not-now."""

    urgency: UrgencyOut
    about: OptionOut | None = None
    offered: tuple[OptionOut, ...]
    avoid: tuple[OptionOut, ...]
    standings: StandingsOut
    not_now: int
    plan: tuple[PlannedOut, ...]
    likely_causes: tuple[CauseOut, ...]
    likely_causes_in_all: int
    ask_next: tuple[QuestionOut, ...]
    questions_in_all: int
    notes: tuple[str, ...]
    disclaimer: str
    topic: str
    release: int
    digest: str


async def recommend_next_steps(rest: Rest, asked: NextStepsGiven) -> NextStepsOut:
    """Return the recommendation for a profile, in short."""
    advice = await ask_advice(rest, asked)
    about = _choose(advice, asked.about)
    questions = await read_questions(rest, advice, most=1)
    likely = [one for one in advice.causes if one.likelihood is Likelihood.LIKELY]
    told = NextStepsOut(
        urgency=describe_urgency(advice.urgency),
        about=_describe(about) if about else None,
        offered=() if about else _sum_up(advice, *_OFFERED),
        avoid=() if about else _sum_up(advice, Standing.AVOID),
        standings=StandingsOut(
            recommended=_name(advice, Standing.RECOMMENDED),
            consider=_name(advice, Standing.CONSIDER),
            avoid=_name(advice, Standing.AVOID),
        ),
        not_now=len(_name(advice, Standing.NOT_NOW)),
        plan=tuple(
            PlannedOut(step=one.step, treatments=one.treatments) for one in advice.plan
        ),
        likely_causes=tuple(map(_describe_cause, likely[:_SHOWN])),
        likely_causes_in_all=len(likely),
        ask_next=questions,
        questions_in_all=len(advice.ask_next),
        notes=tuple(one.detail for one in advice.notes),
        disclaimer=advice.disclaimer,
        topic=advice.topic,
        release=advice.release,
        digest=advice.digest,
    )
    return fit(told, _shorten)


def _shorten(told: NextStepsOut) -> NextStepsOut | None:
    """Drop the last of what goes first; at the end shorten the one option."""
    shorter = drop_last(told, _DROPPED)
    if shorter or told.about is None:
        return shorter
    about = _cut(told.about)
    return told.model_copy(update={"about": about}) if about else None


def _cut(option: OptionOut) -> OptionOut | None:
    """Count one more missing fact in place of telling it; then a source, a rule."""
    if not option.missing:
        return drop_last(option, (("sources", _SOURCES_LEFT), ("rules", 0)))
    update = {
        "missing": option.missing[:-1],
        "more_missing": option.more_missing + 1,
    }
    return option.model_copy(update=update)


def _choose(advice: Recommendation, slug: str | None) -> Option | None:
    """Return an option by slug. Raises `RefusedError` naming the nearest ones."""
    options = {one.slug: one for one in advice.options}
    if slug is None or slug in options:
        return options.get(slug or "")
    choices = name_choices(slug, options)
    raise RefusedError(f"/about: Not an option of this topic. {choices}")


def _list(advice: Recommendation, *standings: Standing) -> Iterator[Option]:
    yield from (one for one in advice.options if one.standing in standings)


def _name(advice: Recommendation, standing: Standing) -> tuple[str, ...]:
    return tuple(one.slug for one in _list(advice, standing))


def _sum_up(advice: Recommendation, *standings: Standing) -> tuple[OptionOut, ...]:
    """Return the first options of these standings, each with its first reason."""
    first = list(_list(advice, *standings))[:_SHOWN]
    return tuple(_describe(one, reasons=1, missing=_MISSING_SHOWN) for one in first)


def _describe(
    option: Option, *, reasons: int | None = None, missing: int | None = None
) -> OptionOut:
    """Return an option with so many reasons and missing facts, or with all of them."""
    because, shown = option.because[:reasons], option.missing[:missing]
    return OptionOut(
        slug=option.slug,
        name=option.name,
        standing=option.standing,
        because=list_texts(because),
        rules=tuple(one.rule for one in because),
        sources=list_sources((*because, *option.cautions)),
        cautions=list_texts(option.cautions),
        against=list_texts(option.against),
        missing=shown,
        more_missing=len(option.missing) - len(shown),
    )


def _describe_cause(cause: Cause) -> CauseOut:
    because = cause.because[:1]
    return CauseOut(
        slug=cause.slug,
        name=cause.name,
        because=list_texts(because),
        sources=list_sources(because),
    )


TOOL = Tool(
    "What next, after a treatment of low back or leg pain did not work: how urgent "
    "it is, why it may have failed, which treatments fit this person, which to "
    "avoid, and why. Say `urgency.headline` first, always. Offer only what stands as "
    "recommended or consider, to discuss with a clinician, and only once its "
    "`cautions` are said and what is `missing` is asked. Whatever is not in "
    "`standings` is not-now; `about` tells why, and all of any one option.",
    NextStepsGiven,
    NextStepsOut,
    recommend_next_steps,
)
