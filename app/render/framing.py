"""The fixed words around what the library says: all that a text has beside them."""

from collections.abc import Mapping
from types import MappingProxyType

from app.fields import (
    Benefit,
    Category,
    Certainty,
    Kind,
    Setting,
    Standing,
    Urgency,
)
from app.library.bundle import Bundle
from app.library.evidence import Evidence

SIGNS_FIRST = "Check the warning signs first: some need help now."

HOW_FAST: Mapping[Urgency, str] = MappingProxyType(
    {
        Urgency.EMERGENCY: "Get emergency help now.",
        Urgency.URGENT: "Speak to a clinician today.",
        Urgency.SOON: "Be seen within days, two weeks at most.",
        Urgency.ROUTINE: "Raise this at your next visit.",
    }
)
"""How fast to seek help, in the words of the headline of a recommendation."""

CATEGORY_PLURALS: Mapping[Category, str] = MappingProxyType(
    {
        Category.SELF_CARE: "self-care",
        Category.ASSESSMENT: "assessments",
        Category.REHABILITATION: "rehabilitation",
        Category.PSYCHOLOGICAL: "psychological treatments",
        Category.MEDICATION: "medicines",
        Category.INJECTION: "injections",
        Category.PROCEDURE: "procedures",
        Category.SURGERY: "surgery",
        Category.COMPLEMENTARY: "complementary treatments",
    }
)
SETTING_WORDS: Mapping[Setting, str] = MappingProxyType(
    {
        Setting.HOME: "at home",
        Setting.CLINIC: "in a clinic",
        Setting.HOSPITAL: "in a hospital",
    }
)
STANDING_WORDS: Mapping[Standing, str] = MappingProxyType(
    {
        Standing.RECOMMENDED: "recommended",
        Standing.CONSIDER: "consider",
        Standing.NOT_NOW: "not now",
        Standing.AVOID: "avoid",
    }
)
_BENEFIT_WORDS: Mapping[Benefit, str] = MappingProxyType(
    {
        Benefit.LIKELY: "This is likely to help",
        Benefit.POSSIBLE: "This may help",
        Benefit.UNCLEAR: "It is not clear if this helps",
        Benefit.UNLIKELY: "This is unlikely to help",
    }
)
_CERTAINTY_WORDS: Mapping[Certainty, str] = MappingProxyType(
    {
        Certainty.HIGH: "high certainty",
        Certainty.MODERATE: "moderate certainty",
        Certainty.LOW: "low certainty",
        Certainty.VERY_LOW: "very low certainty",
        Certainty.NONE: "no certainty",
    }
)

Names = Mapping[Kind, Mapping[str, str]]
"""What items are called, by kind and slug."""


def name_items(bundle: Bundle) -> Names:
    """Return what the items of a library are called that texts name."""
    return {
        Kind.TOPICS: {slug: one.name for slug, one in bundle.topics.items()},
        Kind.TREATMENTS: {slug: one.name for slug, one in bundle.treatments.items()},
        Kind.FAILURE_CAUSES: {
            slug: one.name for slug, one in bundle.failure_causes.items()
        },
        Kind.FINDINGS: {slug: one.label for slug, one in bundle.findings.items()},
    }


def say_evidence(evidence: Evidence) -> str:
    """Say how likely a treatment is to help, and how sure that is."""
    certainty = _CERTAINTY_WORDS[evidence.certainty]
    return f"{_BENEFIT_WORDS[evidence.benefit]} ({certainty})."


def name_of(kind: Kind, slug: str, names: Names) -> str:
    """Return what an item is called; its slug in words if that is not known."""
    return names.get(kind, {}).get(slug) or slug.replace("-", " ")


def finish(line: str) -> str:
    """Return a line that ends as a sentence does."""
    return line if line[-1:] in ".?!" else f"{line}."


def name_treatments(
    treatment: str | None, category: Category | None, names: Names
) -> str:
    """Return the name of a treatment, or of all those of a category."""
    if treatment:
        return name_of(Kind.TREATMENTS, treatment, names)
    return CATEGORY_PLURALS[category] if category else ""
