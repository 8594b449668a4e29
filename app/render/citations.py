"""The sources of a text, numbered in the order in which it first names them."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from app.library.sources import ReferenceEntry
from app.render.framing import finish
from app.render.rendering import Block, Passage, list_passages

Numbers = Mapping[str, int]
"""The number of each reference, by its slug."""


def number_sources(body: Iterable[Block]) -> Numbers:
    """Return a number from 1 for each reference that blocks name."""
    named = (slug for passage in list_passages(body) for slug in passage.sources)
    return {slug: number for number, slug in enumerate(dict.fromkeys(named), start=1)}


def list_numbers(passage: Passage, numbers: Numbers) -> list[int]:
    """Return the numbers of what carries a passage, the lowest first."""
    return sorted({numbers[slug] for slug in passage.sources if slug in numbers})


def describe_source(reference: ReferenceEntry) -> str:
    """Return authors, title, publisher and year as sentences, without the address."""
    issued = reference.publisher
    if reference.year and str(reference.year) not in issued:
        issued = f"{issued}, {reference.year}"
    parts = (reference.authors, reference.title, issued)
    return " ".join(finish(part) for part in parts if part)


def find_address(reference: ReferenceEntry) -> str | None:
    """Return where a source is found: by its DOI, else its own address or PubMed's."""
    if reference.doi:
        return f"https://doi.org/{quote(reference.doi, safe='/:;.()')}"
    if reference.url:
        return reference.url
    return reference.pmid and f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/"
