"""The tutorial-style peer: the same library as the documentation of FastAPI has it.

Typed models, a session for each request, plain `def` routes, and the same engine
behind the recommendation. `TUTORIAL_URL` is its own database; `DATABASE_URL` that of
whatnext, from which it reads what the engine needs.
"""

import os
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Query
from pydantic import BaseModel
from sqlmodel import Session, col, create_engine, or_, select

from app.content.present import read_present
from app.database import build_engine
from app.engine.compiler import compile_guide
from app.engine.guide import Guide
from app.engine.recommend import recommend
from app.engine.recommendation import Recommendation
from app.library.profile import PatientProfile
from bench.apps.tutorial_tables import (
    Entry,
    EntryPublic,
    Topic,
    Treatment,
    TreatmentCard,
    TreatmentPublic,
)

engine = create_engine(
    os.environ["TUTORIAL_URL"], connect_args={"check_same_thread": False}
)


def get_session() -> Iterator[Session]:
    with Session(engine) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]
app = FastAPI()


@app.get("/v1/treatments/{slug}", response_model=TreatmentPublic)
def read_treatment(slug: str, session: SessionDep) -> Any:
    treatment = session.exec(select(Treatment).where(Treatment.slug == slug)).first()
    if not treatment:
        raise HTTPException(status_code=404, detail="Treatment not found")
    return treatment


class Filters(BaseModel):
    topic: str | None = None
    category: str | None = None
    setting: str | None = None
    benefit: str | None = None
    max_invasiveness: int | None = None
    sort: str = "name"
    offset: int = 0
    limit: Annotated[int, Query(le=100)] = 20


@app.get("/v1/treatments", response_model=list[TreatmentCard])
def read_treatments(session: SessionDep, filters: Annotated[Filters, Query()]) -> Any:
    statement = select(Treatment)
    if filters.topic:
        is_in = col(Treatment.topics).any(col(Topic.slug) == filters.topic)
        statement = statement.where(is_in)
    if filters.category:
        statement = statement.where(Treatment.category == filters.category)
    if filters.setting:
        statement = statement.where(Treatment.setting == filters.setting)
    if filters.benefit:
        statement = statement.where(Treatment.benefit == filters.benefit)
    if filters.max_invasiveness is not None:
        at_most = col(Treatment.invasiveness) <= filters.max_invasiveness
        statement = statement.where(at_most)
    key = col(getattr(Treatment, filters.sort.removeprefix("-")))
    keys = [key, col(Treatment.slug)]
    is_falling = filters.sort.startswith("-")
    order = [one.desc() if is_falling else one.asc() for one in keys]
    statement = statement.order_by(*order)
    return session.exec(statement.offset(filters.offset).limit(filters.limit)).all()


@app.get("/v1/search", response_model=list[EntryPublic])
def search(q: str, session: SessionDep) -> Any:
    found = or_(*(col(Entry.text).contains(word) for word in q.split()))
    statement = select(Entry).where(found).order_by(Entry.name).limit(20)
    return session.exec(statement).all()


class RecommendationRequest(BaseModel):
    topic: str
    profile: PatientProfile = PatientProfile()


@app.post("/v1/recommendations")
def create_recommendation(asked: RecommendationRequest) -> Recommendation:
    return recommend(get_guide(asked.topic), asked.profile, beside=())


@cache
def get_guide(topic: str) -> Guide:
    present = read_present(build_engine(os.environ["DATABASE_URL"]))
    assert present.bundle
    return compile_guide(present.bundle, topic, release=present.number)
