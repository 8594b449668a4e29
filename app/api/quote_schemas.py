"""What is asked and answered about quotes."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.api.free_texts import WHOLE
from app.fields import Kind
from app.quotes.lexicon import ChangeKind
from app.quotes.library_passage import LibraryPassage
from app.quotes.verification import Fidelity, SaidSentence, Verification

TEXT_MAX = 4_000


class QuoteRequest(BaseModel):
    """What somebody is about to say."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "text": "NSAIDs can cause ulcers and bleeding in the gut. "
                    "They can also lower the risk of a heart attack or stroke."
                }
            ]
        },
    )

    text: Annotated[
        str,
        Field(
            min_length=1,
            max_length=TEXT_MAX,
            description="Sentences in plain text or light Markdown.",
        ),
        *WHOLE,
    ]


class QuotedChange(BaseModel):
    """Words of the library and those said in their place; either may be empty."""

    was: str
    now: str
    kinds: list[ChangeKind] = Field(description="What it is about, the gravest first.")


class QuotedPassage(BaseModel):
    """A sentence of the library, where it stands, and what carries it."""

    kind: Kind
    slug: str
    pointer: str = Field(
        description="RFC 6901, within the item as it is served; empty where our texts "
        "say the sentence of the item, or of the library as a whole."
    )
    text: str
    sources: list[str]
    links: dict[str, str]


class QuotedSentence(BaseModel):
    """A sentence of the text: the library's own, altered, or not to be found there."""

    text: str
    fidelity: Fidelity
    kinds: list[ChangeKind] = Field(
        description="What its changes are about, the gravest first."
    )
    changes: list[QuotedChange]
    passages: list[QuotedPassage]
    places: int = Field(description="How many passages there are in all.")


class QuoteCheck(BaseModel):
    """Whether a text is what the library says, sentence by sentence."""

    release: int
    is_safe_to_quote: bool = Field(description="Every sentence is the library's own.")
    sentences: list[QuotedSentence]


def describe_check(found: Verification, *, release: int) -> QuoteCheck:
    """Return what was found of a text, as it goes over the wire."""
    return QuoteCheck(
        release=release,
        is_safe_to_quote=found.is_safe_to_quote,
        sentences=[_describe(one) for one in found.sentences],
    )


def _describe(said: SaidSentence) -> QuotedSentence:
    return QuotedSentence(
        text=said.text,
        fidelity=said.fidelity,
        kinds=list(said.kinds),
        changes=[
            QuotedChange(was=one.was, now=one.now, kinds=list(one.kinds))
            for one in said.changes
        ],
        passages=[
            QuotedPassage(
                kind=one.kind,
                slug=one.slug,
                pointer=one.pointer,
                text=one.text,
                sources=list(one.sources),
                links={"item": _find_address(one)},
            )
            for one in said.passages
        ],
        places=said.places,
    )


def _find_address(passage: LibraryPassage) -> str:
    """Return where the item is read; the library says what it is at one place."""
    is_library = passage.kind is Kind.LIBRARY
    return "/v1/meta" if is_library else f"/v1/{passage.kind.value}/{passage.slug}"
