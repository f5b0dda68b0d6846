"""Append: one more item at the end of a list."""

from __future__ import annotations

import pytest

from acctplan.document import parse
from acctplan.edit import Append, Value, apply

Pointer = tuple[str | int, ...]


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        pytest.param("a:\n  - x\n", "w", "a:\n  - x\n  - w\n", id="indented"),
        pytest.param("a:\n- x\nb: 1\n", "w", "a:\n- x\n- w\nb: 1\n", id="not indented"),
        pytest.param("a:\n    - x\nb: 1\n", "w", "a:\n    - x\n    - w\nb: 1\n", id="indented by four"),
        pytest.param("a:\n  - x", "w", "a:\n  - x\n  - w", id="no final line end"),
        pytest.param("a:\n  - x  # one\n  # more\nb: 1\n", "w", "a:\n  - x  # one\n  - w\n  # more\nb: 1\n", id="comments stay"),
        pytest.param("a:\n  - |\n    x\n\nb: 1\n", "w", "a:\n  - |\n    x\n  - w\n\nb: 1\n", id="after a block of text"),
        pytest.param("a:\n  - p: 1\n    q: 2\nb: 1\n", {"p": {"q": 3}}, "a:\n  - p: 1\n    q: 2\n  - p: {q: 3}\nb: 1\n", id="mappings"),
        pytest.param("a:\n  - {p: 1}\n", {"p": 2, "q": 3}, "a:\n  - {p: 1}\n  - {p: 2, q: 3}\n", id="a small mapping"),
        pytest.param("a:\n  - x\n", dict.fromkeys("pqrs", 1), "a:\n  - x\n  - p: 1\n    q: 1\n    r: 1\n    s: 1\n", id="a larger one"),
        pytest.param("a:\n  - - x\n", ["w"], "a:\n  - - x\n  - [w]\n", id="a list"),
        pytest.param("a:\n  - x\n", "p\nq", "a:\n  - x\n  - |-\n    p\n    q\n", id="text of two lines"),
        pytest.param("a:\n  -\nb: 1\n", "w", "a:\n  -\n  - w\nb: 1\n", id="after an empty item"),
    ],
)
def test_a_list_of_lines(before: str, value: Value, after: str):
    assert apply(parse(before), [Append(("a",), value)]).text == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        pytest.param("a: [x]\n", "w", "a: [x, w]\n", id="one line"),
        pytest.param("a: [ x ]  # why\n", "w", "a: [ x, w ]  # why\n", id="blanks inside"),
        pytest.param("a: [x,]\n", "w", "a: [x, w]\n", id="a comma at the end"),
        pytest.param("a: [x]\n", "w, z", "a: [x, 'w, z']\n", id="text with a comma"),
        pytest.param("a: [x]\n", {"p": [1]}, "a: [x, {p: [1]}]\n", id="a collection"),
        pytest.param("a: [x]\n", "p\nq", 'a: [x, "p\\nq"]\n', id="text of two lines"),
        pytest.param("a: [{p: 1}]\n", "w", "a: [{p: 1}, w]\n", id="after braces"),
        pytest.param("a: [p: 1]\n", "w", "a: [p: 1, w]\n", id="after a pair without braces"),
        pytest.param("a: [x,\n  w]\n", "z", "a: [x,\n  w, z]\n", id="wrapped"),
        pytest.param("a: [\n  x\n]\n", "w", "a: [\n  x,\n  w\n]\n", id="an item a line"),
        pytest.param("a: [\n  x, # one\n  # more\n]\n", "w", "a: [\n  x, # one\n  w,\n  # more\n]\n", id="comments stay"),
        pytest.param("a: [\n  x\n  ,\n]\n", "w", "a: [\n  x\n  ,\n  w,\n]\n", id="a comma on a line of its own"),
        pytest.param("a: [\r\n  x\r\n]\r\n", "w", "a: [\r\n  x,\r\n  w\r\n]\r\n", id="line ends of Windows"),
    ],
)
def test_a_list_in_brackets(before: str, value: Value, after: str):
    assert apply(parse(before), [Append(("a",), value)]).text == after


@pytest.mark.parametrize(
    ("before", "pointer", "after"),
    [
        pytest.param("a: []\n", ("a",), "a: [w]\n", id="empty brackets"),
        pytest.param("a:\nb: 1\n", ("a",), "a: [w]\nb: 1\n", id="nothing"),
        pytest.param("a: ~\n", ("a",), "a: [w]\n", id="null"),
        pytest.param("b: 1\n", ("a",), "b: 1\na: [w]\n", id="no list"),
        pytest.param("b: 1\n", ("a", "c"), "b: 1\na:\n  c: [w]\n", id="no parent"),
        pytest.param("a: {b: []}\n", ("a", "b"), "a: {b: [w]}\n", id="empty brackets in braces"),
        pytest.param("a: [[], x]\n", ("a", 0), "a: [[w], x]\n", id="empty brackets in brackets"),
        pytest.param("-\n- x\n", (0,), "- [w]\n- x\n", id="an empty item"),
        pytest.param("- x\n", (), "- x\n- w\n", id="the whole file"),
        pytest.param("", (), "[w]", id="an empty file"),
    ],
)
def test_an_empty_or_missing_list(before: str, pointer: Pointer, after: str):
    assert apply(parse(before), [Append(pointer, "w")]).text == after
