"""The tool that says what to ask a person, a few questions at a time."""

from functools import partial

from pydantic import Field

from app.mcp.advice import ask_advice
from app.mcp.questions import QuestionOut, read_questions
from app.mcp.rest import Rest
from app.mcp.shapes import Given, Out, SameProfile, drop_last, fit
from app.mcp.tool import Tool

_SHOWN = 5


class QuestionsGiven(Given):
    """What is known, and how many questions to pass over."""

    topic: str | None = None
    profile: SameProfile = Field(default_factory=dict)
    offset: int = Field(0, ge=0)


class QuestionsOut(Out):
    """Questions, the most pressing first; `total` is how many there are."""

    questions: tuple[QuestionOut, ...]
    total: int
    offset: int
    topic: str
    release: int


async def list_questions(rest: Rest, asked: QuestionsGiven) -> QuestionsOut:
    """Return what is left to ask for a profile."""
    advice = await ask_advice(rest, asked)
    questions = await read_questions(rest, advice, start=asked.offset, most=_SHOWN)
    told = QuestionsOut(
        questions=questions,
        total=len(advice.ask_next),
        offset=asked.offset,
        topic=advice.topic,
        release=advice.release,
    )
    return fit(told, partial(drop_last, floors=(("questions", 1),)))


TOOL = Tool(
    "What to ask next, as nothing is to be guessed: the most pressing first, from an "
    "empty profile on. Put each answer into the profile: the slug of a `finding` "
    "into has (present), has_not or not_sure; a word or a number at its `path`, or "
    "that path into not_sure; a `path` of a `finding` beside it: has: [{finding, "
    "trend}].",
    QuestionsGiven,
    QuestionsOut,
    list_questions,
)
