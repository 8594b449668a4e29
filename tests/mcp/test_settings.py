"""Who may use MCP is said in the settings, and what is no such name is refused."""

import pytest
from pydantic import ValidationError

from app.settings import Settings
from tests.shell import run


def test_nobody_else_may_ask_without_settings() -> None:
    settings = Settings()

    assert (settings.mcp, settings.mcp_origins) == (False, ())


def test_hosts_and_origins_have_commas_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTS", "Whatnext.example, [2001:db8::1],")
    monkeypatch.setenv("MCP_ORIGINS", "https://chat.example,http://10.0.0.1:3000")

    settings = Settings()

    assert settings.hosts == ("whatnext.example", "[2001:db8::1]")
    assert settings.mcp_origins == ("https://chat.example", "http://10.0.0.1:3000")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("MCP", "perhaps", id="neither yes nor no"),
        pytest.param("HOSTS", "https://some.example", id="an address for a host"),
        pytest.param("HOSTS", "some.example:8000", id="a port"),
        pytest.param("MCP_ORIGINS", "some.example", id="a host for an origin"),
        pytest.param("MCP_ORIGINS", "https://some.example/", id="a path"),
        pytest.param("MCP_ORIGINS", "https://me:pw@some.example", id="a password"),
        pytest.param("MCP_ORIGINS", "*", id="every origin"),
    ],
)
def test_what_is_no_such_name_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ValidationError) as caught:
        Settings()

    assert name.lower() in str(caught.value)
    assert value not in str(caught.value)


def test_a_command_says_which_setting_is_wrong() -> None:
    result = run("mcp", env={"HOSTS": "https://some.example"})

    assert result.exit_code == 2
    assert "HOSTS: " in result.stderr
    assert "without a scheme or a port" in result.stderr
