"""What was tried: a part speaks for its parents, "not tried" for its parts."""

from collections.abc import Mapping

import pytest

from app.engine.answers import TriedAnswer
from app.engine.facts import tried_fact
from app.engine.read_tried import read_tried
from app.fields import Kind
from app.library.vocabulary import Vocabulary
from app.profile_words import TriedOutcome
from tests.factories import make_bundle, make_treatment

VOCABULARY = Vocabulary.of(
    make_bundle(
        {
            Kind.TREATMENTS: [
                make_treatment("medicines"),
                make_treatment("nsaids", part_of="medicines"),
                make_treatment("ibuprofen", part_of="nsaids"),
                make_treatment("naproxen", part_of="nsaids"),
                make_treatment("paracetamol", part_of="medicines"),
            ]
        }
    )
)

TRIED: dict[str, tuple[dict[str, str], Mapping[str, tuple[set[str], bool]]]] = {
    "a part speaks for all above it": (
        {"ibuprofen": "helped"},
        {
            "ibuprofen": ({"helped"}, True),
            "nsaids": ({"helped"}, False),
            "medicines": ({"helped"}, False),
        },
    ),
    "the parts are put together": (
        {"ibuprofen": "helped", "naproxen": "worse", "medicines": "partly"},
        {
            "ibuprofen": ({"helped"}, True),
            "naproxen": ({"worse"}, True),
            "nsaids": ({"helped", "worse"}, False),
            "medicines": ({"partly", "helped", "worse"}, True),
        },
    ),
    "not tried goes down": (
        {"nsaids": "not-tried"},
        {
            "nsaids": ({"not-tried"}, True),
            "ibuprofen": ({"not-tried"}, True),
            "naproxen": ({"not-tried"}, True),
        },
    ),
    "not tried does not go up": (
        {"ibuprofen": "not-tried"}, {"ibuprofen": ({"not-tried"}, True)}
    ),
    "not tried, but a part of it was": (
        {"nsaids": "not-tried", "ibuprofen": "worse"},
        {
            "nsaids": ({"worse"}, False),
            "ibuprofen": ({"worse"}, True),
            "medicines": ({"worse"}, False),
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize(("tried", "read"), list(TRIED.values()), ids=list(TRIED))
def test_what_was_tried_is_read(
    tried: dict[str, str], read: dict[str, tuple[set[str], bool]]
) -> None:
    said = {slug: TriedOutcome(outcome) for slug, outcome in tried.items()}

    answers, _ = read_tried(said, VOCABULARY)

    assert answers == {
        tried_fact(slug): TriedAnswer(frozenset(outcomes), closed=closed)
        for slug, (outcomes, closed) in read.items()
    }
