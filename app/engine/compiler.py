"""Compiles one topic of a library into a guide, once per release."""

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property, partial

from app.engine.adoption import adopt
from app.engine.exclusions import list_exclusions
from app.engine.guide import (
    Guide,
    GuideCause,
    GuideOption,
    GuideSign,
    Rules,
)
from app.engine.guide_hash import GuideHashes, Read
from app.engine.rule_book import RuleBook, by_id
from app.engine.rules import GuideRule
from app.engine.screens import Screen, build_screens, index_screens
from app.engine.triage import rank
from app.fields import Kind
from app.library.bundle import Bundle, ancestors
from app.library.topics import TopicEntry
from app.library.treatments import TreatmentEntry
from app.library.vocabulary import Vocabulary


def compile_guide(bundle: Bundle, topic_slug: str, *, release: int) -> Guide:
    """Compile a topic of a checked bundle. Raises `KeyError` without that topic."""
    return Guidebook(bundle, release=release)[topic_slug]


class Guidebook(Mapping[str, Guide]):
    """The guides of a checked bundle by topic, each compiled when first asked for.

    What they have in common is made once, and when it is first needed; so are the
    parts that another edition of the library, `beside` this one, has as well.
    """

    def __init__(
        self, bundle: Bundle, *, release: int, beside: "Guidebook | None" = None
    ) -> None:
        self._bundle = bundle
        self._release = release
        self.rules: RuleBook = RuleBook(bundle, beside.rules if beside else None)
        self.hashed: Read = beside.hashed if beside else {}
        # The guide of each topic that was compiled last in any of these editions.
        self.latest: dict[str, Guide] = beside.latest if beside else {}
        self._guides: dict[str, Guide] = {}

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary.of(self._bundle)

    @cached_property
    def _screens(self) -> tuple[Screen, ...]:
        return build_screens(self._bundle)

    @cached_property
    def _screen_of(self) -> Mapping[str, Screen]:
        return index_screens(self._screens, self._bundle.findings)

    @cached_property
    def _hashes(self) -> GuideHashes:
        return GuideHashes(self._bundle, self._vocabulary, self.hashed)

    def __getitem__(self, topic_slug: str) -> Guide:
        if topic_slug not in self._guides:
            guide = self._compile(topic_slug, self.latest.get(topic_slug))
            self._guides[topic_slug] = self.latest[topic_slug] = guide
        return self._guides[topic_slug]

    def __contains__(self, topic_slug: object) -> bool:
        return topic_slug in self._bundle.topics

    def __iter__(self) -> Iterator[str]:
        return iter(self._bundle.topics)

    def __len__(self) -> int:
        return len(self._bundle.topics)

    def _compile(self, topic_slug: str, latest: Guide | None) -> Guide:
        bundle, rules = self._bundle, self.rules
        topic = bundle.topics[topic_slug]
        made = (
            GuideSign(sign, rules.of_item(Kind.WARNING_SIGNS, sign, "rules"))
            for sign in bundle.warning_signs.values()
            if not sign.topics or topic_slug in sign.topics
        )
        signs = sorted(
            adopt(made, latest.signs if latest else ()),
            key=lambda sign: (rank(sign.entry.urgency), sign.slug),
        )
        causes = [
            GuideCause(
                cause,
                rules.of_item(Kind.FAILURE_CAUSES, cause, "clues_for"),
                rules.of_item(Kind.FAILURE_CAUSES, cause, "clues_against"),
            )
            for cause in (bundle.failure_causes[slug] for slug in topic.failure_causes)
        ]
        return Guide(
            release=self._release,
            take_hash=partial(self._hashes.hash, topic),
            library=bundle.library,
            topic=topic,
            vocabulary=self._vocabulary,
            guidelines=bundle.guidelines,
            screens=self._screens,
            screen_of=self._screen_of,
            out_of_scope_when=rules.of_item(Kind.TOPICS, topic, "out_of_scope_when"),
            signs=tuple(signs),
            causes=tuple(
                sorted(
                    adopt(causes, latest.causes if latest else ()),
                    key=lambda cause: cause.slug,
                )
            ),
            options=tuple(
                adopt(
                    _compile_options(bundle, rules, topic, signs),
                    latest.options if latest else (),
                )
            ),
        )


def _compile_options(
    bundle: Bundle, rules: RuleBook, topic: TopicEntry, signs: Iterable[GuideSign]
) -> Iterator[GuideOption]:
    lineages = [
        [bundle.treatments[one] for one in (slug, *ancestors(bundle.treatments, slug))]
        for slug in sorted(option.treatment for option in topic.options)
    ]
    excludes = list_exclusions(lineages)
    scope = rules.of_item(Kind.TOPICS, topic, "out_of_scope_when")
    stoppers: dict[frozenset[GuideSign], Mapping[str, Rules]] = {}
    for lineage in lineages:
        slug = lineage[0].slug
        owner = f"{Kind.TOPICS.value}/{topic.slug}/options/{slug}"
        own = partial(rules.of_list, Kind.TOPICS, topic)
        held_by = frozenset(sign for sign in signs if sign.holds(lineage))
        if held_by not in stoppers:
            stoppers[held_by] = _list_stoppers(scope, signs, held_by)
        yield GuideOption(
            treatment=lineage[0],
            lineage=tuple(lineage),
            excludes=excludes[slug],
            held_by=held_by,
            stoppers=stoppers[held_by],
            recommend_when=own(f"{owner}/recommend_when"),
            consider_when=own(f"{owner}/consider_when"),
            not_now_when=own(f"{owner}/not_now_when"),
            avoid_when=by_id(
                [
                    *own(f"{owner}/avoid_when"),
                    *_inherited(rules, lineage, "avoid_when"),
                ]
            ),
            caution_when=by_id(_inherited(rules, lineage, "caution_when")),
        )


def _list_stoppers(
    scope: Rules, signs: Iterable[GuideSign], held_by: Container[GuideSign]
) -> Mapping[str, Rules]:
    stopping = [
        rule
        for sign in signs
        for rule in sign.rules
        if rule.is_pressing or sign in held_by
    ]
    return _by_fact([*scope, *stopping])


def _inherited(
    rules: RuleBook, lineage: Iterable[TreatmentEntry], list_name: str
) -> list[GuideRule]:
    picked = [rules.of_item(Kind.TREATMENTS, one, list_name) for one in lineage]
    return [rule for rules in picked for rule in rules]


def _by_fact(rules: Iterable[GuideRule]) -> dict[str, Rules]:
    """Return the rules that ask for each fact."""
    asking: dict[str, list[GuideRule]] = {}
    for rule in rules:
        for fact in rule.facts:
            asking.setdefault(fact, []).append(rule)
    return {fact: tuple(found) for fact, found in asking.items()}
