"""A comparison as a text: what is urgent, then question by question."""

from collections.abc import Iterable, Iterator

from app.engine.recommendation import UrgencyAnswer
from app.engine.triage import is_pressing
from app.library.plain_text import to_plain
from app.render.comparison_shapes import ComparedTreatment, Comparison, SafetyNote
from app.render.comparison_tables import (
    tabulate_answers,
    tabulate_facts,
    tabulate_figures,
    tabulate_standings,
)
from app.render.fitting import add_fitting, fits
from app.render.framing import (
    STANDING_WORDS,
    Names,
    say_evidence,
)
from app.render.recommendation_parts import tell_urgency
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

LENGTHS = (Length.MEDIUM, Length.FULL)
"""How long a comparison can be: nothing fair is said of two treatments in less."""

_MORE = "The full text compares what they do, question by question."


def compose_comparison(
    comparison: Comparison, length: Length, *, names: Names
) -> Rendering:
    """Return a comparison as a text, of a length that is one of `LENGTHS`."""
    is_full = length is Length.FULL
    body = _tell_all(comparison, names) if is_full else _tell_briefly(comparison)
    called = {one.slug: to_plain(one.name) for one in comparison.treatments}
    return Rendering(
        title=f"Side by side: {'; '.join(called.values())}",
        body=tuple(body),
        safety=tuple(_say_note(note, called) for note in comparison.safety),
        is_numbered=is_full,
    )


def _say_note(note: SafetyNote, called: dict[str, str]) -> str:
    if note.treatment is None:
        return note.text
    holds = " For you:" if note.for_profile else ""
    return f"{called[note.treatment]}:{holds} {note.text}"


def _tell_briefly(comparison: Comparison) -> Iterator[Block]:
    """Yield how each treatment stands and may help: of all of them, or of none.

    Beside a call for help stands only what to do.
    """
    urgency = comparison.urgency
    if urgency and is_pressing(urgency.level):
        to_do = map(Passage, urgency.what_to_do)
        yield Paragraph(add_fitting(_head(urgency), to_do, Length.MEDIUM))
        return
    columns, first = comparison.treatments, _head(urgency) if urgency else ()
    called = [_name(one, is_judged=urgency is not None) for one in columns]
    told = tuple(
        Passage(f"{name}: {say_evidence(one.evidence)}", one.evidence.sources)
        for name, one in zip(called, columns, strict=True)
    )
    listed = (Passage(f"Side by side: {'; '.join(called)}. {_MORE}"),)
    tried = ((*first, *said) for said in (told, listed))
    fitting = (one for one in tried if _fits(one))
    yield Paragraph(next(fitting, (*first, Passage(_MORE))))


def _head(urgency: UrgencyAnswer) -> tuple[Passage, ...]:
    found = (reason for sign in urgency.signs for reason in sign.because)
    sources = dict.fromkeys(slug for reason in found for slug in reason.sources)
    return (Passage(to_plain(urgency.headline), tuple(sources)),)


def _name(column: ComparedTreatment, *, is_judged: bool) -> str:
    """Return the name, and where it stands, so that nothing looks good that is not."""
    name = to_plain(column.name)
    if column.standing is None:
        return f"{name} (not judged)" if is_judged else name
    caution = ", with a caution" if column.cautions else ""
    return f"{name} ({STANDING_WORDS[column.standing]}{caution})"


def _fits(said: Iterable[Passage]) -> bool:
    return fits(" ".join(one.text for one in said), Length.MEDIUM)


def _tell_all(comparison: Comparison, names: Names) -> Iterator[Block]:
    if comparison.urgency:
        yield from tell_urgency(comparison.urgency)
        yield Heading("What fits you")
        yield tabulate_standings(comparison)
    yield from list_under("Notes", (Passage(one.detail) for one in comparison.notes))
    yield Heading("Your questions")
    yield tabulate_answers(comparison)
    yield Heading("What was counted")
    yield paragraph(comparison.figures_note)
    yield tabulate_figures(comparison)
    yield Heading("What else to know")
    yield tabulate_facts(comparison, names)
    yield from list_under("About this text", map(Passage, _tell_about(comparison)))


def _tell_about(comparison: Comparison) -> Iterator[str]:
    waiting = comparison.wait_and_see
    if waiting and waiting.how:
        yield f"To wait and see can be compared, too. {waiting.how}"
    yield comparison.authors or "It is not said who wrote this."
    yield comparison.funding or "It is not said who paid for this."
    yield comparison.disclaimer
