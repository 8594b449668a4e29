"""Reads the settings for a command."""

import typer
from pydantic import ValidationError

from app.cli.exit_codes import ExitCode
from app.settings import Settings


def read_settings() -> Settings:
    """Return the settings, or say which one is wrong and exit."""
    try:
        return Settings()
    except ValidationError as error:
        for one in error.errors(include_input=False):
            name = str(one["loc"][0]).upper()
            typer.echo(f"{name}: {one['msg']}", err=True)
        raise typer.Exit(ExitCode.MISUSED) from error
