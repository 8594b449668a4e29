"""The command line: one module per group of commands."""


def main() -> None:
    """Run a command: only then is imported what commands need.

    Python imports the script again in each process that `serve` starts to answer.
    """
    from app.cli.root import app  # noqa: PLC0415

    app()
