"""Publishing: a release holds what changed, and the checksum vouches for all before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from app.content.publish import Published, differs
from app.database import read_session
from app.fields import Kind, Significance
from app.library.bundle import Bundle
from app.library.canonical import canonical_json, sha256
from app.tables import (
    ListedTreatment,
    QualityMark,
    Release,
    Revision,
    Treatment,
)
from tests.factories import (
    TOPIC,
    make_bundle,
    make_cause,
    make_finding,
    make_option,
    make_rule,
    make_topic,
    make_treatment,
)
from tests.publishing import PUBLISHED_AT, publish

WITH_NSAIDS = {
    Kind.TREATMENTS: [
        make_treatment("nsaids"),
        make_treatment("ibuprofen", part_of="nsaids"),
    ],
    Kind.TOPICS: [make_topic(options=[make_option(), make_option("ibuprofen")])],
}


def release_of(engine: Engine, number: int) -> Release:
    with read_session(engine) as session:
        return session.get_one(Release, number)


def revisions_of(engine: Engine, number: int) -> Sequence[Revision]:
    with read_session(engine) as session:
        statement = select(Revision).where(col(Revision.release) == number)
        return session.exec(statement).all()


def used_findings(engine: Engine) -> dict[str, str]:
    """Return whether each finding is asked for, as it was found."""
    row = QualityMark
    statement = select(row.slug, row.outcome).where(row.criterion == "findings-used")
    with read_session(engine) as session:
        return dict(session.exec(statement).all())


def without(bundle: Bundle, *treatments: str) -> Bundle:
    """Return the bundle without these treatments, and without options of them."""
    kept = {
        slug: entry
        for slug, entry in bundle.treatments.items()
        if slug not in treatments
    }
    topic = bundle.topics[TOPIC]
    options = tuple(one for one in topic.options if one.treatment in kept)
    topics = {TOPIC: topic.model_copy(update={"options": options})}
    return replace(bundle, treatments=kept, topics=topics)


def test_publish_makes_the_first_release_of_every_entry(engine: Engine) -> None:
    bundle = make_bundle()

    published = publish(engine, bundle, at=PUBLISHED_AT, note="The first release.")

    assert published.number == 1
    assert set(published.changed) == {(kind, entry.slug) for kind, entry in bundle}
    assert published.removed == ()
    assert published.is_new


def test_publish_logs_what_the_release_is(engine: Engine) -> None:
    at = datetime(2026, 11, 22, 10, 30, tzinfo=UTC) + timedelta(microseconds=7)

    publish(engine, make_bundle(), at=at, note="Why.", significance=Significance.SAFETY)

    release = release_of(engine, 1)
    assert release.created_at == at
    assert release.note == "Why."
    assert release.significance is Significance.SAFETY
    assert release.key_name is None


def test_publish_logs_the_name_of_the_key_that_it_is_done_with(engine: Engine) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT, by="Anna")

    assert release_of(engine, 1).key_name == "Anna"


@pytest.mark.parametrize("note", ["", "Another note."])
def test_publish_makes_no_release_of_the_same_content(
    engine: Engine, note: str
) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT, note="The first release.")

    published = publish(engine, make_bundle(), at=PUBLISHED_AT, note=note)

    assert published == Published(1, (), ())
    assert not published.is_new
    assert release_of(engine, 1).note == "The first release."


def test_publish_makes_no_release_of_the_same_content_in_another_order(
    engine: Engine,
) -> None:
    bundle = make_bundle()
    publish(engine, bundle, at=PUBLISHED_AT)
    findings = dict(reversed(list(bundle.findings.items())))

    published = publish(engine, replace(bundle, findings=findings), at=PUBLISHED_AT)

    assert list(findings) != list(bundle.findings)
    assert published == Published(1, (), ())


def test_publish_logs_only_what_changed(engine: Engine) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    changed = {
        Kind.TREATMENTS: [make_treatment(summary="Another summary.")],
        Kind.FINDINGS: [make_finding("chills")],
    }

    published = publish(engine, make_bundle(changed), at=PUBLISHED_AT)

    expected = ((Kind.FINDINGS, "chills"), (Kind.TREATMENTS, "walking"))
    assert published == Published(2, expected, ())
    logged = [(one.kind, one.slug) for one in revisions_of(engine, 2)]
    assert sorted(logged) == list(expected)


def test_publish_logs_a_tombstone_of_what_was_removed(engine: Engine) -> None:
    bundle = make_bundle(WITH_NSAIDS)
    publish(engine, bundle, at=PUBLISHED_AT)

    published = publish(engine, without(bundle, "ibuprofen"), at=PUBLISHED_AT)

    assert published.changed == ((Kind.TOPICS, TOPIC),)
    assert published.removed == ((Kind.TREATMENTS, "ibuprofen"),)
    [tombstone] = [one for one in revisions_of(engine, 2) if one.slug == "ibuprofen"]
    assert tombstone.document is None
    assert tombstone.hash == ""


def test_publish_logs_what_comes_back_as_changed(engine: Engine) -> None:
    bundle = make_bundle(WITH_NSAIDS)
    publish(engine, bundle, at=PUBLISHED_AT)
    publish(engine, without(bundle, "ibuprofen"), at=PUBLISHED_AT)

    published = publish(engine, bundle, at=PUBLISHED_AT)

    ibuprofen = (Kind.TREATMENTS, "ibuprofen")
    assert published == Published(3, ((Kind.TOPICS, TOPIC), ibuprofen), ())


def test_the_checksum_vouches_for_the_revisions_and_for_the_release_before(
    engine: Engine,
) -> None:
    bundle = make_bundle(WITH_NSAIDS)
    publish(engine, bundle, at=PUBLISHED_AT)
    publish(engine, without(bundle, "ibuprofen"), at=PUBLISHED_AT)

    previous = ""
    for number in (1, 2):
        lines = sorted(
            f"{one.kind.value}/{one.slug}/{one.hash}"
            for one in revisions_of(engine, number)
        )
        expected = sha256(canonical_json([previous, lines]))
        previous = release_of(engine, number).checksum
        assert previous == expected


def test_the_hash_of_a_revision_is_the_digest_of_its_document(engine: Engine) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)

    revisions = revisions_of(engine, 1)

    assert revisions
    for one in revisions:
        assert one.document is not None
        assert one.hash == sha256(one.document)


def test_publish_takes_a_removed_treatment_and_its_links_out_of_the_projection(
    engine: Engine,
) -> None:
    bundle = make_bundle(WITH_NSAIDS)
    publish(engine, bundle, at=PUBLISHED_AT)

    publish(engine, without(bundle, "ibuprofen"), at=PUBLISHED_AT)

    with read_session(engine) as session:
        slugs = session.exec(select(Treatment.slug).order_by(col(Treatment.slug))).all()
        places = session.exec(select(ListedTreatment.slug, ListedTreatment.among)).all()
    assert slugs == ["facet-joint-injection", "nsaids", "walking"]
    assert {slug for slug, _ in places} == set(slugs)
    assert not [among for _, among in places if among.startswith("part_of=")]


def test_a_projected_row_names_the_release_that_changed_it_last(
    engine: Engine,
) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    changed = {Kind.TREATMENTS: [make_treatment(summary="Another summary.")]}

    publish(engine, make_bundle(changed), at=PUBLISHED_AT)

    with read_session(engine) as session:
        rows = session.exec(select(Treatment.slug, Treatment.release)).all()
    assert sorted(rows) == [("facet-joint-injection", 1), ("walking", 2)]


def test_a_projected_row_is_renewed_when_what_it_shows_of_others_changed(
    engine: Engine,
) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    part = {Kind.TREATMENTS: [make_treatment("hill-walking", part_of="walking")]}

    published = publish(engine, make_bundle(part), at=PUBLISHED_AT)

    assert published.changed == ((Kind.TREATMENTS, "hill-walking"),)
    with read_session(engine) as session:
        walking = session.get_one(Treatment, "walking")
    assert walking.release == 2
    assert '"parts":["hill-walking"]' in walking.document


def test_what_is_found_of_an_item_is_renewed_when_only_others_changed(
    engine: Engine,
) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)
    unused = used_findings(engine)
    clue = make_rule(when={"has": "fever"})
    asking = {Kind.FAILURE_CAUSES: [make_cause(clues_for=[clue])]}

    publish(engine, make_bundle(asking), at=PUBLISHED_AT)

    assert (unused["fever"], unused["saddle-numbness"]) == ("not-met", "met")
    assert used_findings(engine) == {**unused, "fever": "met"}


@pytest.mark.parametrize(
    ("bundle", "is_other"),
    [
        pytest.param(make_bundle(), False, id="the same content"),
        pytest.param(
            make_bundle({Kind.FINDINGS: [make_finding("chills")]}),
            True,
            id="one entry more",
        ),
        pytest.param(
            make_bundle({Kind.FINDINGS: [make_finding("fever", label="Heat")]}),
            True,
            id="one entry changed",
        ),
        pytest.param(replace(make_bundle(), screens={}), True, id="one entry less"),
    ],
)
def test_differs_says_whether_publishing_would_make_a_release(
    engine: Engine, bundle: Bundle, *, is_other: bool
) -> None:
    publish(engine, make_bundle(), at=PUBLISHED_AT)

    assert differs(engine, bundle) is is_other


def test_differs_from_an_empty_database(engine: Engine) -> None:
    assert differs(engine, make_bundle())
