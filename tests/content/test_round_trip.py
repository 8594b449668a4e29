"""The log gives back exactly what was published, as of any release."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from app.content.check import Checked
from app.content.log import read_bundle, write_document
from app.database import read_session
from app.fields import Kind
from app.library.bundle import ENTRY_TYPES, Bundle
from app.queries.releases import load_documents
from tests.databases import Databases, Fill
from tests.factories import (
    Data,
    make_bundle,
    make_case,
    make_finding,
    make_rule,
    make_sign,
    make_treatment,
)
from tests.publishing import PUBLISHED_AT, publish


def load_bundle(engine: Engine, release: int) -> Bundle:
    with read_session(engine) as session:
        return read_bundle(load_documents(session, release=release))


@pytest.fixture(scope="module")
def shipped(databases: Databases, shipping: Fill) -> Iterator[Engine]:
    """A database with the library that we ship."""
    with databases.opened(shipping) as engine:
        yield engine


def test_what_we_ship_comes_back_from_the_log(shipped: Engine, seed: Checked) -> None:
    assert load_bundle(shipped, 1) == seed.bundle


def test_an_older_release_comes_back_as_it_was(engine: Engine) -> None:
    treatments = [make_treatment("yoga"), make_treatment("tai-chi")]
    bundles = [
        make_bundle({Kind.TREATMENTS: treatments}),
        make_bundle({Kind.TREATMENTS: [make_treatment("yoga", summary="Other.")]}),
        make_bundle({Kind.FINDINGS: [make_finding("chills")]}),
        make_bundle({Kind.TREATMENTS: treatments}),
    ]

    for bundle in bundles:
        publish(engine, bundle, at=PUBLISHED_AT)

    assert [load_bundle(engine, number) for number in (1, 2, 3, 4)] == bundles


def test_content_that_came_back_from_the_log_makes_no_release(
    shipped: Engine,
) -> None:
    published = publish(shipped, load_bundle(shipped, 1), at=PUBLISHED_AT)

    assert not published.is_new


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param({"always": True}, id="always"),
        pytest.param({"all": [{"any": [{"not": {"has": "fever"}}]}]}, id="nested"),
        pytest.param({"age": 40}, id="one number"),
        pytest.param({"last_treatment.days_ago": 0.25}, id="a part of a day"),
        pytest.param({"age": [40, 41]}, id="several numbers"),
        pytest.param({"pain.trend": ["better", "worse"]}, id="several words"),
        pytest.param({"age": {"at_least": 18}}, id="a lower bound"),
        pytest.param({"age": {"at_most": 60}}, id="an upper bound"),
        pytest.param({"pain.severity": {"at_least": 0}}, id="a bound of zero"),
        pytest.param({"measures.block-relief-percent": 80}, id="a measure"),
        pytest.param(
            {"tried": {"treatment": "walking", "outcome": ["no-help", "worse"]}},
            id="what was tried",
        ),
        pytest.param(
            {
                "has": {
                    "finding": "fever",
                    "since_days": {"at_least": 15},
                    "trend": "better",
                }
            },
            id="a finding with its qualifiers",
        ),
    ],
)
def test_a_condition_comes_back_as_it_was_written(condition: Data) -> None:
    sign = make_sign(rules=[make_rule(when=condition, unless=condition)])
    written = make_bundle({Kind.WARNING_SIGNS: [sign]}).warning_signs["sign"]

    document = write_document(written)

    read = ENTRY_TYPES[Kind.WARNING_SIGNS].model_validate_json(document, strict=True)
    assert read == written
    assert read.model_dump(mode="json")["rules"][0]["unless"] == condition


def test_a_profile_comes_back_as_it_was_written() -> None:
    profile = {
        "age": 58,
        "pain": {"months": 14},
        "last_treatment": {"days_ago": 0.25, "relief": "brief"},
        "has": ["fever", {"finding": "foot-drop", "since_days": 3, "trend": "worse"}],
        "not_sure": ["pain.trend"],
        "measures": {"block-relief-percent": 80},
        "tried": {"walking": "partly"},
    }
    written = make_bundle({Kind.CASES: [make_case(profile=profile)]}).cases["case"]

    read = ENTRY_TYPES[Kind.CASES].model_validate_json(
        write_document(written), strict=True
    )

    assert read == written
