"""The contract, fuzzed: what it allows is taken, what it forbids refused, all answered.

`FUZZ=100` makes up to so many requests of each kind for each operation, with every key;
without it there are few, and each database has its own part.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.fields import Kind
from app.keys import KeyRole
from app.settings import ROOT
from tests.api.keys import store_key
from tests.api.publishing import publish_small
from tests.api.test_openapi import OPERATIONS
from tests.databases import Databases, SqliteFiles, making_app
from tests.live import serving_live
from tests.queries.library import make_guideline

log = logging.getLogger(__name__)
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
SETTINGS = ROOT / "tests" / "fuzz" / "schemathesis.toml"
EXAMPLES = int(os.environ.get("FUZZ", "0"))
ALL_PHASES = "examples,coverage,fuzzing,stateful"
CONDITION = {"slug": "old", "description": "Old.", "when": {"always": True}}


@dataclass(frozen=True)
class Run:
    """What is done with the key of a role, or with none."""

    role: KeyRole | None
    phases: str
    examples: int = 2

    def __str__(self) -> str:
        return f"{self.role or 'no key'}, {self.phases}"


WHOLE = [Run(role, ALL_PHASES, EXAMPLES) for role in (None, *KeyRole)]
ON_SQLITE = [Run(KeyRole.ADMIN, "examples,coverage"), Run(None, "examples")]
ON_POSTGRESQL = [
    Run(KeyRole.PUBLISHER, "fuzzing,stateful"),
    Run(KeyRole.EDITOR, "examples"),
]


def list_runs(databases: Databases) -> list[Run]:
    if EXAMPLES:
        return WHOLE
    return ON_SQLITE if isinstance(databases.maker, SqliteFiles) else ON_POSTGRESQL


def publish_one_of_each(engine: Engine) -> None:
    """Publish a small library that has an item of every kind."""
    own = {
        Kind.CONDITIONS: [CONDITION],
        Kind.GUIDELINES: [make_guideline("uk-2016", "UK")],
    }
    publish_small(engine, own)


@pytest.fixture
def served(databases: Databases) -> Iterator[tuple[Engine, str]]:
    """A server on a database that is thrown away, and its address."""
    with (
        databases.opened(publish_one_of_each) as engine,
        making_app(engine, log_level="CRITICAL") as app,
        serving_live(app) as port,
    ):
        yield engine, f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("number", range(len(WHOLE) if EXAMPLES else 2))
def test_the_contract_holds(
    databases: Databases, served: tuple[Engine, str], number: int
) -> None:
    run = list_runs(databases)[number]

    said = fuzz(run, *served)

    if "coverage" in run.phases or "fuzzing" in run.phases:
        assert f"Tested: {len(OPERATIONS)}" in said


def fuzz(run: Run, engine: Engine, address: str) -> str:
    """Run schemathesis, and return what it says if nothing was wrong."""
    options = ["--phases", run.phases, "--max-examples", str(run.examples)]
    if run.role is not None:
        key = store_key(engine, run.role, name="Of the fuzzer")
        options += ["--header", f"Authorization: Bearer {key.text}"]
    ran = subprocess.run(
        [SCHEMATHESIS, "--config-file", SETTINGS, "run", f"{address}/openapi.json",
         "--no-color", *options],
        env={**os.environ, "FUZZ_ADDRESS": address, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    log.info("%s, %s\n%s", engine.dialect.name, run, ran.stdout)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
