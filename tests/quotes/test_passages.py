"""What our texts and advice say around the sentences of items may be quoted, too."""

import pytest

from app.engine.headline import NO_SIGNS
from app.fields import Kind, SectionName
from app.library.bundle import Bundle
from app.quotes.library_passage import WHOLE_ITEM
from app.quotes.passages import list_bundle_passages
from tests.factories import (
    SOURCES,
    make_bundle,
    make_cause,
    make_finding,
    make_rule,
    make_sign,
    make_treatment,
)

RISKS = {"any": [{"has": "fever"}, {"has": "pregnancy"}]}
TEXT = {"text": "It can harm.", "sources": SOURCES}
UNKNOWN = {"unknown": True, "looked_for": "Trials. None was found."}
NOT_ASKED = {"not_applicable": True, "why": "Anybody can call for help today. Do."}
SECTIONS = {
    **{name.value: TEXT for name in SectionName},
    "serious-harms": UNKNOWN,
    "who-should-not": NOT_ASKED,
}
BUNDLE = make_bundle(
    {
        Kind.TREATMENTS: [
            make_treatment(
                "nsaids",
                name="NSAIDs",
                category="medication",
                sections=SECTIONS,
                avoid_when=[make_rule("no", when={"has": "fever"}, because="No. So.")],
                caution_when=[
                    make_rule("ask", when=RISKS, because="Ask.", ask_first=True),
                    make_rule("age", because="You are old. Take less."),
                ],
                not_with=[
                    {"treatment": "walking", "because": "No.", "sources": SOURCES}
                ],
            ),
            make_treatment(
                "ibuprofen",
                part_of="nsaids",
                summary=f"It is a tablet {'so ' * 50}long.",
                sections=SECTIONS,
            ),
        ],
        Kind.FAILURE_CAUSES: [make_cause("missed")],
        Kind.WARNING_SIGNS: [
            make_sign("late-sign", urgency="soon", what_to_say="I am ill. Help me.")
        ],
        Kind.FINDINGS: [make_finding("numb", question="People can be numb. Are you?")],
    }
)
ABOUT = "Since when have you had it, and is it worse, unchanged or better?"


def list_of(kind: Kind, slug: str) -> dict[str, tuple[str, ...]]:
    """Return what is said of an item as a whole, with its sources."""
    return {
        one.text: one.sources
        for one in list_bundle_passages(BUNDLE)
        if (one.kind, one.slug, one.pointer) == (kind, slug, WHOLE_ITEM)
    }


@pytest.mark.parametrize(
    ("kind", "slug", "expected"),
    [
        pytest.param(
            Kind.TREATMENTS, "nsaids",
            [
                "NSAIDs. A summary.",
                "This may help (low certainty).",
                "Time to benefit: weeks.",
                "How long it lasts: months.",
                "Not known. We looked for: Trials.",
                "We looked for: Trials.",
                "Does not apply. Anybody can call for help today.",
                "Not without asking a clinician: Fever.",
                "Ask a clinician first if any of these applies: Pregnancy.",
                "Not together with Walking: No.",
                "Have you tried this, and did it help: NSAIDs?",
                "Ask first: Have you tried this, and did it help: NSAIDs?",
                "Next question: Have you tried this, and did it help: NSAIDs?",
                "NSAIDs: Ask.",
                "NSAIDs: You are old.",
            ], id="treatment",
        ),
        pytest.param(
            Kind.TREATMENTS, "ibuprofen",
            [
                "Ibuprofen. Ibuprofen (self-care). This may help (low certainty).",
                "Ibuprofen (self-care). This may help (low certainty).",
                "This may help (low certainty).",
                f"Ibuprofen. It is a tablet {'so ' * 50}long.",
                "Time to benefit: weeks.",
                "How long it lasts: months.",
                "Not known. We looked for: Trials.",
                "We looked for: Trials.",
                "Does not apply. Anybody can call for help today.",
                "Not without asking a clinician: Fever.",
                "Ask a clinician first if any of these applies: Pregnancy.",
                "Not together with Walking: No.",
                "Have you tried this, and did it help: Ibuprofen?",
                "Ask first: Have you tried this, and did it help: Ibuprofen?",
                "Next question: Have you tried this, and did it help: Ibuprofen?",
                "Ibuprofen: Ask.",
                "Ibuprofen: You are old.",
            ], id="part of a treatment, with a long summary",
        ),
        pytest.param(
            Kind.FAILURE_CAUSES, "missed",
            ["Missed. A summary.", "To check it: Ask for the record."],
            id="failure cause",
        ),
        pytest.param(
            Kind.WARNING_SIGNS, "late-sign",
            [
                "Late sign. Late sign. Be seen within days, two weeks at most.",
                "Late sign. Be seen within days, two weeks at most.",
                "This can be a sign of: Late sign.",
                "You can say: I am ill.",
            ], id="warning sign",
        ),
        pytest.param(
            Kind.TOPICS, "facet-joint-injection",
            [
                "Facet joint injections did not help. An introduction.",
                "Get emergency help now for any of these: Cauda equina.",
            ], id="topic",
        ),
        pytest.param(
            Kind.SCREENS, "nerves",
            [
                "Ask first: Have you had any of these?",
                "Next question: Have you had any of these?",
            ], id="screen",
        ),
        pytest.param(
            Kind.FINDINGS, "numb",
            [
                "People can be numb. Are you?",
                "Ask first: People can be numb. Are you?",
                "Next question: People can be numb. Are you?",
                f"About this: Numb. {ABOUT}",
                f"Ask first: About this: Numb. {ABOUT}",
                f"Next question: About this: Numb. {ABOUT}",
                ABOUT,
            ], id="finding",
        ),
        pytest.param(
            Kind.MEASURES, "block-relief-percent",
            [
                "Ask first: How much of the pain was gone?",
                "Next question: How much of the pain was gone?",
            ], id="measure",
        ),
        pytest.param(Kind.REFERENCES, "cohen-2020", [], id="reference"),
        pytest.param(Kind.CONDITIONS, "none", [], id="nothing"),
    ],
)  # fmt: skip
def test_what_is_said_of_an_item(kind: Kind, slug: str, expected: list[str]) -> None:
    assert sorted(list_of(kind, slug)) == sorted(expected)


@pytest.mark.parametrize(
    "sentence",
    [
        "General information.",
        "Not a diagnosis.",
        "Check the warning signs first: some need help now.",
        "Safety: Check the warning signs first: some need help now.",
        "Safety; Get emergency help now.",
        "Get emergency help now.",
        "Raise this at your next visit.",
        "Which serious harms can happen?",
        "What is it?",
        "An emergency is not ruled out yet.",
        "Something that needs to be seen within days is not ruled out yet.",
        "You were not sure of some answers: ask a clinician to check them.",
        "Ask first: How old are you?",
    ],
)
def test_what_is_said_of_no_item_is_the_librarys(sentence: str) -> None:
    [place] = [one for one in list_bundle_passages(BUNDLE) if one.text == sentence]

    assert (place.kind, place.slug) == (Kind.LIBRARY, "whatnext")
    assert (place.pointer, place.sources) == (WHOLE_ITEM, ())


@pytest.mark.parametrize(
    "sentence",
    [
        NO_SIGNS,
        "NSAIDs.",
        "NSAIDs (medication).",
        "Late sign.",
        "Missed.",
        "Not known.",
        "Does not apply.",
        "About this: Numb.",
        "Ask first: People can be numb.",
        "Options to discuss with a clinician: NSAIDs (consider, with a caution).",
    ],
)
def test_what_says_nothing_alone_is_no_sentence(sentence: str) -> None:
    said = {one.text for one in list_bundle_passages(BUNDLE)}

    assert sentence not in said


def test_what_a_body_says_has_the_sources_that_it_names() -> None:
    said = list_of(Kind.TREATMENTS, "ibuprofen")

    carried = tuple(SOURCES)
    assert said["This may help (low certainty)."] == carried
    assert said["Ibuprofen (self-care). This may help (low certainty)."] == carried
    assert said["Time to benefit: weeks."] == ()


def test_what_an_item_says_in_a_field_is_not_said_of_it_as_a_whole(
    seed_bundle: Bundle,
) -> None:
    passages = list(list_bundle_passages(seed_bundle))
    in_fields = {one.text for one in passages if one.pointer != WHOLE_ITEM}
    of_items = [one for one in passages if one.pointer == WHOLE_ITEM]

    assert of_items
    assert [
        one
        for one in of_items
        if one.text in in_fields and one.kind is not Kind.LIBRARY
    ] == []


def test_every_source_is_one_of_the_library(seed_bundle: Bundle) -> None:
    named = {
        source
        for passage in list_bundle_passages(seed_bundle)
        for source in passage.sources
    }

    assert named
    assert named <= seed_bundle.references.keys()
