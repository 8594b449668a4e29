"""Quotes: whether what a bot is about to say is what the library says."""

from fastapi import APIRouter, Depends, Response

from app.api.dependencies import GuidesDep, SessionDep
from app.api.documented import document_once
from app.api.json_bodies import require_plain_json
from app.api.problems import document_problems
from app.api.quote_schemas import QuoteCheck, QuoteRequest, describe_check
from app.api.reads import respond_once
from app.quotes.verification import verify

router = APIRouter(prefix="/v1/quotes", tags=["quotes"])


@router.post(
    "/verify",
    dependencies=[Depends(require_plain_json)],
    responses=document_once(QuoteCheck) | document_problems(400, 413, 415, 422, 503),
)
def verify_quotes(
    session: SessionDep, guides: GuidesDep, asked: QuoteRequest
) -> Response:
    """Check a text sentence by sentence: verbatim, altered and how, or unsupported.

    Case, spaces, typographic signs and light markup may differ; no word may.

    Verbatim are the sentences of items, of their short and medium texts, and what a
    recommendation says of one warning sign, asks in one question or cautions of one
    option. What it makes up of a profile, such as a list of options, of causes or of
    several signs, is not; nor is a full text, which numbers its sources. A name counts
    with the sentence that it stands in front of in our own texts, and not alone.

    That a sentence is verbatim says nothing of whether it fits a person.
    """
    release, book = guides.quotes(session)
    check = describe_check(verify(book, asked.text), release=release)
    return respond_once(check.model_dump_json(), release=release)
