"""The command that examines a database, and makes its tables anew from the log."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text
from sqlalchemy import Engine

from app.cli.configuration import read_settings
from app.cli.exit_codes import ExitCode
from app.cli.migrations import find_newest
from app.content.doctor import TABLES, examine
from app.content.doctor_report import CheckResult, Diagnosis
from app.content.doctor_tables import rebuild
from app.database import build_engine
from app.errors import StaleReleaseError

Repair = Annotated[
    bool, typer.Option("--repair", help="Make the tables anew where the log is sound.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]

SHOWN = 20
"""How many problems of a check are printed."""


def doctor(*, repair: Repair = False, as_json: AsJson = False) -> None:
    """Say whether all is well with the database; exit 1 if not.

    Changes nothing, unless --repair is to make the tables anew from the log.
    """
    engine = build_engine(read_settings().database_url)
    try:
        diagnosis = _examine(engine)
        if repair and not diagnosis.is_healthy:
            diagnosis = _repair(engine, diagnosis)
    finally:
        engine.dispose()
    _show(diagnosis, as_json=as_json)
    if not diagnosis.is_healthy:
        raise typer.Exit(ExitCode.PROBLEMS)


def _examine(engine: Engine) -> Diagnosis:
    return examine(engine, newest=find_newest())


def _repair(engine: Engine, diagnosis: Diagnosis) -> Diagnosis:
    if not diagnosis.has_problems(TABLES):
        typer.echo("Only tables can be repaired: nothing was changed.", err=True)
        return diagnosis
    try:
        count = rebuild(engine, at=datetime.now(UTC))
    except StaleReleaseError as error:
        typer.echo(f"{error} Nothing was changed.", err=True)
        raise typer.Exit(ExitCode.STALE) from error
    typer.echo(f"{count} rows were made anew from the log.", err=True)
    return _examine(engine)


def _show(diagnosis: Diagnosis, *, as_json: bool) -> None:
    if as_json:
        typer.echo(diagnosis.model_dump_json(indent=2))
        return
    console = Console(highlight=False, soft_wrap=True)
    for check in diagnosis.checks:
        _show_check(console, check)
    if diagnosis.not_made:
        console.print(Text(f"-- Not looked at: {', '.join(diagnosis.not_made)}."))
    console.print(_sum_up(diagnosis))


def _show_check(console: Console, check: CheckResult) -> None:
    if check.is_sound:
        line = Text("ok ", style="green")
        console.print(line.append(f"{check.name}: {check.meaning}", style="default"))
        return
    line = Text("!! ", style="bold red").append(check.name, style="bold")
    console.print(line.append(f": Problems: {len(check.problems)}."))
    for problem in check.problems[:SHOWN]:
        console.print(Text(f"   {problem}"))
    if len(check.problems) > SHOWN:
        console.print(Text(f"   … and {len(check.problems) - SHOWN} more: see --json."))
    console.print(Text(f"   {check.advice}", style="italic"))


def _sum_up(diagnosis: Diagnosis) -> str:
    problems = sum(len(one.problems) for one in diagnosis.checks)
    if problems:
        return f"Problems: {problems}."
    if diagnosis.release is None:
        return "Healthy: nothing has been published yet."
    return f"Healthy: release {diagnosis.release} stands."
