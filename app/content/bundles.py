"""The bundle as JSON: joined from the log, and read with every mistake by its pointer.

`{"release": 7, "format": 1, "entries": {"library": […], "references": […], …}}`
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue, ValidationError

from app.content.checks import check_bundle
from app.content.files import parse_entry
from app.content.log import FORMAT
from app.content.places import EntryFault
from app.errors import Fault, InvalidRequestError, to_pointer
from app.fields import Kind
from app.library.bundle import ENTRY_TYPES, Bundle, Identity
from app.library.entry import Entry
from app.library.faults import FAULTS_MAX, read_faults
from app.library.nearest import name_choices
from app.queries.releases import LoggedDocument

KEYS = ("release", "format", "entries")
ONE_LIBRARY = "A library has one library entry."
_KINDS = [kind.value for kind in Kind]


def write_bundle(documents: Iterable[LoggedDocument], *, release: int) -> str:
    """Return a release as JSON; the documents stand in it as the log has them."""
    texts: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    for one in documents:
        texts[one.kind].append(one.document)
    entries = ",".join(
        f'"{kind.value}":[{",".join(found)}]' for kind, found in texts.items()
    )
    return f'{{"release":{release},"format":{FORMAT},"entries":{{{entries}}}}}'


@dataclass
class GivenEntries:
    """The entries that could be read, where each stands, and what is wrong.

    `unreadable` are the items and whole kinds of which nothing more is known.
    """

    entries: dict[Kind, dict[str, Entry]] = field(
        default_factory=lambda: {kind: {} for kind in Kind}
    )
    pointers: dict[Identity, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unreadable: set[Kind | Identity] = field(default_factory=set)

    def locate(self, fault: EntryFault) -> Fault:
        """Point at the entry that was given, or name the one that was not."""
        base = self.pointers.get((fault.kind, fault.slug))
        if base is not None:
            return Fault(base + fault.pointer, fault.detail)
        item = f"{fault.kind.value}/{fault.slug}{fault.pointer}"
        return Fault("", f"{item}: {fault.detail}")


def parse_bundle(data: JsonValue) -> Bundle:
    """Read a whole library in which entries fit each other; cases are not run.

    `release` only says where it came from. Raises `InvalidRequestError`.
    """
    if not isinstance(data, dict):
        raise InvalidRequestError([Fault("", "Needs a mapping.")])
    given = parse_entries(data.get("entries", {}))
    faults = [*_check_keys(data), *given.faults]
    if not given.entries[Kind.LIBRARY]:
        raise InvalidRequestError(faults)
    bundle = Bundle.of(given.entries)
    found = check_bundle(bundle, unreadable=given.unreadable)
    faults += [given.locate(fault) for fault in found]
    if faults:
        raise InvalidRequestError(faults)
    return bundle


def _check_keys(data: Mapping[str, JsonValue]) -> Iterator[Fault]:
    for key in data:
        if key not in KEYS:
            detail = f"Unknown key. {name_choices(key, KEYS)}"
            yield Fault(to_pointer((key,)), detail)
    if data.get("format", FORMAT) != FORMAT:
        yield Fault("/format", f"Only format {FORMAT} can be read.")
    entries = data.get("entries", {})
    if isinstance(entries, dict) and not entries.get(Kind.LIBRARY.value):
        yield Fault("/entries/library", ONE_LIBRARY)


def parse_entries(data: JsonValue, pointer: str = "/entries") -> GivenEntries:
    """Read lists of entries by kind, all of the library or only some of it.

    They are read one by one; what they are to each other is for `check_bundle`. After
    `FAULTS_MAX` mistakes nothing more is read.
    """
    given = GivenEntries()
    if not isinstance(data, dict):
        given.faults.append(Fault(pointer, "Needs a mapping of kinds to entries."))
        return given
    for name, listed in data.items():
        if len(given.faults) >= FAULTS_MAX:
            break
        _parse_kind(name, listed, pointer + to_pointer((name,)), given)
    return given


def _parse_kind(name: str, listed: JsonValue, here: str, given: GivenEntries) -> None:
    if name not in _KINDS:
        detail = f"Unknown kind. {name_choices(name, _KINDS)}"
        given.faults.append(Fault(here, detail))
        return
    if not isinstance(listed, list):
        given.faults.append(Fault(here, "Needs a list of entries."))
        given.unreadable.add(Kind(name))
        return
    for index, one in enumerate(listed):
        if len(given.faults) >= FAULTS_MAX:
            break
        _parse_entry(Kind(name), one, f"{here}/{index}", given)


def _parse_entry(kind: Kind, data: JsonValue, here: str, given: GivenEntries) -> None:
    try:
        entry = parse_entry(kind, data)
    except RecursionError:
        given.faults.append(Fault(here, "Nested too deeply."))
        return
    except ValidationError as error:
        faults = read_faults(error.errors(), ENTRY_TYPES[kind], hide_sent=False)
        given.faults += [Fault(here + one.pointer, one.detail) for one in faults]
        if isinstance(data, dict) and isinstance(data.get("slug"), str):
            given.unreadable.add((kind, str(data["slug"])))
        return
    if refused := _refuse(kind, entry.slug, given):
        given.faults.append(Fault(f"{here}/slug", refused))
        return
    given.entries[kind][entry.slug] = entry
    given.pointers[kind, entry.slug] = here


def _refuse(kind: Kind, slug: str, given: GivenEntries) -> str | None:
    first = given.pointers.get((kind, slug))
    if first is not None:
        return f"This {kind.singular} stands at {first} already."
    if kind is Kind.LIBRARY and given.entries[kind]:
        return ONE_LIBRARY
    return None
