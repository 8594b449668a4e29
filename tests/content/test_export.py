"""An export is read as what was published, and of two only what differs differs."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from sqlalchemy import Engine

from app.content.check import check_directory
from app.content.export import export_files
from app.content.file_swap import put_files
from app.content.files import read_directory
from app.content.log import read_bundle, write_document
from app.database import read_session
from app.fields import Kind
from app.library.bundle import Bundle
from app.queries.releases import LoggedDocument, load_documents
from tests.conftest import SEED_DATA
from tests.content.odd_libraries import laws, odd_libraries
from tests.engine.libraries import bundles
from tests.factories import (
    COMPLETE,
    SOURCES,
    Data,
    make_bundle,
    make_case,
    make_cause,
    make_finding,
    make_rule,
    make_treatment,
)
from tests.publishing import PUBLISHED_AT, publish

CAUSE = """\
# yaml-language-server: $schema=../.schemas/failure-causes.schema.json
slug: infection
name: Infection
summary: "Germs: they may have come in."
text: >-
  Germs may have come in with the needle. That is rare.


  Tests show it.
clues_for:
  - slug: hot
    when:
      all:
        - has: fever
        - last_treatment.days_ago:
            at_most: 90.5
    unless:
      tried:
        treatment: walking
        outcome:
          - no-help
          - worse
    because: A fever can mean an infection.
    sources:
      - cohen-2020
    strong: true
how_to_check:
  - Have your blood tested.
sources:
  - cohen-2020
"""
MEASURES = """\
# yaml-language-server: $schema=.schemas/measures.schema.json
- slug: block-relief-percent
  label: Relief after a test block
  question: How much of the pain was gone?
  unit: percent
  minimum: 0
  maximum: 100
"""
CASE = """\
# yaml-language-server: $schema=../.schemas/cases.schema.json
slug: case
name: A case
because: It must stay so.
topic: facet-joint-injection
profile:
  age: 58
  last_treatment:
    days_ago: 2
  has:
    - fever
    - finding: foot-drop
      since_days: 0
expect:
  level: routine
  could_be: emergency
  options:
    facet-joint-injection:
      - not-now
    walking:
      - consider
      - recommended
"""


def documents(bundle: Bundle) -> Mapping[tuple[Kind, str], str]:
    return {(kind, entry.slug): write_document(entry) for kind, entry in bundle}


def read_back(bundle: Bundle) -> Bundle:
    """Return what a directory holds after an export."""
    with TemporaryDirectory() as directory:
        put_files(Path(directory), export_files(bundle), replace=False)
        return read_directory(Path(directory))[0]


def log_and_read(bundle: Bundle) -> Bundle:
    """Return the bundle as the log gives it back: keys and slugs in order."""
    logged = [
        LoggedDocument(kind, slug, document, "")
        for (kind, slug), document in sorted(documents(bundle).items())
    ]
    return read_bundle(logged)


@laws
@given(odd_libraries())
def test_whatever_its_texts_an_export_is_read_as_the_same(bundle: Bundle) -> None:
    assert documents(read_back(bundle)) == documents(bundle)


@laws
@given(bundles())
def test_whatever_its_rules_an_export_is_read_as_the_same(bundle: Bundle) -> None:
    assert documents(read_back(bundle)) == documents(bundle)


@laws
@given(odd_libraries())
def test_an_export_depends_on_nothing_but_the_content(bundle: Bundle) -> None:
    first, second = export_files(bundle), export_files(log_and_read(bundle))

    assert list(second.items()) == list(first.items())


def test_an_export_of_what_we_ship_is_read_as_the_same(seed_bundle: Bundle) -> None:
    back = read_back(log_and_read(seed_bundle))

    assert documents(back) == documents(seed_bundle)


def test_publishing_an_export_makes_no_release(engine: Engine, tmp_path: Path) -> None:
    publish(engine, make_bundle(COMPLETE), at=PUBLISHED_AT)
    with read_session(engine) as session:
        bundle = read_bundle(load_documents(session, release=1))
    put_files(tmp_path / "export", export_files(bundle), replace=False)

    checked = check_directory(tmp_path / "export")
    published = publish(engine, checked.bundle, at=PUBLISHED_AT)

    assert not published.is_new


def test_an_export_has_the_files_that_we_ship(seed_bundle: Bundle) -> None:
    shipped = {str(one.relative_to(SEED_DATA)) for one in SEED_DATA.glob("[!.]*.yaml")}
    shipped |= {str(one.relative_to(SEED_DATA)) for one in SEED_DATA.glob("[!.]*/*")}

    assert export_files(seed_bundle).keys() == shipped


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("failure_causes/infection.yaml", CAUSE),
        ("measures.yaml", MEASURES),
        ("cases/case.yaml", CASE),
    ],
)
def test_an_export_looks_as_an_author_writes(name: str, text: str) -> None:
    within = {"at_most": 90.5}
    tried = {"treatment": "walking", "outcome": ["worse", "no-help"]}
    clue = make_rule(
        "hot",
        when={"all": [{"has": "fever"}, {"last_treatment.days_ago": within}]},
        unless={"tried": tried},
        because="A fever can mean an infection.",
        strong=True,
    )
    cause = make_cause(
        "infection",
        summary="Germs: they may have come in.",
        text="Germs may have come in with the needle. That is rare.\n\nTests show it.",
        clues_for=[clue],
        clues_against=[],
        how_to_check=["Have your blood tested."],
    )
    case = make_case(
        profile={
            "has": [{"finding": "fever"}, {"finding": "foot-drop", "since_days": 0}],
            "last_treatment": {"days_ago": 2.0},
            "age": 58,
            "pain": {},
        },
        expect={
            "options": {
                "walking": ["consider", "recommended"],
                "facet-joint-injection": ["not-now"],
            },
            "level": "routine",
            "could_be": "emergency",
        },
    )

    files = export_files(
        make_bundle({Kind.FAILURE_CAUSES: [cause], Kind.CASES: [case]})
    )

    assert files[name] == text


def test_sections_stand_in_the_order_of_the_patients_questions() -> None:
    treatment = make_treatment()
    turned = {**treatment, "sections": dict(reversed(treatment["sections"].items()))}

    text = export_files(make_bundle({Kind.TREATMENTS: [turned]}))[
        "treatments/walking.yaml"
    ]

    assert text.index("  what-it-is:") < text.index("  common-harms:")


@pytest.mark.parametrize(
    ("own", "changed"),
    [
        pytest.param(
            {Kind.TREATMENTS: [make_treatment("yoga")]},
            ["treatments/yoga.yaml"],
            id="a file of its own",
        ),
        pytest.param(
            {Kind.FINDINGS: [make_finding("chills")]}, ["findings.yaml"], id="in a list"
        ),
        pytest.param(
            {Kind.GUIDELINES: [
                {
                    "slug": "ng59",
                    "name": "NG59",
                    "body": "NICE",
                    "jurisdiction": "UK",
                    "year": 2016,
                    "scope": "Low back pain.",
                    "status": "current",
                    "reference": SOURCES[0],
                }
            ]},
            ["guidelines.yaml"],
            id="the first in its list",
        ),
    ],
)  # fmt: skip
def test_one_item_more_changes_only_its_file(
    own: Mapping[Kind, list[Data]], changed: list[str]
) -> None:
    before = export_files(make_bundle(COMPLETE))
    after = export_files(make_bundle({**COMPLETE, **own}))

    assert before.keys() <= after.keys()
    assert [name for name in after if before.get(name) != after[name]] == changed


def test_one_entry_more_adds_only_its_lines_to_a_list() -> None:
    before = export_files(make_bundle())["findings.yaml"].splitlines()
    more = {Kind.FINDINGS: [make_finding("hiccups")]}
    after = export_files(make_bundle(more))["findings.yaml"].splitlines()

    start = after.index("- slug: hiccups")
    assert after[:start] + after[start + 4 :] == before
