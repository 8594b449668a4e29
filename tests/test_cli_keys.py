"""`whatnext keys`: a key is shown once, and only by its maker."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import Engine
from typer.testing import Result

from app.database import read_session
from app.keys import Key, KeyRole, make_key, parse_key
from app.queries.keys import list_keys
from app.tables import ApiKey
from tests import shell
from tests.shell import Place


@pytest.fixture(autouse=True)
def database(place: Place) -> Engine:
    """A database without tables, as DATABASE_URL."""
    return place.engine


def run(*arguments: str) -> Result:
    return shell.run("keys", *arguments)


def create(*options: str, name: str = "Anna", role: str = "editor") -> Result:
    return run("create", "--name", name, "--role", role, *options)


def created(result: Result) -> Key:
    """Return the key that stands alone on standard output."""
    assert result.exit_code == 0, result.output
    key = parse_key(result.stdout.removesuffix("\n"))
    assert key is not None
    return key


def stored(engine: Engine) -> list[ApiKey]:
    with read_session(engine) as session:
        return list(list_keys(session).keys)


@pytest.mark.parametrize("role", KeyRole)
def test_create_stores_what_was_asked_for(database: Engine, role: KeyRole) -> None:
    key = created(create(name="Night job", role=role.value))

    [found] = stored(database)
    assert (found.id, found.name, found.role) == (key.id, "Night job", role)
    assert key.matches(found.digest)
    assert found.expires_at is None


def test_create_says_that_the_key_is_not_shown_again() -> None:
    assert "It is not shown again" in create().stderr


@pytest.mark.parametrize("days", [0, 90], ids=["today", "another day"])
def test_a_key_may_expire_at_the_end_of_a_day(database: Engine, days: int) -> None:
    day = datetime.now(UTC).date() + timedelta(days)

    create("--expires", str(day))

    [found] = stored(database)
    assert found.expires_at == datetime.combine(day, time(23, 59, 59), UTC)


def test_a_key_may_expire_in_so_many_days(database: Engine) -> None:
    create("--expires", "90d")

    [found] = stored(database)
    assert found.expires_at == found.created_at + timedelta(days=90)


@pytest.mark.parametrize(
    ("expires", "detail"),
    [
        ("2020-01-01", "passed already"),
        ("0d", "passed already"),
        ("soon", "2027-01-31"),
        ("", "2027-01-31"),
        ("90", "2027-01-31"),
        ("-1d", "2027-01-31"),
        ("99999d", "2027-01-31"),
        ("2027-02-30", "2027-01-31"),
        ("٣d", "2027-01-31"),
    ],
)
def test_create_refuses_an_end_that_is_none(expires: str, detail: str) -> None:
    result = create("--expires", expires)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "--expires" in result.stderr
    assert detail in result.stderr


@pytest.mark.parametrize("name", ["", " Anna", "a\nb", "x" * 81])
def test_create_refuses_what_is_no_name(name: str) -> None:
    result = create(name=name)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "1 to 80 printable characters" in result.stderr


def test_create_refuses_what_is_no_role() -> None:
    result = create(role="owner")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "publisher" in result.stderr


def test_create_refuses_a_name_that_is_taken(database: Engine) -> None:
    create()

    result = create(role="admin")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "Another key has this name" in result.stderr
    assert [one.role for one in stored(database)] == [KeyRole.EDITOR]


def test_list_shows_every_key_by_name_without_its_secret(database: Engine) -> None:
    keys = [created(create(name=name)) for name in ("Zoe", "Anna")]
    run("revoke", keys[0].id)

    result = run("list")

    assert result.exit_code == 0
    anna, zoe = [[f"{one.created_at:%Y-%m-%d}"] for one in stored(database)]
    heading, *rows = [line.split() for line in result.stdout.splitlines()]
    assert heading[:3] == ["id", "name", "role"]
    assert rows[0] == [keys[1].id, "Anna", "editor", *anna]
    assert rows[1] == [keys[0].id, "Zoe", "editor", *zoe, *zoe]
    assert not any(key.text.rpartition("_")[2] in result.stdout for key in keys)


def test_list_shows_a_name_that_looks_like_markup() -> None:
    create(name="[red]Anna[/nope]")

    assert "[red]Anna[/nope]" in run("list").stdout


def test_list_shows_nothing_of_nothing() -> None:
    result = run("list")

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1


def test_revoke_says_since_when(database: Engine) -> None:
    key = created(create())

    result = run("revoke", key.id)

    [found] = stored(database)
    assert result.exit_code == 0
    assert (
        result.stdout == f"Anna was revoked at {found.revoked_at:%Y-%m-%d %H:%M} UTC.\n"
    )


def test_revoke_leaves_a_revoked_key_as_it_was(database: Engine) -> None:
    key = created(create())
    run("revoke", key.id)
    before = stored(database)

    result = run("revoke", key.id)

    assert result.exit_code == 0
    assert "Anna was revoked at" in result.stdout
    assert stored(database) == before


@pytest.mark.parametrize(
    "key_id",
    [make_key().id, "nothing like it", ""],
    ids=["unknown", "nothing like it", "nothing"],
)
def test_revoke_refuses_a_key_that_is_not_there(key_id: str) -> None:
    result = run("revoke", key_id)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "There is no such key.\n"


@pytest.mark.parametrize(
    "arguments",
    [("create", "--name", "a", "--role", "admin"), ("list",), ("revoke", "aaaaaaaa")],
    ids=["create", "list", "revoke"],
)
def test_a_command_names_the_setting_that_is_wrong(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense")

    result = run(*arguments)

    assert result.exit_code == 2
    assert result.stderr.startswith("DATABASE_URL: ")
