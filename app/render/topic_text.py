"""A topic as a text: why a treatment may have failed, and what there is next."""

from collections.abc import Iterable, Iterator

from app.fields import Kind, PlanStep, Urgency
from app.library.plain_text import to_plain
from app.render.fitting import take_fitting
from app.render.framing import HOW_FAST, SIGNS_FIRST, Names, finish, name_of
from app.render.rendering import (
    Block,
    Bullets,
    Heading,
    Length,
    Passage,
    Rendering,
    list_under,
    paragraph,
)
from app.render.rule_texts import describe_rules
from app.render.shapes import TopicOptionOut, TopicOut, WarningSignOut

WHAT_IT_IS = "Warning signs, causes and options, to discuss with a clinician."
"""What is said of a topic whose first sentence is too long."""

STEP_HEADINGS = {
    PlanStep.NOW: "Step: now",
    PlanStep.CHECK: "Step: checks",
    PlanStep.REBUILD: "Step: rebuild",
    PlanStep.MEDICINES: "Step: medicines",
    PlanStep.PROCEDURES: "Step: procedures",
}


def compose_topic(
    topic: TopicOut, length: Length, *, names: Names, signs: Iterable[WarningSignOut]
) -> Rendering:
    """Return a topic as a text; the signs are all those that hold for it."""
    is_full = length is Length.FULL
    brief = take_fitting(topic.introduction, length) or WHAT_IT_IS
    body = _tell_all(topic, names) if is_full else [paragraph(brief, topic.sources)]
    return Rendering(
        title=to_plain(topic.name),
        body=tuple(body),
        safety=(SIGNS_FIRST, *_name_emergencies(signs)),
        is_numbered=is_full,
    )


def _name_emergencies(signs: Iterable[WarningSignOut]) -> Iterator[str]:
    named = [to_plain(s.name) for s in signs if s.urgency is Urgency.EMERGENCY]
    if named:
        fast = HOW_FAST[Urgency.EMERGENCY].removesuffix(".")
        yield f"{fast} for any of these: {finish('; '.join(sorted(named)))}"


def _tell_all(topic: TopicOut, names: Names) -> Iterator[Block]:
    yield paragraph(topic.introduction, topic.sources)
    out_of_scope = describe_rules(topic.out_of_scope_when, names)
    yield from list_under("Whom this is not for", out_of_scope)
    causes = [name_of(Kind.FAILURE_CAUSES, one, names) for one in topic.failure_causes]
    yield from list_under("Why it may have failed", map(Passage, causes))
    yield Heading("What there is next")
    for option in topic.options:
        yield Heading(name_of(Kind.TREATMENTS, option.treatment, names), level=3)
        yield Bullets(tuple(_tell_option(option, names)))
    yield Heading("Steps")
    for step in PlanStep:
        text = topic.plan[step]
        yield Heading(STEP_HEADINGS[step], level=3)
        yield paragraph(text.because, text.sources)
        yield paragraph(f"Look again after {text.review_after_weeks} weeks.")
    yield from list_under("Questions to ask", map(Passage, topic.questions_to_ask))


def _tell_option(option: TopicOptionOut, names: Names) -> Iterator[Passage]:
    """Yield when an option fits and when it does not, with the reasons."""
    lists = {
        "It fits when this is so": option.recommend_when,
        "It may fit when this is so": option.consider_when,
        "Not now when this is so": option.not_now_when,
        "What speaks against it": option.avoid_when,
    }
    for frame, rules in lists.items():
        for passage in describe_rules(rules, names):
            yield Passage(f"{frame}: {passage.text}", passage.sources)
