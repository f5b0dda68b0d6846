"""Set, where nothing stands yet: a new entry, with the parents that are missing."""

from __future__ import annotations

import pytest

from acctplan.document import parse
from acctplan.edit import Set, Value, apply

Pointer = tuple[str | int, ...]


@pytest.mark.parametrize(
    ("before", "pointer", "value", "after"),
    [
        pytest.param("a: 1\n", ("b",), 2, "a: 1\nb: 2\n", id="at the top"),
        pytest.param("a: 1", ("b",), 2, "a: 1\nb: 2", id="no final line end"),
        pytest.param("a:\n  b: 1\nc: 2\n", ("a", "x"), 3, "a:\n  b: 1\n  x: 3\nc: 2\n", id="nested"),
        pytest.param("a:\n    b: 1\nc: 2\n", ("c2", "x"), {"y": 1}, "a:\n    b: 1\nc: 2\nc2:\n    x: {y: 1}\n", id="four blanks a level"),
        pytest.param("a:\n   b:\n      c: 1\n", ("a", "d"), {"e": {"f": 1}}, "a:\n   b:\n      c: 1\n   d:\n      e: {f: 1}\n", id="three"),
        pytest.param("a:\n b: 1\n", ("a", "d"), {"e": {"f": 1}}, "a:\n b: 1\n d:\n  e: {f: 1}\n", id="one"),
        pytest.param(" a:\n    b: 1\n", ("d",), {"e": {"f": 1}}, " a:\n    b: 1\n d:\n    e: {f: 1}\n", id="all of it indented"),
        pytest.param("a:\n- x\nb: 1\n", ("c",), 2, "a:\n- x\nb: 1\nc: 2\n", id="after a list without indentation"),
        pytest.param("b: 1\na:\n- x\n", ("c",), 2, "b: 1\na:\n- x\nc: 2\n", id="right after it"),
        pytest.param("- a: 1\n- b\n", (0, "c"), 2, "- a: 1\n  c: 2\n- b\n", id="in an item"),
        pytest.param("- a: {b: 1}\n", (0, "a", "c"), 2, "- a: {b: 1, c: 2}\n", id="in braces in an item"),
        pytest.param("a:\n  b:\n    c:\n      d: 1\n", ("a", "x"), 2, "a:\n  b:\n    c:\n      d: 1\n  x: 2\n", id="after something deep"),
        pytest.param("a: |\n  text\n\nb: 1\n", ("b2",), 2, "a: |\n  text\n\nb: 1\n\nb2: 2\n", id="blank lines stay"),
        pytest.param("a: |\n  text\n\n\n", ("b",), 2, "a: |\n  text\nb: 2\n\n\n", id="after a block of text"),
        pytest.param("a: |+\n  text\n\n", ("b",), 2, "a: |+\n  text\n\nb: 2\n", id="after one that keeps its line ends"),
        pytest.param("a: >-\n  text", ("b",), 2, "a: >-\n  text\nb: 2", id="after one without a final line end"),
        pytest.param("a: 'x\n  y'\n", ("b",), 2, "a: 'x\n  y'\nb: 2\n", id="after quotes over two lines"),
        pytest.param("a:\nb:\n", ("c",), 2, "a:\nb:\nc: 2\n", id="after an empty value"),
    ],
)
def test_below_the_last_entry(before: str, pointer: Pointer, value: Value, after: str):
    assert apply(parse(before), [Set(pointer, value)]).text == after


@pytest.mark.parametrize(
    ("before", "pointer", "after"),
    [
        pytest.param("a: 1  # one\n# the end\n", ("b",), "a: 1  # one\nb: 2\n# the end\n", id="above comments that follow"),
        pytest.param(
            "a:\n  b: 1\n  # more\nc: 3\n", ("a", "x"), "a:\n  b: 1\n  x: 2\n  # more\nc: 3\n", id="in a section with a comment at its end"
        ),
        pytest.param("a:\n  # none yet\nc: 3\n", ("a", "x"), "a:\n  x: 2\n  # none yet\nc: 3\n", id="in a section with only a comment"),
        pytest.param("a:  # people\nc: 3\n", ("a", "x"), "a:  # people\n  x: 2\nc: 3\n", id="a comment behind the key"),
        pytest.param("a: {}  # people\nc: 3\n", ("a", "x"), "a:  # people\n  x: 2\nc: 3\n", id="a comment behind empty braces"),
        pytest.param("# only\n# comments\n", ("b",), "# only\n# comments\nb: 2\n", id="a file of comments"),
        pytest.param("# no line end", ("b",), "# no line end\nb: 2\n", id="that ends without a line end"),
    ],
)
def test_comments_stay(before: str, pointer: Pointer, after: str):
    assert apply(parse(before), [Set(pointer, 2)]).text == after


@pytest.mark.parametrize(
    ("before", "pointer", "after"),
    [
        pytest.param("", ("b",), "b: 2\n", id="an empty file"),
        pytest.param("\n\n", ("b",), "\n\nb: 2\n", id="blank lines"),
        pytest.param("\ufeff", ("b",), "\ufeffb: 2\n", id="a byte order mark alone"),
        pytest.param("\ufeff# c\r\n", ("b",), "\ufeff# c\r\nb: 2\r\n", id="and a comment"),
        pytest.param("---\n", ("b",), "---\nb: 2\n", id="a document marker"),
        pytest.param("---", ("b",), "---\nb: 2\n", id="without a line end"),
        pytest.param("{}\n", ("b",), "b: 2\n", id="empty braces"),
        pytest.param("# c\nnull\n", ("b",), "# c\nb: 2\n", id="null"),
        pytest.param("--- {}\n", ("b",), "--- {b: 2}\n", id="empty braces behind the marker"),
        pytest.param("", ("b", "c", "d"), "b:\n  c: {d: 2}\n", id="with parents"),
    ],
)
def test_the_first_entry(before: str, pointer: Pointer, after: str):
    assert apply(parse(before), [Set(pointer, 2)]).text == after


@pytest.mark.parametrize(
    ("before", "pointer", "after"),
    [
        pytest.param("a: {}\nc: 3\n", ("a", "x"), "a:\n  x: 2\nc: 3\n", id="empty braces"),
        pytest.param("a:\nc: 3\n", ("a", "x"), "a:\n  x: 2\nc: 3\n", id="nothing"),
        pytest.param("a: ~\nc: 3\n", ("a", "x"), "a:\n  x: 2\nc: 3\n", id="null"),
        pytest.param("a:", ("a", "x"), "a:\n  x: 2", id="nothing at all behind it"),
        pytest.param("c: 3\n", ("a", "x"), "c: 3\na: {x: 2}\n", id="no parent"),
        pytest.param("c: 3\n", ("a", "b", "x"), "c: 3\na:\n  b: {x: 2}\n", id="no grandparent"),
        pytest.param("a:\nc: 3\n", ("a", "b", "x"), "a:\n  b: {x: 2}\nc: 3\n", id="an empty grandparent"),
        pytest.param("- {}\n", (0, "x"), "- {x: 2}\n", id="an item of empty braces"),
        pytest.param("-\n- 1\n", (0, "x"), "- {x: 2}\n- 1\n", id="an empty item"),
        pytest.param("[{}, a]\n", (0, "x"), "[{x: 2}, a]\n", id="empty braces in brackets"),
        pytest.param("{a: {}, b: }\n", ("b", "x"), "{a: {}, b: {x: 2}}\n", id="nothing in braces"),
    ],
)
def test_an_empty_or_missing_parent(before: str, pointer: Pointer, after: str):
    assert apply(parse(before), [Set(pointer, 2)]).text == after


@pytest.mark.parametrize(
    ("before", "pointer", "value", "after"),
    [
        pytest.param("a: {b: 1}\n", ("a", "x"), 2, "a: {b: 1, x: 2}\n", id="one line"),
        pytest.param("a: { b: 1 }\n", ("a", "x"), 2, "a: { b: 1, x: 2 }\n", id="blanks inside"),
        pytest.param("a: {b: 1,}\n", ("a", "x"), 2, "a: {b: 1, x: 2}\n", id="a comma at the end"),
        pytest.param("a: {b: 1}\n", ("a", "x"), {"y": ["z"]}, "a: {b: 1, x: {y: [z]}}\n", id="a collection"),
        pytest.param("a: {b: 1}\n", ("a", "x"), "p, q", "a: {b: 1, x: 'p, q'}\n", id="text with a comma"),
        pytest.param("a: {b}\n", ("a", "x"), 2, "a: {b, x: 2}\n", id="after a key without a value"),
        pytest.param("a: {b: }\n", ("a", "x"), 2, "a: {b: , x: 2}\n", id="after an empty value"),
        pytest.param("a: {b: 1,\n  c: 2}\n", ("a", "x"), 3, "a: {b: 1,\n  c: 2, x: 3}\n", id="wrapped"),
        pytest.param("a: {\n  b: 1\n}\n", ("a", "x"), 2, "a: {\n  b: 1,\n  x: 2\n}\n", id="an entry a line"),
        pytest.param("a: {\n  b: 1,\n}\n", ("a", "x"), 2, "a: {\n  b: 1,\n  x: 2,\n}\n", id="an entry a line, a comma at the end"),
        pytest.param("a: {\n  b: 1, # one\n}\n", ("a", "x"), 2, "a: {\n  b: 1, # one\n  x: 2,\n}\n", id="and a comment"),
        pytest.param("a: {\n  b: 1 # one\n}\n", ("a", "x"), 2, "a: {\n  b: 1, # one\n  x: 2\n}\n", id="a comment without a comma"),
        pytest.param("a: {b: 1 # one\n}\n", ("a", "x"), 2, "a: {b: 1, x: 2 # one\n}\n", id="a comment on the line of the brace"),
    ],
)
def test_in_braces(before: str, pointer: Pointer, value: Value, after: str):
    assert apply(parse(before), [Set(pointer, value)]).text == after


@pytest.mark.parametrize(
    ("key", "written"),
    [
        pytest.param("lena-vos", "lena-vos", id="an id"),
        pytest.param("2026", "2026", id="a year is a key like any other"),
        pytest.param("2026-12-04", "2026-12-04", id="a date too"),
        pytest.param("null", "'null'", id="null"),
        pytest.param("true", "'true'", id="true"),
        pytest.param("", "''", id="empty"),
        pytest.param("<<", "'<<'", id="merge"),
        pytest.param("a: b", "'a: b'", id="colon"),
        pytest.param("- a", "'- a'", id="dash"),
        pytest.param("two\nlines", '"two\\nlines"', id="two lines"),
        pytest.param("Zoë 🍅", "Zoë 🍅", id="wide characters"),
    ],
)
def test_a_key_is_quoted_where_it_must(key: str, written: str):
    after = apply(parse("a: 1\n"), [Set((key,), 2)])
    assert after.text == f"a: 1\n{written}: 2\n"
    assert after.data == {"a": "1", key: "2"}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_new_lines_end_like_the_others(newline: str):
    before = "a:\n  b: 1\n".replace("\n", newline)
    after = "a:\n  b: 1\n  c: |-\n    x\n    y\n  d:\n    e: {f: 1}\n".replace("\n", newline)
    assert apply(parse(before), [Set(("a", "c"), "x\ny"), Set(("a", "d"), {"e": {"f": 1}})]).text == after
