"""A recommendation as a text: how urgent it is before all else."""

from collections.abc import Iterable, Iterator

from app.engine.recommendation import Option, Reason, Recommendation
from app.engine.triage import is_pressing
from app.fields import Kind, Likelihood, Standing
from app.library.plain_text import to_plain
from app.render.fitting import add_fitting
from app.render.framing import STANDING_WORDS, Names, finish
from app.render.recommendation_parts import describe_advice, list_asked
from app.render.rendering import Block, Length, Paragraph, Passage, Rendering

NAMED_MAX = 3
"""So many options a brief text names."""

_OFFERED = (Standing.RECOMMENDED, Standing.CONSIDER)
_TITLE = "What next?"


def compose_recommendation(
    advice: Recommendation, length: Length, *, names: Names
) -> Rendering:
    """Return a recommendation as a text.

    Names are those of findings, treatments and topics. A short one has room
    for as many words as a medium one: the headline is whole at every length.
    """
    is_full = length is Length.FULL
    body = describe_advice(advice, names) if is_full else _tell(advice, length, names)
    return Rendering(
        title=to_plain(names.get(Kind.TOPICS, {}).get(advice.topic, _TITLE)),
        body=tuple(body),
        safety=tuple(dict.fromkeys(_list_safety(advice))),
        is_numbered=is_full,
    )


def _list_safety(advice: Recommendation) -> Iterator[str]:
    """Yield how urgent it is, what to do and say, and what to heed in the options."""
    urgency = advice.urgency
    yield to_plain(urgency.headline)
    yield from map(to_plain, urgency.what_to_do)
    if urgency.what_to_say:
        yield f"You can say: {to_plain(urgency.what_to_say)}"
    for option in advice.options:
        if option.standing in _OFFERED:
            for caution in option.cautions:
                yield f"{to_plain(option.name)}: {to_plain(caution.text)}"


def _tell(advice: Recommendation, length: Length, names: Names) -> Iterator[Block]:
    """Yield what matters most; beside a call for help stands only what to do."""
    urgency = advice.urgency
    found = [reason for sign in urgency.signs for reason in sign.because]
    said: tuple[Passage, ...] = (
        Passage(to_plain(urgency.headline), _list_sources(found)),
    )
    if is_pressing(urgency.level):
        said = add_fitting(said, map(Passage, urgency.what_to_do), Length.MEDIUM)
    said = add_fitting(said, _ask(advice, names), Length.MEDIUM)
    if not is_pressing(urgency.level):
        more = [_name_options(advice)]
        more += [_name_causes(advice)] if length is Length.MEDIUM else []
        for choices in more:
            fitting = (add_fitting(said, [one], Length.MEDIUM) for one in choices)
            said = next((one for one in fitting if one != said), said)
    yield Paragraph(said)


def _list_sources(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slug for one in reasons for slug in one.sources))


def _ask(advice: Recommendation, names: Names) -> Iterator[Passage]:
    """Yield the first question, unless the headline asks it, and what it is about."""
    for first in advice.ask_next[:1]:
        if first.question not in advice.urgency.headline:
            yield Passage(f"Next question: {first.question}")
        about = list_asked(first, names)
        if about:
            yield Passage(f"It asks about: {'; '.join(about)}.")


def _name_options(advice: Recommendation) -> Iterator[Passage]:
    """Yield the first options that may fit and how they stand, then fewer of them."""
    offered = [one for one in advice.options if one.standing in _OFFERED]
    for count in range(min(len(offered), NAMED_MAX), 0, -1):
        named = "; ".join(map(_name_option, offered[:count]))
        reasons = [reason for one in offered[:count] for reason in one.because]
        text = f"Options to discuss with a clinician: {named}."
        yield Passage(text, _list_sources(reasons))


def _name_option(option: Option) -> str:
    caution = ", with a caution" if option.cautions else ""
    is_open = option.standing is Standing.CONSIDER and option.missing
    held = ", questions are open" if is_open else ""
    words = f"{STANDING_WORDS[option.standing]}{caution}{held}"
    return f"{to_plain(option.name)} ({words})"


def _name_causes(advice: Recommendation) -> Iterator[Passage]:
    likely = [one for one in advice.causes if one.likelihood is Likelihood.LIKELY]
    for count in range(min(len(likely), NAMED_MAX), 0, -1):
        named = "; ".join(to_plain(one.name) for one in likely[:count])
        reasons = [reason for one in likely[:count] for reason in one.because]
        text = f"Likely reasons why it failed: {finish(named)}"
        yield Passage(text, _list_sources(reasons))
