"""Small libraries, and profiles as the answers that they hold, fact by fact."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from app.engine.facts import (
    FIELD,
    FINDING,
    MEASURE,
    TRIED,
    finding_fact,
    finding_of,
    is_qualifier,
    path_fact,
    qualifier_fact,
    tried_fact,
)
from app.engine.guide import Guide
from app.engine.read_profile import read_profile
from app.engine.triage import rank
from app.fields import NoteKind, Urgency
from app.library.conditions import Compare, Has, Tried, walk
from app.library.profile import PatientProfile
from app.library.profile_fields import (
    OUTCOME_WORDS,
    PROFILE_FIELDS,
    TREND_WORDS,
    NumberField,
    WordField,
)
from app.library.vocabulary import QUALIFIERS, Vocabulary
from app.profile_words import TriedOutcome
from tests.factories import make_profile

Said = Mapping[str, Any]
"""What a person answers, by fact; `NOT_SURE` is an answer too."""

NOT_SURE = "(not sure)"
PRESENT, ABSENT = "present", "absent"
NOT_TRIED = TriedOutcome.NOT_TRIED.value


@lru_cache(maxsize=4)
def facts_of(guide: Guide) -> Sequence[str]:
    """Return every fact that the rules of a guide name, in order."""
    conditions = [
        condition
        for rule in guide.rules
        for condition in (rule.when, rule.unless)
        if condition is not None
    ]
    conditions += [
        one.possible_when
        for one in guide.vocabulary.findings.values()
        if one.possible_when is not None
    ]
    facts = set()
    for condition in conditions:
        for _, node in walk(condition):
            match node:
                case Has(finding):
                    facts.add(finding_fact(finding))
                    facts.update(qualifier_fact(finding, one) for one in QUALIFIERS)
                case Tried(treatment):
                    facts.add(tried_fact(treatment))
                case Compare(path):
                    facts.add(path_fact(path))
                case _:
                    continue
    return sorted(facts)


def to_profile(said: Said) -> PatientProfile:
    """Write answers as a profile; a qualifier counts only beside its finding."""
    raw: dict[str, Any] = {"has": [], "has_not": [], "not_sure": []}
    for fact, answer in said.items():
        name = _name_in_profile(fact)
        if is_qualifier(fact):
            if answer == NOT_SURE and said.get(_owner(fact)) == PRESENT:
                raw["not_sure"].append(name)
        elif answer == NOT_SURE:
            raw["not_sure"].append(name)
        elif answer == ABSENT:
            raw["has_not"].append(name)
        elif answer == PRESENT:
            raw["has"].append({"finding": name, **_qualifiers(name, said)})
        else:
            _put(raw, fact, answer)
    return make_profile(**raw)


def _name_in_profile(fact: str) -> str:
    kind, _, name = fact.partition("/")
    return f"measures.{name}" if kind + "/" == MEASURE else name


def _owner(fact: str) -> str:
    return finding_fact(finding_of(fact))


def _qualifiers(finding: str, said: Said) -> dict[str, Any]:
    answers = {one: said.get(qualifier_fact(finding, one)) for one in QUALIFIERS}
    return {
        one: given for one, given in answers.items() if given not in (None, NOT_SURE)
    }


def _put(raw: dict[str, Any], fact: str, answer: Any) -> None:
    kind, _, name = fact.partition("/")
    group, _, last = name.rpartition(".")
    match kind + "/":
        case str(one) if one == MEASURE:
            raw.setdefault("measures", {})[name] = answer
        case str(one) if one == TRIED:
            raw.setdefault("tried", {})[name] = answer
        case _ if group:
            raw.setdefault(group, {})[last] = answer
        case _:
            raw[name] = answer


def answers_to(
    fact: str, vocabulary: Vocabulary, *, sure: bool = False
) -> st.SearchStrategy[Any]:
    """Answers to one fact: few numbers, so that rules are met."""
    known = _known_answers(fact, vocabulary)
    unsure = {"unsure", NOT_SURE}
    if sure:
        return st.sampled_from([one for one in known if one not in unsure])
    return st.sampled_from(known if fact.startswith(TRIED) else [*known, NOT_SURE])


def _known_answers(fact: str, vocabulary: Vocabulary) -> list[Any]:
    name = fact.partition("/")[2]
    if fact.startswith(TRIED):
        return list(OUTCOME_WORDS)
    if is_qualifier(fact):
        return list(TREND_WORDS) if fact.endswith(".trend") else [0, 3, 14, 15, 30, 700]
    if fact.startswith(FINDING):
        return [PRESENT, ABSENT]
    if fact.startswith(FIELD):
        match PROFILE_FIELDS[name]:
            case WordField(words=words):
                return list(words)
            case NumberField(maximum=maximum):
                top = int(min(maximum, 100))
                return [0, top // 2 - 1, top // 2, top // 2 + 1, top]
    measure = vocabulary.measures[name]
    return [measure.minimum, (measure.minimum + measure.maximum) // 2, measure.maximum]


@st.composite
def partial_answers(draw: st.DrawFn, guide: Guide) -> Said:
    """Answers to some of what the rules name; they may contradict each other."""
    facts = facts_of(guide)
    least = min(8, len(facts) // 2)
    asked = draw(st.sets(st.sampled_from(facts), min_size=least, max_size=30))
    return {fact: draw(answers_to(fact, guide.vocabulary)) for fact in sorted(asked)}


def complete_answers(guide: Guide) -> st.SearchStrategy[Said]:
    """Answers to all that the rules name: nothing unsure, no contradiction."""
    return _complete_answers(guide, sorted(guide.vocabulary.findings))


def calm_answers(guide: Guide) -> st.SearchStrategy[Said]:
    """Complete answers in which no finding that is present could be pressing."""
    pressing = {
        finding_of(fact)
        for sign in guide.signs
        if rank(sign.entry.urgency) <= rank(Urgency.URGENT)
        for rule in sign.rules
        for fact in rule.facts
    }
    implied = guide.vocabulary.implied
    calm = [slug for slug in sorted(implied) if implied[slug].isdisjoint(pressing)]
    return _complete_answers(guide, calm)


@st.composite
def _complete_answers(draw: st.DrawFn, guide: Guide, findings: Sequence[str]) -> Said:
    facts = facts_of(guide)
    vocabulary = guide.vocabulary
    plain = [fact for fact in facts if not fact.startswith((FINDING, TRIED))]
    said = {fact: draw(answers_to(fact, vocabulary, sure=True)) for fact in plain}
    said |= draw(_COURSES) | draw(_AGES)
    present = draw(st.sets(st.sampled_from(findings), max_size=8))
    possible = _possible(present, said, vocabulary)
    said |= _tell_findings(draw, vocabulary, _implied(possible, vocabulary))
    said |= _tell_tried(draw, vocabulary)
    return said


_COURSES: st.SearchStrategy[dict[str, Any]] = st.builds(
    lambda times, days_ago, relief, percent: {
        "field/last_treatment.times": times,
        "field/last_treatment.days_ago": days_ago,
        "field/last_treatment.first_hours_relief_percent": percent,
        "field/last_treatment.relief": relief[0],
        "field/last_treatment.relief_percent": relief[1],
        "field/last_treatment.relief_days": relief[2],
    },
    st.sampled_from([1, 2, 50, 100]),
    st.sampled_from([30, 60, 700]),
    st.sampled_from(
        [
            ("none", 0, 0),
            ("worse", 0, 0),
            ("brief", 80, 0.5),
            ("brief", 30, 3),
            ("temporary", 60, 14),
            ("partial", 50, 30),
        ]
    ),
    st.sampled_from([0, 50, 80]),
)
_AGES: st.SearchStrategy[dict[str, Any]] = st.builds(
    lambda age, months: {"field/age": age, "field/pain.months": months},
    st.sampled_from([17, 49, 58, 65, 80]),
    st.sampled_from([0, 2, 3, 14, 200]),
)
"""Courses and ages that do not contradict themselves."""


def _possible(slugs: Iterable[str], said: Said, vocabulary: Vocabulary) -> set[str]:
    """Return the findings that can be, at the age and sex that are told."""
    told = {**said, **{finding_fact(slug): PRESENT for slug in slugs}}
    _, notes = read_profile(to_profile(told), vocabulary)
    unexpected = [note for note in notes if note.kind is NoteKind.UNEXPECTED]
    gone = {finding_of(fact) for note in unexpected for fact in note.facts}
    return {slug for slug in slugs if vocabulary.implied[slug].isdisjoint(gone)}


def _tell_findings(
    draw: st.DrawFn, vocabulary: Vocabulary, present: set[str]
) -> dict[str, Any]:
    said: dict[str, Any] = {
        finding_fact(slug): PRESENT if slug in present else ABSENT
        for slug in sorted(vocabulary.findings)
    }
    for slug in sorted(present):
        for qualifier in QUALIFIERS:
            fact = qualifier_fact(slug, qualifier)
            said[fact] = draw(answers_to(fact, vocabulary, sure=True))
    return said


def _implied(slugs: Iterable[str], vocabulary: Vocabulary) -> set[str]:
    found = set(slugs)
    for slug in tuple(found):
        found |= _implied(vocabulary.findings[slug].implies, vocabulary)
    return found


def _tell_tried(draw: st.DrawFn, vocabulary: Vocabulary) -> dict[str, Any]:
    """Answer the whole before its parts: they did what it did, or were not tried."""
    above = vocabulary.ancestors
    said: dict[str, Any] = {}
    for slug in sorted(above, key=lambda one: (len(above[one]), one)):
        fact = tried_fact(slug)
        if above[slug]:
            whole = said[tried_fact(above[slug][0])]
            said[fact] = draw(st.sampled_from([whole, NOT_TRIED]))
        else:
            said[fact] = draw(answers_to(fact, vocabulary, sure=True))
    return said
