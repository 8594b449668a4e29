"""How commands end: one code for each thing that a script does next."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command ends with, and what it means."""

    meaning: str

    def __new__(cls, code: int, meaning: str) -> "ExitCode":
        found = int.__new__(cls, code)
        found._value_ = code
        found.meaning = meaning
        return found

    DONE = 0, "done"
    PROBLEMS = 1, "problems, all of them named; nothing was published"
    MISUSED = 2, "a wrong option, argument or setting"
    STALE = 3, "somebody else published meanwhile: look at it, and try again"
    UNREACHABLE = 4, "the server or the database does not answer as it should"
