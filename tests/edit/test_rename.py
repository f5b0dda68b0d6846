"""Another key for an entry."""

from __future__ import annotations

import pytest

from acctplan.document import parse
from acctplan.edit import RefusedError, Rename, Set, apply


@pytest.mark.parametrize(
    ("before", "pointer", "name", "after"),
    [
        pytest.param("a: 1\nb: 2\n", ("a",), "c", "c: 1\nb: 2\n", id="first"),
        pytest.param("a:   # said\n  b: 1\n", ("a",), "long-name", "long-name:   # said\n  b: 1\n", id="with a comment"),
        pytest.param("a: {b: {c: 1}, d: 2}\n", ("a", "b"), "x", "a: {x: {c: 1}, d: 2}\n", id="in braces"),
        pytest.param("'a': 1\n", ("a",), "b", "b: 1\n", id="quotes that are not needed go"),
        pytest.param("a: 1\n", ("a",), "2: b", "'2: b': 1\n", id="quotes that are needed come"),
        pytest.param("a: 1\r\nb: 2", ("b",), "c", "a: 1\r\nc: 2", id="line ends"),
    ],
)
def test_the_key_alone_changes(before: str, pointer: tuple[str, ...], name: str, after: str):
    assert apply(parse(before), [Rename(pointer, name)]).text == after


def test_what_follows_uses_the_new_key():
    text = apply(parse("a: {x: 1}\nb: 2\n"), [Set(("b",), 3), Rename(("a",), "c"), Set(("c", "x"), 4)]).text
    assert text == "c: {x: 4}\nb: 3\n"


@pytest.mark.parametrize(
    ("pointer", "name", "why"),
    [
        (("b",), "c", "it is no entry of a mapping"),
        (("a", 0), "c", "it is no entry of a mapping"),
        (("a",), "d", "there is an entry of that name already"),
        (("a",), "x\ud800", "half of a character"),
    ],
)
def test_what_cannot_be_renamed_stays(pointer: tuple[str | int, ...], name: str, why: str):
    with pytest.raises(RefusedError, match=why):
        apply(parse("a: [1]\nd: 2\n"), [Rename(pointer, name)])
