"""What cannot be done without changing something else is refused, with the line to change by hand, and nothing has changed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from acctplan.document import MAX_CHARACTERS, MAX_DEPTH, parse
from acctplan.edit import Annotate, Append, Delete, Edit, RefusedError, Set, apply
from acctplan.errors import UserError

NO_MAPPING = "its parent is not a mapping"
NO_LIST = "it is not a list"
NO_ITEM = "there is no such item in the list"
NOTHING = "there is nothing there"
NO_LINE = "there is no line to write the comment above"
COMMENT = "a comment is one line of printable text"
HALF = "the text holds half of a character (a lone surrogate)"
NUMBER = "a number in a plan is finite and of a sane length"
ELSE = "something else would change with it"
UNUSUAL = "the text around it is written in an unusual way"
SHARED = "it shares its line with something else"
DASH = "its dash is not at the start of a line"


@pytest.mark.parametrize(
    ("before", "edit", "where", "why", "line"),
    [
        pytest.param("a: 1\nb: 2\n", Set(("b", "c"), 3), "b.c", NO_MAPPING, 2, id="set below a value"),
        pytest.param("a:\n  - x\n", Set(("a", "c"), 3), "a.c", NO_MAPPING, 1, id="set a key in a list"),
        pytest.param("a:\n  - x\n", Set(("a", 1), 3), "a.1", NO_ITEM, 1, id="set beyond a list"),
        pytest.param("a:\n  - x\n", Set(("b", 0, "c"), 3), "b.0.c", NO_ITEM, 1, id="set in a list that is not there"),
        pytest.param("a: 1\n", Set(("a",), "\ud800"), "a", HALF, 1, id="half a character"),
        pytest.param("a: 1\n", Set(("x\udfff",), 1), "x\udfff", HALF, 1, id="in a key"),
        pytest.param("a: [1]\n", Append(("a",), ["\ud83d"]), "a", HALF, 1, id="in an item"),
        pytest.param("a: 1\n", Set(("a",), Decimal("NaN")), "a", NUMBER, 1, id="no number"),
        pytest.param("a: 1\n", Set(("a",), Decimal("Infinity")), "a", NUMBER, 1, id="infinity"),
        pytest.param("a: 1\n", Set(("a",), Decimal("1E+9999")), "a", NUMBER, 1, id="ten thousand digits"),
        pytest.param("a: 1\n", Set(("a",), "x" * MAX_CHARACTERS), "a", "the plan would become too large", 1, id="a huge text"),
        pytest.param(
            "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1),
            Append(("a", *[0] * (MAX_DEPTH - 2)), []),
            "a" + ".0" * (MAX_DEPTH - 2),
            "it would be nested too deeply",
            1,
            id="too deep",
        ),
        pytest.param("a: 1\nb:\n  c: x\n", Append(("b", "c"), 3), "b.c", NO_LIST, 3, id="append to a value"),
        pytest.param("a:\n  c: x\n", Append(("a",), 3), "a", NO_LIST, 1, id="append to a mapping"),
        pytest.param("a: 1\n", Delete(("b",)), "b", NOTHING, 1, id="delete what is not there"),
        pytest.param("a: [x]\n", Delete(("a", 1)), "a.1", NOTHING, 1, id="delete beyond a list"),
        pytest.param("a: 1\n", Delete(()), "the plan", NOTHING, 1, id="delete everything"),
        pytest.param("- a: 1\n", Annotate((0, "a"), "x"), "0.a", NO_LINE, 1, id="no entry with its own line"),
        pytest.param("{a: 1}\n", Annotate(("a",), "x"), "a", NO_LINE, 1, id="braces"),
        pytest.param("a: 1\n", Annotate((), "x"), "the plan", NO_LINE, 1, id="annotate everything"),
        pytest.param("a: 1\n", Annotate(("a",), "x\ny"), "a", COMMENT, 1, id="a comment of two lines"),
        pytest.param("a: 1\n", Annotate(("a",), "\x1b[2J"), "a", COMMENT, 1, id="control characters in it"),
    ],
)
def test_a_request_that_makes_no_sense(before: str, edit: Edit, where: str, why: str, line: int):
    document = parse(before)
    with pytest.raises(RefusedError) as caught:
        apply(document, [edit])
    assert caught.value.message == f"cannot change {where}: {why}"
    assert caught.value.hint == f"change it by hand, on line {line}"
    assert document.text == before


@pytest.mark.parametrize(
    ("before", "edit", "why"),
    [
        pytest.param("b: 1\n? x\n: y\n", Delete(("x",)), SHARED, id="an explicit key"),
        pytest.param("? x\nb: 1\n", Set(("x",), 1), ELSE, id="an explicit key without a value"),
        pytest.param("? x\n: - y\n  - z\n", Set(("x",), 1), SHARED, id="a list behind an explicit colon"),
        pytest.param("- a: 1\n  # about b\n  b: 2\n", Delete((0, "a")), SHARED, id="a comment below a dash"),
        pytest.param("- ? x\n- y\n", Delete((1,)), DASH, id="an explicit key behind a dash"),
        pytest.param("a: [ # none yet\n]\n", Append(("a",), 1), ELSE, id="a comment in an empty list"),
        pytest.param("a: { # none yet\n}\n", Set(("a", "b"), 1), ELSE, id="a comment in an empty mapping"),
        pytest.param("a:\n  x: |\n    text\n  y: 1\n    # deep\n", Delete(("a", "y")), ELSE, id="a comment that would become text"),
        pytest.param("[x, ? y : z]\n", Delete((1, "y")), UNUSUAL, id="a question mark in brackets"),
        pytest.param("{a}\n", Set(("a",), 1), ELSE, id="a key in braces without a colon"),
    ],
)
def test_an_unusual_way_of_writing(before: str, edit: Edit, why: str):
    document = parse(before)
    with pytest.raises(RefusedError) as caught:
        apply(document, [edit])
    assert caught.value.message.endswith(f": {why}")
    assert document.text == before


def test_when_one_edit_is_refused_none_is_made():
    document = parse("a: 1\n")
    with pytest.raises(RefusedError):
        apply(document, [Set(("a",), 2), Delete(("b",))])
    assert document.text == "a: 1\n"
    assert document.data == {"a": "1"}


def test_a_refusal_is_for_the_user():
    assert issubclass(RefusedError, UserError)
