"""Compares two documents place by place: what has a name is found by its name."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import JsonValue

from app.errors import Step, to_pointer
from app.library.canonical import canonical_json

NAMES = ("slug", "treatment", "category", "guideline", "finding", "name", "outcome")
"""What an entry of a list goes by: the first of these that it has."""

CONDITIONS = ("when", "unless", "possible_when")
"""What is one thing to a reader, however many parts it has."""


class Edit(StrEnum):
    """What became of a place; in another order, a list has the same things moved."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Difference:
    """A place that differs, with both values: null where there is none.

    `pointer` leads to it in the document after, or in the one before if it is gone.
    `place` says the same in names; of a rule it begins with the public id.
    """

    pointer: str
    place: str
    edit: Edit
    before: JsonValue
    after: JsonValue


@dataclass(frozen=True, slots=True)
class _Name:
    """What a member of a list goes by, and the how-manieth with this name it is."""

    text: str
    count: int

    def __str__(self) -> str:
        return self.text if self.count == 1 else f"{self.text} ({self.count})"


_Member = tuple[Step, JsonValue]
_Members = Mapping[_Name, _Member]
_NO_MEMBER: _Member = ("-", None)


@dataclass(frozen=True, slots=True)
class _Spot:
    """The pointers of a place in both documents, and the place in names."""

    before: str
    after: str
    place: str

    def step(self, before: Step, after: Step, place: str) -> "_Spot":
        steps = to_pointer((before,)), to_pointer((after,))
        return _Spot(self.before + steps[0], self.after + steps[1], place)


def compare_documents(
    before: JsonValue, after: JsonValue, *, item: str
) -> list[Difference]:
    """Return what differs between two documents of an item, named `kind/slug`.

    Documents hold no null: it stands for what is not there.
    """
    return list(_compare(before, after, _Spot("", "", item)))


def _compare(before: JsonValue, after: JsonValue, spot: _Spot) -> Iterator[Difference]:
    match before, after:
        case dict(), dict():
            yield from _compare_mappings(before, after, spot)
        case list(), list():
            yield from _compare_lists(_name_all(before), _name_all(after), spot)
        case _:
            yield from _compare_whole(before, after, spot)


def _compare_mappings(
    before: Mapping[str, JsonValue], after: Mapping[str, JsonValue], spot: _Spot
) -> Iterator[Difference]:
    for key in {**before, **after}:
        compare = _compare_whole if key in CONDITIONS else _compare
        inner = spot.step(key, key, f"{spot.place}/{key}")
        yield from compare(before.get(key), after.get(key), inner)


def _compare_lists(
    before: _Members, after: _Members, spot: _Spot
) -> Iterator[Difference]:
    for name in {**before, **after}:
        index, member = before.get(name, _NO_MEMBER)
        new_index, new_member = after.get(name, _NO_MEMBER)
        # A text is its own name: the list is its place.
        is_text = isinstance(member or new_member, str)
        place = spot.place if is_text else f"{spot.place}/{name}"
        yield from _compare(member, new_member, spot.step(index, new_index, place))
    if [one for one in before if one in after] != [
        one for one in after if one in before
    ]:
        yield Difference(
            pointer=spot.after,
            place=spot.place,
            edit=Edit.ORDER,
            before=[str(name) for name in before],
            after=[str(name) for name in after],
        )


def _compare_whole(
    before: JsonValue, after: JsonValue, spot: _Spot
) -> Iterator[Difference]:
    # As the log compares them: in Python 1 equals 1.0, and True.
    if canonical_json(before) == canonical_json(after):
        return
    edit = Edit.CHANGED
    if before is None or after is None:
        edit = Edit.ADDED if before is None else Edit.REMOVED
    yield Difference(
        pointer=spot.before if after is None else spot.after,
        place=spot.place,
        edit=edit,
        before=before,
        after=after,
    )


def _name_all(members: Sequence[JsonValue]) -> _Members:
    counts: Counter[str] = Counter()
    named: dict[_Name, _Member] = {}
    for index, member in enumerate(members):
        text = _name(member)
        counts[text] += 1
        named[_Name(text, counts[text])] = (index, member)
    return named


def _name(member: JsonValue) -> str:
    if isinstance(member, dict):
        return next((str(member[key]) for key in NAMES if key in member), "")
    return str(member)
