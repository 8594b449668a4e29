"""Turns a profile into answers: what is given, implied, contradicted or impossible."""

from collections.abc import Iterable, Mapping

from app.engine.answers import ABSENT, PRESENT, UNSURE, Answer, Answers, Disputed
from app.engine.contradictions import find_contradictions
from app.engine.facts import finding_fact, path_fact, qualifier_fact
from app.engine.implications import find_impossible
from app.engine.read_tried import read_tried
from app.engine.recommendation import Note
from app.fields import NoteKind
from app.library.conditions import Value
from app.library.profile import PatientProfile, field_values
from app.library.profile_fields import PROFILE_FIELDS
from app.library.vocabulary import QUALIFIERS, Vocabulary

GIVEN = "Given, and said to be unsure: the given value counts."


def read_profile(
    profile: PatientProfile, vocabulary: Vocabulary
) -> tuple[Answers, tuple[Note, ...]]:
    """Return what the profile says, and notes on what in it does not fit together.

    The profile must have passed `check_profile`.
    """
    notes: list[Note] = []
    values = _read_values(profile, notes)
    findings = _read_findings(profile, vocabulary, values, notes)
    qualifiers = _read_qualifiers(profile, notes)
    tried, tried_notes = read_tried(profile.tried, vocabulary)
    notes += tried_notes
    answers = {**findings, **qualifiers, **values, **tried}
    return answers, tuple(sorted(set(notes), key=_note_order))


def _note_order(note: Note) -> tuple[str, tuple[str, ...], str]:
    return note.kind, note.facts, note.detail


def _contradiction(facts: Iterable[str], detail: str) -> Note:
    """Note that two answers do not fit together, and how they were read."""
    ordered = tuple(sorted(set(facts)))
    return Note(kind=NoteKind.CONTRADICTION, facts=ordered, detail=detail)


def _read_values(profile: PatientProfile, notes: list[Note]) -> Answers:
    measures = {f"measures.{slug}": one for slug, one in profile.measures.items()}
    given = {**field_values(profile), **measures}
    values: dict[str, Value] = {path_fact(path): one for path, one in given.items()}
    for name in profile.not_sure:
        if name in PROFILE_FIELDS or name.startswith("measures."):
            fact = path_fact(name)
            if values.setdefault(fact, UNSURE) != UNSURE:
                notes.append(_contradiction([fact], GIVEN))
    disputes = find_contradictions(values)
    notes += [
        _contradiction(one.facts, f"{one.detail} Both count as not sure.")
        for one in disputes
    ]
    disputed = {fact for one in disputes for fact in one.facts}
    return {**values, **{fact: Disputed(values[fact]) for fact in disputed}}


def _read_findings(
    profile: PatientProfile,
    vocabulary: Vocabulary,
    values: Answers,
    notes: list[Note],
) -> dict[str, Answer]:
    implied, implying = vocabulary.implied, vocabulary.implying
    present = {up for one in profile.has for up in implied[one.finding]}
    unsure = {name for name in profile.not_sure if name in vocabulary.findings}
    denied = {down for slug in profile.has_not for down in implying[slug]}
    impossible = find_impossible(vocabulary, values)
    notes += _contradicted(present, unsure, denied)
    notes += _unexpected(present & impossible, "it counts as present.")
    notes += _unexpected((unsure & impossible) - present, "it counts as not sure.")
    absent = denied.union(*(implying[slug] for slug in impossible))
    read = {
        **dict.fromkeys(absent, ABSENT),
        **dict.fromkeys(unsure, UNSURE),
        **dict.fromkeys(present, PRESENT),
    }
    return {finding_fact(slug): answer for slug, answer in read.items()}


def _unexpected(slugs: Iterable[str], reading: str) -> list[Note]:
    detail = f"Not expected at this age and sex; {reading}"
    return [
        Note(kind=NoteKind.UNEXPECTED, facts=(finding_fact(slug),), detail=detail)
        for slug in slugs
    ]


def _contradicted(
    present: set[str], unsure: set[str], denied: set[str]
) -> Iterable[Note]:
    for slugs, detail in (
        (present & denied, "Both present and absent: it counts as present."),
        (present & unsure, "Both present and unsure: it counts as present."),
        ((unsure & denied) - present, "Both unsure and absent: it counts as unsure."),
    ):
        for slug in slugs:
            yield _contradiction([finding_fact(slug)], detail)


def _read_qualifiers(
    profile: PatientProfile, notes: list[Note]
) -> Mapping[str, Answer]:
    read: dict[str, Answer] = {}
    for fact, values in _qualifiers_told(profile).items():
        read[fact] = UNSURE if len(values) > 1 else next(iter(values))
        if len(values) > 1:
            detail = "Told in two ways: it counts as not sure."
            notes.append(_contradiction([fact], detail))
    for name in profile.not_sure:
        finding, mark, qualifier = name.partition(".")
        if mark and qualifier in QUALIFIERS:
            fact = qualifier_fact(finding, qualifier)
            if read.setdefault(fact, UNSURE) != UNSURE:
                notes.append(_contradiction([fact], GIVEN))
    return read


def _qualifiers_told(profile: PatientProfile) -> Mapping[str, set[Value]]:
    told: dict[str, set[Value]] = {}
    for reported in profile.has:
        for qualifier in QUALIFIERS:
            value = getattr(reported, qualifier)
            if value is not None:
                fact = qualifier_fact(reported.finding, qualifier)
                told.setdefault(fact, set()).add(value)
    return told
