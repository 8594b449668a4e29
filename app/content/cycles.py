"""What goes round in circles: parts, named conditions, and what findings imply."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from app.content.places import EntryFault
from app.engine.named_conditions import named_in
from app.fields import Kind
from app.library.bundle import Bundle

_Graph = Mapping[str, list[str]]


def check_cycles(bundle: Bundle, part: Bundle) -> Iterator[EntryFault]:
    """Yield every entry of a part from which a way leads back to itself."""
    for kind, (key, graph) in _GRAPHS.items():
        for slug in _on_a_cycle(graph(bundle), part.of_kind(kind)):
            detail = "This leads back to where it began."
            yield EntryFault(kind, slug, f"/{key}", detail)


def _treatment_graph(bundle: Bundle) -> _Graph:
    return {
        slug: [entry.part_of] if entry.part_of else []
        for slug, entry in bundle.treatments.items()
    }


def _condition_graph(bundle: Bundle) -> _Graph:
    return {
        slug: list(named_in(entry.when)) for slug, entry in bundle.conditions.items()
    }


def sound_conditions(bundle: Bundle) -> set[str]:
    """Return the named conditions that can be put in place of their names."""
    graph = _condition_graph(bundle)
    circular = set(_on_a_cycle(graph, graph))
    sound = set(graph) - circular
    while True:
        broken = {slug for slug in sound if not sound.issuperset(graph[slug])}
        if not broken:
            return sound
        sound -= broken


def _finding_graph(bundle: Bundle) -> _Graph:
    return {slug: list(entry.implies) for slug, entry in bundle.findings.items()}


def _on_a_cycle(graph: _Graph, starts: Iterable[str]) -> list[str]:
    """Return the starts from which a walk comes back to the start itself."""
    found = []
    for start in starts:
        reached: set[str] = set()
        ahead = list(graph[start])
        while ahead:
            node = ahead.pop()
            if node not in reached:
                reached.add(node)
                ahead += graph.get(node, [])
        if start in reached:
            found.append(start)
    return found


_GRAPHS: Mapping[Kind, tuple[str, Callable[[Bundle], _Graph]]] = MappingProxyType(
    {
        Kind.TREATMENTS: ("part_of", _treatment_graph),
        Kind.CONDITIONS: ("when", _condition_graph),
        Kind.FINDINGS: ("implies", _finding_graph),
    }
)
