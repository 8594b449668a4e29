"""What a search answers with."""

from pydantic import BaseModel, Field

from app.api.schemas import Page
from app.fields import Urgency
from app.library.search_ranks import SearchedKind


class FindingMeant(BaseModel):
    """What of a profile the words may mean: for `has`, or `has_not` if negated."""

    slug: str
    question: str = Field(description="Ask it: words are not yet an answer.")


class SearchHit(BaseModel):
    """An item that the words are found in, and where.

    In `snippet`, which is plain text, the words stand between \u27e6 and \u27e7, which
    no text of the library has. What is `negated` was said not to be there: it may be
    shown, but never counts as present.
    """

    kind: SearchedKind
    slug: str
    name: str
    urgency: Urgency | None = Field(description="Of a warning sign: how fast to act.")
    what_to_do: list[str] = Field(description="Of a warning sign; else nothing.")
    finding: FindingMeant | None = Field(description="Of a finding; else nothing.")
    links: dict[str, str]
    negated: bool
    snippet: str


class SearchOut(Page[SearchHit]):
    """A page of what was found, warning signs first where the words fit one well.

    Of words that stand nearly everywhere only the first places are looked at; then
    `total_is_capped`, and more may be found with other words.
    """

    total_is_capped: bool
