"""Items and advice as texts: short enough to say, with what must be said beside it."""

from collections.abc import Iterator
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.fields import Urgency
from app.render.framing import HOW_FAST
from app.render.rendering import DISCLAIMER
from tests.api.asking import LISTS, RECOMMENDATIONS, get_json
from tests.databases import Databases

FORMS = {
    "json": "application/json",
    "parts": "application/vnd.whatnext.text+json",
    "markdown": "text/markdown; charset=utf-8",
    "plain": "text/plain; charset=utf-8",
}
LENGTHS = ("short", "medium", "full")
TOLD = ("treatments", "failure-causes", "warning-signs", "topics")
NSAIDS = "/v1/treatments/nsaids"


def list_slugs(client: TestClient, kind: str) -> Iterator[str]:
    for offset in (0, 100):
        page = get_json(client, f"/v1/{kind}?limit=100&offset={offset}&fields=slug")
        yield from (item["slug"] for item in page["items"])


@pytest.mark.parametrize(
    ("accepted", "form"),
    [
        pytest.param("text/markdown", "markdown", id="markdown"),
        pytest.param("text/plain", "plain", id="plain"),
        pytest.param("TEXT/PLAIN;q=0.5, text/html", "plain", id="if need be"),
        pytest.param("text/*", "markdown", id="any text"),
        pytest.param("text/plain;q=0.2, text/markdown;q=0.9", "markdown", id="rather"),
        pytest.param("*/*", "json", id="anything"),
        pytest.param("application/xml", "json", id="none of ours"),
        pytest.param("text/plain, */*;q=0.1", "plain", id="plain before anything"),
        pytest.param("text/plain, application/json", "json", id="both alike"),
        pytest.param(";;,=,q", "json", id="noise"),
    ],
)
def test_a_client_gets_the_form_that_it_takes(
    seeded_client: TestClient, accepted: str, form: str
) -> None:
    answer = seeded_client.get(NSAIDS, headers={"accept": accepted})

    assert answer.headers["content-type"] == FORMS[form]
    assert answer.headers["vary"] == "Accept-Encoding, Accept"


def test_a_format_that_is_named_goes_before_what_is_accepted(
    seeded_client: TestClient,
) -> None:
    headers = {"accept": "text/markdown"}

    answer = seeded_client.get(f"{NSAIDS}?format=plain", headers=headers)

    assert answer.headers["content-type"] == FORMS["plain"]
    assert (
        answer.text == seeded_client.get(NSAIDS, headers={"accept": "text/plain"}).text
    )


def test_each_form_is_kept_by_itself_and_has_its_own_tag(
    seeded_client: TestClient,
) -> None:
    accepts = ("application/json", "text/markdown", "text/plain")
    tags = set()
    for _ in range(2):
        for accept in accepts:
            answer = seeded_client.get(NSAIDS, headers={"accept": accept})
            tags.add((accept, answer.headers["etag"]))
            headers = {"accept": accept, "if-none-match": answer.headers["etag"]}
            assert seeded_client.get(NSAIDS, headers=headers).status_code == 304

    assert len(tags) == len({tag for _, tag in tags}) == len(accepts)


@pytest.mark.parametrize("kind", TOLD)
def test_a_short_text_is_140_characters_and_a_medium_one_80_words(
    databases: Databases, seeded_client: TestClient, kind: str
) -> None:
    for slug in databases.share(list_slugs(seeded_client, kind)):
        short, medium, full = (
            get_json(seeded_client, f"/v1/{kind}/{slug}?length={length}")
            for length in LENGTHS
        )

        assert 0 < len(short["body"]) <= 140
        assert 0 < len(medium["body"].split()) <= 80
        assert short["safety"] == medium["safety"] == full["safety"] != []
        assert {text["disclaimer"] for text in (short, medium, full)} == {DISCLAIMER}


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("form", FORMS)
def test_every_sign_says_what_to_do_and_how_fast(
    databases: Databases, seeded_client: TestClient, form: str, length: str
) -> None:
    signs = databases.share(
        get_json(seeded_client, "/v1/warning-signs?limit=100")["items"]
    )
    assert signs
    for sign in signs:
        address = f"/v1/warning-signs/{sign['slug']}?format={form}&length={length}"
        said = " ".join(unescape(seeded_client.get(address).text).split())

        assert HOW_FAST[Urgency(sign["urgency"])] in said
        for what_to_do in sign["what_to_do"]:
            assert what_to_do.replace('"', '\\"') in said or what_to_do in said


def test_what_must_be_said_stays_whatever_fields_are_chosen(
    seeded_client: TestClient,
) -> None:
    text = get_json(seeded_client, f"{NSAIDS}?length=short&fields=title")

    assert text.keys() == {"title", "safety", "disclaimer"}


@pytest.mark.parametrize(
    ("query", "pointer", "detail"),
    [
        ("format=xml", "/query/format", "Valid: json, markdown, parts, plain."),
        ("length=tiny", "/query/length", "Valid: full, medium, short."),
        ("length=short&fields=name", "/query/fields", "Not a part of a text."),
        ("format=plain&fields=name", "/query/fields", "Only JSON has fields"),
        ("fields=shoe_size", "/query/fields", "Not a field."),
        ("size=short", "/query", "Unknown parameter."),
    ],
    ids=str,
)
def test_what_no_text_has_is_refused(
    seeded_client: TestClient, query: str, pointer: str, detail: str
) -> None:
    answer = seeded_client.get(f"{NSAIDS}?{query}")

    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["pointer"] == pointer
    assert detail in error["detail"]


@pytest.mark.parametrize("kind", [one for one in LISTS if one not in TOLD])
def test_other_kinds_have_documents_only(seeded_client: TestClient, kind: str) -> None:
    slug = next(list_slugs(seeded_client, kind))

    assert seeded_client.get(f"/v1/{kind}/{slug}?format=plain").status_code == 422
    answer = seeded_client.get(f"/v1/{kind}/{slug}", headers={"accept": "text/plain"})
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("form", FORMS)
def test_advice_comes_as_a_text_and_is_kept_by_nobody(
    seeded_client: TestClient, form: str, length: str
) -> None:
    profile = {"has": ["saddle-numbness"]}
    whole = seeded_client.post(RECOMMENDATIONS, json={"profile": profile}).json()

    query = {"format": form, "length": length}
    answer = seeded_client.post(
        RECOMMENDATIONS, params=query, json={"profile": profile}
    )

    said = "parts" if form == "json" else form
    assert answer.headers["content-type"] == FORMS[said]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["library-release"] == str(whole["release"])
    assert whole["urgency"]["headline"] in answer.text
    for what_to_do in whole["urgency"]["what_to_do"]:
        assert what_to_do in answer.text
