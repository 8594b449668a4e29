"""Laws of publishing, on small libraries whose treatments come, change and go."""

from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.content.check import check_restored
from app.content.diff import diff_libraries
from app.content.log import read_bundle
from app.content.present import read_present
from app.content.publish import Signature
from app.content.submit import submit
from app.database import read_session
from app.fields import Kind
from app.library.bundle import Bundle
from app.queries.releases import get_release, load_documents
from app.tables import Release
from tests.content.odd_libraries import odd_libraries
from tests.databases import Databases
from tests.factories import complete, make_bundle, make_treatment
from tests.publishing import PUBLISHED_AT, publish, stored

SIGNATURE = Signature(PUBLISHED_AT, by="Anna", note="Why.")
State = Mapping[str, str]
"""The treatments besides those of the small library: slug and summary."""

states = st.dictionaries(
    st.sampled_from(["pilates", "tai-chi", "walking", "yoga"]),
    st.sampled_from(["One.", "Two."]),
)
libraries = states.map(
    lambda state: make_bundle(
        complete(
            {
                Kind.TREATMENTS: [
                    make_treatment(slug, summary=summary)
                    for slug, summary in state.items()
                ]
            }
        )
    )
)
pasts = st.lists(libraries, min_size=1, max_size=5)
laws = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def load(engine: Engine, number: int) -> tuple[Release, Bundle]:
    with read_session(engine) as session:
        release = get_release(session, number=number)
        return release, read_bundle(load_documents(session, release=number))


@laws
@given(pasts)
def test_publishing_twice_makes_one_release(
    databases: Databases, past: list[Bundle]
) -> None:
    with databases.opened() as engine:
        for bundle in past:
            submit(engine, read_present(engine), bundle, SIGNATURE)
            once = stored(engine)

            again = submit(engine, read_present(engine), bundle, SIGNATURE)

            assert again.diff.is_empty
            assert again.published is None
            assert not publish(engine, bundle, at=PUBLISHED_AT).is_new
            assert stored(engine) == once


@laws
@given(pasts)
def test_a_restored_release_does_not_differ_from_what_it_was(
    databases: Databases, past: list[Bundle]
) -> None:
    with databases.opened() as engine:
        for bundle in past:
            submit(engine, read_present(engine), bundle, SIGNATURE)

        for number in range(1, read_present(engine).number + 1):
            _, earlier = load(engine, number)
            before = read_present(engine)
            submit(engine, before, earlier, SIGNATURE, check=check_restored)

            present = read_present(engine)
            assert present.bundle is not None
            assert diff_libraries(earlier, present.bundle).is_empty
            is_new = not diff_libraries(before.bundle, earlier).is_empty
            assert present.number == before.number + is_new


@laws
@given(pasts | st.lists(odd_libraries(), min_size=1, max_size=3))
def test_the_log_played_again_from_nothing_gives_the_same_tables(
    databases: Databases, past: list[Bundle]
) -> None:
    with databases.opened() as engine:
        for bundle in past:
            publish(engine, bundle, at=PUBLISHED_AT, note="Why.", by="Anna")
        log = [load(engine, one + 1) for one in range(read_present(engine).number)]
        tables = stored(engine)

    with databases.opened() as engine:
        for release, bundle in log:
            publish(
                engine,
                bundle,
                at=release.created_at,
                note=release.note,
                by=release.key_name,
                significance=release.significance,
            )

        assert stored(engine) == tables
