"""How hard a text is to read: the US school grade of Flesch and Kincaid (1975)."""

from collections.abc import Iterable

import textstat  # type: ignore[import-untyped]  # it ships no types

from app.content.names import Names, fold

WORDS_MIN = 30
"""Shorter texts have no grade: one long word would decide it."""


class ReadingGrades:
    """Grades texts in which every name counts as "it": no writer could shorten it."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = Names(names)

    def grade(self, text: str) -> float | None:
        """Return the grade, 6 being a reading age of about 11; none for short texts."""
        if len(text.split()) < WORDS_MIN:
            return None
        plain = self._names.replace(fold(text), "it")
        return float(textstat.flesch_kincaid_grade(plain))
