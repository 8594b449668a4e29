"""What `--help` ends with: examples of each command, and the exit codes of all."""

from app.cli.exit_codes import ExitCode


def show_examples(*calls: str) -> str:
    """Return calls of a command as its help shows them."""
    return "\n".join(["Examples:", *(f"whatnext {one}" for one in calls)])


def show_exit_codes() -> str:
    """Return how commands end and what that means."""
    codes = (f"{code.value}  {code.meaning}" for code in ExitCode)
    return "\n".join(["Exit codes:", *codes])
