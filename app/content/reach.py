"""What a change reaches: the part of a library to check, judge and show anew."""

from collections.abc import Iterable, Iterator

from app.content.change import Change, Edited, list_touched
from app.content.item_changes import list_advising
from app.content.names import fold, list_names, list_parts
from app.fields import Kind
from app.library.bundle import Bundle, Identity
from app.library.entry import Entry, mentions
from app.library.topics import TopicEntry
from app.library.treatments import TreatmentEntry

_TOLD_OF_USE = (
    Kind.REFERENCES, Kind.GUIDELINES, Kind.CONDITIONS, Kind.FINDINGS,
    Kind.TREATMENTS, Kind.FAILURE_CAUSES,
)  # fmt: skip
"""The kinds of which it is shown, or judged, what names them."""


def reach(change: Change) -> Bundle:
    """Return the part of the library after that a change reaches.

    That is what it touches, the cases of topics whose advice it may change or that name
    what may change it, and what is shown or judged otherwise since something else is
    another. The rest of a library that was right is right, and looks the same.
    """
    if change.before is None:
        return change.after
    touched = list_touched(change, change.items)
    advising = list_advising(change)
    asked = [*advising, *_topics_in(list_touched(change, advising))]
    reached = {
        *touched,
        *_list_named(change),
        *(user for one in asked for user in change.users_of(one) if _is_case(user)),
        *(one for topic in _topics_in(touched) for one in _list_options(change, topic)),
        *_list_signs_of_all(change),
        *_list_naming_anew(change),
    }
    return change.after.pick(reached)


def _is_case(item: Identity) -> bool:
    return item[0] is Kind.CASES


def _topics_in(items: Iterable[Identity]) -> list[Identity]:
    return [item for item in items if item[0] is Kind.TOPICS]


def _list_named(change: Change) -> set[Identity]:
    """Return what is named elsewhere now, however far by names of conditions."""
    named: set[Identity] = set()
    ahead = {one for edited in change.items.values() for one in _list_moved(edited)}
    while ahead:
        item = ahead.pop()
        if item[0] not in _TOLD_OF_USE or item in named:
            continue
        named.add(item)
        if item[0] is Kind.CONDITIONS:
            ahead.update(change.named_by(item))
        if item[0] is Kind.FINDINGS:
            # Who asks for one asks for what implies it.
            ahead.update(one for one in change.users_of(item) if one[0] is item[0])
    return named


def _list_moved(edited: Edited) -> Iterator[Identity]:
    """Yield what an entry names in one place more or fewer than before."""
    before, after = (set(mentions(entry)) if entry else set() for entry in edited)
    yield from ((kind, slug) for _, kind, slug in before ^ after)


def _list_options(change: Change, topic: Identity) -> Iterator[Identity]:
    """Yield the options of a topic if any has another length: they are compared."""
    for bundle in change.bundles:
        if topic[1] in bundle.topics and any(map(_is_resized, change.items.values())):
            options = bundle.topics[topic[1]].options
            yield from ((Kind.TREATMENTS, option.treatment) for option in options)


def _is_resized(edited: Edited) -> bool:
    """Say whether options have other lengths than before, or are others."""
    before, after = map(_list_sizes, edited)
    return before != after


def _list_sizes(entry: Entry | None) -> Iterable[object]:
    match entry:
        case TreatmentEntry():
            return {name: section.words for name, section in entry.sections.items()}
        case TopicEntry():
            return {option.treatment for option in entry.options}
        case _:
            return ()


def _list_signs_of_all(change: Change) -> Iterator[Identity]:
    """Yield the signs that hold for every topic, if there are others now."""
    if any(one[0] is Kind.TOPICS and change.is_whole(one) for one in change.items):
        for sign in change.after.warning_signs.values():
            if not sign.topics:
                yield Kind.WARNING_SIGNS, sign.slug


def _list_naming_anew(change: Change) -> Iterator[Identity]:
    """Yield what has in its texts a name that is new, or is one no longer."""
    names = {
        part.removesuffix("s")
        for before, after in change.items.values()
        for name in set(_names_of(before)) ^ set(_names_of(after))
        for part in list_parts(name)
    }
    if names:
        for kind, entry in change.after:
            text = fold(entry.model_dump_json(exclude_none=True)).replace('\\"', '"')
            if any(name in text for name in names):
                yield kind, entry.slug


def _names_of(entry: Entry | None) -> tuple[str, ...]:
    return list_names(entry) if entry else ()
