"""The page that shows the API to people: all that it needs comes from this server."""

from functools import lru_cache
from importlib.resources import files

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from app.api.content_codings import choose_coding, encode
from app.errors import NotFoundError

_ASSETS = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "favicon.png": "image/png",
}
_START = """window.ui = SwaggerUIBundle({
  url: "openapi.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null,
});
"""
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>whatnext</title>
<link rel="icon" href="docs/favicon.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""
# Its pictures are data in its style sheet.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
_HEADERS = {"Cache-Control": "public, max-age=3600"}

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def get_docs() -> HTMLResponse:
    """Get the page."""
    headers = {**_HEADERS, "Content-Security-Policy": _POLICY}
    return HTMLResponse(_PAGE, headers=headers)


@router.get("/docs/start.js")
def get_docs_start() -> Response:
    """Get what begins to show the document."""
    return Response(_START, media_type="text/javascript", headers=_HEADERS)


@router.get("/docs/{name}")
def get_docs_asset(request: Request, name: str) -> Response:
    """Get a script, a style sheet or a picture of Swagger UI."""
    if name not in _ASSETS:
        raise NotFoundError("file", name)
    coding = choose_coding(request.headers.get("accept-encoding", "").encode())
    headers = {**_HEADERS, "Vary": "Accept-Encoding"}
    if coding:
        headers["Content-Encoding"] = coding
    return Response(
        _read_asset(name, coding), media_type=_ASSETS[name], headers=headers
    )


# Making a megabyte smaller takes longer than anything that is asked here.
@lru_cache
def _read_asset(name: str, coding: str) -> bytes:
    content = files("fastapi_offline").joinpath("static", name).read_bytes()
    return encode(content, coding)
