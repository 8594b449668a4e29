"""What advice says of one sign, one question or one option, whatever the profile."""

from collections.abc import Iterable

from app.engine.headline import ASK_FIRST
from app.engine.recommendation import (
    Option,
    Question,
    Reason,
    Recommendation,
    Screening,
    UrgencyAnswer,
)
from app.fields import Standing, Urgency
from app.library.treatments import TreatmentEntry
from app.library.warning_signs import WarningSignEntry
from app.quotes.headlines import write_matched
from app.render.plain_writer import write_plain_body
from app.render.recommendation_text import compose_recommendation
from app.render.rendering import Length, Rendering


def tell_sign(sign: WarningSignEntry) -> tuple[str, ...]:
    """Return the headline where this sign alone matches, and what a person can say."""
    return _compose(write_matched(sign), to_say=sign.what_to_say).safety


def tell_question(question: str) -> tuple[str, ...]:
    """Return a question as it is asked: alone, in a headline, and in a text."""
    asked = Question("", question, (), None, (), "")
    body = write_plain_body(_compose("", asked=(asked,)))
    return question, ASK_FIRST.format(question=question), body


def tell_cautions(
    treatment: TreatmentEntry, lineage: Iterable[TreatmentEntry]
) -> tuple[str, ...]:
    """Return every caution that can be told with an option, each after its name."""
    cautions = tuple(
        Reason("", rule.because, (), ()) for one in lineage for rule in one.caution_when
    )
    option = Option(
        slug=treatment.slug,
        name=treatment.name,
        category=treatment.category,
        standing=Standing.CONSIDER,
        because=(),
        cautions=cautions,
        against=(),
        missing=(),
        would_change=None,
        evidence=None,
        positions=None,
        links={},
    )
    return _compose("", options=(option,)).safety


def _compose(
    headline: str,
    *,
    to_say: str | None = None,
    asked: tuple[Question, ...] = (),
    options: tuple[Option, ...] = (),
) -> Rendering:
    """Return the text of advice that says this and nothing else."""
    urgency = UrgencyAnswer(
        level=Urgency.ROUTINE,
        could_be=Urgency.ROUTINE,
        headline=headline,
        what_to_do=(),
        what_to_say=to_say,
        signs=(),
        screening=Screening(complete=True, unanswered=()),
    )
    advice = Recommendation(
        release=1,
        engine="",
        topic="",
        region=None,
        digest="",
        urgency=urgency,
        causes=(),
        options=options,
        plan=(),
        ask_next=asked,
        questions_to_ask=(),
        notes=(),
        disclaimer="",
    )
    return compose_recommendation(advice, Length.SHORT, names={})
