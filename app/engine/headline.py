"""The one sentence that must come first, whatever else is shown."""

from collections.abc import Sequence

from app.engine.recommendation import Question
from app.engine.rules import Ruling
from app.engine.triage import Triage
from app.engine.verdicts import Verdict
from app.fields import Urgency

_CERTAIN = {
    Urgency.EMERGENCY: "Get emergency help now. This can be a sign of: {names}.",
    Urgency.URGENT: "Speak to a clinician today. This can be a sign of: {names}.",
    Urgency.SOON: "Be seen within days, two weeks at most. This can be a sign of: "
    "{names}.",
    Urgency.ROUTINE: "Raise this at your next visit: {names}.",
}
_NOT_RULED_OUT = {
    Urgency.EMERGENCY: "An emergency is not ruled out yet.",
    Urgency.URGENT: "Something that needs help today is not ruled out yet.",
    Urgency.SOON: "Something that needs to be seen within days is not ruled out yet.",
    Urgency.ROUTINE: "Not every question about warning signs is answered yet.",
}
ASK_FIRST = "Ask first: {question}"
ASK_A_CLINICIAN = "You were not sure of some answers: ask a clinician to check them."
NO_SIGNS = "No warning signs in what you told us."


def write_headline(
    found: Triage, scope: Sequence[Ruling], questions: Sequence[Question]
) -> str:
    """Say what is certain, then what is not ruled out and what to ask first."""
    parts = []
    if found.matched:
        names = ", ".join(sign.sign.entry.name for sign in found.top_signs)
        parts.append(_CERTAIN[found.level].format(names=names))
    parts += [one.rule.because for one in scope if one.verdict is Verdict.MATCH]
    if found.open and (not found.matched or found.could_be is not found.level):
        highest = found.open[0].urgency
        parts += [_NOT_RULED_OUT[highest], _say_what_to_ask(questions, highest)]
    return " ".join(parts) or NO_SIGNS


def _say_what_to_ask(questions: Sequence[Question], highest: Urgency) -> str:
    """Name the first question, if it can rule out what is open."""
    if questions and questions[0].could_reveal is highest:
        return ASK_FIRST.format(question=questions[0].question)
    return ASK_A_CLINICIAN
