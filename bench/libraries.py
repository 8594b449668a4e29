"""Libraries of any size, the same in every run: six rules an option, 55 beside them."""

from random import Random

from app.fields import Category, Kind, Urgency
from app.library.bundle import Bundle
from app.library.profile import PatientProfile
from tests.factories import (
    Data,
    make_bundle,
    make_cause,
    make_finding,
    make_option,
    make_profile,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

SIGNS, CAUSES = 10, 8
SIGN_FINDINGS = 2 * SIGNS
SCREEN_SIZE = 5
BOUNDS = (15, 30, 50, 65, 80)
"""Authors know few thresholds, however many rules they write."""


class Author:
    """Writes one library, with a vocabulary that grows with its options."""

    def __init__(self, options: int) -> None:
        # A benchmark must repeat itself; nothing is secret here.
        self.random = Random(options)  # noqa: S311
        self.options = [f"option-{number}" for number in range(options)]
        self.findings = [f"finding-{number}" for number in range(50 + options)]
        self.measures = [f"measure-{number}" for number in range(3 + options // 10)]

    def write(self) -> Bundle:
        return make_bundle(
            {
                Kind.FINDINGS: [make_finding(slug) for slug in self.findings],
                Kind.MEASURES: [_measure(slug) for slug in self.measures],
                Kind.SCREENS: self._screens(),
                Kind.WARNING_SIGNS: [self._sign(number) for number in range(SIGNS)],
                Kind.FAILURE_CAUSES: [self._cause(one) for one in range(CAUSES)],
                Kind.TREATMENTS: [self._treatment(slug) for slug in self.options],
                Kind.TOPICS: [
                    make_topic(
                        failure_causes=[f"cause-{number}" for number in range(CAUSES)],
                        options=[self._option(slug) for slug in self.options],
                    )
                ],
            }
        )

    def tell(self) -> PatientProfile:
        """Return a short profile in which no warning sign matches."""
        known = self.findings[SIGN_FINDINGS:]
        told = self.random.sample(known, 8)
        return make_profile(
            age=self.random.randint(20, 90),
            pain={"months": self.random.randint(1, 60)},
            has=told[:4],
            has_not=[*told[4:], *self.findings[:SCREEN_SIZE]],
            measures={self.random.choice(self.measures): 60},
            tried={self.random.choice(self.options): "no-help"},
        )

    def _screens(self) -> list[Data]:
        starts = range(0, len(self.findings) - 1, SCREEN_SIZE)
        return [
            {
                "slug": f"screen-{start}",
                "question": "Have you had any of these?",
                "findings": self.findings[start : start + SCREEN_SIZE],
            }
            for start in starts
        ]

    def _sign(self, number: int) -> Data:
        first, second = self.findings[2 * number : 2 * number + 2]
        old = {"finding": second, "since_days": {"at_least": 15}, "trend": "better"}
        rules = [
            make_rule("one", when={"has": first}),
            make_rule("other", when={"has": second}, unless={"has": old}),
            make_rule("both", when={"all": [{"has": first}, {"has": second}]}),
        ]
        urgency = list(Urgency)[number % len(Urgency)]
        return make_sign(f"sign-{number}", urgency=urgency.value, rules=rules)

    def _cause(self, number: int) -> Data:
        return make_cause(
            f"cause-{number}",
            clues_for=[self._rule("one"), self._rule("two")],
            clues_against=[self._rule("three")],
        )

    def _treatment(self, slug: str) -> Data:
        return make_treatment(
            slug,
            category=self.random.choice(list(Category)).value,
            avoid_when=[self._rule("one"), self._rule("two", called_off=True)],
            caution_when=[{**self._rule("one"), "ask_first": True}],
        )

    def _option(self, slug: str) -> Data:
        return make_option(
            slug,
            recommend_when=[self._rule("one", called_off=True)],
            consider_when=[self._rule("one")],
            not_now_when=[self._rule("one")],
        )

    def _rule(self, slug: str, *, called_off: bool = False) -> Data:
        number = self.random.randint(1, 3)
        parts = [self._condition() for _ in range(number)]
        when = {self.random.choice(["all", "any"]): parts} if number > 1 else parts[0]
        more = {"unless": self._condition()} if called_off else {}
        return make_rule(slug, when=when, **more)

    def _condition(self) -> Data:
        finding = self.random.choice(self.findings[SIGN_FINDINGS:])
        treatment = self.random.choice(self.options)
        measure = self.random.choice(self.measures)
        bound = {"at_least": self.random.choice(BOUNDS)}
        common: list[Data] = [{"has": finding}] * 4
        rare: list[Data] = [
            {"has": {"finding": finding, "since_days": bound}},
            {"age": bound},
            {"pain.months": bound},
            {f"measures.{measure}": bound},
            {"tried": {"treatment": treatment, "outcome": ["no-help", "worse"]}},
        ]
        return self.random.choice([*common, *rare])


def _measure(slug: str) -> Data:
    asked = {"label": "Relief", "question": "How much of the pain was gone?"}
    return {"slug": slug, **asked, "unit": "percent", "minimum": 0, "maximum": 100}
