"""How fast to seek help, as every tool says it: first, and never shortened."""

from collections.abc import Iterable

from app.engine.recommendation import Reason, Sign, UrgencyAnswer
from app.fields import Urgency
from app.mcp.shapes import Out


class SignOut(Out):
    """A warning sign that is there."""

    slug: str
    name: str
    urgency: Urgency
    because: tuple[str, ...]
    sources: tuple[str, ...]


class UrgencyOut(Out):
    """What is certain, what is not ruled out, and what to do and say."""

    level: Urgency
    could_be: Urgency
    headline: str
    what_to_do: tuple[str, ...]
    what_to_say: str | None = None
    signs: tuple[SignOut, ...]
    not_ruled_out: int
    screening_complete: bool


def describe_urgency(urgency: UrgencyAnswer) -> UrgencyOut:
    """Return the urgency of a recommendation; of signs only those that are there."""
    present = [sign for sign in urgency.signs if sign.because]
    return UrgencyOut(
        level=urgency.level,
        could_be=urgency.could_be,
        headline=urgency.headline,
        what_to_do=urgency.what_to_do,
        what_to_say=urgency.what_to_say,
        signs=tuple(map(_describe_sign, present)),
        not_ruled_out=len(urgency.signs) - len(present),
        screening_complete=urgency.screening.complete,
    )


def list_sources(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Return the sources of reasons, each once."""
    return tuple(dict.fromkeys(source for one in reasons for source in one.sources))


def list_texts(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(one.text for one in reasons)


def _describe_sign(sign: Sign) -> SignOut:
    return SignOut(
        slug=sign.slug,
        name=sign.name,
        urgency=sign.urgency,
        because=list_texts(sign.because),
        sources=list_sources(sign.because),
    )
