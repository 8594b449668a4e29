"""compose.yaml says what it is meant to: in order, kept in, and without a secret.

Whether Compose takes it only Compose can say; `docker compose config` was asked.
"""

import re
import shlex
from typing import Any

import pytest
import yaml
from typer.main import get_command

from app.cli.root import app as cli
from app.settings import ROOT, Settings

TEXT = (ROOT / "compose.yaml").read_text(encoding="utf-8")
PROXY = (ROOT / "Caddyfile").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
DOCUMENTED = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
OURS = ("prepare", "api")
# What is no setting of ours: libpq reads it.
OF_OTHERS = {"PGPASSWORD"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file, with what its variables are where nobody sets any."""
    found: dict[str, Any] = yaml.safe_load(re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", TEXT))
    return found


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = compose["services"]
    return found


def read_settings(service: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in service["environment"].items():
        monkeypatch.setenv(name, str(value))
    return Settings(_env_file=None)


def test_nothing_is_served_before_the_database_is_prepared(
    services: dict[str, Any],
) -> None:
    order = {name: one.get("depends_on", {}) for name, one in services.items()}

    assert order == {
        "database": {},
        "prepare": {"database": {"condition": "service_healthy"}},
        "api": {
            "database": {"condition": "service_healthy"},
            "prepare": {"condition": "service_completed_successfully"},
        },
        "proxy": {"api": {"condition": "service_healthy"}},
    }
    assert services["prepare"]["command"] == ["whatnext", "prepare"]
    assert services["prepare"]["restart"] == "no"
    assert "--prepared" in services["api"]["command"]


@pytest.mark.parametrize("name", OURS)
def test_commands_are_those_that_there_are(name: str, services: dict[str, Any]) -> None:
    program, command, *words = services[name]["command"]

    assert program == "whatnext"
    get_command(cli).commands[command].make_context(command, words)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", OURS)
def test_settings_are_those_that_there_are(
    name: str, services: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = set(services[name]["environment"]) - OF_OTHERS

    assert given <= {one.upper() for one in Settings.model_fields}
    read_settings(services[name], monkeypatch)


def test_the_api_trusts_the_network_of_the_proxy(
    compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    services, networks = compose["services"], compose["networks"]
    settings = read_settings(services["api"], monkeypatch)

    [doorway] = networks["doorway"]["ipam"]["config"]
    assert settings.trusted_proxies == (doorway["subnet"],)
    assert settings.hosts == (services["proxy"]["environment"]["SITE"],)
    there = [name for name, one in services.items() if "doorway" in one["networks"]]
    assert there == ["api", "proxy"]


def test_only_the_proxy_is_reached_from_outside(compose: dict[str, Any]) -> None:
    services = compose["services"]

    assert [name for name, one in services.items() if "ports" in one] == ["proxy"]
    assert compose["networks"]["data"]["internal"]
    assert compose["networks"]["doorway"]["internal"]
    assert "outside" not in services["api"]["networks"]


@pytest.mark.parametrize("name", ["database", "prepare", "api", "proxy"])
def test_what_breaks_into_a_container_gets_no_further(
    name: str, services: dict[str, Any]
) -> None:
    service = services[name]

    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("cap_add", []) == (
        ["NET_BIND_SERVICE"] if name == "proxy" else []
    )
    assert service["deploy"]["resources"]["limits"]["memory"]


def test_there_is_no_secret_in_it() -> None:
    passwords = re.findall(r"^\s*\w*PASSWORD\w*: (.*)$", TEXT, re.MULTILINE)

    assert passwords
    # With a question mark: it does not start without.
    assert all(one.startswith("${POSTGRES_PASSWORD:?") for one in passwords)
    assert not re.search(r"://[^/\s]*:[^/\s]*@", TEXT)
    assert "env_file" not in TEXT
    assert ".env" in (ROOT / ".gitignore").read_text().splitlines()
    assert (ROOT / ".dockerignore").read_text().startswith("*\n")


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\$\{(\w+)", TEXT))))
def test_what_it_reads_is_documented(name: str) -> None:
    assert f"`{name}`" in DOCUMENTED


def test_the_api_may_finish_what_it_began(
    services: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = read_settings(services["api"], monkeypatch)

    assert services["api"]["stop_grace_period"] == "40s"
    assert settings.drain_seconds < 40


def test_the_proxy_finds_the_api_and_hides_its_metrics(
    services: dict[str, Any],
) -> None:
    [exposed] = re.findall(r"^EXPOSE (\d+)$", DOCKERFILE, re.MULTILINE)

    assert "--port" not in services["api"]["command"]
    assert re.search(rf"name api\s+port {exposed}\n", PROXY)
    assert "@inside path /metrics /metrics/*" in PROXY
    # Or it would send an ETag of what was packed with what it has unpacked.
    assert "compression off" in PROXY
    assert not re.search(r"^\s*encode ", PROXY, re.MULTILINE)
    assert any("./Caddyfile:" in one for one in services["proxy"]["volumes"])


def test_the_image_serves_what_its_command_says() -> None:
    [command] = re.findall(r"^CMD (\[.+\])$", DOCKERFILE, re.MULTILINE)
    program, name, *words = yaml.safe_load(command)

    assert program == "whatnext"
    get_command(cli).commands[name].make_context(name, words)  # type: ignore[attr-defined]


def test_the_image_is_not_run_by_root() -> None:
    *_, stage = DOCKERFILE.split("\nFROM ")
    users = [line for line in stage.splitlines() if line.startswith("USER ")]

    assert users == ["USER 10001"]
    assert stage.index("USER ") > stage.index("RUN ")
    assert shlex.split(users[0])[1] in stage[: stage.index("USER ")]
