"""A tool: how it is listed, and how a call of it is answered."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import mcp_types as types
from pydantic import ValidationError

from app.library.faults import read_faults
from app.mcp.rest import RefusedError, Rest, describe_fault
from app.mcp.schemas import describe_input, describe_output
from app.mcp.shapes import Given, Out

GivenT = TypeVar("GivenT", bound=Given)
OutT = TypeVar("OutT", bound=Out)

_READS = types.ToolAnnotations(
    read_only_hint=True,
    destructive_hint=False,
    idempotent_hint=True,
    open_world_hint=False,
)


@dataclass(frozen=True, slots=True)
class Tool(Generic[GivenT, OutT]):
    """What a tool is for, what it takes and gives, and what answers it."""

    description: str
    takes: type[GivenT]
    gives: type[OutT]
    run: Callable[[Rest, GivenT], Awaitable[OutT]]

    @property
    def name(self) -> str:
        return self.run.__name__

    def list(self) -> types.Tool:
        return types.Tool(
            name=self.name,
            description=self.description,
            input_schema=describe_input(self.takes),
            output_schema=describe_output(self.gives),
            annotations=_READS,
        )

    async def call(
        self, rest: Rest, arguments: Mapping[str, Any]
    ) -> types.CallToolResult:
        """Return the answer, as data and as text. Raises `RefusedError`."""
        out = await self.run(rest, self._read(arguments))
        return types.CallToolResult(
            content=[types.TextContent(text=out.as_text())],
            structured_content=out.as_data(),
        )

    def _read(self, arguments: Mapping[str, Any]) -> GivenT:
        try:
            return self.takes.model_validate(arguments)
        except ValidationError as error:
            # Some of what is sent may be a profile.
            faults = read_faults(error.errors(), self.takes, hide_sent=True)
            lines = [describe_fault(one.pointer, one.detail) for one in faults]
            raise RefusedError("\n".join(lines)) from error
