"""What is searched for: a patient's words, by themselves or in a list."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from app.library.search_ranks import SearchedKind
from app.queries.paging import LIMIT_MAX, PageFilters

WORDS_MAX = 200

_NOT_SAID = ("Cc", "Cs")
"""Control characters and surrogates, which nobody says."""


_CONTROL = r"\u0000-\u001f\u007f-\u009f"
_WORDS_PATTERN = f"^[^{_CONTROL}]*[^{_CONTROL}\\s][^{_CONTROL}]*$"
"""The same, as the contract says it."""


def _require_words(text: str) -> str:
    """Return words as they are read. Raises `PydanticCustomError`."""
    if any(unicodedata.category(sign) in _NOT_SAID for sign in text):
        raise PydanticCustomError("words", "Control characters are not allowed.")
    if not text.strip():
        raise PydanticCustomError("words", "Needs a word to look for.")
    return text


Words = Annotated[
    str,
    Field(
        min_length=1,
        max_length=WORDS_MAX,
        description="Words of a patient: names, brands, symptoms, whole sentences.",
        examples=["can't feel when I wipe"],
        json_schema_extra={"pattern": _WORDS_PATTERN},
    ),
    AfterValidator(_require_words),
]

WordsFoundIn = Annotated[
    Words | None, Field(description="What these words are found in.")
]


class SearchFilters(PageFilters):
    """What `GET /v1/search` looks for."""

    q: Words
    limit: Annotated[int, Field(ge=1, le=LIMIT_MAX, description="Hits a page.")] = 10
    kind: Annotated[
        SearchedKind | None, Field(description="Only items of this kind.")
    ] = None
