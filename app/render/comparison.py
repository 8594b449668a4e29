"""Puts treatments side by side: every patients' question, and what each answers.

Nothing is filled in or converted: what a treatment does not say is said to be unknown.
"""

from collections.abc import Sequence

from pydantic import TypeAdapter

from app.engine.recommendation import Recommendation
from app.fields import SectionName
from app.library.about import LibraryEntry
from app.render.comparison_columns import describe_column
from app.render.comparison_figures import FIGURES_NOTE, list_figures
from app.render.comparison_request import COMPARED_MAX
from app.render.comparison_safety import list_safety
from app.render.comparison_shapes import Cell, Comparison, Row, WaitAndSee
from app.render.framing import Names
from app.render.section_questions import SECTION_QUESTIONS
from app.render.shapes import TopicOut, TreatmentOut

_EFFECT = SectionName.HOW_LIKELY_TO_HELP
"""The question that the certainty of the evidence is about."""

_ADAPTER = TypeAdapter(Comparison)


def compare(
    treatments: Sequence[TreatmentOut],
    about: LibraryEntry,
    *,
    names: Names,
    topic: TopicOut | None = None,
    advice: Recommendation | None = None,
) -> Comparison:
    """Return treatments side by side, in their order, as options of a topic if given.

    Names are those of findings and treatments; `advice` is the recommendation for a
    profile in that topic.
    """
    columns = tuple(describe_column(one, topic, advice) for one in treatments)
    return Comparison(
        topic=topic.slug if topic else advice.topic if advice else None,
        urgency=advice.urgency if advice else None,
        safety=list_safety(treatments, columns, advice=advice, names=names),
        treatments=columns,
        rows=tuple(_row(name, treatments) for name in SectionName),
        figures=list_figures(treatments),
        figures_note=FIGURES_NOTE,
        wait_and_see=_wait_and_see(treatments, about, topic, advice),
        notes=advice.notes if advice else (),
        disclaimer=about.disclaimer,
        authors=about.authors,
        funding=about.funding,
    )


def write_comparison(comparison: Comparison) -> bytes:
    """Write a comparison as it goes over the wire."""
    return _ADAPTER.dump_json(comparison)


def _row(name: SectionName, treatments: Sequence[TreatmentOut]) -> Row:
    cells = tuple(_cell(name, treatment) for treatment in treatments)
    return Row(section=name, question=SECTION_QUESTIONS[name], cells=cells)


def _cell(name: SectionName, treatment: TreatmentOut) -> Cell:
    section = treatment.sections[name]
    is_judged = name is _EFFECT and section.text is not None
    return Cell(
        treatment=treatment.slug,
        text=section.text,
        sources=section.sources or (),
        certainty=treatment.evidence.certainty if is_judged else None,
        unknown=section.unknown,
        looked_for=section.looked_for,
        not_applicable=section.not_applicable,
        why=section.why,
    )


def _wait_and_see(
    treatments: Sequence[TreatmentOut],
    about: LibraryEntry,
    topic: TopicOut | None,
    advice: Recommendation | None,
) -> WaitAndSee | None:
    waiting = about.wait_and_see
    if waiting is None:
        return None
    slugs = [one.slug for one in treatments]
    links = {"self": f"/v1/treatments/{waiting}"}
    if waiting in slugs:
        return WaitAndSee(waiting, is_compared=True, how=None, links=links)
    if len(slugs) == COMPARED_MAX:
        how = f"Name {waiting} in place of one of the treatments."
        return WaitAndSee(waiting, is_compared=False, how=how, links=links)
    # A profile is never in an address.
    if advice is None:
        beside = f"&topic={topic.slug}" if topic else ""
        wanted = ",".join([*slugs, waiting])
        links["compare"] = f"/v1/compare?treatments={wanted}{beside}"
    how = f"Name {waiting} among the treatments."
    return WaitAndSee(waiting, is_compared=False, how=how, links=links)
