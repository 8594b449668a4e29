"""People who fill in the form of a topic: each one another, none of them real."""

from collections.abc import Mapping
from random import Random
from typing import Any

PRESSING = 5
"""So many of the first screens are answered with no: nobody asks past an emergency."""

Data = dict[str, Any]


def tell(form: Mapping[str, Any], random: Random) -> Data:
    """Return a valid profile of some forty answers, most of them no."""
    screens = [
        [finding["slug"] for finding in screen["findings"]]
        for screen in form["screens"]
    ]
    pressing = [slug for screen in screens[:PRESSING] for slug in screen]
    others = [slug for screen in screens[PRESSING:] for slug in screen]
    told = random.sample(others, random.randint(4, 12))
    present = random.randint(1, 4)
    profile: Data = {"has": told[:present], "has_not": [*pressing, *told[present:]]}
    for field in random.sample(form["fields"], random.randint(1, 6)):
        group, _, name = field["path"].rpartition(".")
        into = profile.setdefault(group, {}) if group else profile
        into[name] = _answer(field, random)
    measure = random.choice(form["measures"])
    profile["measures"] = {measure["path"].partition(".")[2]: _answer(measure, random)}
    profile["tried"] = {
        treatment["slug"]: random.choice(form["outcomes"])
        for treatment in random.sample(form["tried"], random.randint(0, 3))
    }
    return profile


def _answer(field: Mapping[str, Any], random: Random) -> int | str:
    if field["words"]:
        word: str = random.choice(field["words"])
        return word
    lowest, highest = int(field["minimum"]), int(field["maximum"])
    # People have pain for months and had their treatment weeks ago, not 100 years.
    return random.randint(lowest, min(highest, 100))
