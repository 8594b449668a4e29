# An example is no package.
# ruff: noqa: INP001
"""The words of the example bot: how answers are read, and how advice is written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

URGENCIES = ("emergency", "urgent", "soon", "routine")
SINCE_DAYS = {"words": [], "minimum": 0, "maximum": 36_500, "unit": "days"}
TREND = {"words": ["worse", "unchanged", "better"]}
NOT_SURE = ("not sure", "unsure", "don't know", "i don't know", "i do not know")

Json = dict[str, Any]
"""An object of the API; /openapi.json says what is in it."""
Told = dict[str, str | float]
"""The answer to each fact; to a finding, the list of the profile that it goes into."""


def list_facts(form: Json) -> Iterator[tuple[str, Json]]:
    """Yield what the questionnaire says of each fact that can be asked."""
    for one in (one for screen in form["screens"] for one in screen["findings"]):
        fact, label = f"finding/{one['slug']}", one["label"]
        yield fact, one
        yield f"{fact}.since_days", SINCE_DAYS | {"question": f"{label}: since when?"}
        yield f"{fact}.trend", TREND | {"question": f"{label}: how does it change?"}
    for one in (*form["fields"], *form["measures"]):
        _, is_measure, name = one["path"].rpartition("measures.")
        yield f"{'measure' if is_measure else 'field'}/{name}", one
    for one in form["tried"]:
        tried = {"label": f"tried {one['name']}", "words": form["outcomes"]}
        yield f"tried/{one['slug']}", tried


def write_profile(told: Told) -> Json:
    """Return the profile that says what was told."""
    profile: Json = {}
    for fact, answer in told.items():
        kind, name = fact.split("/")
        path = {"measure": "measures.", "tried": "tried."}.get(kind, "") + name
        group, _, last = path.rpartition(".")
        if answer in ("has", "has_not", "not_sure"):
            profile.setdefault(str(answer), []).append(path)
        elif kind == "finding":
            profile.setdefault("has", []).append({"finding": group, last: answer})
        elif group:
            profile.setdefault(group, {})[last] = answer
        else:
            profile[path] = answer
    return profile


def read_picks(text: str, most: int) -> dict[int, str] | None:
    """Return the list of a profile that each thing picked goes into, by its place."""
    if text in ("none", "no"):
        return {}
    if text in NOT_SURE:
        return dict.fromkeys(range(most), "not_sure")
    picked = {}
    for word in re.split(r"[ ,]+", text):
        found = re.fullmatch(r"([0-9]{1,3})([?]?)", word)
        if found is None or not 0 < int(found[1]) <= most:
            return None
        picked[int(found[1]) - 1] = "not_sure" if found[2] else "has"
    return picked


def read_value(text: str, fact: str, asked: Json) -> Told | None:
    """Return a word, or a number within its bounds; only days may have a part."""
    words, word = asked["words"], text.replace(" ", "-")
    if text in NOT_SURE:
        return {fact: "unsure" if "unsure" in words else "not_sure"}
    if words:
        return {fact: word} if word in words else None
    text = text.replace("%", "percent").removesuffix(asked["unit"]).strip()
    part = "([.][0-9]+)?" if asked["unit"] == "days" else ""
    value = float(text) if re.fullmatch(f"[0-9]+{part}", text) else -1
    return {fact: value} if asked["minimum"] <= value <= asked["maximum"] else None


def number(choices: Iterable[str]) -> str:
    return "\n".join(f"  {at}. {one}" for at, one in enumerate(choices, start=1))


def write_choices(asked: Json) -> str:
    if asked["words"]:
        return f"One of {', '.join(asked['words'])}, or not sure:"
    span = f"{asked['minimum']:g} to {asked['maximum']:g}"
    return f"A number from {span} ({asked['unit']}), or not sure:"


def write_urgency(urgency: Json) -> Iterator[str]:
    yield f"\n{urgency['headline']}"
    yield from (f"- {line}" for line in urgency["what_to_do"])
    if urgency["what_to_say"]:
        yield f"You can say: {urgency['what_to_say']}"


def write_sign(hits: list[Json]) -> Iterator[str]:
    """Yield the most pressing warning sign that words fit, and what to do.

    Where words fit one, a warning sign comes first.
    """
    signs = [hit for hit in hits if hit["urgency"] and hits[0]["urgency"]]
    for sign in sorted(signs, key=lambda one: URGENCIES.index(one["urgency"]))[:1]:
        yield f"A warning sign ({sign['urgency']}): {sign['name']}"
        yield from (f"- {line}" for line in sign["what_to_do"])


def write_recommendation(advice: Json, facts: Mapping[str, Json]) -> Iterator[str]:
    """Yield the whole advice, the urgency first."""
    yield from write_urgency(advice["urgency"])
    for option in advice["options"]:
        yield f"\n{option['standing'].upper()}: {option['name']}"
        for kind in ("because", "cautions", "against"):
            for reason in option[kind]:
                yield f"  {kind}: {reason['text']} [{', '.join(reason['sources'])}]"
        missing = (facts[fact] for fact in option["missing"])
        named = "; ".join(one.get("label") or one["question"] for one in missing)
        if named and option["standing"] in ("recommended", "consider"):
            yield f"  not known: {named}"
    names = {one["slug"]: one["name"] for one in advice["options"]}
    for step in advice["plan"]:
        treatments = ", ".join(names[slug] for slug in step["treatments"])
        weeks = f"look again after {step['review_after_weeks']} weeks"
        yield f"\nPLAN, {step['step']}: {treatments} ({weeks})"
        yield from step["because"]
    yield "\nQUESTIONS TO ASK"
    yield from (f"- {one}" for one in advice["questions_to_ask"])
    yield from (f"Note: {one['detail']}" for one in advice["notes"])
    yield f"\n{advice['disclaimer']}"
