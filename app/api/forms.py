"""The forms in which something comes: JSON, or a text, as the client takes it."""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.api.weights import read_weights
from app.queries.filters import Fields
from app.render.rendering import Length

ACCEPTED = "whatnext.accepted"
"""Where a scope says which form the client takes by its Accept."""


class Form(StrEnum):
    """A form, the one that we prefer first: the document, or a text of it."""

    JSON = "json"
    PARTS = "parts"
    MARKDOWN = "markdown"
    PLAIN = "plain"


MEDIA_TYPES: Mapping[Form, str] = MappingProxyType(
    {
        Form.JSON: "application/json",
        # Not the type of documents: whoever has types for answers knows which it is.
        Form.PARTS: "application/vnd.whatnext.text+json",
        Form.MARKDOWN: "text/markdown; charset=utf-8",
        Form.PLAIN: "text/plain; charset=utf-8",
    }
)


class TextOptions(BaseModel):
    """In which form something comes, and how long a text of it is."""

    model_config = ConfigDict(extra="forbid")

    format: Annotated[
        Form | None, Field(description="The form, whatever `Accept` says.")
    ] = None
    length: Annotated[
        Length | None,
        Field(
            description="How long the body of a text is: at most 140 characters, at "
            "most 80 words, or everything with its sources. Texts are `full` without "
            "it; JSON with it is a text in its parts, not the document."
        ),
    ] = None

    def choose(self, accepted: Form) -> tuple[Form, Length | None]:
        """Return the form and the length for a client; none is the whole document."""
        form = self.format or accepted
        if form is not Form.JSON:
            return form, self.length or Length.FULL
        return (Form.PARTS, self.length) if self.length else (form, None)


class ItemOptions(TextOptions):
    """What of an item comes, and as what."""

    fields: Fields = None


@lru_cache(maxsize=512)
def choose_form(accepted: bytes) -> Form:
    """Return the form for a client by its Accept, JSON if it takes none of ours.

    Of what it wants alike it gets what we prefer (RFC 9110 12.5.1).
    """
    weights = read_weights(accepted)
    return max(Form, key=lambda form: _weigh(MEDIA_TYPES[form], weights))


def _weigh(media_type: str, weights: Mapping[str, float]) -> float:
    """Return the weight that the narrowest range gives to a media type."""
    name, _, _ = media_type.partition(";")
    family, _, _ = name.partition("/")
    ranges = (name, f"{family}/*", "*/*")
    return next((weights[one] for one in ranges if one in weights), 0.0)
