"""`whatnext check`: what it refuses, what it only notices, and as of which day."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from sqlalchemy import inspect
from typer.testing import Result

from app.fields import Kind
from tests.content.judging import HARD, MIDDLING, PLAIN
from tests.directories import write_directory
from tests.factories import Data, complete, make_bundle, make_treatment
from tests.shell import Place, run

SIGN_OFF = "Notice: clinical-sign-off not met: 2."
IN_TIME = "2026-11-22"
ENTRIES = sum(1 for _ in make_bundle(complete({})))
PASSED = f"{ENTRIES} entries, 1 cases, no problems."
TREATMENTS = ("facet-joint-injection", "walking")
SIGNED = [make_treatment(one, reviewed_by="Dr A") for one in TREATMENTS]


def check(
    directory: Path,
    own: Mapping[Kind, Iterable[Data]],
    *options: str,
    as_of: str = IN_TIME,
) -> Result:
    """Check the small library, which passes the gate, with these entries."""
    write_directory(directory, complete(own))
    return run("check", str(directory), "--as-of", as_of, *options)


def test_check_counts_the_notices_of_each_criterion(tmp_path: Path) -> None:
    result = check(tmp_path, {})

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [SIGN_OFF, PASSED]


def test_check_says_no_more_when_there_is_nothing_to_notice(tmp_path: Path) -> None:
    result = check(tmp_path, {Kind.TREATMENTS: SIGNED}, "--notices")

    assert result.stdout.splitlines() == [PASSED]


def test_check_lists_every_notice_when_asked(tmp_path: Path) -> None:
    result = check(tmp_path, {}, "--notices")

    assert result.exit_code == 0
    detail = "No clinician has signed it off."
    notices = [
        f"clinical-sign-off: treatments/{one}/reviewed_by: {detail}"
        for one in TREATMENTS
    ]
    assert result.stdout.splitlines() == [*notices, SIGN_OFF, PASSED]


@pytest.mark.parametrize(
    ("as_of", "overdue"),
    [
        pytest.param("2027-11-22", [], id="the day it is due"),
        pytest.param(
            "2027-11-23", ["Notice: review-in-time not met: 2."],
            id="the day after",
        ),
    ],
)  # fmt: skip
def test_check_notices_what_is_overdue_as_of_a_day(
    tmp_path: Path, as_of: str, overdue: list[str]
) -> None:
    result = check(tmp_path, {}, as_of=as_of)

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [*overdue, SIGN_OFF, PASSED]


def test_check_lists_when_an_overdue_review_was_due(tmp_path: Path) -> None:
    result = check(tmp_path, {}, "--notices", as_of="2028-01-01")

    line = (
        "review-in-time: treatments/walking/review_due_on: "
        "The review is due on 2027-11-22."
    )
    assert line in result.stdout.splitlines()


def test_check_is_as_of_today_unless_a_day_is_said(tmp_path: Path) -> None:
    overdue = make_treatment(last_reviewed_on="2020-01-01", review_due_on="2020-01-02")
    write_directory(tmp_path, complete({Kind.TREATMENTS: [overdue]}))

    result = run("check", str(tmp_path), "--notices")

    assert "review-in-time: treatments/walking/" in result.stdout


def test_check_tells_the_reading_grade_where_texts_have_one(tmp_path: Path) -> None:
    plain, middling = (
        {**treatment, "summary": text}
        for treatment, text in zip(SIGNED, (PLAIN, MIDDLING), strict=True)
    )

    result = check(tmp_path, {Kind.TREATMENTS: [plain, middling]})

    assert result.stdout.splitlines() == [
        "Notice: reading-grade-aim not met: 1.",
        "Reading grade: 3.0 on average.",
        PASSED,
    ]


def test_check_refuses_what_does_not_pass_the_gate(tmp_path: Path) -> None:
    result = check(tmp_path, {Kind.TREATMENTS: [make_treatment(summary=HARD)]})

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "treatments/walking.yaml:4: /summary: It reads at US grade 35.92.",
        "Problems: 1.",
    ]


def test_publish_refuses_it_too(bare_place: Place) -> None:
    bare_place.write({Kind.TREATMENTS: [make_treatment(summary=HARD)]})

    result = run("publish")

    assert result.exit_code == 1
    assert "It reads at US grade" in result.stderr
    assert inspect(bare_place.engine).get_table_names() == []


@pytest.mark.parametrize("day", ["soon", "2026-02-30", "22-11-2026", "0", ""])
def test_check_refuses_what_is_no_day(tmp_path: Path, day: str) -> None:
    result = check(tmp_path, {}, as_of=day)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "--as-of" in result.stderr
