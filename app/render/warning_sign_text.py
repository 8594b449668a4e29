"""A warning sign as a text: how fast to seek help and what to do, whatever else."""

from collections.abc import Iterator

from app.library.about import fill_in
from app.library.plain_text import to_plain
from app.render.fitting import add_fitting, fits, take_fitting
from app.render.framing import HOW_FAST, Names, finish, name_treatments
from app.render.rendering import (
    Block,
    Heading,
    Length,
    Paragraph,
    Passage,
    Rendering,
    list_under,
    paragraph,
)
from app.render.shapes import WarningSignOut


def compose_warning_sign(
    sign: WarningSignOut, length: Length, *, names: Names
) -> Rendering:
    """Return a warning sign as a text; names are those of treatments."""
    is_full = length is Length.FULL
    body = _tell_all(sign, names) if is_full else _tell_briefly(sign, length)
    return Rendering(
        title=to_plain(sign.name),
        body=tuple(body),
        safety=(HOW_FAST[sign.urgency], *map(to_plain, _what_to_do(sign))),
        is_numbered=is_full,
    )


def _what_to_do(sign: WarningSignOut) -> tuple[str, ...]:
    # A stored document has no region filled in; this holds for others too.
    return tuple(fill_in(text, None) for text in sign.what_to_do)


def _tell_briefly(sign: WarningSignOut, length: Length) -> Iterator[Block]:
    """Yield what it is and how fast, what to do as far as it fits, and why.

    Of why only the whole is told: half of it may reassure.
    """
    fast = HOW_FAST[sign.urgency]
    named = finish(to_plain(sign.name))
    to_do = take_fitting(" ".join(_what_to_do(sign)), length, beside=f"{named} {fast}")
    acts = to_do if to_do.startswith(fast[:-1]) else f"{fast} {to_do}".strip()
    said = f"{named} {acts}"
    brief = Passage(said if fits(said, length) else acts, sign.sources)
    more = [Passage(sign.why, sign.sources)] if length is Length.MEDIUM else []
    yield Paragraph(add_fitting([brief], more, length))


def _tell_all(sign: WarningSignOut, names: Names) -> Iterator[Block]:
    yield paragraph(HOW_FAST[sign.urgency])
    yield from list_under("What to do", map(Passage, _what_to_do(sign)))
    yield Heading("What to say")
    yield paragraph(sign.what_to_say)
    yield Heading("Why")
    yield paragraph(sign.why, sign.sources)
    yield Heading("What to ask yourself")
    yield paragraph(sign.question)
    rules = (Passage(rule.because, rule.sources) for rule in sign.rules)
    yield from list_under("What points to it", rules)
    held = (
        Passage(name_treatments(one.treatment, one.category, names))
        for one in sign.holds
    )
    yield from list_under("What waits until it has been looked at", held)
    if sign.aliases:
        yield paragraph(f"Also called: {finish('; '.join(sign.aliases))}")
