"""Small libraries in which much hangs on much else, and changes of a few entries."""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import TypeVar

from app.content.files import parse_entry
from app.fields import Kind, SectionName
from app.library.bundle import Bundle
from app.library.entry import Entry
from tests.factories import (
    BASE,
    Data,
    make_case,
    make_cause,
    make_finding,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

SLUGS: Mapping[Kind, tuple[str, ...]] = {
    Kind.LIBRARY: ("whatnext",),
    Kind.REFERENCES: ("cohen-2020", "other"),
    Kind.GUIDELINES: ("ng59",),
    Kind.CONDITIONS: ("frail", "ill"),
    Kind.FINDINGS: ("fever", "numb", "rash", "weak"),
    Kind.MEASURES: ("relief",),
    Kind.SCREENS: ("nerves", "skin"),
    Kind.TREATMENTS: ("a-pill", "heat", "pills", "rest", "swimming", "walking", "yoga"),
    Kind.FAILURE_CAUSES: ("dose", "site"),
    Kind.WARNING_SIGNS: ("infection", "stroke"),
    Kind.TOPICS: ("neck", "back"),
    Kind.CASES: ("ann", "bob", "cat", "dan", "eve"),
}
WORDS = ("Zolpan", "Arm sling (brace)", "Quiet breathing", "Rest at home")
LONG = "You can use the {} on any good day when you feel well enough to do it. " * 3
TEXTS = (
    "A text.",
    "Stop the zolpan.",
    "Ask about the brace.",
    LONG.replace("{}", "zolpan"),
    LONG.replace("{}", "physiotherapeutic intervention"),
)

RULES = (
    "warning-signs/stroke/rules/one",
    "treatments/yoga/avoid_when/one",
    "topics/neck/out_of_scope_when/two",
)

T = TypeVar("T")
[REFERENCE] = BASE[Kind.REFERENCES]
[MEASURE] = BASE[Kind.MEASURES]
[LIBRARY] = BASE[Kind.LIBRARY]
PLAIN: Mapping[Kind, Callable[[str], Data]] = {
    Kind.LIBRARY: lambda slug: {**LIBRARY, "slug": slug, "default_topic": "neck"},
    Kind.REFERENCES: lambda slug: {**REFERENCE, "slug": slug},
    Kind.FINDINGS: make_finding,
    Kind.MEASURES: lambda slug: {**MEASURE, "slug": slug},
    Kind.TREATMENTS: make_treatment,
    Kind.FAILURE_CAUSES: make_cause,
    Kind.WARNING_SIGNS: lambda slug: make_sign(
        slug, rules=[make_rule(when={"has": "fever"})]
    ),
    Kind.TOPICS: lambda slug: make_topic(slug, failed_treatment="rest"),
    Kind.CASES: lambda slug: make_case(slug, topic="neck"),
}
"""How the entries of a library begin that is to become entangled."""


class Author:
    """Writes entries at random: any of them may name any other."""

    def __init__(self, seed: int) -> None:
        # An example must repeat itself; nothing is secret here.
        self.random = Random(seed)  # noqa: S311

    def open(self) -> Bundle:
        """Return a library whose entries name little."""
        entries: dict[Kind, dict[str, Entry]] = {kind: {} for kind in Kind}
        for kind, write in PLAIN.items():
            entries[kind] = {
                slug: parse_entry(kind, write(slug)) for slug in SLUGS[kind]
            }
        return Bundle.of(entries)

    def change(self, bundle: Bundle) -> Bundle:
        """Return the library with one or two entries that are new, others or gone."""
        entries = {kind: dict(bundle.of_kind(kind)) for kind in Kind}
        for _ in range(self.random.choice([1, 1, 2])):
            kind = self.random.choice(list(Kind))
            slug = self.random.choice(SLUGS[kind])
            if kind is not Kind.LIBRARY and self.random.random() < 0.2:
                entries[kind].pop(slug, None)
            elif slug in entries[kind] and self.random.random() < 0.4:
                entries[kind][slug] = self._edit(kind, entries[kind][slug])
            else:
                entries[kind][slug] = parse_entry(kind, self._write(kind, slug))
        return Bundle.of(entries)

    def _edit(self, kind: Kind, entry: Entry) -> Entry:
        """Write one field of an entry anew."""
        document = entry.model_dump(mode="json", exclude_none=True)
        anew = self._write(kind, entry.slug)
        name = self._one(sorted(anew))
        return parse_entry(kind, {**document, name: anew[name]})

    def _write(self, kind: Kind, slug: str) -> Data:
        write = getattr(self, f"_write_{kind.value.replace('-', '_')}")
        data: Data = write(slug)
        return data

    def _one(self, values: Sequence[T]) -> T:
        return self.random.choice(values)

    def _any(self, kind: Kind) -> str:
        return self._one(SLUGS[kind])

    def _some(self, kind: Kind, *, least: int = 0, most: int = 2) -> list[str]:
        count = self.random.randint(least, min(most, len(SLUGS[kind])))
        return self.random.sample(SLUGS[kind], count)

    def _condition(self) -> Data:
        leaves = [self._leaf(), self._leaf()]
        return self._one([leaves[0], {self._one(["all", "any"]): leaves}])

    def _leaf(self) -> Data:
        tried = {"treatment": self._any(Kind.TREATMENTS), "outcome": ["no-help"]}
        return self._one(
            [
                {"has": self._any(Kind.FINDINGS)},
                {"has": self._any(Kind.FINDINGS)},
                {"is": self._any(Kind.CONDITIONS)},
                {"tried": tried},
                {"tried": tried},
                {"age": {"at_least": 65}},
                {"measures.relief": {"at_least": 50}},
            ]
        )

    def _rules(self, *, least: int = 0) -> list[Data]:
        slugs = ["one", "two"][: self.random.randint(least, 2)]
        return [
            make_rule(slug, when=self._condition(), sources=self._sources())
            for slug in slugs
        ]

    def _sources(self) -> list[str]:
        return self._some(Kind.REFERENCES, least=1)

    def _write_library(self, slug: str) -> Data:
        [region] = LIBRARY["regions"]
        regions = [region, {**region, "slug": "nl", "jurisdictions": ["EU"]}]
        return {
            **LIBRARY,
            "slug": slug,
            "default_topic": self._any(Kind.TOPICS),
            "wait_and_see": self._any(Kind.TREATMENTS),
            "same_words": self._one([[], [["jab", "injection"]]]),
            "regions": regions[: self._one([1, 2, 2])],
        }

    def _write_references(self, slug: str) -> Data:
        year, title = self._one([2019, 2020]), self._one(WORDS)
        return {**REFERENCE, "slug": slug, "title": title, "year": year}

    def _write_guidelines(self, slug: str) -> Data:
        return {
            "slug": slug,
            "name": self._one(WORDS),
            "body": "A body",
            "jurisdiction": self._one(["UK", "US"]),
            "year": 2020,
            "scope": "Adults",
            "status": "current",
            "reference": self._any(Kind.REFERENCES),
        }

    def _write_conditions(self, slug: str) -> Data:
        described = self._one(WORDS)
        return {"slug": slug, "description": described, "when": self._condition()}

    def _write_findings(self, slug: str) -> Data:
        implies = self._one([[], self._some(Kind.FINDINGS)])
        possible = self._one([{}, {"possible_when": {"sex": "female"}}])
        return make_finding(slug, label=self._one(WORDS), implies=implies, **possible)

    def _write_measures(self, slug: str) -> Data:
        highest = self._one([40, 100, 200])
        return {**MEASURE, "slug": slug, "maximum": highest}

    def _write_screens(self, slug: str) -> Data:
        findings = self._some(Kind.FINDINGS, least=2)
        return {"slug": slug, "question": "Any of these?", "findings": findings}

    def _write_treatments(self, slug: str) -> Data:
        section = {"text": self._one(TEXTS), "sources": self._sources()}
        positions = [{"guideline": "ng59", "stance": self._one(["for", "against"])}]
        never = {"because": "Too much.", "sources": self._sources()}
        excluded = self._one([[], [], [self._any(Kind.TREATMENTS)]])
        return make_treatment(
            slug,
            name=self._one(WORDS),
            aliases=self._one([[], [self._one(WORDS)]]),
            category=self._one(["medication", "self-care"]),
            part_of=self._one([None, self._any(Kind.TREATMENTS)]),
            one_at_a_time=self._one([True, False]),
            sections={name.value: section for name in SectionName},
            positions=self._one([[], positions]),
            not_with=[{**never, "treatment": one} for one in excluded],
            related=self._one([[], [], self._some(Kind.TREATMENTS)]),
            avoid_when=self._rules(),
            caution_when=self._rules(),
        )

    def _write_failure_causes(self, slug: str) -> Data:
        points = {"because": "It may help."}
        return make_cause(
            slug,
            text=self._one(TEXTS),
            clues_for=self._rules(),
            clues_against=self._rules(),
            points_to=[
                {"treatment": one, **points} for one in self._some(Kind.TREATMENTS)
            ],
            sources=self._sources(),
        )

    def _write_warning_signs(self, slug: str) -> Data:
        return make_sign(
            slug,
            urgency=self._one(["emergency", "soon", "routine"]),
            rules=self._rules(least=1),
            why=self._one(TEXTS),
            topics=self._some(Kind.TOPICS),
            holds=[{"treatment": one} for one in self._some(Kind.TREATMENTS, most=1)],
        )

    def _write_topics(self, slug: str) -> Data:
        options = [
            make_option(
                one,
                recommend_when=self._rules(),
                consider_when=self._rules(),
                avoid_when=self._rules(),
            )
            for one in self._some(Kind.TREATMENTS, least=1, most=4)
        ]
        return make_topic(
            slug,
            failed_treatment=self._any(Kind.TREATMENTS),
            introduction=self._one(TEXTS),
            failure_causes=self._some(Kind.FAILURE_CAUSES),
            out_of_scope_when=self._rules(),
            options=options,
        )

    def _write_cases(self, slug: str) -> Data:
        profile: Data = {
            "age": self._one([40, 70]),
            "has": self._some(Kind.FINDINGS),
            "measures": self._one([{}, {"relief": 60}]),
            "tried": dict.fromkeys(self._some(Kind.TREATMENTS), "no-help"),
            "not_sure": self._one(
                [[], ["measures.relief"], [self._any(Kind.FINDINGS)]]
            ),
        }
        told = self.random.sample(sorted(profile), self.random.randint(0, len(profile)))
        expect: Data = {
            "level": "routine",
            "could_be": "emergency",
            "asks": self._one([[], [f"finding/{self._any(Kind.FINDINGS)}"]]),
            "not_reasons": self._one([[], [self._one(RULES)]]),
            "not_signs": self._some(Kind.WARNING_SIGNS),
        }
        return make_case(
            slug,
            topic=self._any(Kind.TOPICS),
            region=self._one([None, "uk", "nl"]),
            profile={name: profile[name] for name in told},
            expect=expect,
        )
