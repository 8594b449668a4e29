"""YAML is read as JSON data; every mistake has its line."""

import pytest
from pydantic import JsonValue

from app.content.yaml_reader import read_yaml
from app.errors import Fault

ANCHORS = "anchors and aliases are not allowed"
TAGS = "tags are not allowed"


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        pytest.param("true", True, id="true is a boolean"),
        pytest.param("false", False, id="false is a boolean"),
        pytest.param("no", "no", id="no is text"),
        pytest.param("on", "on", id="on is text"),
        pytest.param("yes", "yes", id="yes is text"),
        pytest.param("True", "True", id="a capital makes it text"),
        pytest.param("null", None, id="null is nothing"),
        pytest.param("", None, id="no value is nothing"),
        pytest.param("~", "~", id="a tilde is text"),
        pytest.param("2026-11-22", "2026-11-22", id="a day is text"),
        pytest.param("1:30", "1:30", id="a time is text"),
        pytest.param("0", 0, id="zero is a number"),
        pytest.param("-12", -12, id="a negative number"),
        pytest.param("010", "010", id="a leading zero makes it text"),
        pytest.param("0x1f", "0x1f", id="hexadecimal is text"),
        pytest.param("1_000", "1_000", id="an underscore makes it text"),
        pytest.param("0.25", 0.25, id="a decimal number"),
        pytest.param(f"0.{'0' * 29}1", 1e-30, id="a number with many decimals"),
        pytest.param("1e3", "1e3", id="an exponent makes it text"),
        pytest.param(".inf", ".inf", id="infinity is text"),
        pytest.param("9" * 19, "9" * 19, id="a number too long for one is text"),
        pytest.param('"12"', "12", id="quotes make it text"),
        pytest.param("'true'", "true", id="single quotes make it text"),
        pytest.param("<<", "<<", id="a merge key is text"),
    ],
)
def test_read_yaml_reads_scalars_as_json_does(scalar: str, value: JsonValue) -> None:
    document = read_yaml(f"key: {scalar}\n")

    assert document.faults == ()
    assert document.data == {"key": value}
    assert type(document.data["key"]) is type(value)


def test_read_yaml_reads_nested_lists_and_mappings() -> None:
    document = read_yaml("a:\n  - b: 1\n    c: [x, {d: y}]\n")

    assert document.data == {"a": [{"b": 1, "c": ["x", {"d": "y"}]}]}


def test_read_yaml_reads_an_empty_file_as_nothing() -> None:
    document = read_yaml("# only a comment\n")

    assert document.data is None
    assert document.faults == ()


def test_read_yaml_keeps_the_text_of_keys() -> None:
    document = read_yaml("true: a\n1: b\nno: c\n")

    assert document.data == {"true": "a", "1": "b", "no": "c"}


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        pytest.param(
            "a: 1\nb: 2\na: 3\n",
            3,
            Fault("/a", "This key is given twice."),
            id="a key given twice",
        ),
        pytest.param(
            "- a:\n    b: 1\n    b: 2\n",
            3,
            Fault("/0/a/b", "This key is given twice."),
            id="a key given twice deep inside",
        ),
        pytest.param(
            "a:\n  ? [b, c]\n  : d\n",
            2,
            Fault("", "Not YAML: a key must be a word."),
            id="a key that is a list",
        ),
    ],
)
def test_read_yaml_refuses(text: str, line: int, fault: Fault) -> None:
    document = read_yaml(text)

    assert document.faults == (fault,)
    assert document.line_of(fault.pointer) == line


def test_read_yaml_names_every_key_given_twice() -> None:
    document = read_yaml("a: 1\na: 2\nb: {c: 3, c: 4}\na: 5\n")

    assert [fault.pointer for fault in document.faults] == ["/a", "/b/c", "/a"]


@pytest.mark.parametrize(
    ("text", "line", "detail"),
    [
        pytest.param("a: 1\nb: [1, 2\n", 3, "expected ','", id="a list left open"),
        pytest.param("a: b: c\n", 1, "mapping values", id="two colons in a line"),
        pytest.param("a: 1\n\tb: 2\n", 2, "a tab character", id="a tab"),
        pytest.param("a: 1\nb: &one 2\n", 2, ANCHORS, id="an anchor"),
        pytest.param("a:\n  - 1\n  - *one\n", 3, ANCHORS, id="an alias"),
        pytest.param("a: 1\nb: !x {c: 2}\n", 2, TAGS, id="a tag of a mapping"),
        pytest.param("a:\n  - !!bool yes\n", 2, TAGS, id="a tag of a scalar"),
        pytest.param("a: !python/name:os.system x\n", 1, TAGS, id="a tag that runs"),
        pytest.param("[" * 51 + "]" * 51, 1, "nested deeper", id="endless nesting"),
        pytest.param("a: 1\n---\nb: 2\n", 2, "another document", id="two documents"),
        pytest.param("a: \x00\n", 0, "control characters", id="a control character"),
    ],
)
def test_read_yaml_names_the_line_of_a_syntax_error(
    text: str, line: int, detail: str
) -> None:
    document = read_yaml(text)

    assert document.data is None
    [fault] = document.faults
    assert fault.pointer == ""
    assert fault.detail.startswith("Not YAML: ")
    assert detail in fault.detail
    assert document.line_of("") == line


LINED = """\
slug: nsaids
rules:
  - slug: one
    when:
      has: fever
  - slug: two
a/b~c: 1
"""


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        pytest.param("", 1, id="the file"),
        pytest.param("/rules", 2, id="a key"),
        pytest.param("/rules/0", 3, id="an item"),
        pytest.param("/rules/0/when/has", 5, id="a key deep inside"),
        pytest.param("/rules/1/slug", 6, id="a key of the second item"),
        pytest.param("/a~1b~0c", 7, id="a key with a slash and a tilde"),
        pytest.param("/rules/0/because", 3, id="the item that lacks a key"),
        pytest.param("/rules/7/slug", 2, id="the list that lacks an item"),
        pytest.param("/nothing/at/all", 1, id="the file that lacks a key"),
    ],
)
def test_line_of_names_the_line_of_a_pointer_or_of_its_parent(
    pointer: str, line: int
) -> None:
    assert read_yaml(LINED).line_of(pointer) == line
