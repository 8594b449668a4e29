"""A content directory is checked whole: every mistake that can be seen comes back."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from app.content.check import check_directory
from app.errors import ContentError
from app.fields import Kind
from tests.directories import write_directory, write_file
from tests.factories import (
    COMPLETE,
    Data,
    make_bundle,
    make_case,
    make_option,
    make_rule,
    make_sign,
    make_topic,
    make_treatment,
)

ANY_FEVER = {"any": [{"has": "fever"}, {"has": "foot-drop"}]}
CIRCULAR = make_treatment("circular", part_of="circular")
MISSPELT = make_treatment("lost", related=["walkin"])
RISKY = make_sign("risky", rules=[make_rule(when=ANY_FEVER, unless={"age": 3})])
WRONG_CASE = make_case(expect={"level": "emergency", "could_be": "emergency"})
BROKEN = "slug: yoga\nname: Yoga\n"


def problems_of(
    directory: Path, own: Mapping[Kind, list[Data]], *, broken: str | None = None
) -> list[tuple[str, str]]:
    """Return the files and pointers of all problems; `broken` is read as yoga."""
    write_directory(directory, own)
    if broken is not None:
        write_file(directory, "treatments/yoga.yaml", broken)
    with pytest.raises(ContentError) as caught:
        check_directory(directory)
    return [(one.file, one.pointer) for one in caught.value.problems]


def test_mistakes_of_all_kinds_come_back_at_once(tmp_path: Path) -> None:
    own = {
        Kind.TREATMENTS: [MISSPELT, CIRCULAR],
        Kind.WARNING_SIGNS: [RISKY],
    }
    yoga = make_treatment("yoga", invasiveness=9)
    write_directory(tmp_path, {Kind.TREATMENTS: [yoga]})

    found = problems_of(tmp_path, own)

    assert sorted(found) == [
        ("treatments/circular.yaml", "/part_of"),
        ("treatments/lost.yaml", "/related/0"),
        ("treatments/yoga.yaml", "/invasiveness"),
        ("warning_signs/risky.yaml", "/rules/0/when"),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(BROKEN, id="half an entry"),
        pytest.param("slug: [\n", id="not YAML"),
        pytest.param("slug: yoga\nslug: yoga\n", id="a key given twice"),
    ],
)
def test_to_name_what_cannot_be_read_is_no_mistake(tmp_path: Path, broken: str) -> None:
    own = {
        Kind.TREATMENTS: [make_treatment("hatha", part_of="yoga")],
        Kind.TOPICS: [make_topic(options=[make_option("yoga")])],
    }

    found = problems_of(tmp_path, own, broken=broken)

    assert {file for file, _ in found} == {"treatments/yoga.yaml"}


def test_to_name_a_listed_entry_that_cannot_be_read_is_no_mistake(
    tmp_path: Path,
) -> None:
    sign = make_sign(rules=[make_rule(when={"has": "chills"})])
    chills = {"slug": "chills", "kind": "symptom", "label": "Chills"}
    own = {Kind.FINDINGS: [chills], Kind.WARNING_SIGNS: [sign]}

    [(file, pointer)] = problems_of(tmp_path, own)

    assert (file, pointer.endswith("/question")) == ("findings.yaml", True)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            make_case(profile={"has": ["fevr"]}), id="names what is not there"
        ),
        pytest.param(WRONG_CASE, id="expects other advice"),
    ],
)
@pytest.mark.parametrize("broken", [BROKEN, None])
def test_a_wrong_case_is_found_only_once_all_can_be_read(
    tmp_path: Path, case: Data, broken: str | None
) -> None:
    found = problems_of(tmp_path, {Kind.CASES: [case]}, broken=broken)

    files = {file for file, _ in found}
    assert files == {"treatments/yoga.yaml" if broken else "cases/case.yaml"}


@pytest.mark.parametrize(
    ("own", "file"),
    [
        pytest.param({Kind.TREATMENTS: [MISSPELT]}, "treatments/lost.yaml",
                     id="an unknown slug"),
        pytest.param({Kind.TREATMENTS: [CIRCULAR]}, "treatments/circular.yaml",
                     id="a cycle"),
        pytest.param({Kind.WARNING_SIGNS: [RISKY]}, "warning_signs/risky.yaml",
                     id="a risky rule"),
    ],
)  # fmt: skip
def test_cases_are_run_only_on_a_library_without_mistakes(
    tmp_path: Path, own: Mapping[Kind, list[Data]], file: str
) -> None:
    found = problems_of(tmp_path, {**own, Kind.CASES: [WRONG_CASE]})

    assert {one for one, _ in found} == {file}


def test_a_directory_without_mistakes_is_the_library(tmp_path: Path) -> None:
    checked = check_directory(write_directory(tmp_path, COMPLETE))

    assert checked.bundle == make_bundle(COMPLETE)
