"""Turns a profile into answers: what is given, implied, contradicted or impossible."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.engine.answers import NOTHING_SAID, Answers, Presence
from app.engine.contradictions import find_contradictions
from app.engine.facts import (
    finding_fact,
    is_qualifier,
    path_fact,
    qualifier_fact,
    tried_fact,
)
from app.engine.read_tried import read_tried
from app.engine.recommendation import Note
from app.engine.verdicts import UNSURE, Verdict, judge
from app.fields import NoteKind
from app.library.conditions import Condition, Value
from app.library.profile import PatientProfile, field_values
from app.library.profile_fields import PROFILE_FIELDS
from app.library.vocabulary import QUALIFIERS, Vocabulary


def read_profile(
    profile: PatientProfile, vocabulary: Vocabulary
) -> tuple[Answers, tuple[Note, ...]]:
    """Return what the profile says, and notes on what in it does not fit together.

    The profile must have passed `check_profile`.
    """
    notes: list[Note] = []
    values, unsure = _read_values(profile, notes)
    findings = _read_findings(profile, vocabulary, values, notes)
    qualifiers = _read_qualifiers(profile, notes)
    unsure |= {fact for fact in _disputed(notes) if is_qualifier(fact)}
    tried, tried_notes = read_tried(profile.tried, vocabulary.ancestors)
    notes += tried_notes
    unsure |= {
        *_unsure_findings(profile, findings),
        *(tried_fact(slug) for slug, one in tried.items() if UNSURE in one.outcomes),
    }
    answers = Answers(findings, qualifiers, values, tried, frozenset(unsure))
    return answers, tuple(sorted(set(notes), key=_note_order))


def _disputed(notes: Iterable[Note]) -> set[str]:
    contradictions = [one for one in notes if one.kind is NoteKind.CONTRADICTION]
    return {fact for one in contradictions for fact in one.facts}


def _note_order(note: Note) -> tuple[str, tuple[str, ...], str]:
    return note.kind, note.facts, note.detail


def contradiction(facts: Iterable[str], detail: str) -> Note:
    """Note that two answers do not fit together, and how they were read."""
    ordered = tuple(sorted(set(facts)))
    return Note(kind=NoteKind.CONTRADICTION, facts=ordered, detail=detail)


def _read_values(
    profile: PatientProfile, notes: list[Note]
) -> tuple[dict[str, Value], set[str]]:
    measures = {f"measures.{slug}": one for slug, one in profile.measures.items()}
    values: dict[str, Value] = {**field_values(profile), **measures}
    unsure = {path_fact(path) for path, value in values.items() if value == UNSURE}
    for name in profile.not_sure:
        if values.get(name, UNSURE) != UNSURE:
            detail = "Given, and said to be unsure: the given value counts."
            notes.append(contradiction([path_fact(name)], detail))
        elif name in PROFILE_FIELDS or name.startswith("measures."):
            unsure.add(path_fact(name))
    for found in find_contradictions(values):
        facts = [path_fact(path) for path in found.paths]
        notes.append(contradiction(facts, f"{found.detail} Both count as not sure."))
        unsure |= set(facts)
    known = {
        path: value
        for path, value in values.items()
        if path_fact(path) not in unsure or value == UNSURE
    }
    return known, unsure


def _read_findings(
    profile: PatientProfile,
    vocabulary: Vocabulary,
    values: Mapping[str, Value],
    notes: list[Note],
) -> dict[str, Presence]:
    implied, implying = vocabulary.implied, vocabulary.implying
    present = {up for one in profile.has for up in implied[one.finding]}
    unsure = {name for name in profile.not_sure if name in vocabulary.findings}
    denied = {down for slug in profile.has_not for down in implying[slug]}
    impossible = _impossible(vocabulary.possible_when, values)
    notes += _contradicted(present, unsure, denied)
    notes += [
        _unexpected(slug, "it counts as present.") for slug in present & impossible
    ]
    notes += [
        _unexpected(slug, "it counts as not sure.")
        for slug in (unsure & impossible) - present
    ]
    absent = denied.union(*(implying[slug] for slug in impossible))
    return {
        **dict.fromkeys(absent, Presence.ABSENT),
        **dict.fromkeys(unsure, Presence.UNSURE),
        **dict.fromkeys(present, Presence.PRESENT),
    }


def _unexpected(slug: str, reading: str) -> Note:
    detail = f"Not expected at this age and sex; {reading}"
    return Note(kind=NoteKind.UNEXPECTED, facts=(finding_fact(slug),), detail=detail)


def _contradicted(
    present: set[str], unsure: set[str], denied: set[str]
) -> Iterable[Note]:
    for slugs, detail in (
        (present & denied, "Both present and absent: it counts as present."),
        (present & unsure, "Both present and unsure: it counts as present."),
        ((unsure & denied) - present, "Both unsure and absent: it counts as unsure."),
    ):
        for slug in slugs:
            yield contradiction([finding_fact(slug)], detail)


def _impossible(
    possible_when: Mapping[str, Condition], values: Mapping[str, Value]
) -> set[str]:
    if "age" not in values and "sex" not in values:
        return set()
    known = replace(NOTHING_SAID, values=values)
    return {
        slug
        for slug, condition in possible_when.items()
        if judge(condition, known).verdict is Verdict.NO_MATCH
    }


def _read_qualifiers(
    profile: PatientProfile, notes: list[Note]
) -> dict[str, dict[str, Value]]:
    said: dict[tuple[str, str], set[Value]] = {}
    for reported in profile.has:
        for qualifier in QUALIFIERS:
            value = getattr(reported, qualifier)
            if value is not None:
                said.setdefault((reported.finding, qualifier), set()).add(value)
    read: dict[str, dict[str, Value]] = {}
    for (finding, qualifier), values in said.items():
        fact = qualifier_fact(finding, qualifier)
        if len(values) > 1:
            detail = "Told in two ways: it counts as not sure."
            notes.append(contradiction([fact], detail))
            continue
        read.setdefault(finding, {})[qualifier] = next(iter(values))
        if f"{finding}.{qualifier}" in profile.not_sure:
            detail = "Given, and said to be unsure: the given value counts."
            notes.append(contradiction([fact], detail))
    return read


def _unsure_findings(
    profile: PatientProfile, findings: Mapping[str, Presence]
) -> Iterable[str]:
    for name in profile.not_sure:
        finding, mark, qualifier = name.partition(".")
        if findings.get(name) is Presence.UNSURE:
            yield finding_fact(name)
        elif mark and qualifier in QUALIFIERS:
            yield qualifier_fact(finding, qualifier)
