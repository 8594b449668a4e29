"""What can be read whole: articles as Markdown, and the sources that they name."""

from collections.abc import Mapping
from types import MappingProxyType

import mcp_types as types

from app.fields import Kind
from app.mcp.items import list_names, read_item
from app.mcp.rest import RefusedError, Rest

_SCHEME = "whatnext://"
_MARKDOWN, _JSON = "text/markdown", "application/json"
_MEDIA_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.TOPICS: _MARKDOWN,
        Kind.TREATMENTS: _MARKDOWN,
        Kind.FAILURE_CAUSES: _MARKDOWN,
        Kind.WARNING_SIGNS: _MARKDOWN,
        Kind.REFERENCES: _JSON,
    }
)
_TEMPLATES = {kind: f"{_SCHEME}{kind.value}/{{slug}}" for kind in _MEDIA_TYPES}


async def list_resources(rest: Rest) -> types.ListResourcesResult:
    """List the topics; what they name is read by template."""
    names = await list_names(rest, Kind.TOPICS)
    return types.ListResourcesResult(
        resources=[
            types.Resource(
                uri=f"{_SCHEME}{Kind.TOPICS.value}/{slug}",
                name=slug,
                title=name,
                mime_type=_MARKDOWN,
            )
            for slug, name in names.items()
        ]
    )


def list_templates() -> types.ListResourceTemplatesResult:
    return types.ListResourceTemplatesResult(
        resource_templates=[
            types.ResourceTemplate(
                uri_template=_TEMPLATES[kind],
                name=kind.singular,
                mime_type=media_type,
            )
            for kind, media_type in _MEDIA_TYPES.items()
        ]
    )


async def read_resource(rest: Rest, uri: str) -> types.ReadResourceResult:
    """Return an item in full. Raises `RefusedError`."""
    kind, slug = _parse(uri)
    media_type = _MEDIA_TYPES[kind]
    query = {"format": "markdown"} if media_type == _MARKDOWN else {}
    content = await read_item(rest, kind, slug, **query)
    text = types.TextResourceContents(
        uri=uri, mime_type=media_type, text=content.decode()
    )
    return types.ReadResourceResult(contents=[text])


def _parse(uri: str) -> tuple[Kind, str]:
    """Return the kind and the slug that an address names. Raises `RefusedError`."""
    name, _, slug = uri.removeprefix(_SCHEME).partition("/")
    for kind in _MEDIA_TYPES:
        if uri.startswith(_SCHEME) and name == kind.value:
            return kind, slug
    raise RefusedError(f"No such resource. There are {', '.join(_TEMPLATES.values())}.")
