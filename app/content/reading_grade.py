"""How hard a text is to read: the US school grade of Flesch and Kincaid (1975)."""

import re
from collections.abc import Iterable

import textstat  # type: ignore[import-untyped]  # it ships no types

WORDS_MIN = 30
"""Shorter texts have no grade: one long word would decide it."""

_MARKUP = re.compile(r"[*_`#]")
_BRACKETS = re.compile(r"[()]")


class ReadingGrades:
    """Grades texts in which every name counts as "it": no writer could shorten it.

    What a name has in brackets, such as its abbreviation, is a name too.
    """

    def __init__(self, names: Iterable[str]) -> None:
        parts = {
            part.strip().lower()
            for name in names
            for part in (name, *_BRACKETS.split(name))
        }
        # The longest first, so that no name leaves a part of a longer one behind.
        ordered = sorted(parts - {""}, key=lambda part: (-len(part), part))
        # Without any name it must match nothing, not the empty text.
        names = "|".join(map(re.escape, ordered)) or "(?!)"
        self._names = re.compile(rf"(?<!\w)(?:{names})(?!\w)")

    def grade(self, text: str) -> float | None:
        """Return the grade, 6 being a reading age of about 11; none for short texts."""
        if len(text.split()) < WORDS_MIN:
            return None
        plain = self._names.sub("it", _MARKUP.sub("", text).lower())
        return float(textstat.flesch_kincaid_grade(plain))
