"""Writes the difference of two libraries for people, line by line."""

import json
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import chain, groupby

from pydantic import JsonValue
from rich.text import Text

from app.content.advice_change import AdviceChange
from app.content.field_changes import Edit
from app.content.library_diff import (
    BrokenCase,
    ChangedItem,
    DiffItem,
    FieldChange,
    LibraryDiff,
)
from app.content.significance import weigh_advice
from app.content.yaml_writer import write_yaml
from app.fields import Likelihood, Significance, Standing, Urgency

_ADDED, _REMOVED, _NAME = "green", "red", "bold"
_WEIGHTS = {
    Significance.SAFETY: "bold red",
    Significance.CLINICAL: "yellow",
    Significance.EDITORIAL: "dim",
}
_WordOrNone = Urgency | Standing | Likelihood | None
_Word = tuple[str, _WordOrNone, _WordOrNone]


def write_lines(diff: LibraryDiff) -> Iterator[Text]:
    """Yield what it comes to, and then every item, place and case that differs."""
    yield Text(_count(diff))
    if diff.significance is None:
        return
    line = Text("Suggested significance: ")
    yield line.append(diff.significance.value, style=_WEIGHTS[diff.significance])
    sections = {
        "Added": (_write_item("+ ", one, _ADDED) for one in diff.added),
        "Changed": chain.from_iterable(map(_write_changed, diff.changed)),
        "Removed": (_write_item("- ", one, _REMOVED) for one in diff.removed),
        "Cases whose advice changes": chain.from_iterable(
            map(_write_advice, diff.advice)
        ),
        "Old cases that no longer hold": chain.from_iterable(
            map(_write_broken, diff.broken_cases)
        ),
        "Cases that cannot be compared": (
            Text(f"  {one.case}: {one.because}") for one in diff.uncompared
        ),
    }
    for title, lines in sections.items():
        yield from _write_section(title, lines)


def _count(diff: LibraryDiff) -> str:
    base = f"release {diff.against}" if diff.against else "an empty library"
    if diff.is_empty:
        return f"No difference from {base}."
    counts = f"{len(diff.added)} added, {len(diff.changed)} changed"
    return f"Compared with {base}: {counts}, {len(diff.removed)} removed."


def _weight(significance: Significance) -> Text:
    return Text(f"[{significance.value}]", style=_WEIGHTS[significance])


def _write_section(title: str, lines: Iterable[Text]) -> Iterator[Text]:
    for index, line in enumerate(lines):
        if index == 0:
            yield Text()
            yield Text(title, style="bold underline")
        yield line


def _write_item(mark: str, item: DiffItem, style: str) -> Text:
    line = Text("  ").append(f"{mark}{item.kind.value}/{item.slug}", style=style)
    return line.append(f"  {item.name}  ").append_text(_weight(item.significance))


def _write_changed(item: ChangedItem) -> Iterator[Text]:
    yield _write_item("", item, _NAME)
    for (place, order), changes in groupby(item.fields, key=_heading):
        listed = list(changes)
        line = Text(f"    {place}{order}  ")
        yield line.append_text(_weight(listed[0].significance))
        yield from chain.from_iterable(map(_write_values, listed))


def _heading(change: FieldChange) -> tuple[str, str]:
    return change.place, " in another order" if change.edit is Edit.ORDER else ""


def _write_values(change: FieldChange) -> Iterator[Text]:
    before, after = _lines_of(change.before), _lines_of(change.after)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield from (Text(f"        {line}") for line in before[start:end])
            continue
        for line in before[start:end]:
            yield Text(f"      - {line}", style=_REMOVED)
        for line in after[new_start:new_end]:
            yield Text(f"      + {line}", style=_ADDED)


def _lines_of(value: JsonValue) -> list[str]:
    match value:
        case None:
            return []
        case str():
            return value.splitlines()
        case dict():
            return write_yaml(value).splitlines()
        case list():
            return [str(name) for name in value]
        case _:
            return [json.dumps(value)]


def _write_advice(change: AdviceChange) -> Iterator[Text]:
    yield _write_case(change.case, change.name, weigh_advice(change))
    for sign in change.signs_removed:
        yield Text(f"      - sign {sign}", style=_REMOVED)
    for sign in change.signs_added:
        yield Text(f"      + sign {sign}", style=_ADDED)
    for name, before, after in _list_words(change):
        yield Text(f"      {name}: {before or 'none'} -> {after or 'none'}")


def _list_words(change: AdviceChange) -> Iterator[_Word]:
    if change.level is not None:
        yield "level", change.level.before, change.level.after
    if change.could_be is not None:
        yield "could be", change.could_be.before, change.could_be.after
    for option in change.options:
        yield f"option {option.option}", option.before, option.after
    for cause in change.causes:
        yield f"cause {cause.cause}", cause.before, cause.after


def _write_broken(broken: BrokenCase) -> Iterator[Text]:
    yield _write_case(broken.case, broken.name, Significance.SAFETY)
    for fault in broken.because:
        yield Text(f"      {fault.pointer}: {fault.detail}")


def _write_case(slug: str, name: str, significance: Significance) -> Text:
    line = Text("  ").append(slug, style=_NAME).append(f"  {name}  ")
    return line.append_text(_weight(significance))
