"""The tool that says whether a text is what the library says."""

from pydantic import Field, TypeAdapter

from app.api.quote_schemas import TEXT_MAX, QuoteCheck, QuotedChange, QuotedSentence
from app.mcp.rest import Rest
from app.mcp.shapes import Given, Out, fit
from app.mcp.tool import Tool
from app.quotes.lexicon import ChangeKind
from app.quotes.verification import Fidelity

_CHECK = TypeAdapter(QuoteCheck)


class QuoteGiven(Given):
    """What somebody is about to say."""

    text: str = Field(description=f"At most {TEXT_MAX} characters.")


class ChangeOut(Out):
    """Words of the library and those said in their place."""

    was: str
    now: str
    kinds: tuple[ChangeKind, ...]


class SentenceOut(Out):
    """A sentence of the text, and the first place in the library that it is from."""

    text: str
    fidelity: Fidelity
    changes: tuple[ChangeOut, ...] = ()
    says: str | None = None
    kind: str | None = None
    slug: str | None = None
    sources: tuple[str, ...] = ()


class QuoteOut(Out):
    """Whether all of a text may be said, and each of its sentences.

    `left_out` counts sentences for which there was no room, the library's own first.
    """

    is_safe_to_quote: bool
    sentences: tuple[SentenceOut, ...]
    left_out: int
    release: int


async def verify_quote(rest: Rest, asked: QuoteGiven) -> QuoteOut:
    """Return what is the library's own in a text, what is altered and what is not."""
    check = await rest.post(_CHECK, "/v1/quotes/verify", asked.model_dump())
    told = QuoteOut(
        is_safe_to_quote=check.is_safe_to_quote,
        sentences=tuple(map(_describe, check.sentences)),
        left_out=0,
        release=check.release,
    )
    return fit(told, _shorten)


def _describe(said: QuotedSentence) -> SentenceOut:
    first = said.passages[0] if said.passages else None
    is_own = said.fidelity is Fidelity.VERBATIM
    return SentenceOut(
        text=said.text,
        fidelity=said.fidelity,
        changes=tuple(map(_describe_change, said.changes)),
        says=first.text if first and not is_own else None,
        kind=first.kind if first else None,
        slug=first.slug if first else None,
        sources=tuple(first.sources) if first else (),
    )


def _describe_change(change: QuotedChange) -> ChangeOut:
    return ChangeOut(was=change.was, now=change.now, kinds=tuple(change.kinds))


def _shorten(told: QuoteOut) -> QuoteOut | None:
    """Leave out the last sentence that is the library's own, else the last one."""
    if not told.sentences:
        return None
    kept = list(told.sentences)
    own = [at for at, one in enumerate(kept) if one.fidelity is Fidelity.VERBATIM]
    del kept[own[-1] if own else -1]
    update = {"sentences": tuple(kept), "left_out": told.left_out + 1}
    return told.model_copy(update=update)


TOOL = Tool(
    "Before you say something medical: is every sentence the library's own? Say only "
    "what is verbatim; in place of what is altered say what the library `says`.",
    QuoteGiven,
    QuoteOut,
    verify_quote,
)
