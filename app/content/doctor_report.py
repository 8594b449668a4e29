"""What the doctor says of a database, check by check, as `--json` prints it."""

from pydantic import BaseModel, ConfigDict


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True)


class Problem(_Wire):
    """One thing that is wrong: where, what is expected and what is there."""

    place: str
    detail: str

    def __str__(self) -> str:
        return f"{self.place}: {self.detail}"


class CheckResult(_Wire):
    """A check that was made; `meaning` is what holds where it has no problems."""

    name: str
    meaning: str
    problems: tuple[Problem, ...]
    advice: str

    @property
    def is_sound(self) -> bool:
        return not self.problems


class Diagnosis(_Wire):
    """Every check in order; those were not made that rest on one with problems."""

    release: int | None
    is_healthy: bool
    checks: tuple[CheckResult, ...]
    not_made: tuple[str, ...]

    def has_problems(self, name: str) -> bool:
        """Say whether a check was made and found something."""
        return any(one.name == name and not one.is_sound for one in self.checks)
