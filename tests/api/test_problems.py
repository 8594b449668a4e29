"""Every error is an RFC 9457 problem that names the place and the valid choices."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.asking import LISTS, RECOMMENDATIONS, read_fault, read_problem

MEGABYTE = 1024 * 1024


def post(client: TestClient, raw: bytes | Iterator[bytes], kind: str = "json") -> Any:
    headers = {"content-type": f"application/{kind}"} if kind else {}
    return client.post(RECOMMENDATIONS, content=raw, headers=headers)


@pytest.mark.parametrize(
    "address",
    ["/nope", "/v1", "/v1/treatment", "/v1/topics/a/b", "/v1/treatments/a/b",
     "/v1/treatments/", "/v1/treatments/walking/", "/v1/meta/", "/healthz/"],
)  # fmt: skip
def test_an_address_that_is_not_there_is_not_found(
    small_client: TestClient, address: str
) -> None:
    response = small_client.get(address)

    problem = read_problem(response, 404)
    assert (problem["title"], problem["errors"]) == ("Not Found", [])


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("slug", ["%00", "Bad_Slug", "walking%0a", "%ff", "a" * 2_000])
def test_what_cannot_be_a_slug_is_not_found(
    small_client: TestClient, kind: str, slug: str
) -> None:
    response = small_client.get(f"/v1/{kind}/{slug}")

    assert read_problem(response, 404)["title"] == "Not Found"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b" " * 5 * MEGABYTE, id="of a declared length"),
        pytest.param(b'{"profile": {"has": ["' + b"x" * 5 * MEGABYTE + b'"]}}',
                     id="of JSON"),
        pytest.param([b" " * MEGABYTE] * 5, id="in chunks"),
    ],
)  # fmt: skip
def test_a_body_of_five_megabytes_is_too_large(
    small_client: TestClient, body: bytes | list[bytes]
) -> None:
    response = post(small_client, body if isinstance(body, bytes) else iter(body))

    problem = read_problem(response, 413)
    assert problem["title"] == "Content Too Large"
    assert "65536 bytes" in problem["detail"]


@pytest.mark.parametrize("size", [64 * 1024, 64 * 1024 + 1])
def test_a_body_may_have_64_kibibytes(small_client: TestClient, size: int) -> None:
    response = post(small_client, b"{}".ljust(size))

    assert response.status_code == (200 if size == 64 * 1024 else 413)


@pytest.mark.parametrize(
    ("declared", "status"),
    [("9" * 5_000, 413), ("many", 200), ("-1", 200), ("2", 200)],
    ids=["longer than a number can be", "a word", "less than nothing", "right"],
)
def test_a_declared_length_is_only_trusted_to_refuse(
    small_client: TestClient, declared: str, status: int
) -> None:
    headers = {"content-type": "application/json", "content-length": declared}

    response = small_client.post(RECOMMENDATIONS, content=b"{}", headers=headers)

    assert response.status_code == status


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        pytest.param(b'{"profile": ', 422, id="cut off"),
        pytest.param(b"{'profile': {}}", 422, id="single quotes"),
        pytest.param(b'{"profile": {"has": ["\xff\xfe"]}}', 400, id="not UTF-8"),
        pytest.param(b'{"profile":' + b"[" * 30_000 + b"]" * 30_000 + b"}", 400,
                     id="nested too deep"),
        pytest.param(b'{"profile": {"age": ' + b"9" * 9_000 + b"}}", 400,
                     id="a number of 9,000 digits"),
    ],
)  # fmt: skip
def test_what_is_not_json_is_refused(
    small_client: TestClient, raw: bytes, status: int
) -> None:
    response = post(small_client, raw)

    assert read_problem(response, status)["detail"]


@pytest.mark.parametrize("kind", ["x-www-form-urlencoded", "xml", ""])
def test_another_content_type_is_refused_and_the_right_one_named(
    small_client: TestClient, kind: str
) -> None:
    response = post(small_client, b'{"profile": {}}', kind)

    problem = read_problem(response, 415)
    assert "application/json" in problem["detail"]


def test_no_body_at_all_is_refused(small_client: TestClient) -> None:
    response = post(small_client, b"")

    assert read_fault(response) == ("", "It is missing.")


@pytest.mark.parametrize("body", [[], "text", 5, True])
def test_a_body_that_is_no_object_is_refused(
    small_client: TestClient, body: object
) -> None:
    response = small_client.post(RECOMMENDATIONS, json=body)

    assert read_fault(response)[0] == ""


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        pytest.param({"zzz": 1}, "", id="beside the profile"),
        pytest.param({"profile": {"zzz": 1}}, "/profile", id="in the profile"),
        pytest.param({"profile": {"pain": {"zzz": 1}}}, "/profile/pain", id="in pain"),
        pytest.param(
            {"profile": {"last_treatment": {"zzz": 1}}},
            "/profile/last_treatment",
            id="in the last treatment",
        ),
        pytest.param(
            {"profile": {"has": ["fever", {"finding": "fever", "zzz": 1}]}},
            "/profile/has/1",
            id="in a finding",
        ),
    ],
)
def test_an_unknown_key_is_refused_with_the_valid_ones(
    small_client: TestClient, body: Any, pointer: str
) -> None:
    response = small_client.post(RECOMMENDATIONS, json=body)

    found, detail = read_fault(response)
    assert found == pointer
    assert detail.startswith("Unknown key. Valid: ")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
@pytest.mark.parametrize(
    ("profile", "pointer"),
    [
        ('{"age": %s}', "/profile/age"),
        ('{"last_treatment": {"days_ago": %s}}', "/profile/last_treatment/days_ago"),
        ('{"measures": {"block-relief-percent": %s}}', "/profile/measures"),
        ('{"has": [{"finding": "fever", "since_days": %s}]}',
         "/profile/has/0/since_days"),
    ],
)  # fmt: skip
def test_a_number_that_is_not_finite_is_refused(
    small_client: TestClient, profile: str, pointer: str, number: str
) -> None:
    raw = '{"profile": %s}' % (profile % number)

    response = post(small_client, raw.encode())

    assert read_fault(response)[0] == pointer


@pytest.mark.parametrize(
    ("profile", "pointer", "detail"),
    [
        pytest.param({"age": 300}, "/age", "less than or equal to 120", id="age 300"),
        pytest.param({"age": -1}, "/age", "greater than or equal to 0", id="age -1"),
        pytest.param({"age": "58"}, "/age", "valid integer", id="age as text"),
        pytest.param({"age": True}, "/age", "valid integer", id="age as a yes"),
        pytest.param({"age": None}, "/age", "Leave it out", id="null"),
        pytest.param({"pain": {"trend": None}}, "/pain/trend", "Leave it out",
                     id="null in a part"),
        pytest.param({"sex": "man"}, "/sex", "Nearest: female, male", id="sex"),
        pytest.param({"pain": {"severity": 11}}, "/pain/severity", "equal to 10",
                     id="severity 11"),
        pytest.param({"pain": "bad"}, "/pain", "Needs a mapping", id="text for a part"),
        pytest.param({"has": "fever"}, "/has", "Needs a list", id="text for a list"),
        pytest.param({"has": None}, "/has", "Needs a list", id="null for a list"),
        pytest.param({"has": [None]}, "/has/0", "Needs the slug", id="null listed"),
        pytest.param({"has": [5]}, "/has/0", "Needs the slug", id="a number listed"),
        pytest.param({"has_not": [{"finding": "fever"}]}, "/has_not/0", "Needs text",
                     id="an object for a name"),
        pytest.param({"has": ["fever"] * 201}, "/has", "at most 200",
                     id="201 findings"),
        pytest.param({"has_not": ["fever"] * 7_000}, "/has_not", "at most 200",
                     id="7,000 findings"),
        pytest.param({"has": ["x" * 101]}, "/has/0/finding", "at most 100",
                     id="a long name"),
        pytest.param({"tried": {f"t{n}": "helped" for n in range(101)}}, "/tried",
                     "at most 100", id="101 treatments"),
        pytest.param({"has": ["fever", "fevr"]}, "/has/1", "Nearest: fever",
                     id="a finding misspelt"),
        pytest.param({"not_sure": ["pain.moths"]}, "/not_sure/0", "pain.months",
                     id="a field misspelt"),
        pytest.param({"tried": {"walkin": "helped"}}, "/tried", "Nearest: walking",
                     id="a treatment misspelt"),
        pytest.param({"tried": {"walking": "yes"}}, "/tried", "helped, no-help",
                     id="no outcome"),
        pytest.param({"measures": {"block": 5}}, "/measures", "block-relief-percent",
                     id="no measure"),
        pytest.param({"measures": {"block-relief-percent": 101}},
                     "/measures/block-relief-percent", "from 0 to 100 (percent)",
                     id="a measure out of range"),
        pytest.param({"measures": {"block-relief-percent": "80"}}, "/measures",
                     "valid number", id="a measure as text"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_refused_with_its_place_and_what_would_do(
    small_client: TestClient, profile: Any, pointer: str, detail: str
) -> None:
    response = small_client.post(RECOMMENDATIONS, json={"profile": profile})

    found, said = read_fault(response)
    assert found == f"/profile{pointer}"
    assert detail in said


def test_ten_thousand_findings_are_refused(small_client: TestClient) -> None:
    body = {"profile": {"has": ["a"] * 10_000}}

    response = small_client.post(RECOMMENDATIONS, json=body)

    assert read_fault(response)[0] == "/profile/has"


def test_all_mistakes_come_back_at_once(small_client: TestClient) -> None:
    body = {"region": "uq", "profile": {"has": ["fevr"], "tried": {"walkin": "helped"}}}

    response = small_client.post(RECOMMENDATIONS, json=body)

    errors = read_problem(response, 422)["errors"]
    places = {error["pointer"] for error in errors}
    assert places == {"/profile/has/0", "/profile/tried", "/region"}


def test_no_more_than_fifty_mistakes_are_shown(small_client: TestClient) -> None:
    body = {"profile": {"has": ["nothing"] * 200}}

    response = small_client.post(RECOMMENDATIONS, json=body)

    problem = read_problem(response, 422)
    assert len(problem["errors"]) == 50
    assert problem["detail"] == "The request has 200 mistakes."


@pytest.mark.parametrize("name", ["has", "has_not", "not_sure"])
def test_what_is_told_twice_is_told_once(small_client: TestClient, name: str) -> None:
    once = small_client.post(RECOMMENDATIONS, json={"profile": {name: ["fever"]}})

    twice = small_client.post(RECOMMENDATIONS, json={"profile": {name: ["fever"] * 2}})

    assert twice.status_code == 200
    assert twice.content == once.content


def test_a_refused_preflight_is_a_problem(client: TestClient) -> None:
    asked = {"origin": "https://x.example", "access-control-request-method": "PATCH"}

    response = client.options("/v1/topics", headers=asked)

    assert "GET, HEAD, POST, PUT, DELETE" in read_problem(response, 400)["detail"]
