"""All that a recommendation says, part by part, with its sources."""

from collections.abc import Iterable, Iterator

from app.engine.recommendation import (
    Cause,
    Option,
    Question,
    Reason,
    Recommendation,
    UrgencyAnswer,
)
from app.fields import Kind
from app.render.framing import (
    HOW_FAST,
    STANDING_WORDS,
    Names,
    finish,
    name_of,
    say_evidence,
)
from app.render.rendering import (
    Block,
    Bullets,
    Heading,
    Passage,
    list_under,
    paragraph,
)


def describe_advice(advice: Recommendation, names: Names) -> Iterator[Block]:
    """Yield every part of a recommendation, what is urgent first."""
    yield from tell_urgency(advice.urgency)
    yield from list_under("Questions to answer next", _list_questions(advice, names))
    if advice.causes:
        yield Heading("Why it may have failed")
    for cause in advice.causes:
        yield from _tell_cause(cause, names)
    yield Heading("Options")
    for option in advice.options:
        yield from _tell_option(option)
    yield from list_under("Steps", _list_steps(advice))
    to_ask = map(Passage, advice.questions_to_ask)
    yield from list_under("Questions to ask a clinician", to_ask)
    yield from list_under("Notes", (Passage(note.detail) for note in advice.notes))
    yield paragraph(f"From release {advice.release} of the library.")


def list_asked(question: Question, names: Names) -> tuple[str, ...]:
    """Return the findings that a question means by "any of these"."""
    labels = names.get(Kind.FINDINGS, {})
    asked = (fact.removeprefix("finding/") for fact in question.asks)
    known = (labels[slug] for slug in asked if slug in labels)
    return tuple(label for label in known if label not in question.question)


def tell_urgency(urgency: UrgencyAnswer) -> Iterator[Block]:
    """Yield how urgent it is, what to do and say, and why."""
    yield paragraph(urgency.headline)
    yield from list_under("What to do", map(Passage, urgency.what_to_do))
    if urgency.what_to_say:
        yield Heading("What to say")
        yield paragraph(urgency.what_to_say)
    found = (
        Passage(
            f"{finish(sign.name)} {HOW_FAST[sign.urgency]} {reason.text}",
            reason.sources,
        )
        for sign in urgency.signs
        for reason in sign.because
    )
    yield from list_under("Warning signs", found)
    still_open = (Passage(one.name) for one in urgency.signs if not one.because)
    yield from list_under("Not ruled out yet", still_open)


def _list_questions(advice: Recommendation, names: Names) -> Iterator[Passage]:
    for question in advice.ask_next:
        about = "; ".join(list_asked(question, names))
        asked = f"It asks about: {about}. " if about else ""
        yield Passage(f"{question.question} {asked}{question.because}")


def _tell_cause(cause: Cause, names: Names) -> Iterator[Block]:
    points = (name_of(Kind.TREATMENTS, one.treatment, names) for one in cause.points_to)
    yield Heading(f"{cause.name} ({cause.likelihood})", level=3)
    yield Bullets(
        (
            *_list_reasons("It speaks for this", cause.because),
            *_list_reasons("It speaks against this", cause.against),
            *(Passage(f"To check it: {how}") for how in cause.how_to_check),
            *(Passage(f"It points to: {name}.") for name in points),
        )
    )


def _tell_option(option: Option) -> Iterator[Block]:
    yield Heading(f"{option.name} ({STANDING_WORDS[option.standing]})", level=3)
    yield Bullets(tuple(_list_option(option)))


def _list_option(option: Option) -> Iterator[Passage]:
    yield from _list_reasons("Because", option.because)
    yield from _list_reasons("Caution", option.cautions)
    yield from _list_reasons("Against it", option.against)
    if option.evidence:
        yield Passage(say_evidence(option.evidence), option.evidence.sources)
    if option.missing:
        yield Passage(f"Answers still missing for it: {len(option.missing)}.")
    if option.would_change:
        lifted = STANDING_WORDS[option.would_change.standing]
        yield Passage(f"With more answers it can become: {lifted}.")


def _list_reasons(frame: str, reasons: Iterable[Reason]) -> Iterator[Passage]:
    for reason in reasons:
        yield Passage(f"{frame}: {reason.text}", reason.sources)


def _list_steps(advice: Recommendation) -> Iterator[Passage]:
    called = {option.slug: option.name for option in advice.options}
    for step in advice.plan:
        treatments = "; ".join(called[slug] for slug in step.treatments)
        because = " ".join(step.because)
        again = f"Look again after {step.review_after_weeks} weeks."
        yield Passage(f"{finish(treatments)} {because} {again}")
