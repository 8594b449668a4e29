"""What somebody is about to say is held against the library, and kept nowhere."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.api.quote_schemas import TEXT_MAX
from tests.api.asking import Json, get_json, read_fault, read_problem
from tests.api.printing import Printed

VERIFY = "/v1/quotes/verify"
ULCERS = "NSAIDs can cause ulcers and bleeding in the gut."
CANARY = "canary"


def ask(client: TestClient, text: object) -> Response:
    return client.post(VERIFY, json={"text": text})


def ask_raw(client: TestClient, raw: bytes) -> Response:
    headers = {"content-type": "application/json"}
    return client.post(VERIFY, content=raw, headers=headers)


def check(client: TestClient, text: str) -> Json:
    response = ask(client, text)
    assert response.status_code == 200, response.text
    found: Json = response.json()
    return found


def check_one(client: TestClient, text: str) -> Json:
    [said] = check(client, text)["sentences"]
    found: Json = said
    return found


def test_a_sentence_of_ours_is_verbatim_and_says_where_it_stands(
    seeded_client: TestClient,
) -> None:
    found = check(seeded_client, ULCERS)

    release = get_json(seeded_client, "/v1/meta")["release"]
    assert (found["release"], found["is_safe_to_quote"]) == (release, True)
    [said] = found["sentences"]
    assert (said["text"], said["fidelity"]) == (ULCERS, "verbatim")
    assert (said["kinds"], said["changes"]) == ([], [])
    assert said["places"] == len(said["passages"]) == 1
    [passage] = said["passages"]
    assert (passage["kind"], passage["slug"]) == ("treatments", "nsaids")
    assert passage["pointer"] == "/sections/serious-harms/text"
    assert passage["text"] == ULCERS
    assert passage["sources"]
    item = get_json(seeded_client, passage["links"]["item"])
    assert ULCERS in item["sections"]["serious-harms"]["text"]


@pytest.mark.parametrize(
    ("text", "kinds", "change"),
    [
        pytest.param(
            "NSAIDs cannot cause ulcers and bleeding in the gut.",
            ["negation", "certainty"],
            {"was": "can", "now": "cannot", "kinds": ["negation", "certainty"]},
            id="denial",
        ),
        pytest.param(
            "NSAIDs can cause ulcers and bleeding in the skin.",
            ["wording"],
            {"was": "gut", "now": "skin", "kinds": ["wording"]},
            id="another word",
        ),
        pytest.param(
            "Paracetamol can cause ulcers and bleeding in the gut.",
            ["drug"],
            {"was": "NSAIDs", "now": "Paracetamol", "kinds": ["drug"]},
            id="another medicine",
        ),
    ],
)
def test_an_altered_sentence_says_what_was_changed(
    seeded_client: TestClient, text: str, kinds: list[str], change: Json
) -> None:
    said = check_one(seeded_client, text)

    assert (said["fidelity"], said["kinds"]) == ("altered", kinds)
    assert said["changes"] == [change]
    assert said["passages"][0]["text"] == ULCERS


def test_what_is_not_in_the_library_is_unsupported(seeded_client: TestClient) -> None:
    found = check(seeded_client, f"{ULCERS} My cat swears by purring.")

    assert not found["is_safe_to_quote"]
    ours, own = found["sentences"]
    assert ours["fidelity"] == "verbatim"
    assert own["fidelity"] == "unsupported"
    assert (own["kinds"], own["changes"], own["passages"]) == ([], [], [])
    assert own["places"] == 0


@pytest.mark.parametrize("length", ["short", "medium"])
@pytest.mark.parametrize(
    "item",
    [
        "treatments/nsaids",
        "failure-causes/wrong-level",
        "warning-signs/cauda-equina",
        "topics/facet-joint-injection",
    ],
)
def test_our_own_texts_are_safe_to_quote(
    seeded_client: TestClient, item: str, length: str
) -> None:
    address = f"/v1/{item}?length={length}"

    for form in ("plain", "markdown"):
        text = seeded_client.get(f"{address}&format={form}").text
        assert check(seeded_client, text)["is_safe_to_quote"]
    told = get_json(seeded_client, address)
    for said in (told["body"], *told["safety"], told["disclaimer"]):
        assert check(seeded_client, said)["is_safe_to_quote"]


@pytest.mark.parametrize(
    ("text", "item"),
    [
        pytest.param("Not a diagnosis.", "/v1/meta", id="the library"),
        pytest.param(
            "Time to benefit: Weeks to months.",
            "/v1/treatments/wait-and-see",
            id="a treatment",
        ),
        pytest.param(
            "This can be a sign of: Pulsing lump in the belly.",
            "/v1/warning-signs/pulsing-belly-lump",
            id="a warning sign",
        ),
    ],
)
def test_what_is_said_around_our_sentences_stands_in_an_item_as_a_whole(
    seeded_client: TestClient, text: str, item: str
) -> None:
    said = check_one(seeded_client, text)

    [passage] = said["passages"]
    assert (passage["pointer"], passage["text"]) == ("", text)
    assert passage["links"] == {"item": item}
    get_json(seeded_client, item)


def test_an_answer_is_kept_by_nobody(seeded_client: TestClient) -> None:
    response = ask(seeded_client, ULCERS)

    assert response.headers["cache-control"] == "no-store"
    assert response.headers["content-type"] == "application/json"
    assert "etag" not in response.headers


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        pytest.param("", "/text", id="empty"),
        pytest.param("a" * (TEXT_MAX + 1), "/text", id="too long"),
        pytest.param(None, "/text", id="null"),
        pytest.param(5, "/text", id="a number"),
        pytest.param([ULCERS], "/text", id="a list"),
        pytest.param("Walk\0 a little.", "/text", id="U+0000"),
    ],
)
def test_what_is_no_text_is_refused(
    seeded_client: TestClient, text: object, pointer: str
) -> None:
    assert read_fault(ask(seeded_client, text))[0] == pointer


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        pytest.param(b"{}", "/text", id="no text"),
        pytest.param(b'{"text": "Walk.", "texts": []}', "", id="another key"),
        pytest.param(b'{"text": "Walk.", "text": "Run."}', "", id="a key twice"),
        pytest.param(b'"Walk."', "", id="text alone"),
        pytest.param(b'{"text": "Walk', "", id="cut off"),
    ],
)
def test_a_body_of_another_shape_is_refused(
    seeded_client: TestClient, raw: bytes, pointer: str
) -> None:
    assert read_fault(ask_raw(seeded_client, raw))[0] == pointer


def test_the_longest_text_is_checked(seeded_client: TestClient) -> None:
    text = f"{ULCERS} " * 100

    found = check(seeded_client, text[:TEXT_MAX].ljust(TEXT_MAX))

    assert [one["fidelity"] for one in found["sentences"][:80]] == ["verbatim"] * 80


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Walk a little \U0001f6b6\u200d\u2640\ufe0f.", id="emoji"),
        pytest.param("\u202eWalk a little.\u202c", id="turned round"),
        pytest.param(
            "\u0627\u0645\u0634\u0650 \u0642\u0644\u064a\u0644\u0627.", id="rtl"
        ),
        pytest.param("W\u0336a\u0336l\u0336k\u0336", id="struck through"),
        pytest.param("\ufdd0\uffff\U0010ffff.", id="no characters"),
        pytest.param("\x85\u2028\u2029\x1c\x0b", id="ends of lines"),
        pytest.param(" \t\n ", id="white space"),
        pytest.param("[" * TEXT_MAX, id="brackets"),
        pytest.param("\u0130\u1e9e\ufb03", id="letters that grow when folded"),
    ],
)
def test_strange_text_is_never_safe_to_quote(
    seeded_client: TestClient, text: str
) -> None:
    assert not check(seeded_client, text)["is_safe_to_quote"]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b'{"text": "Walk \\ud800."}', id="half a character"),
        pytest.param(b'{"text": "Walk \\udc00\\ud800."}', id="halves turned round"),
        pytest.param(b'{"text": "Walk \xff."}', id="no UTF-8"),
        pytest.param(b'{"text": "\xed\xa0\x80"}', id="half a character in UTF-8"),
        pytest.param(b'\xef\xbb\xbf{"text": "Walk."}', id="byte order mark"),
        pytest.param(b"[" * 50_000, id="brackets"),
    ],
)
def test_what_cannot_be_read_is_no_fault_of_ours(
    seeded_client: TestClient, raw: bytes
) -> None:
    response = ask_raw(seeded_client, raw)

    assert response.status_code in (200, 400, 422)
    assert b"Traceback" not in response.content


def test_nothing_is_read_by_address(seeded_client: TestClient) -> None:
    response = seeded_client.get(VERIFY, params={"text": ULCERS})

    read_problem(response, 405)
    assert "POST" in response.headers["allow"].split(", ")


def test_only_json_is_read(seeded_client: TestClient) -> None:
    headers = {"content-type": "text/plain"}

    response = seeded_client.post(VERIFY, content=ULCERS, headers=headers)

    read_problem(response, 415)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"text": f"My {CANARY} hurts."}, id="a text"),
        pytest.param({"text": f"My {CANARY} hurts." * 4_000}, id="too long a text"),
        pytest.param({"text": [CANARY]}, id="a list"),
        pytest.param({"text": "Walk.", CANARY: CANARY}, id="another key"),
        pytest.param(CANARY, id="text alone"),
    ],
)
def test_a_text_is_in_no_log_and_in_no_problem(
    small_client: TestClient, printed: Printed, body: Any
) -> None:
    response = ask_raw(small_client, json.dumps(body).encode())

    told = "" if response.status_code == 200 else response.text
    assert CANARY not in f"{told}{response.headers}{printed.read()}".lower()


def test_without_a_release_nothing_can_be_checked(client: TestClient) -> None:
    read_problem(ask(client, ULCERS), 503)
