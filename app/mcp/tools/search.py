"""The tool that finds what a person's own words may mean."""

from functools import partial

from pydantic import Field, TypeAdapter

from app.api.search_schemas import FindingMeant, SearchHit, SearchOut
from app.fields import Urgency
from app.library.search_ranks import SearchedKind
from app.mcp.rest import Rest
from app.mcp.shapes import Given, Out, drop_last, fit
from app.mcp.tool import Tool

SEARCH = TypeAdapter(SearchOut)


class SearchGiven(Given):
    """Words, and of which kind the items are to be."""

    q: str = Field(description="At most 200 characters.")
    kind: SearchedKind | None = None
    limit: int = Field(5, ge=1, le=20)


class HitOut(Out):
    """An item that the words are found in."""

    kind: str
    slug: str
    name: str
    urgency: Urgency | None = None
    what_to_do: tuple[str, ...] = ()
    ask: str | None = None
    negated: bool
    snippet: str


class HitsOut(Out):
    """What was found, the best first; `total` is how much there is."""

    hits: tuple[HitOut, ...]
    total: int


async def search_library(rest: Rest, asked: SearchGiven) -> HitsOut:
    """Return the items that words are found in."""
    query = asked.model_dump(mode="json", exclude_none=True)
    found = await rest.get(SEARCH, "/v1/search", **query)
    told = HitsOut(hits=tuple(map(describe_hit, found.items)), total=found.total)
    return fit(told, partial(drop_last, floors=(("hits", 1),)))


def describe_hit(hit: SearchHit) -> HitOut:
    return HitOut(
        kind=hit.kind,
        slug=hit.slug,
        name=hit.name,
        urgency=hit.urgency,
        what_to_do=tuple(hit.what_to_do),
        ask=_read_question(hit.finding),
        negated=hit.negated,
        snippet=hit.snippet,
    )


def _read_question(finding: FindingMeant | None) -> str | None:
    return finding.question if finding else None


TOOL = Tool(
    "Find the slug of a treatment, cause, warning sign or finding by a person's own "
    "words, brand names and misspellings. Of a warning sign say `what_to_do`; of a "
    "finding `ask` before it goes into a profile. What is `negated` was said not to "
    "be there.",
    SearchGiven,
    HitsOut,
    search_library,
)
