"""What schemathesis calls before and after each request: see `SCHEMATHESIS_HOOKS`."""

import os
import re
from typing import Any

import schemathesis
from schemathesis import Case, HookContext, Response
from schemathesis.openapi.checks import AllowHeaderMismatch

from tests.fuzz.fitting import AS_IT_IS, fit_body, fit_entry, fit_path, fit_query
from tests.fuzz.library import ServedLibrary, draw

LIBRARY = ServedLibrary(os.environ["FUZZ_ADDRESS"])
ITEM = "/v1/{kind}/{slug}"
TAG = "If-Match"


@schemathesis.hook
def before_call(
    _context: HookContext, case: Case[Any], _kwargs: dict[str, Any]
) -> None:
    """Fit what should be accepted to what there is."""
    tag = str(case.headers.get(TAG, ""))
    if re.fullmatch(r'"release-\d+"', tag) and draw(tag, AS_IT_IS):
        # Of what was made against another release nothing else is looked at.
        case.headers[TAG] = f'"release-{LIBRARY.number}"'
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    label = case.operation.label
    case.path_parameters = fit_path(case.path, case.path_parameters, LIBRARY)
    case.query = fit_query(case.query, LIBRARY)
    case.body = fit_body(label, case.body, LIBRARY)
    if label == f"PUT {ITEM}":
        kind, slug = (str(case.path_parameters[name]) for name in ("kind", "slug"))
        case.body = fit_entry(kind, slug, case.body, LIBRARY)


@schemathesis.hook
def after_call(_context: HookContext, _case: Case[Any], response: Response) -> None:
    """Take note of the release that stands."""
    for release in response.headers.get("library-release", []):
        LIBRARY.hear(release)


@schemathesis.hook
def filter_failure(
    _context: HookContext, failure: object, case: Case[Any], _response: Response
) -> bool:
    """Keep a failure, unless the check does not know that an address has two templates.

    PUT and DELETE of items stand once in the document, for all kinds; the address of a
    treatment has them too, and says so.
    """
    is_item = case.path.count("/") == ITEM.count("/") and case.path.endswith("/{slug}")
    return not (
        isinstance(failure, AllowHeaderMismatch)
        and is_item
        and not failure.missing_methods
        and failure.undocumented_methods == ["DELETE", "PUT"]
    )
