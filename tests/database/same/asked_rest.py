"""What else is asked: items as texts, their history, comparisons, quotes, mistakes."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product

from app.fields import Kind, Outcome
from app.library.bundle import Bundle
from app.library.profile import normalise
from tests.api.asking import RECOMMENDATIONS
from tests.database.same.both import Asked, get, post
from tests.mcp.messages import ACCEPTS, Json, make_call, make_message

TOLD = (Kind.TREATMENTS, Kind.FAILURE_CAUSES, Kind.WARNING_SIGNS, Kind.TOPICS)
FORMS = ("json", "parts", "markdown", "plain")
LENGTHS = ("short", "medium", "full")
TOPICS = ("facet-joint-injection", "epidural-steroid-injection")


def ask_cases(bundle: Bundle, replayed: Sequence[int]) -> Iterator[Asked]:
    """Yield the profile of each case: as it is, with all, as a text, and as of then."""
    for number, case in enumerate(bundle.cases.values()):
        body: Json = {"topic": case.topic, "profile": normalise(case.profile)}
        if case.region:
            body["region"] = case.region
        form = {"format": FORMS[number % 4], "length": LENGTHS[number % 3]}
        for more in (
            {},
            {"include": "evidence,positions"},
            {"release": replayed[number % len(replayed)]},
            form,
            {"explain": "true"},
        ):
            yield post(RECOMMENDATIONS, body, **more)


def ask_items(bundle: Bundle) -> Iterator[Asked]:
    """Yield every item, and those that are told in every form and length."""
    for kind, entry in bundle:
        if kind is Kind.LIBRARY:
            continue
        path = f"/v1/{kind.value}/{entry.slug}"
        yield get(path)
        if kind in TOLD:
            for form, length in product(FORMS, LENGTHS):
                yield get(path, format=form, length=length)
            yield get(path, fields="name,slug")


def ask_history(bundle: Bundle, releases: int) -> Iterator[Asked]:
    """Yield releases, what changed in and since them, and what items were."""
    yield get("/v1/releases", limit=2, offset=1)
    for significance in ("safety", "clinical", "editorial"):
        yield get("/v1/releases", significance=significance)
    for number in range(1, releases + 1):
        path = f"/v1/releases/{number}"
        yield get(path)
        yield get("/v1/bundle", release=number)
        for limit, offset in ((100, 0), (100, 100), (3, 20), (20, 1000)):
            yield get(f"{path}/changes", limit=limit, offset=offset)
            yield get("/v1/changes", since=number - 1, limit=limit, offset=offset)
        for kind in Kind:
            yield get(f"{path}/changes", kind=kind, limit=100)
            yield get("/v1/changes", since=number - 1, kind=kind)
    for kind, entry in bundle:
        yield get(f"/v1/{kind.value}/{entry.slug}/revisions")


def ask_quality() -> Iterator[Asked]:
    """Yield what was found of the library, by all that it can be narrowed by."""
    for as_of in ("2026-11-24", "2027-06-30", "2029-01-01"):
        for offset in range(0, 7_000, 100):
            yield get("/v1/quality", as_of=as_of, limit=100, offset=offset)
        for kind, outcome in product(Kind, Outcome):
            yield get("/v1/quality", as_of=as_of, kind=kind, outcome=outcome)
    yield get("/v1/quality")
    yield get("/v1/quality", criterion="reading-grade-aim", limit=100)
    yield get("/v1/quality", slug="walking", limit=100)


def ask_comparisons(bundle: Bundle) -> Iterator[Asked]:
    """Yield treatments side by side, for anybody and for one person."""
    for topic in TOPICS:
        options = [one.treatment for one in bundle.topics[topic].options]
        for number, pair in enumerate(pairwise(options)):
            form, length = FORMS[number % 4], LENGTHS[1 + number % 2]
            chosen = list(dict.fromkeys([*pair, "wait-and-see"]))
            shape = {"format": form, "length": length} if number % 3 else {}
            yield get("/v1/compare", treatments=",".join(chosen), topic=topic, **shape)
            body: Json = {"topic": topic, "treatments": chosen}
            yield post("/v1/compare", body, **shape)


def ask_quotes(bundle: Bundle) -> Iterator[Asked]:
    """Yield what items say, and the same with a word changed."""
    for entry in bundle.treatments.values():
        said = " ".join(
            one.text for one in list(entry.sections.values())[:3] if one.text
        )
        for text in (said, said.replace(" can ", " never "), f"{entry.name}. 😀"):
            yield post("/v1/quotes/verify", {"text": text[:4000] or "Nothing."})


def ask_service() -> Iterator[Asked]:
    """Yield what says what this is."""
    for path in ("/healthz", "/readyz", "/v1/meta", "/llms.txt", "/openapi.json"):
        yield get(path)
    for topic in TOPICS:
        yield get(f"/v1/topics/{topic}/questionnaire")
    for accepted in ("text/markdown", "text/plain;q=0.9, */*;q=0.1"):
        yield Asked("/v1/treatments/walking", headers={"accept": accepted})
    for coding in ("gzip", "br"):
        yield Asked("/v1/treatments?limit=100", headers={"accept-encoding": coding})
    yield Asked("/v1/treatments?limit=1", "HEAD")
    since = "Sun, 22 Nov 2037 09:30:00 GMT"
    yield Asked("/v1/treatments", headers={"if-modified-since": since})


def ask_mcp(bundle: Bundle) -> Iterator[Asked]:
    """Yield calls of every tool, and resources."""
    for message in _list_messages(bundle):
        headers = {**ACCEPTS}
        sent = post("/mcp", message)
        yield Asked(sent.path, sent.method, sent.body, {**sent.headers, **headers})


def _list_messages(bundle: Bundle) -> Iterator[Json]:
    yield make_message("tools/list")
    yield make_message("resources/list")
    yield make_message("resources/read", uri="whatnext://topics/facet-joint-injection")
    yield make_message("resources/read", uri="whatnext://treatments/odd-1")
    yield make_message("resources/read", uri="whatnext://treatments/no-such")
    for case in list(bundle.cases.values())[::30]:
        told: Json = {"topic": case.topic, "profile": normalise(case.profile)}
        yield make_call("recommend_next_steps", **told)
        yield make_call("check_warning_signs", **told, words="no fever, fièvre")
        yield make_call("list_questions", **told)
    yield make_call("compare_treatments", treatments=["nsaids", "wait-and-see"])
    yield make_call("get_treatment", slug="walking")
    yield make_call("get_treatment", slug="no-such")
    yield make_call("search_library", q="WALKİNG 😀")
    yield make_call("verify_quote", text=bundle.treatments["walking"].summary)


def ask_mistakes() -> Iterator[Asked]:
    """Yield what is not there, not allowed, too much, or no request at all."""
    for slug in (
        "no-such",
        "Walking",
        "walking%00",
        "%F0%9F%98%80",
        "wal%27king",
        "a" * 90,
    ):
        for kind in (Kind.TREATMENTS, Kind.REFERENCES):
            yield Asked(f"/v1/{kind.value}/{slug}")
            yield Asked(f"/v1/{kind.value}/{slug}/revisions")
    for number in ("0", "-1", "99", "x", "9" * 30):
        yield Asked(f"/v1/releases/{number}")
        yield Asked(f"/v1/releases/{number}/changes")
        yield Asked(f"/v1/changes?since={number}")
        yield Asked(f"/v1/bundle?release={number}")
        yield post(RECOMMENDATIONS, {}, release=number)
    for query in (
        "limit=0", "limit=101", "limit=x", "offset=-1", "offset=100001", "sort=names",
        "fields=nmae", "categry=injection", "category=none", "q=", "q=%00", "q=%20",
        f"q={'x' * 201}", "topic=%F0%9F%98%80", "limit=1&limit=2", "max_invasiveness=5",
    ):  # fmt: skip
        yield Asked(f"/v1/treatments?{query}")
        yield Asked(f"/v1/search?{query}")
    yield from _ask_wrong_bodies()
    yield from _ask_refused_writes()


_WRONG: tuple[object, ...] = (
    {"profile": {"age": 300}},
    {"profile": {"has": ["no-such-finding", "😀"]}},
    {"profile": {"has": ["fever"], "has_not": ["fever"]}},
    {"topic": "no-such"},
    {"region": "no-such"},
    {"x": 1},
    [],
)


def _ask_wrong_bodies() -> Iterator[Asked]:
    for body in _WRONG:
        yield post(RECOMMENDATIONS, body)
        yield post("/v1/compare", body)
        yield post("/v1/quotes/verify", body)
    for sent in (b"", b"{", b"\xff", b'{"a":1,"a":2}', b"{" + b" " * 70_000 + b"}"):
        headers = {"content-type": "application/json"}
        yield Asked(RECOMMENDATIONS, "POST", sent, headers)
    yield Asked(RECOMMENDATIONS, "POST", b"{}", {"content-type": "text/plain"})


def _ask_refused_writes() -> Iterator[Asked]:
    """Yield writes that change nothing: without a key, tried out, or too late."""
    entry = post("/v1/measures/steps", {"label": "Steps"}).body
    for method, path in (
        ("PUT", "/v1/measures/steps"),
        ("DELETE", "/v1/treatments/odd-1"),
    ):
        for query, tag in (
            ("", "release-1"), ("?dry_run=true", ""), ("?dry_run=true", "release-1"),
        ):  # fmt: skip
            headers = {"content-type": "application/json"}
            if tag:
                headers["if-match"] = f'"{tag}"'
            yield Asked(path + query, method, entry, headers)
    for path in ("/v1/keys", "/v1/treatments"):
        yield Asked(path, "PATCH")
    yield Asked("/v1/nothing")


def ask_with_key(headers: Mapping[str, str]) -> Iterator[Asked]:
    """Yield what a key is told, and what it may do, but too late or to no purpose."""
    for path in ("/v1/releases?limit=100", "/v1/releases/3", "/v1/keys"):
        yield Asked(path, headers=headers)
    yield Asked("/v1/treatments/walking/revisions", headers=headers)
    sent = {**headers, "content-type": "application/json"}
    body = post("/", {"note": "Too late."}).body
    for tag in ({}, {"if-match": '"release-1"'}, {"if-match": '"x"'}):
        yield Asked("/v1/treatments/odd-1", "DELETE", headers={**headers, **tag})
        yield Asked("/v1/releases", "POST", body, {**sent, **tag})
        yield Asked("/v1/releases/2/restore", "POST", headers={**headers, **tag})
