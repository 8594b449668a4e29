"""The tables of a comparison: a row a question, a column a treatment, none blank."""

from collections.abc import Iterable, Iterator
from itertools import chain

from app.engine.recommendation import Reasons
from app.library.treatments import Section
from app.render.comparison_shapes import Cell, ComparedTreatment, Comparison, FigureRow
from app.render.evidence_texts import describe_figure, describe_positions
from app.render.framing import (
    STANDING_WORDS,
    Names,
    finish,
    say_evidence,
)
from app.render.rendering import Block, Bullets, Passage, Table
from app.render.rule_texts import describe_not_with, describe_rules
from app.render.treatment_safety import answer_section

_NONE_LISTED = Passage("None is listed.")
_NOT_JUDGED = Passage("It was not judged.")
_Row = tuple[str, Iterable[Passage]]


def tabulate_answers(comparison: Comparison) -> Table:
    """Return the patients' questions, each with the answer of every treatment."""
    rows = ((row.question, map(_answer, row.cells)) for row in comparison.rows)
    return _tabulate(comparison, rows)


def tabulate_figures(comparison: Comparison) -> Table:
    """Return what was counted, in rows of one unit."""
    rows = ((row.title, _count(row)) for row in comparison.figures)
    return _tabulate(comparison, rows)


def tabulate_standings(comparison: Comparison) -> Table:
    """Return where each treatment stands for the person, and why."""
    columns = comparison.treatments
    against = (_give_reasons(one, one.against) for one in columns)
    cautions = (_give_reasons(one, one.cautions) for one in columns)
    rows: tuple[_Row, ...] = (
        ("Where does it stand?", map(_tell_standing, columns)),
        ("What else that you told us speaks against it?", against),
        ("What that you told us needs care?", cautions),
        ("Is anything not known yet?", map(_tell_missing, columns)),
    )
    return _tabulate(comparison, rows)


def tabulate_facts(comparison: Comparison, names: Names) -> Table:
    """Return what the treatments are, and what rules each of them out for some."""
    columns = comparison.treatments
    rows: tuple[_Row, ...] = (
        ("What kind of treatment is it?", map(_tell_kind, columns)),
        ("What does the evidence say?", map(_tell_evidence, columns)),
        ("What do guidelines say?", map(_tell_positions, columns)),
        (
            "What speaks against it?",
            (_join(describe_rules(one.avoid_when, names)) for one in columns),
        ),
        (
            "What is to be asked first, or needs care?",
            (_join(describe_rules(one.caution_when, names)) for one in columns),
        ),
        (
            "What is it not combined with?",
            (_join(describe_not_with(one.not_with, names)) for one in columns),
        ),
        ("When was it reviewed, and by whom?", map(_tell_review, columns)),
    )
    return _tabulate(comparison, rows)


def _tabulate(comparison: Comparison, rows: Iterable[_Row]) -> Table:
    header = ("Question", *(one.name for one in comparison.treatments))
    return Table(header, tuple((Passage(first), *cells) for first, cells in rows))


def _answer(cell: Cell) -> Passage:
    section = Section(
        text=cell.text,
        sources=cell.sources or None,
        unknown=cell.unknown,
        looked_for=cell.looked_for,
        not_applicable=cell.not_applicable,
        why=cell.why,
    )
    answer = answer_section(section)
    if cell.certainty:
        certainty = cell.certainty.replace("-", " ")
        answer = f"{finish(answer)} Certainty of the evidence: {certainty}."
    return Passage(answer, cell.sources)


def _count(row: FigureRow) -> Iterator[Passage]:
    for cell in row.cells:
        figures = _join(map(describe_figure, cell.figures))
        yield Passage(cell.why) if cell.why else figures


def _bulleted(blocks: Iterable[Block]) -> Iterator[Passage]:
    return chain.from_iterable(
        block.items for block in blocks if isinstance(block, Bullets)
    )


def _tell_standing(column: ComparedTreatment) -> Passage:
    if column.standing is None:
        return Passage(column.no_standing or "")
    reasons = _give_reasons(column, column.because)
    standing = STANDING_WORDS[column.standing].capitalize()
    return Passage(f"{standing}: {reasons.text}", reasons.sources)


def _give_reasons(column: ComparedTreatment, reasons: Reasons) -> Passage:
    if column.standing is None:
        return _NOT_JUDGED
    if not reasons:
        return Passage("Nothing.")
    return _join(Passage(reason.text, reason.sources) for reason in reasons)


def _tell_missing(column: ComparedTreatment) -> Passage:
    if column.standing is None:
        return _NOT_JUDGED
    count = len(column.missing)
    return Passage(f"Answers still missing: {count}." if count else "Nothing.")


def _tell_kind(column: ComparedTreatment) -> Passage:
    undone = "yes" if column.reversible else "no"
    return Passage(
        f"Category: {column.category}. Setting: {column.setting}. "
        f"Invasiveness: {column.invasiveness} of 4. It can be undone: {undone}. "
        f"Time to benefit: {finish(column.time_to_benefit)} "
        f"It lasts: {finish(column.duration_of_benefit)}"
    )


def _tell_evidence(column: ComparedTreatment) -> Passage:
    evidence = column.evidence
    said = f"{say_evidence(evidence)} {evidence.statement}"
    return Passage(said, evidence.sources)


def _tell_positions(column: ComparedTreatment) -> Passage:
    return _join(_bulleted(describe_positions(column.positions)))


def _tell_review(column: ComparedTreatment) -> Passage:
    by = column.reviewed_by
    checked = f"Checked by {by}." if by else "No clinician has signed it off."
    reviewed, due = column.last_reviewed_on, column.review_due_on
    return Passage(
        f"Last reviewed on {reviewed}, to be reviewed again by {due}. {checked}"
    )


def _join(passages: Iterable[Passage]) -> Passage:
    """Return passages as one with all their sources, or that there is none."""
    told = tuple(passages)
    if not told:
        return _NONE_LISTED
    sources = dict.fromkeys(slug for one in told for slug in one.sources)
    return Passage(" ".join(finish(one.text) for one in told), tuple(sources))
