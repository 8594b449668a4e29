"""Law 6: no order changes a byte, nor does the seed of the hashes."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from random import Random
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.guide import Guide
from app.engine.recommend import recommend
from app.engine.recommendation import write_json
from app.fields import Kind
from app.library.bundle import Bundle
from app.library.entry import Entry, Rule
from app.library.failure_causes import FailureCauseEntry
from app.library.profile import PatientProfile
from app.library.topics import TopicEntry
from app.library.treatments import TreatmentEntry
from app.library.warning_signs import WarningSignEntry
from app.settings import ROOT
from tests.engine.libraries import bundles, compile_topic
from tests.engine.strategies import partial_answers, to_profile
from tests.factories import (
    advise,
    make_guide,
    make_option,
    make_profile,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

T = TypeVar("T")
RANDOMS = st.randoms(use_true_random=False)
LISTS: Mapping[type[Entry], tuple[str, ...]] = {
    TreatmentEntry: ("avoid_when", "caution_when"),
    FailureCauseEntry: ("clues_for", "clues_against"),
    WarningSignEntry: ("rules", "holds"),
    TopicEntry: ("options", "failure_causes", "out_of_scope_when"),
}
PRINT_ADVICE = "from tests.engine.test_order import give_advice; print(give_advice())"


def _shuffle(things: Iterable[T], random: Random) -> list[T]:
    shuffled = list(things)
    random.shuffle(shuffled)
    return shuffled


def _shuffle_entries(bundle: Bundle, random: Random) -> Bundle:
    return Bundle.of(
        {
            kind: {
                one.slug: one for one in _shuffle(bundle.of_kind(kind).values(), random)
            }
            for kind in _shuffle(Kind, random)
        }
    )


def _shuffle_lists(entry: Entry, random: Random) -> Entry:
    names = LISTS.get(type(entry), ())
    shuffled = {name: tuple(_shuffle(getattr(entry, name), random)) for name in names}
    return entry.model_copy(update=shuffled)


def _double(entry: Entry) -> Entry:
    """Give every rule a twin, so that whatever matches has two reasons to order."""
    doubled: dict[str, object] = {}
    for name in LISTS.get(type(entry), ()):
        rules = [one for one in getattr(entry, name) if isinstance(one, Rule)]
        twins = [
            rule.model_copy(update={"slug": f"twin-{rule.slug}", "because": "Twin."})
            for rule in rules
        ]
        if rules:
            doubled[name] = (*rules, *twins)
    return entry.model_copy(update=doubled)


def _shuffle_profile(profile: PatientProfile, random: Random) -> PatientProfile:
    raw = profile.model_dump(exclude_none=True)
    for name in ("has", "has_not", "not_sure"):
        raw[name] = _shuffle(raw[name], random)
    for name in ("tried", "measures"):
        raw[name] = dict(_shuffle(raw[name].items(), random))
    return make_profile(**dict(_shuffle(raw.items(), random)))


@given(bundle=bundles(), random=RANDOMS, data=st.data())
def test_the_order_of_entries_and_keys_changes_no_byte(
    bundle: Bundle, random: Random, data: st.DataObject
) -> None:
    guide = compile_topic(bundle)
    profile = to_profile(data.draw(partial_answers(guide)))

    shuffled = recommend(
        compile_topic(_shuffle_entries(bundle, random)),
        _shuffle_profile(profile, random),
    )

    assert write_json(shuffled) == write_json(recommend(guide, profile))


@given(bundle=bundles(), random=RANDOMS, data=st.data())
def test_the_order_of_rules_changes_no_byte_of_the_advice(
    bundle: Bundle, random: Random, data: st.DataObject
) -> None:
    doubled = _each(bundle, _double)
    guide = compile_topic(doubled)
    profile = to_profile(data.draw(partial_answers(guide)))

    shuffled = compile_topic(
        _each(doubled, lambda entry: _shuffle_lists(entry, random))
    )

    assert _without_digest(shuffled, profile) == _without_digest(guide, profile)


def _each(bundle: Bundle, change: Callable[[Entry], Entry]) -> Bundle:
    return Bundle.of(
        {
            kind: {slug: change(one) for slug, one in bundle.of_kind(kind).items()}
            for kind in Kind
        }
    )


def _without_digest(guide: Guide, profile: PatientProfile) -> bytes:
    """Return the advice as bytes; the digest also names the wording of the guide."""
    return write_json(replace(recommend(guide, profile), digest=""))


def give_advice() -> str:
    """Return advice with many facts, signs and outcomes in it, as JSON."""
    many = {"any": [{"has": "fever"}, {"has": "foot-drop"}, {"age": [58, 59, 60]}]}
    tried = {"treatment": "medicines", "outcome": ["helped", "partly", "worse"]}
    guide = make_guide(
        {
            Kind.TREATMENTS: [
                make_treatment("medicines"),
                make_treatment("ibuprofen", part_of="medicines"),
                make_treatment("naproxen", part_of="medicines"),
            ],
            Kind.WARNING_SIGNS: [
                make_sign("a", urgency="soon", rules=[make_rule(when=many)]),
                make_sign("b", urgency="soon", rules=[make_rule(when={"not": many})]),
            ],
            Kind.TOPICS: [
                make_topic(
                    options=[
                        make_option(
                            recommend_when=[make_rule(when={"tried": tried})],
                            not_now_when=[make_rule(when={"has": "pregnancy"})],
                        )
                    ]
                )
            ],
        }
    )
    advice = advise(
        guide,
        age=58,
        has=["foot-drop", "fever", {"finding": "fever", "trend": "worse"}],
        has_not=["fever", "leg-weakness"],
        not_sure=["kidney-disease", "fever.trend", "pain.months"],
        tried={"ibuprofen": "helped", "naproxen": "worse"},
    )
    return write_json(advice).decode()


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_seed_of_the_hashes_changes_no_byte(seed: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", PRINT_ADVICE],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == give_advice()
