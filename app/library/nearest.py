"""Which valid choices are nearest to a word that is none of them."""

from collections.abc import Collection

from rapidfuzz import fuzz, process

SHOW_ALL_UP_TO = 40
NEAREST = 3
ENOUGH_ALIKE = 55.0


def name_choices(word: object, choices: Collection[str]) -> str:
    """Say the valid choices: the nearest ones, or all where they are few."""
    if not choices:
        return "There are none to choose from."
    near = _nearest(word, choices) if isinstance(word, str) else []
    if near:
        return f"Nearest: {', '.join(near)}."
    if len(choices) <= SHOW_ALL_UP_TO:
        return f"Valid: {', '.join(sorted(choices))}."
    return f"There are {len(choices)} valid ones, none of them alike."


def _nearest(word: str, choices: Collection[str]) -> list[str]:
    found = process.extract(
        word[:80],
        sorted(choices),
        scorer=fuzz.WRatio,
        limit=NEAREST,
        score_cutoff=ENOUGH_ALIKE,
    )
    return [choice for choice, _, _ in found]
