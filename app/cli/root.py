"""The `whatnext` command."""

import typer

from app.cli import (
    backup,
    content,
    diff,
    doctor,
    export,
    keys,
    log_copy,
    mcp,
    migrations,
    prepare,
    publishing,
    serve,
)
from app.cli.help_texts import show_examples, show_exit_codes

app = typer.Typer(name="whatnext", no_args_is_help=True, pretty_exceptions_enable=False)
app.command("serve", epilog=show_examples("serve", "serve --port 8080"))(serve.serve)
app.command("prepare", epilog=show_examples("prepare"))(prepare.prepare)
app.command(
    "check",
    epilog=show_examples("check", "check my-library", "check --notices"),
)(content.check)
app.command(
    "diff",
    epilog=show_examples(
        "diff",
        "diff my-library --against 3",
        "diff --json --exit-code",
        "diff --server https://whatnext.example.org",
    ),
)(diff.diff)
app.command(
    "publish",
    epilog=show_examples(
        "publish --dry-run",
        "publish my-library --note 'The walking group has moved.'",
        "publish --significance safety",
        "publish --server https://whatnext.example.org",
    ),
)(publishing.publish)
app.command(
    "restore",
    epilog=show_examples(
        "restore 3 --dry-run",
        "restore 3 --note 'Release 4 was a mistake.'",
        "restore 3 --server https://whatnext.example.org",
    ),
)(publishing.restore)
app.command("schema", epilog=show_examples("schema", "schema my-library"))(
    content.schema
)
app.command(
    "export",
    epilog=show_examples(
        "export my-library",
        "export my-library --release 3 --replace",
        "export my-library --server https://whatnext.example.org",
    ),
)(export.export)
app.command(
    "copy", epilog=show_examples("copy sqlite:///whatnext.db", "copy postgresql:///old")
)(log_copy.copy)
app.command("migrate", epilog=show_examples("migrate"))(migrations.migrate)
app.command("backup", epilog=show_examples("backup whatnext-2026-11-23.db"))(
    backup.backup
)
app.command(
    "doctor", epilog=show_examples("doctor", "doctor --json", "doctor --repair")
)(doctor.doctor)
app.command(
    "mcp", epilog=show_examples("mcp", "mcp --server https://whatnext.example.org")
)(mcp.mcp)
app.add_typer(
    keys.app,
    name="keys",
    help="Make, list and revoke API keys.",
    epilog=show_examples("keys list"),
)


@app.callback(epilog=show_exit_codes())
def whatnext() -> None:
    """Keep and serve the library of what to do when a treatment did not work."""
