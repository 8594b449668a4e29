"""The tools, in the order in which a conversation needs them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.mcp.tool import Tool
from app.mcp.tools import (
    comparison,
    next_steps,
    questions,
    quotes,
    search,
    treatment,
    warning_signs,
)

_MODULES = (
    warning_signs,
    questions,
    next_steps,
    comparison,
    treatment,
    search,
    quotes,
)

TOOLS: Mapping[str, Tool[Any, Any]] = MappingProxyType(
    {one.TOOL.name: one.TOOL for one in _MODULES}
)
