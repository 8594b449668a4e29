"""The names of the facts that a profile can hold."""

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
