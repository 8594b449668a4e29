"""A failure cause as a text."""

from collections.abc import Iterable, Iterator

from app.fields import Kind
from app.library.entry import Clue
from app.library.plain_text import to_plain
from app.render.fitting import add_fitting, take_fitting
from app.render.framing import SIGNS_FIRST, Names, finish, name_of
from app.render.rendering import (
    Block,
    Length,
    Paragraph,
    Passage,
    Rendering,
    list_under,
    paragraph,
)
from app.render.shapes import FailureCauseOut

ONE_REASON = "This is one reason why a treatment may not have worked."
"""What is said of a cause whose first sentence is too long."""


def compose_failure_cause(
    cause: FailureCauseOut, length: Length, *, names: Names
) -> Rendering:
    """Return a failure cause as a text; names are those of treatments."""
    is_full = length is Length.FULL
    body = _tell_all(cause, names) if is_full else _tell_briefly(cause, length)
    return Rendering(
        title=to_plain(cause.name),
        body=tuple(body),
        safety=(SIGNS_FIRST,),
        is_numbered=is_full,
    )


def _tell_briefly(cause: FailureCauseOut, length: Length) -> Iterator[Block]:
    summary = take_fitting(cause.summary, length) or ONE_REASON
    said: tuple[Passage, ...] = (Passage(summary, cause.sources),)
    if length is Length.MEDIUM:
        said = add_fitting(said, map(_to_check, cause.how_to_check), length)
    yield Paragraph(said)


def _to_check(how: str) -> Passage:
    return Passage(f"To check it: {how}")


def _tell_all(cause: FailureCauseOut, names: Names) -> Iterator[Block]:
    yield paragraph(cause.summary)
    yield paragraph(cause.text, cause.sources)
    yield from list_under("What speaks for it", _list_clues(cause.clues_for))
    yield from list_under("What speaks against it", _list_clues(cause.clues_against))
    yield from list_under("How to check it", map(Passage, cause.how_to_check))
    points = (
        Passage(f"{name_of(Kind.TREATMENTS, one.treatment, names)}: {one.because}")
        for one in cause.points_to
    )
    yield from list_under("What it points to", points)
    if cause.aliases:
        yield paragraph(f"Also called: {finish('; '.join(cause.aliases))}")


def _list_clues(clues: Iterable[Clue]) -> Iterator[Passage]:
    for clue in clues:
        strong = "Strong clue: " if clue.strong else ""
        yield Passage(f"{strong}{clue.because}", clue.sources)
