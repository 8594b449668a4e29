"""The book of the library that we ship."""

import os
from dataclasses import replace

import pytest

from app.library.about import fill_in
from app.library.bundle import Bundle
from app.quotes.book import QuoteBook, build_book
from app.quotes.drug_words import list_drug_words
from app.quotes.folding import read_sentences
from app.quotes.passages import list_bundle_passages


@pytest.fixture(scope="session")
def seed_book(seed_bundle: Bundle) -> QuoteBook:
    """The book of the library that we ship."""
    return build_book(
        list_bundle_passages(seed_bundle),
        regions=seed_bundle.library.regions,
        drugs=list_drug_words(seed_bundle),
    )


@pytest.fixture(scope="session")
def seed_key_book(seed_book: QuoteBook) -> QuoteBook:
    """That book as far as it tells what is verbatim: it looks for nothing near."""
    return replace(seed_book, postings={})


EVERY = int(os.environ.get("QUOTES_EVERY", "10"))


@pytest.fixture(scope="session")
def seed_quotes(seed_bundle: Bundle) -> list[str]:
    """All that we ship and may be quoted, in plain words."""
    passages = list_bundle_passages(seed_bundle)
    return sorted({fill_in(one.text, None) for one in passages})


@pytest.fixture(scope="session")
def seed_sentences(seed_quotes: list[str]) -> list[str]:
    """Those quotes that are one sentence."""
    return [one for one in seed_quotes if len(read_sentences(one)) == 1]


@pytest.fixture(scope="session")
def seed_units(seed_quotes: list[str]) -> list[str]:
    """Those quotes that are more: a sentence with the name in front of it."""
    return [one for one in seed_quotes if len(read_sentences(one)) > 1]


@pytest.fixture(scope="session")
def some_quotes(seed_quotes: list[str]) -> list[str]:
    """One in so many of those quotes, to be altered; `QUOTES_EVERY=1` takes all."""
    return seed_quotes[::EVERY]


@pytest.fixture(scope="session")
def some_sentences(seed_sentences: list[str]) -> list[str]:
    """One in so many of those sentences."""
    return seed_sentences[::EVERY]
