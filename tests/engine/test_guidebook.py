"""The guides of a library: the same as each alone, with parts of an earlier edition."""

import gc
import weakref
from collections.abc import Mapping

import pytest

from app.engine.compiler import Guidebook, compile_guide
from app.fields import Kind
from app.library.bundle import Bundle
from tests.factories import (
    TOPIC,
    Data,
    make_bundle,
    make_cause,
    make_finding,
    make_option,
    make_rule,
    make_topic,
    make_treatment,
)

Own = Mapping[Kind, list[Data]]
OWN: Own = {
    Kind.TREATMENTS: [make_treatment("yoga", avoid_when=[make_rule()])],
    Kind.FAILURE_CAUSES: [make_cause()],
    Kind.TOPICS: [
        make_topic(
            slug,
            options=[make_option(), make_option("yoga")],
            failure_causes=["cause"],
        )
        for slug in (TOPIC, "neck")
    ],
}
YOGA: Own = {Kind.TREATMENTS: [make_treatment("yoga", summary="Anew.")]}


def change(bundle: Bundle, own: Own) -> Bundle:
    """Return the library with these entries, and the very others that it has."""
    entries = make_bundle(own)
    return bundle.put(
        {
            (kind, str(one["slug"])): entries.of_kind(kind)[str(one["slug"])]
            for kind, several in own.items()
            for one in several
        }
    )


def test_guides_have_the_identities_that_they_have_alone() -> None:
    bundle = make_bundle(OWN)
    guides = Guidebook(bundle, release=1)

    hashes = {slug: guide.hash for slug, guide in guides.items()}

    assert len(guides) == len(set(hashes.values())) == 2
    for slug, found in hashes.items():
        assert found == compile_guide(bundle, slug, release=1).hash


def test_parts_that_an_earlier_edition_has_are_taken_over() -> None:
    bundle = make_bundle(OWN)
    earlier = Guidebook(bundle, release=1)

    later = Guidebook(change(bundle, YOGA), release=2, beside=earlier)[TOPIC]

    before = earlier[TOPIC]
    kept = [part.slug for part in later.parts if part in before.parts]
    assert kept == ["cauda-equina", "cause", "walking"]
    assert (later.release, before.release) == (2, 1)
    assert later.hash != before.hash


@pytest.mark.parametrize(
    "own",
    [
        pytest.param({Kind.FINDINGS: [make_finding("itch")]}, id="another finding"),
        pytest.param({Kind.TOPICS: [make_topic("new")]}, id="a topic that is new"),
    ],
)
def test_a_guide_with_parts_taken_over_is_as_if_it_had_none(own: Own) -> None:
    bundle = make_bundle(OWN)
    after = change(bundle, own)

    later = Guidebook(after, release=2, beside=Guidebook(bundle, release=1))

    for slug, guide in later.items():
        alone = compile_guide(after, slug, release=2)
        assert guide.hash == alone.hash
        assert [rule.id for rule in guide.rules] == [rule.id for rule in alone.rules]


def test_an_edition_is_forgotten_though_another_beside_it_is_kept() -> None:
    bundle = make_bundle(OWN)
    earlier = Guidebook(bundle, release=1)
    forgotten = weakref.ref(earlier)

    later = Guidebook(change(bundle, YOGA), release=2, beside=earlier)
    del earlier
    gc.collect()

    assert forgotten() is None
    assert TOPIC in later


def test_with_other_words_no_rule_is_taken_over() -> None:
    bundle = make_bundle(OWN)
    after = change(bundle, {Kind.FINDINGS: [make_finding("itch")]})
    earlier = Guidebook(bundle, release=1)

    later = Guidebook(after, release=2, beside=earlier)

    assert not set(later[TOPIC].rules) & set(earlier[TOPIC].rules)
