"""The tool that looks for an emergency alone, in a profile and in a person's words."""

from functools import partial
from itertools import takewhile
from textwrap import wrap

from pydantic import Field

from app.api.search_schemas import SearchHit
from app.fields import Urgency
from app.mcp.advice import Situation, ask_advice
from app.mcp.questions import QuestionOut, read_questions
from app.mcp.rest import Rest
from app.mcp.shapes import Out, SameProfile, drop_last, fit
from app.mcp.tool import Tool
from app.mcp.tools.search import SEARCH, HitOut, describe_hit
from app.mcp.urgency import UrgencyOut, describe_urgency
from app.queries.search_filters import WORDS_MAX

_SHOWN = 3
_DROPPED = (("ask_next", 1), ("may_mean", 2), ("ask_next", 0), ("may_mean", 0))


class SignsGiven(Situation):
    """A profile, and what the person said."""

    profile: SameProfile = Field(default_factory=dict)
    words: str = Field(
        "", max_length=1000, description="What the person said, in their own words."
    )


class SignsOut(Out):
    """How fast to seek help, what to ask, and what the words may mean.

    What words `may_mean` is no answer: it has to be asked.
    """

    urgency: UrgencyOut
    may_mean: tuple[HitOut, ...]
    ask_next: tuple[QuestionOut, ...]
    disclaimer: str
    release: int


async def check_warning_signs(rest: Rest, asked: SignsGiven) -> SignsOut:
    """Return the urgency of a profile, and what own words may mean."""
    advice = await ask_advice(rest, asked)
    pressing = [one for one in advice.ask_next if one.could_reveal]
    told = SignsOut(
        urgency=describe_urgency(advice.urgency),
        may_mean=await _find_meant(rest, asked.words),
        ask_next=await read_questions(rest, advice, most=min(_SHOWN, len(pressing))),
        disclaimer=advice.disclaimer,
        release=advice.release,
    )
    return fit(told, partial(drop_last, floors=_DROPPED))


async def _find_meant(rest: Rest, words: str) -> tuple[HitOut, ...]:
    """Return the signs that words fit, the most urgent first, and what else is meant.

    That are findings, whose questions are to be asked.
    """
    signs: dict[str, SearchHit] = {}
    findings: dict[str, SearchHit] = {}
    for part in wrap(words, WORDS_MAX):
        hits = (await rest.get(SEARCH, "/v1/search", q=part)).items
        said = [hit for hit in hits if not hit.negated]
        # Where words fit a sign well it comes first; what comes later only names them.
        fitting = takewhile(lambda hit: hit.urgency is not None, said)
        signs |= {hit.slug: hit for hit in fitting}
        findings |= {hit.slug: hit for hit in said if hit.finding}
    pressing = sorted(signs.values(), key=_urgency_order)[:_SHOWN]
    meant = (*pressing, *list(findings.values())[:_SHOWN])
    return tuple(map(describe_hit, meant))


def _urgency_order(hit: SearchHit) -> int:
    return list(Urgency).index(hit.urgency or Urgency.ROUTINE)


TOOL = Tool(
    "Whenever a person tells something new, first of all: does the profile, or do "
    "their own words, point to an emergency? If `level` is emergency or urgent say "
    "`headline`, `what_to_do` and `what_to_say` as they stand, and nothing of "
    "treatments. What words `may_mean` is no answer yet: say what to do about it, "
    "and `ask`.",
    SignsGiven,
    SignsOut,
    check_warning_signs,
)
