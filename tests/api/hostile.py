"""Bodies that nobody sends who means well: values, and ways to write them down."""

import codecs
import gzip
from collections.abc import Mapping
from itertools import islice, product

DEEP = 100_000
"""So many levels no reader of JSON takes."""

CANARY = "canary-of-a-profile"
"""Stands in what is sent, and must stand in no answer."""


def nest(levels: int, start: str, inner: str, end: str) -> str:
    return start * levels + inner + end * levels


def collide(count: int) -> list[str]:
    """Return words that a simple sum of characters cannot tell apart."""
    halves = ("Ez", "FY")
    return ["".join(word) for word in islice(product(halves, repeat=12), count)]


VALUES: Mapping[str, str] = {
    "an integer of 5,001 digits": "1" + "0" * 5000,
    "an integer of 400 digits": "9" * 400,
    "a number beyond all floats": "1e999",
    "a number below all floats": "-1e999",
    "NaN": "NaN",
    "infinity": "Infinity",
    "less than infinity": "-Infinity",
    "half of a character": r'"\ud800"',
    "halves of a character in the wrong order": rf'"{CANARY}\udc00\ud800"',
    "half of a character in a name": r'{"\udfff": 1}',
    "U+0000": rf'"{CANARY}\u0000"',
    "U+0000 in a name": rf'{{"{CANARY}\u0000": 1}}',
    "U+0000 as it is": '"\x00"',
    "a line break as it is": '"\n"',
    "a key twice": f'{{"{CANARY}": 1, "{CANARY}": 2}}',
    "a key twice, once escaped": r'{"age": 1, "\u0061ge": 2}',
    "a key twice, deep inside": '{"a": [{"b": [{"c": 1, "d": 2, "c": 3}]}]}',
    "200 lists in each other": nest(200, "[", "", "]"),
    "500 lists in each other": nest(500, "[", "", "]"),
    "900 objects in each other": nest(900, '{"a":', "1", "}"),
    "lists in each other, not closed": "[" * 30_000,
    "30,000 lists in each other": nest(30_000, "[", "", "]"),
    "10,000 objects in each other": nest(10_000, '{"a":', "1", "}"),
    "20,000 lists beside each other": "[" + ",".join(["[]"] * 20_000) + "]",
    "20,000 objects beside each other": "[" + ",".join(["{}"] * 20_000) + "]",
    "thousands of keys": "{" + ",".join(f'"k{n}":1' for n in range(4_000)) + "}",
    "keys that collide": "{" + ",".join(f'"{k}":1' for k in collide(2_000)) + "}",
    "a long text": '"' + CANARY * 3_000 + '"',
    "a comment": "/* nothing */ 1",
    "a comma too many": "[1,]",
    "a word without quotes": "undefined",
    "a hexadecimal number": "0x10",
    "a number with a zero in front": "01",
}
"""JSON, or what looks like it, to stand in the place of a value."""


def list_codings(text: str) -> Mapping[str, bytes]:
    """Return a text in other ways to write it down than UTF-8 without a mark."""
    raw = text.encode()
    return {
        "UTF-8 with a mark": codecs.BOM_UTF8 + raw,
        "UTF-16 with a mark": text.encode("utf-16"),
        "UTF-16 from the small end": text.encode("utf-16-le"),
        "UTF-16 from the big end": text.encode("utf-16-be"),
        "UTF-32 with a mark": text.encode("utf-32"),
        "UTF-32 from the small end": text.encode("utf-32-le"),
        "UTF-32 from the big end": text.encode("utf-32-be"),
        "Latin-1": raw.replace(b'"', b'"\xe9', 1),
        "a surrogate in UTF-8": raw.replace(b'"', b'"\xed\xa0\x80', 1),
        "an overlong character": raw.replace(b'"', b'"\xc0\xaf', 1),
        "gzip that is not declared": gzip.compress(raw),
        "EBCDIC": text.encode("cp037"),
    }


def list_damages(text: str) -> Mapping[str, bytes]:
    """Return a text that is not whole, or has something behind it."""
    raw = text.encode()
    return {
        "nothing": b"",
        "spaces": b" \n\t ",
        "the first byte": raw[:1],
        "half of it": raw[: len(raw) // 2],
        "all but the last byte": raw[:-1],
        "itself behind it": raw + raw,
        "a bracket behind it": raw + b"}",
        "a word behind it": raw + b" null",
        "U+0000 behind it": raw + b"\x00",
        "single quotes": raw.replace(b'"', b"'"),
        "the start of a form": b"profile=1&x=2",
        "XML": b"<profile><age>58</age></profile>",
        "null": b"null",
        "true": b"true",
        "a number": b"1",
        "a text": b'"text"',
        "a list": b"[]",
    }


KINDS_OF_CONTENT = (
    "",
    "text/plain",
    "text/json",
    "application/xml",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/octet-stream",
    "application/jsonp",
    "application/json-seq",
    "json",
    "/",
    "application/",
    "*/*",
    "application/json; charset=utf-16",
    "application/json; charset=iso-8859-1",
    'application/json; charset="utf-32"',
    "application/json; charset=no-such-thing",
)
"""What a `Content-Type` may be that is not that of JSON in UTF-8."""
