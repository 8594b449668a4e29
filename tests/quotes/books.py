"""Small books of quotes, and what is the same quote, said in another way than ours."""

import unicodedata
from collections.abc import Iterable

from app.fields import Kind
from app.library.about import CrisisLine, Region
from app.quotes.book import QuoteBook, build_book
from app.quotes.library_passage import LibraryPassage

DRUGS = ("ibuprofen", "naproxen", "warfarin")
REGIONS = (
    Region(
        slug="uk",
        name="United Kingdom",
        emergency_number="999",
        crisis_lines=(
            CrisisLine(name="Samaritans", contact="116 123"),
            CrisisLine(name="NHS option", contact="111"),
        ),
    ),
    Region(slug="eu", name="European Union", emergency_number="112"),
)
_SHAPES = {
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u201c": '"', "\u201d": '"',
    "\u201e": '"', "\u201f": '"', "\u2010": "-", "\u2011": "-", "\u2012": "-",
    "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
}  # fmt: skip


def make_passages(*sentences: str, slug: str = "item") -> list[LibraryPassage]:
    return [
        LibraryPassage(Kind.TREATMENTS, slug, f"/questions_to_ask/{index}", sentence)
        for index, sentence in enumerate(sentences)
    ]


def make_book(*sentences: str) -> QuoteBook:
    return build_book(make_passages(*sentences), regions=REGIONS, drugs=DRUGS)


def normalise(sentence: str) -> str:
    """Return a sentence without what may differ: the rule that quotes are held to."""
    folded = unicodedata.normalize("NFC", sentence).casefold()
    plain = "".join(_SHAPES.get(sign, sign) for sign in folded)
    return " ".join(plain.split()).removesuffix(".").rstrip()


def normalise_all(sentences: Iterable[str]) -> frozenset[str]:
    return frozenset(map(normalise, sentences))
