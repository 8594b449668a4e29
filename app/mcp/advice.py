"""Asks for the recommendation that several tools rest on."""

from pydantic import Field, TypeAdapter

from app.engine.recommendation import Recommendation
from app.mcp.rest import Rest
from app.mcp.shapes import Given

_RECOMMENDATION = TypeAdapter(Recommendation)


class Situation(Given):
    """For which topic and where; the profile is said by each tool."""

    topic: str | None = Field(None, description="The library's default without it.")
    region: str | None = Field(None, description="Whose emergency numbers, as in uk.")


async def ask_advice(rest: Rest, asked: Given) -> Recommendation:
    """Return the whole recommendation. Raises `RefusedError`."""
    about = {"profile", "topic", "region"}
    body = asked.model_dump(mode="json", include=about, exclude_none=True)
    return await rest.post(_RECOMMENDATION, "/v1/recommendations", body)
