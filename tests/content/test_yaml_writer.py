"""YAML is written so that it is read as the same data, and always looks the same."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from app.content.yaml_reader import read_yaml
from app.content.yaml_writer import WIDTH, write_yaml
from tests.content.odd_libraries import MISREAD, any_texts, laws

LONG = "A text that is longer than one line, so that it has to be broken somewhere."

_scalars = (
    any_texts
    | st.none()
    | st.booleans()
    | st.integers(1 - 10**18, 10**18 - 1)
    | st.floats(-9e17, 9e17)
)
any_data: st.SearchStrategy[JsonValue] = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(any_texts, inner, max_size=3)
    ),
    max_leaves=8,
)


@laws
@given(any_data)
def test_what_is_written_is_read_as_the_same(data: JsonValue) -> None:
    document = read_yaml(write_yaml(data))

    assert document.faults == ()
    # By their spelling, since 0.0 equals False and -0.0.
    assert repr(document.data) == repr(data)


@laws
@given(any_data)
def test_what_is_written_is_the_same_to_other_readers(data: JsonValue) -> None:
    assert repr(yaml.safe_load(write_yaml(data))) == repr(data)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param({"b": 1, "a": 2}, "b: 1\na: 2\n", id="keys keep their order"),
        pytest.param({"a": ["b", "c"]}, "a:\n  - b\n  - c\n", id="a list"),
        pytest.param(
            [{"a": 1, "b": {"c": 2}}], "- a: 1\n  b:\n    c: 2\n", id="nested"
        ),
        pytest.param({"a": [], "b": {}}, "a: []\nb: {}\n", id="nothing inside"),
        pytest.param(
            [True, None, 12], "- true\n- null\n- 12\n", id="words and numbers"
        ),
        pytest.param([0.25, 2.0, 1e-7], "- 0.25\n- 2.0\n- 0.0000001\n", id="decimals"),
        pytest.param(["no", "1.5"], '- "no"\n- "1.5"\n', id="what looks like others"),
        pytest.param(["2026-11-22"], '- "2026-11-22"\n', id="a day"),
        pytest.param({"no": 1}, '"no": 1\n', id="a key that looks like another"),
        pytest.param(["Zoë 😀"], "- Zoë 😀\n", id="letters of all the world"),
        pytest.param(["a: b"], '- "a: b"\n', id="a colon"),
        pytest.param(["a\tb\x07"], '- "a\\tb\\a"\n', id="what cannot be seen"),
        pytest.param(["a\n\nb\nc"], "- >-\n  a\n\n\n  b\n\n  c\n", id="paragraphs"),
        pytest.param(["a\n- b\n  - c"], "- |-\n  a\n  - b\n    - c\n", id="own lines"),
        pytest.param(["a \nb"], '- "a \\nb"\n', id="a space that cannot be seen"),
    ],
)
def test_data_has_one_way_to_be_written(data: JsonValue, text: str) -> None:
    assert write_yaml(data) == text


def test_a_text_that_just_fits_its_line_is_no_block() -> None:
    text = f"{LONG} {LONG}"[: WIDTH - len("key: ")]

    assert write_yaml({"key": text}) == f"key: {text}\n"
    assert write_yaml({"key": f"{text}x"}).startswith("key: >-\n")


def test_a_block_is_filled_to_the_width() -> None:
    text = " ".join([LONG] * 5)

    _, *lines = write_yaml({"key": {"inner": text}}).splitlines()[1:]

    words = [line.split() for line in lines]
    assert " ".join(word for line in words for word in line) == text
    assert all(line.startswith("    ") and len(line) <= WIDTH for line in lines)
    for line, following in zip(lines, words[1:], strict=False):
        assert len(line) + 1 + len(following[0]) > WIDTH


@pytest.mark.parametrize("text", MISREAD)
def test_a_text_is_written_alike_wherever_it_stands(text: str) -> None:
    [line] = write_yaml([text]).splitlines()[:1]

    assert write_yaml({"key": text}).startswith(f"key:{line[1:]}")
