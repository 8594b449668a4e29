"""The tables and shapes of the tutorial-style peer, and what fills them.

One model for the table and one for each answer, as the tutorial of SQLModel has them.
What nobody filters by is JSON in a column.
"""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import registry
from sqlmodel import JSON, Field, Relationship, Session, SQLModel, create_engine

Json = dict[str, Any]

SEARCHED = (
    "warningsign", "finding", "measure", "treatment", "failurecause", "topic",
    "guideline", "reference",
)  # fmt: skip
"""Tables of whatnext whose items a search finds."""

NAMES = ("name", "label", "title")
SUMMARIES = ("summary", "why", "question", "introduction", *NAMES)


class Shape(SQLModel, registry=registry()):
    """Apart from the tables of whatnext, of which some have the same name."""


class TreatmentTopicLink(Shape, table=True):
    topic_id: int | None = Field(default=None, foreign_key="topic.id", primary_key=True)
    treatment_id: int | None = Field(
        default=None, foreign_key="treatment.id", primary_key=True
    )


class TopicPublic(Shape):
    slug: str = Field(index=True, unique=True)
    name: str


class Topic(TopicPublic, table=True):
    id: int | None = Field(default=None, primary_key=True)
    treatments: list["Treatment"] = Relationship(
        back_populates="topics", link_model=TreatmentTopicLink
    )


class PositionPublic(Shape):
    guideline: str
    name: str
    jurisdiction: str
    year: int
    stance: str
    strength: str | None = None
    scope: str | None = None


class Position(PositionPublic, table=True):
    id: int | None = Field(default=None, primary_key=True)
    treatment_id: int | None = Field(default=None, foreign_key="treatment.id")
    treatment: "Treatment" = Relationship(back_populates="positions")


class TreatmentCard(Shape):
    """What a list shows."""

    slug: str = Field(index=True, unique=True)
    name: str = Field(index=True)
    aliases: list[str] = Field(sa_type=JSON)
    summary: str
    category: str = Field(index=True)
    part_of: str | None = None
    invasiveness: int
    setting: str
    reversible: bool
    time_to_benefit: str
    duration_of_benefit: str
    evidence: Json = Field(sa_type=JSON)
    last_reviewed_on: date


class TreatmentBase(TreatmentCard):
    sections: Json = Field(sa_type=JSON)
    parts: list[str] = Field(sa_type=JSON)
    avoid_when: list[Json] = Field(sa_type=JSON)
    caution_when: list[Json] = Field(sa_type=JSON)
    not_with: list[Json] = Field(sa_type=JSON)
    inherited_avoid_when: list[Json] = Field(sa_type=JSON)
    inherited_caution_when: list[Json] = Field(sa_type=JSON)
    inherited_not_with: list[Json] = Field(sa_type=JSON)
    one_at_a_time: bool
    one_of: list[str] = Field(sa_type=JSON)
    combines_with: list[str] = Field(sa_type=JSON)
    questions_to_ask: list[str] = Field(sa_type=JSON)
    related: list[str] = Field(sa_type=JSON)
    terms: list[Json] = Field(sa_type=JSON)
    review_due_on: date
    reviewed_by: str | None = None
    links: dict[str, str] = Field(sa_type=JSON)


class Treatment(TreatmentBase, table=True):
    id: int | None = Field(default=None, primary_key=True)
    benefit: str = Field(index=True)
    topics: list[Topic] = Relationship(
        back_populates="treatments", link_model=TreatmentTopicLink
    )
    positions: list[Position] = Relationship(back_populates="treatment")


class TreatmentPublic(TreatmentBase):
    topics: list[TopicPublic]
    positions: list[PositionPublic]


class EntryPublic(Shape):
    """What a search shows."""

    kind: str
    slug: str
    name: str
    summary: str


class Entry(EntryPublic, table=True):
    id: int | None = Field(default=None, primary_key=True)
    text: str


def fill(target: Path, source: Path) -> None:
    """Write the present release of a database of whatnext as a tutorial would."""
    engine = create_engine(f"sqlite:///{target}")
    Shape.metadata.create_all(engine)
    with closing(sqlite3.connect(source)) as read, Session(engine) as session:
        documents = {one: _read(read, one) for one in SEARCHED}
        topics = {
            one["slug"]: Topic(slug=one["slug"], name=one["name"])
            for one in documents["topic"]
        }
        session.add_all(_make_treatment(one, topics) for one in documents["treatment"])
        for kind, found in documents.items():
            session.add_all(_make_entry(kind, one) for one in found)
        session.commit()
    engine.dispose()


def _read(connection: sqlite3.Connection, table: str) -> list[Json]:
    # The names of the tables stand above.
    rows = connection.execute(f"SELECT document FROM {table} ORDER BY name, slug")  # noqa: S608
    return [json.loads(document) for (document,) in rows]


def _make_treatment(document: Json, topics: dict[str, Topic]) -> Treatment:
    plain = {**document, "benefit": document["evidence"]["benefit"]}
    named, positions = plain.pop("topics"), plain.pop("positions")
    treatment = Treatment.model_validate(plain)
    treatment.topics = [topics[slug] for slug in named]
    treatment.positions = [Position.model_validate(one) for one in positions]
    return treatment


def _make_entry(kind: str, document: Json) -> Entry:
    name, summary = (
        next(document[one] for one in names if one in document)
        for names in (NAMES, SUMMARIES)
    )
    text = " ".join([name, *document.get("aliases", ()), summary])
    return Entry(
        kind=kind, slug=document["slug"], name=name, summary=summary, text=text
    )
