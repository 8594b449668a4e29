"""Which part of a list is asked for: every list has pages."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

LIMIT_MAX = 100
OFFSET_MAX = 100_000


class PageFilters(BaseModel):
    """Which part of a list."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=LIMIT_MAX, description="Items a page.")] = 20
    offset: Annotated[
        int, Field(ge=0, le=OFFSET_MAX, description="Items left out before.")
    ] = 0
