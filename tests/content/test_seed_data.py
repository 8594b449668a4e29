"""What we ship passes every check, rests on sources, and promises nothing."""

from collections import Counter

import pytest

from app.content.check import Checked
from app.fields import Kind, Stance
from app.library.bundle import Bundle
from app.library.rule_lists import list_rules
from tests.conftest import SEED_DATA
from tests.factories import TOPIC

REQUIRED = {
    Kind.TOPICS: (TOPIC,),
    Kind.TREATMENTS: (
        "radiofrequency-ablation",
        "nsaids",
        "ibuprofen",
        "paracetamol",
        "opioids",
        "muscle-relaxants",
        "antidepressants",
        "physical-therapy",
        "epidural-steroid-injection",
        "facet-fusion",
        "spinal-manipulation",
        "acupuncture",
        "massage",
        "wait-and-see",
    ),
    Kind.FINDINGS: (
        "saddle-numbness",
        "bladder-change",
        "bowel-change",
        "leg-weakness",
        "leg-numbness",
        "fever",
        "kidney-disease",
        "past-stomach-bleed",
        "pregnancy",
        "takes-anticoagulant",
        "fibromyalgia",
    ),
    Kind.MEASURES: ("block-relief-percent",),
}
RULED_KINDS = (
    Kind.TREATMENTS,
    Kind.FAILURE_CAUSES,
    Kind.WARNING_SIGNS,
    Kind.TOPICS,
)


def test_what_we_ship_passes_every_check(seed: Checked) -> None:
    assert seed.bundle.library.default_topic == TOPIC


@pytest.mark.parametrize(
    ("kind", "slug"),
    [
        pytest.param(kind, slug, id=f"{kind.value}/{slug}")
        for kind, slugs in REQUIRED.items()
        for slug in slugs
    ],
)
def test_the_library_has(seed_bundle: Bundle, kind: Kind, slug: str) -> None:
    assert slug in seed_bundle.of_kind(kind)


@pytest.mark.parametrize("kind", RULED_KINDS)
def test_every_rule_has_a_source_that_is_a_reference(
    seed_bundle: Bundle, kind: Kind
) -> None:
    sources = {
        listed.id: set(listed.rule.sources)
        for entry in seed_bundle.of_kind(kind).values()
        for listed in list_rules(kind, entry)
    }

    known = set(seed_bundle.references)
    assert sources
    assert [one for one, named in sources.items() if not named or named - known] == []


def test_every_option_of_the_topic_is_a_treatment(seed_bundle: Bundle) -> None:
    options = {option.treatment for option in seed_bundle.topics[TOPIC].options}

    assert options
    assert options <= set(seed_bundle.treatments)


def test_nobody_is_named_as_a_reviewer(seed_bundle: Bundle) -> None:
    named = {
        treatment.slug
        for treatment in seed_bundle.treatments.values()
        if treatment.reviewed_by is not None
    }

    assert named == set()


@pytest.mark.parametrize(
    "phrase", ["stop your blood thinner", "permanent", "80% success", "80 % success"]
)
def test_no_file_says(phrase: str) -> None:
    texts = {
        path.name: " ".join(path.read_text(encoding="utf-8").lower().split())
        for path in SEED_DATA.rglob("*.yaml")
    }

    assert texts
    assert [name for name, text in texts.items() if phrase in text] == []


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        pytest.param(kind, least, id=kind.value)
        for kind, least in {
            Kind.TREATMENTS: 55,
            Kind.FAILURE_CAUSES: 20,
            Kind.WARNING_SIGNS: 32,
            Kind.FINDINGS: 90,
            Kind.CASES: 120,
            Kind.TOPICS: 2,
        }.items()
    ],
)
def test_the_library_is_full(seed_bundle: Bundle, kind: Kind, least: int) -> None:
    assert len(seed_bundle.of_kind(kind)) >= least


def test_where_authorities_disagree_all_sides_are_told(seed_bundle: Bundle) -> None:
    stances = [
        {one.stance for one in treatment.positions} - {Stance.SILENT}
        for treatment in seed_bundle.treatments.values()
    ]

    assert sum(len(taken) > 1 for taken in stances) >= 12


def test_no_alias_stands_for_two_findings(seed_bundle: Bundle) -> None:
    aliases = [
        alias.lower()
        for finding in seed_bundle.findings.values()
        for alias in finding.aliases
    ]

    assert [one for one, count in Counter(aliases).items() if count > 1] == []
