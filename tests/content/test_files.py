"""A content directory is read whole, or every mistake in it is named."""

from pathlib import Path

import pytest

from app.content.files import read_directory
from app.errors import ContentError, ContentProblem
from app.fields import Kind
from tests.directories import write_directory, write_file
from tests.factories import (
    make_bundle,
    make_case,
    make_cause,
    make_rule,
    make_topic,
    make_treatment,
)

REFERENCE = """\
- slug: cohen-2020
  title: Consensus practice guidelines
  publisher: Reg Anesth Pain Med
  year: 2020
  seen: read
"""
FEVER = """\
- slug: fever
  kind: symptom
  label: Fever
  question: Do you have a fever?
"""
CAUSE = """\
slug: infection
name: Infection
summary: Germs may have come in.
text: Germs may have come in with the needle.
clues_for:
  - slug: hot
    when: {has: fever}
    because: A fever can mean an infection.
    sources: [cohen-2020]
how_to_check: [Have your blood tested.]
sources: [cohen-2020]
"""


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """The small library as files."""
    return write_directory(tmp_path / "content")


def problems_of(directory: Path) -> list[ContentProblem]:
    with pytest.raises(ContentError) as caught:
        read_directory(directory)
    return list(caught.value.problems)


def test_read_directory_returns_what_the_files_say(tmp_path: Path) -> None:
    own = {
        Kind.TREATMENTS: [make_treatment(avoid_when=[make_rule()])],
        Kind.FAILURE_CAUSES: [make_cause()],
        Kind.CASES: [make_case(profile={"age": 58, "has": ["fever"]})],
        Kind.TOPICS: [make_topic(failure_causes=["cause"])],
    }

    bundle, _ = read_directory(write_directory(tmp_path, own))

    assert bundle == make_bundle(own)


def test_read_directory_leaves_out_hidden_files(directory: Path) -> None:
    write_file(directory, ".schemas/findings.schema.json", "{}")
    write_file(directory, "treatments/.walking.yaml.swp", "x")

    bundle, _ = read_directory(directory)

    assert bundle == make_bundle()


@pytest.mark.parametrize(
    ("file", "text", "line", "pointer", "detail"),
    [
        pytest.param(
            "references.yaml",
            REFERENCE + "  autors: Cohen\n",
            6,
            "/0/autors",
            "Unknown key. Nearest: authors.",
            id="an unknown key",
        ),
        pytest.param(
            "references.yaml",
            REFERENCE.replace("year: 2020", 'year: "2020"'),
            4,
            "/0/year",
            "Input should be a valid integer.",
            id="a number that is text",
        ),
        pytest.param(
            "references.yaml",
            REFERENCE.replace("read", "reed"),
            5,
            "/0/seen",
            "Not a valid word. Nearest: read, recalled.",
            id="a word that is not in its list",
        ),
        pytest.param(
            "references.yaml",
            REFERENCE.replace("cohen-2020", "Cohen 2020"),
            1,
            "/0/slug",
            "Needs a slug such as facet-joint-injection.",
            id="a slug that is none",
        ),
        pytest.param(
            "references.yaml",
            REFERENCE + REFERENCE,
            6,
            "/1/slug",
            "This reference stands in references.yaml already.",
            id="a slug given twice",
        ),
        pytest.param(
            "references.yaml",
            "slug: cohen-2020\n",
            0,
            "",
            "Needs a list of entries.",
            id="a list file without a list",
        ),
        pytest.param(
            "references.yaml",
            "- slug: [\n",
            2,
            "",
            "Not YAML: did not find expected node content.",
            id="a file that is not YAML",
        ),
        pytest.param(
            "failure_causes/infection.yaml",
            "slug: infection\nname: &n Infection\naliases: *n\n",
            2,
            "",
            "Not YAML: anchors and aliases are not allowed.",
            id="a file with an anchor",
        ),
        pytest.param(
            "findings.yaml",
            FEVER + "  label: Heat\n",
            5,
            "/0/label",
            "This key is given twice.",
            id="a key given twice",
        ),
        pytest.param(
            "findings.yaml",
            FEVER + "  possible_when:\n    sex: [femal]\n",
            6,
            "/0/possible_when/sex",
            "Not a valid word. Nearest: female, male.",
            id="a condition with a wrong word",
        ),
        pytest.param(
            "findings.yaml",
            FEVER + "  possible_when:\n    all:\n      - agee: 3\n",
            7,
            "/0/possible_when/all/0/agee",
            "Unknown operator. Nearest: age.",
            id="a condition with an unknown operator",
        ),
        pytest.param(
            "failure_causes/infection.yaml",
            CAUSE.replace("    because: A fever can mean an infection.\n", ""),
            6,
            "/clues_for/0/because",
            "It is missing.",
            id="a rule without a reason",
        ),
        pytest.param(
            "failure_causes/infection.yaml",
            CAUSE.replace("    sources: [cohen-2020]\n", ""),
            6,
            "/clues_for/0/sources",
            "It is missing.",
            id="a rule without a source",
        ),
        pytest.param(
            "failure_causes/infection.yaml",
            CAUSE.replace("\nsources: [cohen-2020]\n", "\nsources: []\n"),
            11,
            "/sources",
            "Needs at least 1.",
            id="a claim without a source",
        ),
        pytest.param(
            "failure_causes/heat.yaml",
            CAUSE,
            1,
            "/slug",
            "Must be the name of the file: heat.",
            id="a slug that is not the name of the file",
        ),
        pytest.param(
            "failure_causes/notes.txt",
            "x",
            0,
            "",
            "Not a .yaml file.",
            id="a folder with another file",
        ),
        pytest.param(
            "topic",
            "x",
            0,
            "",
            "Unexpected. Nearest: topics.",
            id="a file with a wrong name",
        ),
    ],
)
def test_read_directory_names_the_place_of(
    directory: Path, file: str, text: str, line: int, pointer: str, detail: str
) -> None:
    write_file(directory, file, text)

    [problem] = problems_of(directory)

    assert problem == ContentProblem(file, line, pointer, detail)


def test_read_directory_refuses_a_folder_that_it_does_not_know(
    directory: Path,
) -> None:
    write_file(directory, "failure_cause/infection.yaml", CAUSE)

    [problem] = problems_of(directory)

    assert problem == ContentProblem(
        "failure_cause", 0, "", "Unexpected. Nearest: failure_causes, cases."
    )


def test_read_directory_refuses_text_that_is_not_utf8(directory: Path) -> None:
    (directory / "findings.yaml").write_bytes(FEVER.encode("utf-16"))

    [problem] = problems_of(directory)

    assert problem == ContentProblem(
        "findings.yaml", 0, "", "Not a readable file of UTF-8 text."
    )


def test_read_directory_refuses_a_folder_in_place_of_a_file(directory: Path) -> None:
    (directory / "screens.yaml").unlink()
    (directory / "screens.yaml").mkdir()

    [problem] = problems_of(directory)

    assert problem.file == "screens.yaml"


def test_read_directory_refuses_a_directory_without_a_library(directory: Path) -> None:
    (directory / "library.yaml").unlink()

    [problem] = problems_of(directory)

    assert str(problem) == "library.yaml: /: The library has no readable library.yaml."


def test_read_directory_refuses_a_directory_that_is_not_there(tmp_path: Path) -> None:
    [problem] = problems_of(tmp_path / "nowhere")

    assert str(problem) == "nowhere: /: There is no such directory."


def test_read_directory_names_every_mistake_at_once_in_order_of_place(
    directory: Path,
) -> None:
    broken = CAUSE.replace("name: Infection\n", "").replace("hot", "HOT")
    write_file(directory, "failure_causes/infection.yaml", broken)
    write_file(directory, "references.yaml", REFERENCE.replace("read", "reed"))
    write_file(directory, "README", "x")

    places = [(one.file, one.line, one.pointer) for one in problems_of(directory)]

    assert places == [
        ("README", 0, ""),
        ("failure_causes/infection.yaml", 1, "/name"),
        ("failure_causes/infection.yaml", 5, "/clues_for/0/slug"),
        ("references.yaml", 5, "/0/seen"),
    ]
