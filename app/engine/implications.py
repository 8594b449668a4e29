"""What one answer says of other facts, and what more answers add to those given."""

from collections.abc import Mapping

from app.engine.answers import ABSENT, PRESENT, Answer, Answers
from app.engine.contradictions import CONTRADICTING, find_contradictions
from app.engine.facts import (
    FINDING,
    TRIED,
    facts_of,
    finding_fact,
    finding_of,
    is_qualifier,
    path_fact,
    tried_fact,
)
from app.engine.read_tried import add_tried
from app.engine.verdicts import NO_FACTS, Verdict, judge
from app.library.conditions import Value
from app.library.vocabulary import Vocabulary

WHO = (path_fact("age"), path_fact("sex"))
"""What decides which findings are possible."""


def find_impossible(vocabulary: Vocabulary, answers: Answers) -> set[str]:
    """Return the findings that the age and the sex rule out."""
    if all(fact not in answers for fact in WHO):
        return set()
    known = {fact: answers[fact] for fact in WHO if fact in answers}
    return {
        slug
        for slug, condition in vocabulary.possible_when.items()
        if judge(condition, known).verdict is Verdict.NO_MATCH
    }


def answer_more(
    answers: Answers, said: Mapping[str, Value], vocabulary: Vocabulary
) -> Answers:
    """Return what is read when more is said, as if all were told at once.

    What is said must be about facts that are open, and must `fit` what is known.
    """
    read = dict(answers)
    tried = {}
    for fact, value in said.items():
        if fact.startswith(TRIED):
            tried[fact.removeprefix(TRIED)] = str(value)
        elif is_qualifier(fact) or not fact.startswith(FINDING):
            read[fact] = value
    _add_findings(read, said, vocabulary)
    add_tried(read, tried, vocabulary)
    return read


def fit(answers: Answers, said: Mapping[str, Value]) -> bool:
    """Say whether more answers contradict nothing that is known."""
    if CONTRADICTING.keys().isdisjoint(said):
        return True
    found = find_contradictions({**answers, **said})
    return all(said.keys().isdisjoint(one.facts) for one in found)


def _add_findings(
    read: dict[str, Answer], said: Mapping[str, Value], vocabulary: Vocabulary
) -> None:
    present = {
        finding_of(fact)
        for fact, value in said.items()
        if is_qualifier(fact) or (fact.startswith(FINDING) and value == PRESENT)
    }
    absent = {finding_of(fact) for fact, value in said.items() if value == ABSENT}
    if not said.keys().isdisjoint(WHO):
        absent |= find_impossible(vocabulary, read)
    for slug in present:
        for up in vocabulary.implied[slug]:
            read[finding_fact(up)] = PRESENT
    for slug in absent:
        for down in vocabulary.implying[slug]:
            read.setdefault(finding_fact(down), ABSENT)


def list_touched(fact: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Return every fact that an answer to one can change, or that it is read with."""
    if fact.startswith(TRIED):
        slug = fact.removeprefix(TRIED)
        related = (*vocabulary.ancestors[slug], *vocabulary.parts[slug])
        return frozenset((fact, *map(tried_fact, related)))
    if fact.startswith(FINDING):
        slug = finding_of(fact)
        related = (*vocabulary.implied[slug], *vocabulary.implying[slug])
        return frozenset((fact, *map(finding_fact, related)))
    if fact in WHO:
        return CONTRADICTING.get(fact, NO_FACTS) | _facts_of_who(vocabulary)
    return CONTRADICTING.get(fact, NO_FACTS) | {fact}


def _facts_of_who(vocabulary: Vocabulary) -> frozenset[str]:
    conditions = vocabulary.possible_when
    findings = {one for slug in conditions for one in vocabulary.implying[slug]}
    asked = map(facts_of, conditions.values())
    return frozenset(WHO).union(map(finding_fact, findings), *asked)
