"""CORS for what needs no key: open to every origin; a refusal is a problem too."""

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from app.api.problems import problem_response

METHODS = ("GET", "HEAD", "POST")
EXPOSED_HEADERS = ("ETag", "Last-Modified", "Library-Release", "Link")


class OpenCors(CORSMiddleware):
    """Starlette's middleware, but for its plain-text refusals."""

    def preflight_response(self, request_headers: Headers) -> Response:
        response = super().preflight_response(request_headers)
        if response.status_code != HTTPStatus.BAD_REQUEST:
            return response
        detail = f"Only {', '.join(METHODS)} are open to other origins."
        return problem_response(response.status_code, detail)
