"""The way of every write: checked only if it differs, published only if it stands."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from app.content.cases import run_cases
from app.content.change import Change
from app.content.check import Checked, check_restored, check_whole
from app.content.places import FaultyLibraryError
from app.content.present import Present, read_present
from app.content.publish import Signature
from app.content.submit import submit
from app.errors import LowSignificanceError, StaleReleaseError
from app.fields import Kind, Significance
from app.library.bundle import Bundle
from tests.factories import complete, make_bundle, make_case, make_treatment
from tests.publishing import PUBLISHED_AT, publish

SIGNATURE = Signature(PUBLISHED_AT, by="Anna", note="Why.")
SMALL = make_bundle(complete({}))
YOGA = make_bundle(complete({Kind.TREATMENTS: [make_treatment("yoga")]}))
CIRCULAR = make_bundle(
    complete({Kind.TREATMENTS: [make_treatment("circular", part_of="circular")]})
)
WRONG_CASE = make_case("wrong", expect={"level": "soon", "could_be": "soon"})
BROKEN = make_bundle(complete({Kind.CASES: [WRONG_CASE]}))


def check_never(*_: object) -> Checked:
    pytest.fail("There is nothing to check.")


def publish_first(engine: Engine) -> None:
    publish(engine, SMALL, at=PUBLISHED_AT)


FILLED = {"present": publish_first}


@pytest.fixture
def present(engine: Engine) -> Present:
    """The small library as the first release."""
    return read_present(engine)


def test_before_the_first_release_nothing_stands(engine: Engine) -> None:
    assert read_present(engine) == Present()


def test_what_stands_is_the_present_release(engine: Engine) -> None:
    publish(engine, SMALL, at=PUBLISHED_AT)
    publish(engine, YOGA, at=PUBLISHED_AT)

    present = read_present(engine)
    assert (present.number, present.bundle) == (2, YOGA)
    assert present.tested == run_cases(YOGA).tested


def test_the_first_library_is_published(engine: Engine) -> None:
    done = submit(engine, Present(), SMALL, SIGNATURE)

    assert done.published is not None
    assert done.published.number == 1
    assert read_present(engine).bundle == SMALL


@pytest.mark.parametrize("is_dry_run", [True, False])
def test_the_library_that_stands_is_not_checked_again(
    engine: Engine, present: Present, *, is_dry_run: bool
) -> None:
    turned = replace(SMALL, findings=dict(reversed(list(SMALL.findings.items()))))
    named = replace(SIGNATURE, significance=Significance.SAFETY)

    done = submit(
        engine, present, turned, named, check=check_never, is_dry_run=is_dry_run
    )

    assert done.diff.is_empty
    assert (done.significance, done.published, done.unmet) == (None, None, ())


@pytest.mark.parametrize("bundle", [CIRCULAR, BROKEN])
def test_a_library_with_mistakes_is_not_published(
    engine: Engine, present: Present, bundle: Bundle
) -> None:
    with pytest.raises(FaultyLibraryError):
        submit(engine, present, bundle, SIGNATURE)

    assert read_present(engine) == present


def test_a_restored_library_may_leave_its_cases_unmet(
    engine: Engine, present: Present
) -> None:
    done = submit(engine, present, BROKEN, SIGNATURE, check=check_restored)

    assert done.published is not None
    assert {(one.kind, one.slug) for one in done.unmet} == {(Kind.CASES, "wrong")}


def test_a_restored_library_must_still_fit() -> None:
    with pytest.raises(FaultyLibraryError) as caught:
        check_restored(Change.of(SMALL, CIRCULAR), {})

    [fault] = caught.value.faults
    assert (fault.slug, fault.pointer) == ("circular", "/part_of")


def test_what_is_checked_whole_leaves_nothing_unmet() -> None:
    assert check_whole(Change.of(None, SMALL), {}).unmet == ()


@pytest.mark.parametrize("is_dry_run", [True, False])
def test_a_low_significance_is_refused(
    engine: Engine, present: Present, *, is_dry_run: bool
) -> None:
    low = replace(SIGNATURE, significance=Significance.EDITORIAL)

    with pytest.raises(LowSignificanceError, match="clinical, which is more than"):
        submit(engine, present, YOGA, low, is_dry_run=is_dry_run)

    assert read_present(engine) == present


def test_a_trial_publishes_nothing(engine: Engine, present: Present) -> None:
    done = submit(engine, present, YOGA, SIGNATURE, is_dry_run=True)

    assert done.published is None
    assert done.significance is Significance.CLINICAL
    assert read_present(engine) == present


def test_what_others_published_meanwhile_is_not_undone(
    engine: Engine, present: Present
) -> None:
    publish(engine, YOGA, at=PUBLISHED_AT)
    other = make_bundle(complete({Kind.TREATMENTS: [make_treatment("pilates")]}))

    with pytest.raises(StaleReleaseError) as caught:
        submit(engine, present, other, SIGNATURE)

    assert (caught.value.prepared_against, caught.value.present) == (1, 2)
    assert read_present(engine).bundle == YOGA
