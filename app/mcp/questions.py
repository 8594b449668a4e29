"""Questions as a model needs them: what to ask, and where in a profile it goes."""

from collections.abc import Iterator, Mapping

from pydantic import TypeAdapter

from app.engine.facts import finding_fact, path_fact, qualifier_fact, tried_fact
from app.engine.questionnaire import AskedField, AskedFinding, Questionnaire
from app.engine.recommendation import Question, Recommendation
from app.fields import Urgency
from app.library.profile_fields import SINCE_DAYS_MAX, TREND_WORDS
from app.mcp.rest import Rest
from app.mcp.shapes import Out

_QUESTIONNAIRE = TypeAdapter(Questionnaire)


class AskedOut(Out):
    """One thing that is asked, and where in a profile the answer goes.

    The slug of a `finding` goes into `has`, `has_not` or `not_sure`; at a `path` stands
    one of the words or a number, which of a finding is beside it in `has`.
    """

    finding: str | None = None
    path: str | None = None
    label: str | None = None
    words: tuple[str, ...] | None = None
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None


class QuestionOut(Out):
    """A question, why it is worth asking, and what of a profile it asks."""

    slug: str
    question: str
    because: str
    could_reveal: Urgency | None = None
    asks: tuple[AskedOut, ...]


async def read_questions(
    rest: Rest, advice: Recommendation, *, start: int = 0, most: int
) -> tuple[QuestionOut, ...]:
    """Return some of the next questions of a recommendation, most pressing first.

    Raises `RefusedError`.
    """
    chosen = advice.ask_next[start : start + most]
    if not chosen:
        return ()
    path = f"/v1/topics/{advice.topic}/questionnaire"
    asked = dict(_list_asked(await rest.get(_QUESTIONNAIRE, path)))
    return tuple(_describe(question, asked) for question in chosen)


def _list_asked(form: Questionnaire) -> Iterator[tuple[str, AskedOut]]:
    """Yield what can be asked, by fact."""
    for screen in form.screens:
        for one in screen.findings:
            fact = finding_fact(one.slug)
            yield fact, AskedOut(finding=one.slug, label=one.label)
            yield qualifier_fact(one.slug, "since_days"), _ask_since(one)
            yield qualifier_fact(one.slug, "trend"), _ask_trend(one)
    for field in (*form.fields, *form.measures):
        yield path_fact(field.path), _ask_field(field)
    for treatment in form.tried:
        path = f"tried.{treatment.slug}"
        asked = AskedOut(path=path, label=treatment.name, words=form.outcomes)
        yield tried_fact(treatment.slug), asked


def _ask_since(finding: AskedFinding) -> AskedOut:
    return AskedOut(
        finding=finding.slug,
        path="since_days",
        label=finding.label,
        unit="days",
        minimum=0,
        maximum=SINCE_DAYS_MAX,
    )


def _ask_trend(finding: AskedFinding) -> AskedOut:
    return AskedOut(
        finding=finding.slug, path="trend", label=finding.label, words=TREND_WORDS
    )


def _ask_field(field: AskedField) -> AskedOut:
    return AskedOut(
        path=field.path,
        words=field.words or None,
        unit=field.unit,
        minimum=field.minimum,
        maximum=field.maximum,
    )


def _describe(question: Question, asked: Mapping[str, AskedOut]) -> QuestionOut:
    return QuestionOut(
        slug=question.slug,
        question=question.question,
        because=question.because,
        could_reveal=question.could_reveal,
        # A new release may come between the two answers, and ask what is in one alone.
        asks=tuple(asked.get(fact) or AskedOut(label=fact) for fact in question.asks),
    )
