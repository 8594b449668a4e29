"""A source is described in sentences, with an address that leads to it."""

from typing import Any

import pytest

from app.library.sources import ReferenceEntry
from app.render.citations import describe_source, find_address


def _make(**values: Any) -> ReferenceEntry:
    base = {"slug": "a", "title": "A trial", "publisher": "BMJ", "seen": "read"}
    return ReferenceEntry.model_validate({**base, **values})


@pytest.mark.parametrize(
    ("values", "described"),
    [
        ({}, "A trial. BMJ."),
        ({"year": 2020}, "A trial. BMJ, 2020."),
        ({"publisher": "BMJ 2020;1:2", "year": 2020}, "A trial. BMJ 2020;1:2."),
        ({"authors": "Cohen SP, et al."}, "Cohen SP, et al. A trial. BMJ."),
        ({"title": "Does it help?"}, "Does it help? BMJ."),
    ],
    ids=["no more", "year", "year said", "authors", "question"],
)
def test_a_source_is_described(values: dict[str, Any], described: str) -> None:
    assert describe_source(_make(**values)) == described


@pytest.mark.parametrize(
    ("values", "address"),
    [
        ({}, None),
        ({"pmid": "123"}, "https://pubmed.ncbi.nlm.nih.gov/123/"),
        ({"pmid": "123", "url": "https://a.org/b"}, "https://a.org/b"),
        ({"doi": "10.1/x(2)", "url": "https://a.org"}, "https://doi.org/10.1/x(2)"),
        ({"doi": "10.1/<x>#2"}, "https://doi.org/10.1/%3Cx%3E%232"),
    ],
    ids=["none", "pubmed", "url", "doi", "doi with signs"],
)
def test_an_address_leads_to_a_source(
    values: dict[str, Any], address: str | None
) -> None:
    assert find_address(_make(**values)) == address
