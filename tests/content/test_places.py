"""A mistake in an entry is shown where the entry was written."""

from pathlib import Path

from app.content.files import read_directory
from app.content.places import EntryFault
from app.fields import Kind
from tests.directories import write_directory, write_file
from tests.factories import make_sign

FINDINGS = """\
- slug: fever
  kind: symptom
  label: Fever
  question: Do you have a fever?
- slug: chills
  kind: symptom
  label: Chills
  question: Do you have chills?
"""


def test_places_name_the_file_and_line_of_an_entry_of_a_list(tmp_path: Path) -> None:
    write_directory(tmp_path)
    write_file(tmp_path, "findings.yaml", FINDINGS)
    _, places = read_directory(tmp_path)

    [problem] = places.problems(
        [EntryFault(Kind.FINDINGS, "chills", "/label", "Too short.")]
    )

    assert str(problem) == "findings.yaml:7: /1/label: Too short."


def test_places_name_the_file_and_line_of_an_entry_of_its_own(tmp_path: Path) -> None:
    write_directory(tmp_path, {Kind.WARNING_SIGNS: [make_sign("heat")]})
    _, places = read_directory(tmp_path)

    [problem] = places.problems(
        [EntryFault(Kind.WARNING_SIGNS, "heat", "/urgency", "Too slow.")]
    )

    assert str(problem) == "warning_signs/heat.yaml:4: /urgency: Too slow."
