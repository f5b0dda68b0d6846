"""Annotate: a comment on a line of its own."""

from __future__ import annotations

import pytest

from acctplan.document import parse
from acctplan.edit import Annotate, apply

Pointer = tuple[str | int, ...]


@pytest.mark.parametrize(
    ("before", "pointer", "after"),
    [
        pytest.param("a: 1\nb: 2\n", ("b",), "a: 1\n# note\nb: 2\n", id="above its line"),
        pytest.param("a: 1\n", ("a",), "# note\na: 1\n", id="at the top"),
        pytest.param("\ufeffa: 1\n", ("a",), "\ufeff# note\na: 1\n", id="behind a byte order mark"),
        pytest.param("---\na: 1\n", ("a",), "---\n# note\na: 1\n", id="below the document marker"),
        pytest.param("a:\n  b:\n    c: 1\n", ("a", "b", "c"), "a:\n  b:\n    # note\n    c: 1\n", id="indented like it"),
        pytest.param("a: {b: 1}\n", ("a", "b"), "# note\na: {b: 1}\n", id="above the entry with the braces"),
        pytest.param("a: {b: 1,\n  c: 2}\n", ("a", "c"), "# note\na: {b: 1,\n  c: 2}\n", id="even if they are wrapped"),
        pytest.param("a:\n  - x\n  - y\n", ("a", 1), "# note\na:\n  - x\n  - y\n", id="above the list of an item"),
        pytest.param("a:\n  - b: 1\n    c: 2\n", ("a", 0, "b"), "# note\na:\n  - b: 1\n    c: 2\n", id="behind a dash: above the list"),
        pytest.param("a:\n  - b: 1\n    c: 2\n", ("a", 0, "c"), "a:\n  - b: 1\n    # note\n    c: 2\n", id="in an item"),
        pytest.param("a: |\n  x\n\nb: 1\n", ("b",), "a: |\n  x\n\n# note\nb: 1\n", id="after a block of text"),
        pytest.param("a: 1\r\nb: 2\r\n", ("b",), "a: 1\r\n# note\r\nb: 2\r\n", id="line ends of Windows"),
        pytest.param("# note\na: 1\n", ("a",), "# note\n# note\na: 1\n", id="a second time"),
        pytest.param(
            "a: 1 # note\nb: '# note' # x\nc: 3 # note\n",
            ("b",),
            "a: 1 # note\n# note\nb: '# note' # x\nc: 3 # note\n",
            id="among its like",
        ),
    ],
)
def test_the_place(before: str, pointer: Pointer, after: str):
    annotated = apply(parse(before), [Annotate(pointer, "note")])
    assert annotated.text == after
    assert annotated.data == parse(before).data


@pytest.mark.parametrize("comment", ["", "a: b", "# twice", "'quote", "Zoë 🍅", "ends with a blank "])
def test_any_line_of_text(comment: str):
    assert apply(parse("a: 1\n"), [Annotate(("a",), comment)]).text == f"# {comment}\na: 1\n"
