"""The names of the facts that a profile can hold, and that a condition asks for."""

from collections.abc import Iterator

from app.library.conditions import Compare, Condition, Has, Tried, walk

FINDING, FIELD, MEASURE, TRIED = "finding/", "field/", "measure/", "tried/"
QUALIFIER_MARK = "."


def finding_fact(slug: str) -> str:
    return FINDING + slug


def qualifier_fact(slug: str, qualifier: str) -> str:
    """Name what is asked about a present finding: `finding/foot-drop.trend`."""
    return f"{FINDING}{slug}{QUALIFIER_MARK}{qualifier}"


def tried_fact(slug: str) -> str:
    return TRIED + slug


def path_fact(path: str) -> str:
    """Name a field or measure by the path that conditions use."""
    measure = path.removeprefix("measures.")
    return FIELD + path if measure == path else MEASURE + measure


def finding_of(fact: str) -> str:
    """Return the finding that a finding or qualifier fact is about."""
    return fact.removeprefix(FINDING).partition(QUALIFIER_MARK)[0]


def is_qualifier(fact: str) -> bool:
    return fact.startswith(FINDING) and QUALIFIER_MARK in fact


def facts_of(condition: Condition) -> frozenset[str]:
    """Return every fact that the verdict of a resolved condition can depend on."""
    return frozenset(_facts_of(condition))


def _facts_of(condition: Condition) -> Iterator[str]:
    for _, node in walk(condition):
        match node:
            case Has(finding):
                yield finding_fact(finding)
                yield from (qualifier_fact(finding, one) for one in node.qualifiers)
            case Tried(treatment):
                yield tried_fact(treatment)
            case Compare(path):
                yield path_fact(path)
            case _:
                continue
