"""Settings come from the environment, and from `.env` beside the service."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import ROOT, Settings

NAMES = ("DATABASE_URL", "SEED_DATA", "LOG_LEVEL")


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting in the environment, and no `.env`."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_settings_need_no_environment() -> None:
    settings = Settings()

    assert settings.database_url == f"sqlite:///{ROOT / 'whatnext.db'}"
    assert settings.seed_data == ROOT / "seed_data"
    assert settings.log_level == "INFO"


@pytest.mark.parametrize(
    ("given", "used"),
    [
        pytest.param(
            "postgres://me:postgres://@db/x",
            "postgresql://me:postgres://@db/x",
            id="the short name of PostgreSQL",
        ),
        pytest.param(
            "postgresql+psycopg://me@db/x",
            "postgresql+psycopg://me@db/x",
            id="a named driver",
        ),
        pytest.param("sqlite:///x.db", "sqlite:///x.db", id="SQLite"),
    ],
)
def test_the_address_of_the_database_names_a_driver_that_we_have(
    monkeypatch: pytest.MonkeyPatch, given: str, used: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", given)

    assert Settings().database_url == used


def test_settings_are_read_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SEED_DATA", "/content")
    monkeypatch.setenv("LOG_LEVEL", "WARNING")

    settings = Settings()

    assert settings.seed_data == Path("/content")
    assert settings.log_level == "WARNING"


def test_settings_are_read_from_a_file(tmp_path: Path) -> None:
    lines = "DATABASE_URL=sqlite:///other.db\nSOMETHING_ELSE=1\n"
    (tmp_path / ".env").write_text(lines, encoding="utf-8")

    assert Settings().database_url == "sqlite:///other.db"


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=ERROR\n", encoding="utf-8")
    monkeypatch.setenv("LOG_LEVEL", "WARNING")

    assert Settings().log_level == "WARNING"


def test_a_level_of_logs_may_be_written_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "debug")

    assert Settings().log_level == "DEBUG"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("LOG_LEVEL", "LOUD", id="an unknown level of logs"),
        pytest.param("DATABASE_URL", "nonsense", id="what is no address"),
        pytest.param("DATABASE_URL", "mysql://me:secret@db/x", id="another database"),
    ],
)
def test_settings_refuse_and_do_not_repeat(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ValidationError) as caught:
        Settings()

    assert name.lower() in str(caught.value)
    assert value not in str(caught.value)
