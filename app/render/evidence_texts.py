"""The evidence of a treatment in words: the judgement, its figures and positions."""

from collections.abc import Iterator

from app.engine.recommendation import PositionAnswer
from app.fields import FigureUnit, Stance
from app.library.evidence import OUT_OF, Evidence, Figure
from app.render.framing import finish, say_evidence
from app.render.rendering import (
    Block,
    Bullets,
    Heading,
    Passage,
    list_under,
    paragraph,
)

_STANCE_WORDS = {
    Stance.FOR: "for it",
    Stance.CONDITIONAL: "for it on conditions",
    Stance.AGAINST: "against it",
    Stance.SILENT: "says nothing about it",
}


def describe_evidence(evidence: Evidence) -> Iterator[Block]:
    """Yield what is known of the effect, with every figure."""
    yield Heading("What the evidence says")
    yield paragraph(say_evidence(evidence), evidence.sources)
    yield paragraph(evidence.statement, evidence.sources)
    if evidence.figures:
        yield Bullets(tuple(map(describe_figure, evidence.figures)))
    if evidence.figures_unknown:
        yield paragraph(f"No figures are known. {evidence.figures_unknown}")


def describe_positions(positions: tuple[PositionAnswer, ...]) -> Iterator[Block]:
    """Yield what each guideline says; where they disagree, all sides are shown."""
    told = (Passage(_describe_position(one)) for one in positions)
    yield from list_under("What guidelines say", told)


def describe_figure(figure: Figure) -> Passage:
    """Return what was counted, and what came out."""
    return Passage(f"{figure.outcome}: {finish(_count(figure))}", figure.sources)


def _count(figure: Figure) -> str:
    """Say what was counted, against what, and when."""
    after = f", after {figure.after}" if figure.after else ""
    if figure.treated is not None:
        amount = _amount(figure.treated, figure.unit)
        return f"{amount}{_compare(figure)}{after}"
    difference = figure.difference or 0
    better = "better" if difference >= 0 else "worse"
    amount = _amount(abs(difference), figure.unit)
    return f"{amount} {better} than with {figure.comparator}{after}"


def _compare(figure: Figure) -> str:
    if figure.compared is None:
        return ""
    return f", against {_amount(figure.compared, figure.unit)} with {figure.comparator}"


def _amount(amount: float, unit: FigureUnit) -> str:
    match unit:
        case FigureUnit.PEOPLE:
            return f"{amount:g} of {OUT_OF} people"
        case FigureUnit.POINTS:
            return f"{amount:g} points out of {OUT_OF}"
        case FigureUnit.DAYS:
            return f"{amount:g} days"


def _describe_position(position: PositionAnswer) -> str:
    stance = _STANCE_WORDS[position.stance]
    strength = f" ({position.strength})" if position.strength else ""
    where = f"{position.name} ({position.jurisdiction}, {position.year})"
    return " ".join(
        part for part in (f"{where}: {stance}{strength}.", position.scope) if part
    )
