"""Reads items by slug; of a slug that is none the nearest ones are named."""

import re

from pydantic import BaseModel, TypeAdapter

from app.fields import SLUG_PATTERN, Kind
from app.library.nearest import name_choices
from app.mcp.rest import MissingError, RefusedError, Rest
from app.queries.paging import LIMIT_MAX


class _Named(BaseModel):
    slug: str
    name: str = ""


class _Page(BaseModel):
    items: list[_Named]
    total: int


_PAGE = TypeAdapter(_Page)


async def read_item(rest: Rest, kind: Kind, slug: str, **query: str) -> bytes:
    """Return an item as the API writes it. Raises `RefusedError`."""
    try:
        # Anything else would be another address.
        if re.fullmatch(SLUG_PATTERN, slug):
            return await rest.read(f"/v1/{kind.value}/{slug}", **query)
    except MissingError:
        pass
    choices = name_choices(slug, await list_names(rest, kind, "slug"))
    raise RefusedError(f"Not a {kind.singular.replace('-', ' ')}. {choices}")


async def list_names(rest: Rest, kind: Kind, field: str = "name") -> dict[str, str]:
    """Return what every item of a kind is called, by slug. Raises `RefusedError`."""
    names: dict[str, str] = {}
    while True:
        page = await rest.get(
            _PAGE,
            f"/v1/{kind.value}",
            fields=field,
            limit=LIMIT_MAX,
            offset=len(names),
        )
        names |= {one.slug: one.name for one in page.items}
        if not page.items or len(names) >= page.total:
            return names
