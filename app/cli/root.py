"""The `whatnext` command."""

import typer

from app.cli import content

app = typer.Typer(
    name="whatnext",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command("check")(content.check)


@app.callback()
def whatnext() -> None:
    """What next, when a treatment did not work?"""
