"""Reads YAML as plain JSON data and remembers the line of every value.

Only `true` and `false` are booleans, there are no timestamps, no anchors and no
duplicate keys: what an author reads is what is stored.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import JsonValue
from yaml._yaml import CParser
from yaml.composer import Composer
from yaml.resolver import Resolver

from app.errors import Fault, to_pointer

DEEPEST = 50


class _PlainLoader(Composer, CParser, Resolver):
    """The JSON view of YAML scalars; no anchors, no tags, no endless nesting."""

    _depth = 0

    def __init__(self, text: str) -> None:
        # libyaml reads the events, several times as fast as Python would.
        CParser.__init__(self, text)
        Composer.__init__(self)
        Resolver.__init__(self)

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event: Any = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self._refuse(event, "anchors and aliases are not allowed")
        is_key = isinstance(parent, yaml.MappingNode) and index is None
        if is_key and not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, "a key must be a word")
        if event.tag is not None:
            self._refuse(event, "tags are not allowed")
        self._depth += 1
        if self._depth > DEEPEST:
            self._refuse(event, f"nested deeper than {DEEPEST} levels")
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def _refuse(self, event: yaml.Event, what: str) -> None:
        mark: Any = event.start_mark
        raise yaml.MarkedYAMLError(problem=what, problem_mark=mark)


_PlainLoader.yaml_implicit_resolvers = {}

_SCALARS = {
    "bool": (r"^(?:true|false)$", "tf"),
    "null": (r"^(?:null|)$", ["n", ""]),
    "int": (r"^-?(?:0|[1-9][0-9]{0,17})$", "-0123456789"),
    "float": (r"^-?(?:0|[1-9][0-9]{0,17})\.[0-9]+$", "-0123456789"),
}
for _name, (_pattern, _first) in _SCALARS.items():
    _PlainLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_name}", re.compile(_pattern), list(_first)
    )


@dataclass(frozen=True)
class YamlDocument:
    """The data of a file, the line of each pointer, and what is wrong with it."""

    data: JsonValue
    lines: Mapping[str, int]
    faults: tuple[Fault, ...]

    def line_of(self, pointer: str) -> int:
        """Return the line of the pointer, or of its nearest parent that exists."""
        while pointer and pointer not in self.lines:
            pointer = pointer.rpartition("/")[0]
        return self.lines.get(pointer, 0)


def read_yaml(text: str) -> YamlDocument:
    """Parse one YAML document; mistakes come back as faults, never as exceptions."""
    builder = _Builder()
    try:
        node = _PlainLoader(text).get_single_node()
        data = builder.build(node, ()) if node is not None else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        detail = getattr(error, "problem", None) or str(error).partition("\n")[0]
        lines = {"": mark.line + 1 if mark else 0}
        return YamlDocument(None, lines, (Fault("", f"Not YAML: {detail}."),))
    return YamlDocument(data, builder.lines, tuple(builder.faults))


class _Builder:
    """Builds data out of nodes while it notes lines and faults."""

    def __init__(self) -> None:
        self.lines: dict[str, int] = {}
        self.faults: list[Fault] = []

    def build(self, node: yaml.Node, steps: tuple[int | str, ...]) -> JsonValue:
        pointer = to_pointer(steps)
        self.lines[pointer] = node.start_mark.line + 1
        match node:
            case yaml.MappingNode():
                return self._build_mapping(node, steps)
            case yaml.SequenceNode():
                return [
                    self.build(item, (*steps, index))
                    for index, item in enumerate(node.value)
                ]
            case _:
                return self._build_scalar(node)

    def _build_mapping(
        self, node: yaml.MappingNode, steps: tuple[int | str, ...]
    ) -> JsonValue:
        data: dict[str, JsonValue] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            pointer = to_pointer((*steps, key))
            if key in data:
                self.faults.append(Fault(pointer, "This key is given twice."))
            data[key] = self.build(value_node, (*steps, key))
            self.lines[pointer] = key_node.start_mark.line + 1
        return data

    def _build_scalar(self, node: yaml.Node) -> JsonValue:
        value: Any = node.value
        match node.tag.rpartition(":")[2]:
            case "bool":
                return bool(value == "true")
            case "null":
                return None
            case "int":
                return int(value)
            case "float":
                return float(value)
            case _:
                return str(value)
