"""Whatever is published, its history adds up to what was published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.fields import Kind
from tests.api.asking import Json, get_json
from tests.databases import Databases, making_app
from tests.factories import make_bundle, make_finding
from tests.publishing import PUBLISHED_AT, publish

SLUGS = ("chills", "hiccups", "itching")
State = Mapping[str, str]
"""The findings of a release besides those of the small library: slug and label."""

states = st.dictionaries(st.sampled_from(SLUGS), st.sampled_from(["One", "Two"]))
pasts = st.lists(states, min_size=1, max_size=4)
laws = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@dataclass(frozen=True)
class Library:
    """An application, and the database that it serves."""

    client: TestClient
    engine: Engine

    def publish(self, state: State) -> int:
        """Return the number of the release that has these findings."""
        findings = [make_finding(slug, label=label) for slug, label in state.items()]
        bundle = make_bundle({Kind.FINDINGS: findings})
        return publish(self.engine, bundle, at=PUBLISHED_AT).number

    def changes(self, address: str) -> State:
        items = get_json(self.client, address)["items"]
        return {one["slug"]: one["change"] for one in items}

    def replay(self, slug: str, *, until: int) -> str | None:
        """Return the label of a finding as its revisions up to a release say."""
        response = self.client.get(f"/v1/findings/{slug}/revisions?limit=100")
        items: list[Json] = response.json().get("items", [])
        documents = [one["document"] for one in items if one["release"] <= until]
        return documents[0]["label"] if documents and documents[0] else None


@pytest.fixture(scope="module")
def library(databases: Databases) -> Iterator[Library]:
    """A library whose log grows with every example."""
    with (
        databases.opened() as engine,
        making_app(engine) as app,
        TestClient(app, raise_server_exceptions=False) as client,
    ):
        yield Library(client, engine)


def publish_all(library: Library, past: list[State]) -> dict[int, State]:
    """Publish a past that begins with nothing, and return it by release."""
    return {library.publish(state): state for state in ({}, *past)}


def differ(before: State, after: State) -> State:
    """Return what became of every finding that is not as it was."""
    changed = {
        slug: "changed" if slug in before else "added"
        for slug, label in after.items()
        if before.get(slug) != label
    }
    return changed | dict.fromkeys(before.keys() - after.keys(), "removed")


@laws
@given(pasts)
def test_the_changes_since_a_release_are_the_difference_from_it(
    library: Library, past: list[State]
) -> None:
    states = publish_all(library, past)

    for number, state in states.items():
        changes = library.changes(f"/v1/changes?since={number}&kind=findings")
        assert changes == differ(state, past[-1])


@laws
@given(pasts)
def test_the_changes_of_a_release_are_the_difference_from_the_one_before(
    library: Library, past: list[State]
) -> None:
    states = publish_all(library, past)

    for number in list(states)[1:]:
        expected = differ(states[number - 1], states[number])
        assert library.changes(f"/v1/releases/{number}/changes") == expected


@laws
@given(pasts)
def test_the_revisions_up_to_a_release_lead_to_what_was_published(
    library: Library, past: list[State]
) -> None:
    states = publish_all(library, past)

    for number, state in states.items():
        replayed = {slug: library.replay(slug, until=number) for slug in SLUGS}
        assert replayed == {slug: state.get(slug) for slug in SLUGS}
