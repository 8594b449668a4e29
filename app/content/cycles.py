"""What goes round in circles: parts, named conditions, and what findings imply."""

from collections.abc import Iterator, Mapping

from app.content.places import EntryFault
from app.engine.named_conditions import named_in
from app.fields import Kind
from app.library.bundle import Bundle


def check_cycles(bundle: Bundle) -> Iterator[EntryFault]:
    """Yield every entry from which a way leads back to itself."""
    yield from _check_part_of(bundle)
    yield from _check_named_conditions(bundle)
    yield from _check_implies(bundle)


def _check_part_of(bundle: Bundle) -> Iterator[EntryFault]:
    graph = {
        slug: [entry.part_of] if entry.part_of else []
        for slug, entry in bundle.treatments.items()
    }
    for slug in _on_a_cycle(graph):
        yield _cycle(Kind.TREATMENTS, slug, "part_of")


def _check_named_conditions(bundle: Bundle) -> Iterator[EntryFault]:
    for slug in _on_a_cycle(_condition_graph(bundle)):
        yield _cycle(Kind.CONDITIONS, slug, "when")


def _condition_graph(bundle: Bundle) -> dict[str, list[str]]:
    return {
        slug: list(named_in(entry.when)) for slug, entry in bundle.conditions.items()
    }


def sound_conditions(bundle: Bundle) -> set[str]:
    """Return the named conditions that can be put in place of their names."""
    graph = _condition_graph(bundle)
    circular = set(_on_a_cycle(graph))
    sound = set(graph) - circular
    while True:
        broken = {slug for slug in sound if not sound.issuperset(graph[slug])}
        if not broken:
            return sound
        sound -= broken


def _check_implies(bundle: Bundle) -> Iterator[EntryFault]:
    graph = {slug: list(entry.implies) for slug, entry in bundle.findings.items()}
    for slug in _on_a_cycle(graph):
        yield _cycle(Kind.FINDINGS, slug, "implies")


def _cycle(kind: Kind, slug: str, key: str) -> EntryFault:
    return EntryFault(kind, slug, f"/{key}", "This leads back to where it began.")


def _on_a_cycle(graph: Mapping[str, list[str]]) -> list[str]:
    """Return the nodes from which a walk comes back to the node itself."""
    found = []
    for start in graph:
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
