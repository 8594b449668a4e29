"""The form of a key: nobody guesses one, and nothing of it shows by accident."""

import re

import pytest

from app.keys import (
    SECRET_BYTES,
    Key,
    KeyRole,
    is_key_id,
    is_key_name,
    make_key,
    parse_key,
)

KEY = make_key()


def test_a_key_has_256_random_bits() -> None:
    assert SECRET_BYTES * 8 >= 256
    assert len({make_key().text for _ in range(1_000)}) == 1_000


def test_a_key_is_its_mark_its_id_and_its_secret() -> None:
    assert re.fullmatch(r"wn_[a-z2-7]{8}_[a-z2-7]{52}", KEY.text)
    assert KEY.text.split("_")[1] == KEY.id
    assert is_key_id(KEY.id)


def test_a_key_is_read_as_it_was_made() -> None:
    assert parse_key(KEY.text) == KEY


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("wn_", id="the mark alone"),
        pytest.param(KEY.text[:-1], id="cut off"),
        pytest.param(f"{KEY.text}a", id="too long"),
        pytest.param(f"{KEY.text}\n", id="a line"),
        pytest.param(f" {KEY.text}", id="a space"),
        pytest.param(KEY.text.upper(), id="capitals"),
        pytest.param(KEY.text.replace("wn_", "sk_"), id="another mark"),
        pytest.param(KEY.text.replace(KEY.id, "abcdefg1"), id="a wrong letter"),
        pytest.param(KEY.text.replace(KEY.id, "abcdefgé"), id="not ASCII"),
    ],
)
def test_what_cannot_be_a_key_is_none(text: str) -> None:
    assert parse_key(text) is None


def test_a_key_matches_its_own_digest_only() -> None:
    other = make_key()

    assert KEY.matches(KEY.digest)
    assert not KEY.matches(other.digest)
    assert not KEY.matches("")


def test_a_digest_is_of_the_whole_key() -> None:
    secret = KEY.text.rpartition("_")[2]
    namesake = Key("abcdefgh", f"wn_abcdefgh_{secret}")

    assert re.fullmatch(r"[0-9a-f]{64}", KEY.digest)
    assert namesake.digest != KEY.digest


def test_a_key_that_is_printed_tells_no_secret() -> None:
    assert KEY.text not in f"{KEY} {KEY!r} {[KEY]}"


@pytest.mark.parametrize(
    ("role", "included"),
    [
        ("editor", {"editor"}),
        ("publisher", {"editor", "publisher"}),
        ("admin", {"editor", "publisher", "admin"}),
    ],
)
def test_a_role_includes_those_before_it(role: str, included: set[str]) -> None:
    found = {one.value for one in KeyRole if KeyRole(role).includes(one)}

    assert found == included


@pytest.mark.parametrize("name", ["a", "x" * 80, "Anna (editor)", "nightly-1", "Zoë"])
def test_a_name_is_a_line_of_text(name: str) -> None:
    assert is_key_name(name)


@pytest.mark.parametrize(
    "name",
    ["", " ", "x" * 81, " a", "a ", "a\nb", "a\0", "\x1b[31m", "\ud800", "a\u200bb"],
)
def test_what_is_no_line_of_text_is_no_name(name: str) -> None:
    assert not is_key_name(name)
