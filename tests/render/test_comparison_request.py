"""What cannot be compared is refused, with the place and the nearest choices."""

import pytest

from app.errors import Fault, InvalidRequestError
from app.render.comparison_request import check_compared

KNOWN = ["heat", "ibuprofen", "naproxen", "walking", "yoga", "wait-and-see", "massage"]
QUERY = "/query/treatments"


def refuse(asked: list[str], pointer: str = QUERY) -> list[Fault]:
    with pytest.raises(InvalidRequestError) as caught:
        check_compared(asked, KNOWN, pointer=pointer)
    return list(caught.value.faults)


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_two_to_six_treatments_can_be_compared(count: int) -> None:
    check_compared(KNOWN[:count], KNOWN, pointer=QUERY)


@pytest.mark.parametrize("count", [0, 1, 7])
def test_fewer_or_more_are_refused(count: int) -> None:
    detail = f"Needs 2 to 6 treatments to compare, not {count}."

    assert refuse(KNOWN[:count]) == [Fault(QUERY, detail)]


@pytest.mark.parametrize(
    ("pointer", "place"),
    [pytest.param(QUERY, QUERY, id="in a query"),
     pytest.param("/treatments", "/treatments/1", id="in a body")],
)  # fmt: skip
def test_what_is_no_treatment_is_told_with_its_place_and_the_nearest(
    pointer: str, place: str
) -> None:
    detail = "Number 2 is not a treatment. Nearest: ibuprofen."

    assert refuse(["heat", "ibuprofn"], pointer) == [Fault(place, detail)]


def test_the_same_treatment_twice_is_told_with_both_places() -> None:
    faults = refuse(["heat", "yoga", "heat"], "/treatments")

    assert faults == [Fault("/treatments/2", "Number 3 is the same as number 1.")]


def test_every_fault_is_told_at_once() -> None:
    faults = refuse(["heat", "heat", "zzzz", "wlking"], "/treatments")

    assert [fault.pointer for fault in faults] == [
        "/treatments/1", "/treatments/2", "/treatments/3",
    ]  # fmt: skip


def test_what_was_sent_is_not_repeated() -> None:
    assert not any("zzzz" in fault.detail for fault in refuse(["heat", "zzzz"]))
