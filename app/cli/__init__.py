"""The command line: one module per group of commands."""

from app.cli.root import app

__all__ = ["app"]
