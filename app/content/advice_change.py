"""A case whose advice changes, as it goes over the wire."""

from pydantic import BaseModel

from app.content.advice_diff import CaseDiff
from app.fields import Likelihood, Standing, Urgency


class StandingChange(BaseModel):
    """One option whose standing changes; null where a release does not have it."""

    option: str
    before: Standing | None
    after: Standing | None


class LikelihoodChange(BaseModel):
    """One cause whose likelihood changes; null where a release does not have it."""

    cause: str
    before: Likelihood | None
    after: Likelihood | None


class UrgencyChange(BaseModel):
    """How fast to seek help, before and after."""

    before: Urgency
    after: Urgency


class AdviceChange(BaseModel):
    """One case whose advice changes, and how; empty is as before."""

    case: str
    name: str
    topic: str
    level: UrgencyChange | None
    could_be: UrgencyChange | None
    signs_added: list[str]
    signs_removed: list[str]
    options: list[StandingChange]
    causes: list[LikelihoodChange]


class UncomparedCase(BaseModel):
    """A case that one of the releases cannot answer, and why."""

    case: str
    because: str


def describe_advice(diff: CaseDiff) -> AdviceChange:
    """Return how the advice of a case differs, part by part."""
    before, after = diff.before, diff.after
    return AdviceChange(
        case=diff.case.slug,
        name=diff.case.name,
        topic=diff.case.topic,
        level=_urgency(before.level, after.level),
        could_be=_urgency(before.could_be, after.could_be),
        signs_added=sorted(after.signs - before.signs),
        signs_removed=sorted(before.signs - after.signs),
        options=[
            StandingChange(option=one.slug, before=one.before, after=one.after)
            for one in diff.options
        ],
        causes=[
            LikelihoodChange(cause=one.slug, before=one.before, after=one.after)
            for one in diff.causes
        ],
    )


def _urgency(before: Urgency, after: Urgency) -> UrgencyChange | None:
    return None if before is after else UrgencyChange(before=before, after=after)
