"""The `whatnext` command."""

import typer

from app.cli import content, diff, export, keys, migrations, publishing, serve

app = typer.Typer(name="whatnext", no_args_is_help=True, pretty_exceptions_enable=False)
app.command("serve")(serve.serve)
app.command("check")(content.check)
app.command("diff")(diff.diff)
app.command("publish")(publishing.publish)
app.command("restore")(publishing.restore)
app.command("schema")(content.schema)
app.command("export")(export.export)
app.command("migrate")(migrations.migrate)
app.add_typer(keys.app, name="keys", help="Make, list and revoke API keys.")


@app.callback()
def whatnext() -> None:
    """Keep and serve the library of what to do when a treatment did not work."""
