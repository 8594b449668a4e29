"""What we ship passes every check, rests on sources, and promises nothing."""

import pytest

from app.content.check import check_directory
from app.engine.guide import Guide
from app.engine.recommend import recommend
from app.engine.recommendation import Recommendation
from app.fields import Kind
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


def rules_given(advice: Recommendation) -> set[str]:
    """Return the rules of all reasons of a recommendation."""
    signs, causes, options = advice.urgency.signs, advice.causes, advice.options
    lists = [
        *(sign.because for sign in signs),
        *(reasons for one in causes for reasons in (one.because, one.against)),
        *(
            reasons
            for one in options
            for reasons in (one.because, one.cautions, one.against)
        ),
    ]
    return {reason.rule for reasons in lists for reason in reasons}


def test_what_we_ship_passes_every_check() -> None:
    bundle = check_directory(SEED_DATA)

    assert bundle.library.default_topic == TOPIC


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


def test_every_rule_is_reached_by_a_case(
    seed_bundle: Bundle, seed_guide: Guide
) -> None:
    reached = {
        rule
        for case in seed_bundle.cases.values()
        for rule in rules_given(recommend(seed_guide, case.profile, region=case.region))
    }

    assert [rule.id for rule in seed_guide.rules if rule.id not in reached] == []


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
