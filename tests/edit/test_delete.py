"""Delete: an entry or an item goes, with the comment at its end; the last one leaves `{}` or `[]`."""

from __future__ import annotations

import pytest

from acctplan.document import parse
from acctplan.edit import Delete, apply

Pointer = tuple[str | int, ...]


@pytest.mark.parametrize(
    ("before", "pointer", "after"),
    [
        pytest.param("a: 1\nb: 2\nc: 3\n", ("a",), "b: 2\nc: 3\n", id="first"),
        pytest.param("a: 1\nb: 2\nc: 3\n", ("b",), "a: 1\nc: 3\n", id="middle"),
        pytest.param("a: 1\nb: 2\nc: 3\n", ("c",), "a: 1\nb: 2\n", id="last"),
        pytest.param("a: 1\nb: 2\nc: 3", ("c",), "a: 1\nb: 2", id="last, no final line end"),
        pytest.param("a: 1\r\nb: 2\r\nc: 3", ("c",), "a: 1\r\nb: 2", id="last, no final line end, Windows"),
        pytest.param("a: 1\nb: 2", ("a",), "b: 2", id="first, no final line end"),
        pytest.param("\ufeffa: 1\nb: 2\n", ("a",), "\ufeffb: 2\n", id="first, byte order mark"),
        pytest.param("---\na: 1\nb: 2\n", ("a",), "---\nb: 2\n", id="first, document marker"),
        pytest.param("a: 1\n", ("a",), "{}\n", id="sole"),
        pytest.param("a:\n  b: 1\nc: 2\n", ("a", "b"), "a: {}\nc: 2\n", id="sole, nested"),
        pytest.param("a:\n  b: 1", ("a", "b"), "a: {}", id="sole, no final line end"),
        pytest.param("a:\n  b:\n    c: 1\n  d: 2\n", ("a", "b"), "a:\n  d: 2\n", id="with all that is in it"),
        pytest.param("a: |\n  x\n\n  y\n\nb: 1\n", ("a",), "\nb: 1\n", id="a block of text"),
        pytest.param("b: 1\na: |+\n  x\n\n", ("a",), "b: 1\n", id="a block of text that keeps its line ends"),
        pytest.param("b: 1\na: >-\n  x", ("a",), "b: 1", id="a block of text at the end"),
        pytest.param("b: 1\na: |+\n  x", ("a",), "b: 1", id="one that would keep its line ends"),
        pytest.param("a: 'x\n  y'\nb: 1\n", ("a",), "b: 1\n", id="quotes over two lines"),
        pytest.param("a: [x,\n  y]\nb: 1\n", ("a",), "b: 1\n", id="brackets over two lines"),
        pytest.param("a:\nb: 1\n", ("a",), "b: 1\n", id="an empty value"),
        pytest.param("a:\n- x\n- y\nb: 1\n", ("a",), "b: 1\n", id="a list without indentation"),
    ],
)
def test_an_entry(before: str, pointer: Pointer, after: str):
    assert apply(parse(before), [Delete(pointer)]).text == after


@pytest.mark.parametrize(
    ("before", "pointer", "after"),
    [
        pytest.param("a:\n  - x\n  - y\n  - z\n", ("a", 0), "a:\n  - y\n  - z\n", id="first"),
        pytest.param("a:\n  - x\n  - y\n  - z\n", ("a", 1), "a:\n  - x\n  - z\n", id="middle"),
        pytest.param("a:\n  - x\n  - y\n  - z\n", ("a", 2), "a:\n  - x\n  - y\n", id="last"),
        pytest.param("a:\n- x\n- y\nb: 1\n", ("a", 1), "a:\n- x\nb: 1\n", id="without indentation"),
        pytest.param("a:\n  - x\n  - y", ("a", 1), "a:\n  - x", id="no final line end"),
        pytest.param("a:\n  - x\nb: 1\n", ("a", 0), "a: []\nb: 1\n", id="sole"),
        pytest.param("- x\n", (0,), "[]\n", id="sole of the file"),
        pytest.param("- p: 1\n  q: 2\n- x\n", (0,), "- x\n", id="a mapping"),
        pytest.param("- x\n\n- p: 1\n  q: 2\n\n- y\n", (1,), "- x\n\n\n- y\n", id="between blank lines"),
        pytest.param("-\n  p: 1\n- x\n", (0,), "- x\n", id="a mapping below its dash"),
        pytest.param("- x\n# - old\n-\n  p: 1\n", (1,), "- x\n# - old\n", id="its dash is not the one in the comment"),
        pytest.param("-\n- x\n", (0,), "- x\n", id="an empty item"),
        pytest.param("- |\n  - x\n- y\n", (0,), "- y\n", id="a block of text with a dash in it"),
        pytest.param("- - x\n  - y\n- z\n", (0, 0), "- - y\n- z\n", id="first of an inner list"),
        pytest.param("- - x\n  - y\n- z\n", (0, 1), "- - x\n- z\n", id="last of an inner list"),
    ],
)
def test_an_item(before: str, pointer: Pointer, after: str):
    assert apply(parse(before), [Delete(pointer)]).text == after


@pytest.mark.parametrize(
    ("before", "pointer", "after"),
    [
        pytest.param("- a: 1\n  b: 2\n- c\n", (0, "a"), "- b: 2\n- c\n", id="first"),
        pytest.param("- a: 1\n  b: 2\n  c: 3\n", (0, "a"), "- b: 2\n  c: 3\n", id="first of three"),
        pytest.param("- a: 1\n  b: 2\n- c\n", (0, "b"), "- a: 1\n- c\n", id="last"),
        pytest.param("- a: 1\n- c\n", (0, "a"), "- {}\n- c\n", id="sole"),
        pytest.param("- a: |\n    x\n\n  b: 2\n", (0, "a"), "- b: 2\n", id="a block of text"),
    ],
)
def test_an_entry_behind_a_dash(before: str, pointer: Pointer, after: str):
    assert apply(parse(before), [Delete(pointer)]).text == after


@pytest.mark.parametrize(
    ("before", "pointer", "after"),
    [
        pytest.param("{a: 1, b: 2, c: 3}\n", ("a",), "{b: 2, c: 3}\n", id="first"),
        pytest.param("{a: 1, b: 2, c: 3}\n", ("b",), "{a: 1, c: 3}\n", id="middle"),
        pytest.param("{a: 1, b: 2, c: 3}\n", ("c",), "{a: 1, b: 2}\n", id="last"),
        pytest.param("{a: 1}\n", ("a",), "{}\n", id="sole"),
        pytest.param("{ a: 1 }\n", ("a",), "{  }\n", id="sole, blanks inside"),
        pytest.param("{a: 1,}\n", ("a",), "{}\n", id="sole, a comma at the end"),
        pytest.param("{a: 1, b: 2,}\n", ("b",), "{a: 1,}\n", id="last, a comma at the end"),
        pytest.param("{a, b: 2}\n", ("a",), "{b: 2}\n", id="a key without a value"),
        pytest.param("{a: 1, b}\n", ("b",), "{a: 1}\n", id="a last key without a value"),
        pytest.param("{a: {x: 1}, b: [y]}\n", ("b",), "{a: {x: 1}}\n", id="a collection"),
        pytest.param("[x, y, z]\n", (0,), "[y, z]\n", id="first item"),
        pytest.param("[x, y, z]\n", (1,), "[x, z]\n", id="middle item"),
        pytest.param("[x, y, z]\n", (2,), "[x, y]\n", id="last item"),
        pytest.param("[x]\n", (0,), "[]\n", id="sole item"),
        pytest.param("{a: 1,\n  b: 2, c: 3}\n", ("a",), "{b: 2, c: 3}\n", id="wrapped, first"),
        pytest.param("{a: 1,\n  b: 2, c: 3}\n", ("b",), "{a: 1,\n  c: 3}\n", id="wrapped, first of its line"),
        pytest.param("{a: 1,\n  b: 2, c: 3}\n", ("c",), "{a: 1,\n  b: 2}\n", id="wrapped, last"),
        pytest.param("{a: 1, b: 2,\n  c: 3}\n", ("b",), "{a: 1,\n  c: 3}\n", id="wrapped, last of its line"),
        pytest.param("{a: 1,\n  b: 2}\n", ("b",), "{a: 1}\n", id="wrapped, alone on the last line"),
        pytest.param("{a: 1,\n  b: 2,\n  c: 3}\n", ("b",), "{a: 1,\n  c: 3}\n", id="wrapped, alone on its line"),
        pytest.param("{\n  a: 1,\n  b: 2\n}\n", ("a",), "{\n  b: 2\n}\n", id="an entry a line, first"),
        pytest.param("{\n  a: 1,\n  b: 2\n}\n", ("b",), "{\n  a: 1,\n}\n", id="an entry a line, last"),
        pytest.param("{\n  a: 1, b: 2,\n  c: 3\n}\n", ("a",), "{\n  b: 2,\n  c: 3\n}\n", id="two entries a line, first"),
        pytest.param("{\n  a: 1, b: 2,\n  c: 3\n}\n", ("b",), "{\n  a: 1,\n  c: 3\n}\n", id="two entries a line, second"),
        pytest.param("[\n  x,\n]\n", (0,), "[\n]\n", id="an item a line, sole"),
        pytest.param("[x, 'a,\n  b', y]\n", (1,), "[x, y]\n", id="quotes over two lines"),
    ],
)
def test_in_braces_and_brackets(before: str, pointer: Pointer, after: str):
    assert apply(parse(before), [Delete(pointer)]).text == after


@pytest.mark.parametrize(
    ("before", "pointer", "after"),
    [
        pytest.param("a: 1  # one\nb: 2  # two\n", ("a",), "b: 2  # two\n", id="the one at its end goes"),
        pytest.param("a: 1\n# about b\nb: 2\n# the end\n", ("b",), "a: 1\n# about b\n# the end\n", id="those above and below stay"),
        pytest.param("a:  # A\n  x: 1  # X\n  # in a\nb: 2\n", ("a",), "  # in a\nb: 2\n", id="those inside go, not the one after"),
        pytest.param("a:\n  # above\n  x: 1  # X\n  # below\nb: 2\n", ("a", "x"), "a: {}\n  # above\n  # below\nb: 2\n", id="sole"),
        pytest.param("a:  # A\n  - x\nb: 2\n", ("a", 0), "a: []  # A\nb: 2\n", id="the one behind the key stays"),
        pytest.param("- x  # X\n# above y\n- y  # Y\n", (1,), "- x  # X\n# above y\n", id="in a list"),
        pytest.param("{\n  a: 1, # A\n  b: 2, # B\n}\n", ("a",), "{\n  b: 2, # B\n}\n", id="an entry a line, first"),
        pytest.param("{\n  a: 1, # A\n  b: 2, # B\n}\n", ("b",), "{\n  a: 1, # A\n}\n", id="an entry a line, last"),
        pytest.param("{\n  a: 1, # A\n  b: 2 # B\n}\n", ("b",), "{\n  a: 1, # A\n}\n", id="an entry a line, last, no comma"),
        pytest.param("{\n  a: 1,\n  # about b\n  b: 2,\n}\n", ("a",), "{\n  # about b\n  b: 2,\n}\n", id="above the next"),
        pytest.param("{a: 1, # A\n  b: 2}\n", ("a",), "{ # A\n  b: 2}\n", id="on the line of the brace"),
        pytest.param("{a: 1, # A\n  b: 2}\n", ("b",), "{a: 1, # A\n  }\n", id="before the last"),
        pytest.param("{a: 1, b: 2, # A and B\n  c: 3}\n", ("b",), "{a: 1, # A and B\n  c: 3}\n", id="of two entries"),
        pytest.param("{a: 1 # A\n  , b: 2}\n", ("b",), "{a: 1 # A\n  , }\n", id="before a comma"),
    ],
)
def test_comments(before: str, pointer: Pointer, after: str):
    assert apply(parse(before), [Delete(pointer)]).text == after


def test_to_the_last_one():
    document = parse("people:\n  lena:\n    name: Lena\n    roles:\n      - sponsor\n  tom: {name: Tom}\nrisks: [x]\n")
    for pointer, after in [
        (("people", "lena", "roles", 0), "people:\n  lena:\n    name: Lena\n    roles: []\n  tom: {name: Tom}\nrisks: [x]\n"),
        (("people", "lena", "name"), "people:\n  lena:\n    roles: []\n  tom: {name: Tom}\nrisks: [x]\n"),
        (("people", "lena"), "people:\n  tom: {name: Tom}\nrisks: [x]\n"),
        (("people", "tom", "name"), "people:\n  tom: {}\nrisks: [x]\n"),
        (("people", "tom"), "people: {}\nrisks: [x]\n"),
        (("risks", 0), "people: {}\nrisks: []\n"),
        (("people",), "risks: []\n"),
        (("risks",), "{}\n"),
    ]:
        document = apply(document, [Delete(pointer)])
        assert document.text == after


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("end", [True, False])
@pytest.mark.parametrize("pointer", [("a",), ("b",), ("c",), ("b", 0), ("b", 1), ("c", "y")])
def test_line_ends_stay(newline: str, end: bool, pointer: Pointer):
    def text(*entries: str) -> str:
        return newline.join(entries) + newline * end

    before = text("a: 1", "b:", "  - x", "  - y", "c: {", "  x: 1,", "  y: 2", "}")
    after = {
        ("a",): text("b:", "  - x", "  - y", "c: {", "  x: 1,", "  y: 2", "}"),
        ("b",): text("a: 1", "c: {", "  x: 1,", "  y: 2", "}"),
        ("c",): text("a: 1", "b:", "  - x", "  - y"),
        ("b", 0): text("a: 1", "b:", "  - y", "c: {", "  x: 1,", "  y: 2", "}"),
        ("b", 1): text("a: 1", "b:", "  - x", "c: {", "  x: 1,", "  y: 2", "}"),
        ("c", "y"): text("a: 1", "b:", "  - x", "  - y", "c: {", "  x: 1,", "}"),
    }
    assert apply(parse(before), [Delete(pointer)]).text == after[pointer]
