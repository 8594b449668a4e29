"""`--api-key`: when a server needs it, where it goes, and that it is never shown."""

import re

import pytest
from sqlalchemy import Engine

from app.keys import make_key
from tests.api.publishing import publish_small
from tests.live import There
from tests.shell import YOGA, Place, run

KEY = make_key().text
WRITES = [("publish",), ("restore", "1")]


def publish_two(engine: Engine) -> None:
    publish_small(engine)
    publish_small(engine, YOGA)


FILLED = {"ready": publish_two}


@pytest.fixture
def ready(there: There) -> There:
    """A server with two releases, and content to publish."""
    return there


@pytest.mark.parametrize("command", WRITES)
def test_a_key_may_stand_in_the_command(ready: There, command: tuple[str, ...]) -> None:
    result = ready.run(*command, "--api-key", ready.make_key())

    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Release 3: ")


def test_this_machine_may_be_called_localhost(ready: There) -> None:
    server = ready.url.replace("127.0.0.1", "localhost")

    result = run("publish", "--server", server, "--api-key", ready.make_key())

    assert result.exit_code == 0, result.output


def test_a_key_may_come_from_a_file_with_its_line_end(ready: There) -> None:
    assert ready.run("publish", key=f"{ready.make_key()}\n").exit_code == 0


@pytest.mark.parametrize("command", WRITES)
def test_publishing_needs_a_key(ready: There, command: tuple[str, ...]) -> None:
    result = ready.run(*command)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "Publishing on a server needs a key: set WHATNEXT_API_KEY, or use --api-key.\n"
    )


@pytest.mark.parametrize("command", WRITES)
def test_an_unknown_key_is_refused(ready: There, command: tuple[str, ...]) -> None:
    result = ready.run(*command, key=KEY)

    assert (result.exit_code, result.stdout) == (1, "")
    refused = "The server does not take the key: There is no such key.\n"
    assert result.stderr == refused
    assert ready.place.release == (2, "")


def test_a_revoked_key_is_refused(ready: There) -> None:
    key = ready.make_key()
    run("keys", "revoke", key.split("_")[1])

    result = ready.run("publish", key=key)

    assert result.exit_code == 1
    assert result.stderr == "The server does not take the key: The key was revoked.\n"


def test_a_key_with_too_low_a_role_is_refused(ready: There) -> None:
    result = ready.run("publish", key=ready.make_key("editor"))

    needed = "This needs a key with the role publisher."
    assert result.exit_code == 1
    assert result.stderr == f"The server refuses it: {needed}\n"
    assert ready.place.release == (2, "")


@pytest.mark.parametrize(
    "command",
    ["diff", "export out", "publish --dry-run", "restore 1 --dry-run"],
)
def test_what_changes_nothing_sends_no_key(ready: There, command: str) -> None:
    result = ready.run(*command.split(), key=KEY)

    assert result.exit_code == 0, result.output
    assert all("authorization" not in sent for sent in ready.served.headers)


@pytest.mark.parametrize("options", [(), ("--api-key", "wn_nonsense")])
def test_what_is_no_key_is_refused_and_not_repeated(
    ready: There, options: tuple[str, ...]
) -> None:
    result = ready.run("diff", *options, key="nonsense")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "Needs a key as it was shown" in result.stderr
    assert "nonsense" not in result.stderr
    assert not ready.served.headers


def test_no_output_holds_the_key(ready: There) -> None:
    key = ready.make_key()
    ready.place.write(YOGA)
    outputs = [
        ready.run(*command, key=one).output
        for one in (key, KEY)
        for command in [*WRITES, ("diff",), ("publish", "--note", "x" * 1001)]
    ]

    secrets = [part for one in (key, KEY) for part in one.split("_")[1:]]
    assert not any(one in output for one in secrets for output in outputs)


def test_a_key_alone_is_refused(place: Place) -> None:
    result = run("publish", "--api-key", KEY)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "Needs --server" in result.stderr


def test_a_key_in_the_environment_may_stand_by(place: Place) -> None:
    result = run("publish", env={"WHATNEXT_API_KEY": KEY})

    assert result.exit_code == 0
    assert place.release == (1, "")


@pytest.mark.parametrize("command", WRITES)
@pytest.mark.parametrize("host", ["whatnext.example.org", "192.0.2.7:8000"])
def test_a_key_is_not_sent_where_others_can_read_it(
    place: Place, host: str, command: tuple[str, ...]
) -> None:
    result = run(*command, "--server", f"http://{host}", "--api-key", KEY)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "use https" in result.stderr


@pytest.mark.parametrize(
    "address",
    [
        "",
        "whatnext.example.org",
        "127.0.0.1:8000",
        "ftp://127.0.0.1",
        "http://",
        "http://[",
        "http://127.0.0.1:port",
        "http://127.0.0.1:8000/?release=1",
        "http://127.0.0.1:8000/#top",
        "http://anna:secret@127.0.0.1:8000",
    ],
)
def test_what_is_no_address_is_refused(place: Place, address: str) -> None:
    result = run("diff", "--server", address)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "https://whatnext.example.org" in re.sub(r"[\s│]+", "", result.stderr)
    assert "secret" not in result.stderr
