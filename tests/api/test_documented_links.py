"""The links of the contract lead somewhere, with all that is needed there."""

import pytest

from app.api.documented_links import LINKS
from tests.api.asking import Json
from tests.api.exemplary import operations

PAIRS = [(source, target) for source, targets in LINKS.items() for target in targets]


@pytest.mark.parametrize("source", LINKS)
def test_a_link_stands_at_every_answer_that_is_no_problem(source: str) -> None:
    responses = operations()[source][2]["responses"]

    linked = {status for status, one in responses.items() if "links" in one}

    assert linked == {"200", "201"} & responses.keys()


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_a_link_gives_every_parameter_of_the_address(source: str, target: str) -> None:
    parameters: list[Json] = operations()[target][2].get("parameters", [])

    needed = {one["name"] for one in parameters if one["in"] == "path"}

    assert LINKS[source][target].keys() == needed
