"""Which words name medicines is read out of the library's names."""

import pytest

from app.fields import Kind
from app.quotes.drug_words import list_drug_words
from tests.factories import make_bundle, make_cause, make_finding, make_treatment

BUNDLE = make_bundle(
    {
        Kind.TREATMENTS: [
            make_treatment(
                "ibuprofen",
                category="medication",
                name="Ibuprofen (an NSAID)",
                aliases=["Nurofen", "cream for pain", "three a day", "without food"],
            ),
            make_treatment("tai-chi", name="Tai chi", aliases=["pain school"]),
            make_treatment("shot", category="injection", name="Steroid shot"),
            make_treatment("steroid", category="medication", name="Steroid tablets"),
        ],
        Kind.FINDINGS: [
            make_finding(
                "takes-aspirin",
                kind="medicine",
                label="Takes aspirin",
                aliases=["aspirin for my heart", "St John's wort"],
            ),
            make_finding("heart-pain", label="Heart pain", aliases=["heart", "pain"]),
            make_finding("aspirin-rash", label="Rash after aspirin"),
            make_finding("heart-disease", label="Heart disease", kind="condition"),
        ],
        Kind.FAILURE_CAUSES: [make_cause(name="Heart or pain trouble")],
    }
)


@pytest.mark.parametrize(
    "word", ["ibuprofen", "nsaid", "nurofen", "aspirin", "steroid", "johns", "wort"]
)
def test_words_of_medicines_are_named(word: str) -> None:
    assert word in list_drug_words(BUNDLE)


@pytest.mark.parametrize(
    "word",
    ["tai", "chi", "heart", "pain", "for", "my", "not", "without", "three", "day"],
)
def test_other_words_are_not(word: str) -> None:
    assert word not in list_drug_words(BUNDLE)
