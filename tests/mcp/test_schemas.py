"""Schemas say what can be sent and what comes, in few words."""

from enum import StrEnum

from pydantic import Field

from app.mcp.schemas import describe_input, describe_output
from app.mcp.shapes import Given, Out, Profile


class Colour(StrEnum):
    """Something that is said nowhere."""

    RED = "red"


class Inner(Out):
    """Something inside."""

    title: str
    default: int = 0


class Outer(Out):
    """Something outside."""

    name: str = Field(description="What it is called.")
    colour: Colour | None = None
    either: int | str | None = None
    inner: tuple[Inner, ...]
    named: dict[str, Inner] = Field(default_factory=dict)


class Asked(Given):
    """Something that is asked."""

    name: str = Field("x", description="What it is called.")


def test_an_output_is_named_by_its_properties_alone() -> None:
    assert describe_output(Outer) == {
        "$defs": {
            "Colour": {"enum": ["red"], "type": "string"},
            "Inner": {
                "properties": {
                    "title": {"type": "string"},
                    "default": {"type": "integer"},
                },
                "required": ["title"],
                "type": "object",
            },
        },
        "properties": {
            "name": {"description": "What it is called.", "type": "string"},
            "colour": {"$ref": "#/$defs/Colour"},
            "either": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
            "inner": {"items": {"$ref": "#/$defs/Inner"}, "type": "array"},
            "named": {
                "additionalProperties": {"$ref": "#/$defs/Inner"},
                "type": "object",
            },
        },
        "required": ["name", "inner"],
        "type": "object",
    }


def test_an_input_is_closed() -> None:
    assert describe_input(Asked) == {
        "additionalProperties": False,
        "properties": {"name": {"description": "What it is called.", "type": "string"}},
        "type": "object",
    }


def test_a_profile_is_described_though_the_api_reads_it() -> None:
    class Told(Given):
        profile: Profile = Field(default_factory=dict)

    schema = describe_input(Told)

    assert schema["properties"]["profile"] == {"$ref": "#/$defs/PatientProfile"}
    assert "has_not" in schema["$defs"]["PatientProfile"]["properties"]
    assert "pain" in Told(profile={"pain": {}}).profile
