"""Writes plain JSON data as YAML: the same data always gives the same text.

A text of several lines, or too long for one, becomes a block. Words with single spaces
between them are filled to the width, so that `>-` gives them back; other texts keep
their lines in `|-`, and what cannot be seen is escaped in quotes.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import yaml
from pydantic import JsonValue

WIDTH = 100
"""The longest line; a word that is longer stands out."""

_ENDLESS = 1_000_000
_PROSE = re.compile(r"[^ \n]+(?: [^ \n]+)*(?:\n+[^ \n]+(?: [^ \n]+)*)*")
# To YAML 1.1 these end a line, too.
_ODD_BREAKS = re.compile(r"[\x85\u2028\u2029]")


def write_yaml(data: JsonValue) -> str:
    """Return a document that `read_yaml` reads as exactly this data."""
    text: str = yaml.dump(
        data, Dumper=_PlainDumper, sort_keys=False, allow_unicode=True, width=_ENDLESS
    )
    return text


class _PlainDumper(yaml.SafeDumper):
    """Block style throughout, lists indented under their key, and no anchors."""

    def ignore_aliases(self, _data: object) -> bool:
        return True

    def represent_number(self, number: float) -> yaml.ScalarNode:
        # Never with an exponent: the reader takes that for text.
        digits = format(Decimal(repr(number)), "f")
        text = digits if "." in digits else f"{digits}.0"
        return self.represent_scalar("tag:yaml.org,2002:float", text)

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - so it is called
        super().increase_indent(flow, indentless=False)

    def choose_scalar_style(self) -> str:
        style = super().choose_scalar_style()
        event: Any = self.event
        if event.implicit[1] and self._needs_block(event.value):
            return ">" if _PROSE.fullmatch(event.value) else "|"
        return '"' if style == "'" else style

    def _needs_block(self, text: str) -> bool:
        analysis: Any = self.analysis
        if self.simple_key_context or not analysis.allow_block:
            return False
        if text != text.strip() or _ODD_BREAKS.search(text):
            return False
        return "\n" in text or self.column + 1 + len(text) > WIDTH

    def write_folded(self, text: str) -> None:
        width = WIDTH - (self.indent or 0)
        self._write_block(">-", _fill(text, width))

    def write_literal(self, text: str) -> None:
        self._write_block("|-", text.split("\n"))

    def _write_block(self, indicator: str, lines: Iterable[str]) -> None:
        self.write_indicator(indicator, need_whitespace=True)
        for line in lines:
            self.write_line_break()
            if line:
                self.write_indent()
                self.stream.write(line)
                self.column += len(line)


_PlainDumper.add_representer(float, _PlainDumper.represent_number)


def _fill(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a folded block, in which a line break is a blank line."""
    first, *others = text.split("\n")
    yield from _wrap(first, width)
    for paragraph in others:
        yield ""
        if paragraph:
            yield from _wrap(paragraph, width)


def _wrap(paragraph: str, width: int) -> Iterator[str]:
    line, *words = paragraph.split(" ")
    for word in words:
        if len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line += f" {word}"
    yield line
