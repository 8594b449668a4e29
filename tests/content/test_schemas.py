"""JSON Schemas for editors: they take what we ship, and know the slugs there are."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import JsonValue

from app.content.files import DIRECTORIES, LIBRARY_FILE, LIST_FILES
from app.content.schemas import write_schemas
from app.content.yaml_reader import read_yaml
from app.errors import ContentError
from app.fields import Kind
from tests.conftest import SEED_DATA
from tests.directories import write_directory, write_file
from tests.factories import (
    Data,
    make_case,
    make_finding,
    make_rule,
    make_sign,
    make_treatment,
)

EXPECTING_AN_OPTION = make_case()["expect"] | {"options": {"walkng": ["avoid"]}}
Validators = Mapping[Kind, Draft202012Validator]


def read_validators(directory: Path) -> Validators:
    paths = write_schemas(directory)
    return {
        Kind(path.name.removesuffix(".schema.json")): Draft202012Validator(
            json.loads(path.read_text(encoding="utf-8"))
        )
        for path in paths
    }


@pytest.fixture(scope="module")
def seed_validators(tmp_path_factory: pytest.TempPathFactory) -> Validators:
    """The schemas of what we ship."""
    copy = tmp_path_factory.mktemp("schemas") / "seed_data"
    shutil.copytree(SEED_DATA, copy)
    return read_validators(copy)


@pytest.fixture
def validators(tmp_path: Path) -> Validators:
    """The schemas of the small library."""
    return read_validators(write_directory(tmp_path))


def shipped_files(kind: Kind) -> list[Path]:
    files = {LIBRARY_FILE: Kind.LIBRARY, **LIST_FILES}
    named = [SEED_DATA / name for name, one in files.items() if one is kind]
    folders = [SEED_DATA / name for name, one in DIRECTORIES.items() if one is kind]
    return named + [path for folder in folders for path in sorted(folder.iterdir())]


def faults_of(validator: Draft202012Validator, data: JsonValue) -> list[str]:
    return [error.json_path for error in validator.iter_errors(data)]


@pytest.mark.parametrize("kind", Kind)
def test_a_schema_is_valid_and_takes_what_we_ship(
    seed_validators: Validators, kind: Kind
) -> None:
    validator = seed_validators[kind]

    Draft202012Validator.check_schema(validator.schema)
    faults = {
        path.name: faults_of(validator, read_yaml(path.read_text("utf-8")).data)
        for path in shipped_files(kind)
    }

    assert faults
    assert {name: found for name, found in faults.items() if found} == {}


def test_write_schemas_returns_a_path_for_each_kind(tmp_path: Path) -> None:
    paths = write_schemas(write_directory(tmp_path))

    assert paths == [tmp_path / ".schemas" / f"{kind}.schema.json" for kind in Kind]
    assert all(path.read_text("utf-8").endswith("}\n") for path in paths)


@pytest.mark.parametrize(
    ("kind", "data", "path"),
    [
        pytest.param(
            Kind.WARNING_SIGNS,
            make_sign(rules=[make_rule(when={"has": "fevr"})]),
            "$.rules[0].when.has",
            id="finding in a condition",
        ),
        pytest.param(
            Kind.TREATMENTS,
            make_treatment(avoid_when=[make_rule(unless={"not": {"has": "fevr"}})]),
            "$.avoid_when[0].unless",
            id="finding deep in a condition",
        ),
        pytest.param(
            Kind.TREATMENTS,
            make_treatment(part_of="nsaid"),
            "$.part_of",
            id="treatment",
        ),
        pytest.param(
            Kind.FINDINGS,
            [make_finding("chills", implies=["fevr"])],
            "$[0].implies[0]",
            id="finding in a list file",
        ),
        pytest.param(
            Kind.CASES,
            make_case(expect=EXPECTING_AN_OPTION),
            "$.expect.options",
            id="option that a case expects",
        ),
        pytest.param(
            Kind.WARNING_SIGNS,
            make_sign(sources=["nobody"]),
            "$.sources[0]",
            id="reference",
        ),
    ],
)
def test_a_schema_refuses_an_unknown(
    validators: Validators, kind: Kind, data: Any, path: str
) -> None:
    [found] = faults_of(validators[kind], data)

    assert found == path


@pytest.mark.parametrize(
    "when",
    [
        pytest.param({"any": []}, id="an empty list"),
        pytest.param({"has": "fever", "age": 40}, id="two keys"),
        pytest.param({"agee": 40}, id="an unknown field"),
        pytest.param({"age": "forty"}, id="text for a number"),
        pytest.param({"age": 121}, id="a number outside of its range"),
        pytest.param({"pain.trend": "well"}, id="a word that is not in its list"),
        pytest.param({"age": {}}, id="a range without bounds"),
        pytest.param({"measures.block-relief": 1}, id="an unknown measure"),
        pytest.param({"tried": {"treatment": "walking"}}, id="tried without outcome"),
        pytest.param({"always": False}, id="never"),
    ],
)
def test_a_schema_refuses_a_condition_with(validators: Validators, when: Data) -> None:
    sign = make_sign(rules=[make_rule(when=when)])

    found = faults_of(validators[Kind.WARNING_SIGNS], sign)

    assert len(found) == 1
    assert found[0].startswith("$.rules[0].when")


def test_write_schemas_reads_over_a_file_that_is_not_text(tmp_path: Path) -> None:
    write_directory(tmp_path)
    (tmp_path / "findings.yaml").write_bytes("- slug: fever\n".encode("utf-16"))

    assert len(write_schemas(tmp_path)) == len(Kind)


def test_write_schemas_refuses_a_directory_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        write_schemas(tmp_path / "nowhere")


def test_write_schemas_knows_the_slugs_of_files_with_mistakes(tmp_path: Path) -> None:
    write_directory(tmp_path)
    write_file(tmp_path, "findings.yaml", "- slug: chills\n  labl: x\n- 7\n")
    (tmp_path / "references.yaml").unlink()
    rules = [make_rule(when={"has": slug}) for slug in ("chills", "fever")]

    validators = read_validators(tmp_path)

    found = faults_of(validators[Kind.WARNING_SIGNS], make_sign(rules=rules))
    assert found == ["$.rules[1].when.has"]
