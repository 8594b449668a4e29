"""The profile as JSON Schema 2020-12, with the words of a vocabulary put in."""

from typing import Any

from app.library.profile import PatientProfile
from app.library.vocabulary import QUALIFIERS, Vocabulary

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def profile_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the schema that accepts exactly the profiles of this vocabulary.

    Only what is checked across fields, such as contradictions, is beyond a schema.
    """
    schema = _without_defaults(PatientProfile.model_json_schema())
    properties = schema["properties"]
    finding = {"type": "string", "enum": sorted(vocabulary.findings)}
    schema["$defs"]["Finding"] = finding
    by_name = {"$ref": "#/$defs/Finding"}
    schema["$defs"]["Reported"]["properties"]["finding"] = by_name
    properties["has"]["items"] = {"anyOf": [by_name, {"$ref": "#/$defs/Reported"}]}
    properties["has_not"]["items"] = by_name
    qualified = [f"{slug}.{one}" for slug in vocabulary.findings for one in QUALIFIERS]
    names = sorted({*vocabulary.unsure_names, *qualified})
    properties["not_sure"]["items"] = {"type": "string", "enum": names}
    treatments = {"type": "string", "enum": sorted(vocabulary.ancestors)}
    properties["tried"]["propertyNames"] = treatments
    properties["measures"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            slug: {
                "type": "number",
                "minimum": measure.minimum,
                "maximum": measure.maximum,
                "title": measure.label,
            }
            for slug, measure in sorted(vocabulary.measures.items())
        },
    }
    return {"$schema": DIALECT, **schema}


def _without_defaults(schema: Any) -> Any:
    """Leave out the defaults: what is not told is left out, never null."""
    if isinstance(schema, dict):
        kept = {key: value for key, value in schema.items() if key != "default"}
        return {key: _without_defaults(value) for key, value in kept.items()}
    if isinstance(schema, list):
        return [_without_defaults(one) for one in schema]
    return schema
