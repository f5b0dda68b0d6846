"""Change a plan's text in place: splice the characters that must change, parse again, compare, or refuse.

Every byte outside the span of an edit stays: comments, layout, the spelling of numbers, line ends. Nothing is ever dumped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from acctplan.diagnostic import Pointer, format_pointer
from acctplan.document import Comment, Document, MalformedError, parse
from acctplan.edit.emit import Value, as_data
from acctplan.edit.splice import Splice, UnspliceableError, annotate, append, delete, newline_of, put
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from acctplan.document import Data

__all__ = ["Annotate", "Append", "Delete", "Edit", "RefusedError", "Set", "Value", "apply"]


@dataclass(frozen=True, slots=True)
class Set:
    """Give a scalar another value, or add an entry to a mapping (with the parents that are missing)."""

    pointer: Pointer
    value: Value


@dataclass(frozen=True, slots=True)
class Append:
    """Add to the end of a list; an absent or empty list begins with it."""

    pointer: Pointer
    value: Value


@dataclass(frozen=True, slots=True)
class Delete:
    """Take out an entry of a mapping or an item of a list; the last one leaves `{}` or `[]`."""

    pointer: Pointer


@dataclass(frozen=True, slots=True)
class Annotate:
    """Write a comment on a line of its own above an entry (above the nearest parent that has its own line)."""

    pointer: Pointer
    comment: str
    """Without the `#`."""


Edit: TypeAlias = Set | Append | Delete | Annotate


class RefusedError(UserError):
    """An edit that cannot be made without changing something else. The document is as it was."""


def apply(document: Document, edits: Iterable[Edit]) -> Document:
    """The document after the edits, made one after the other.

    Raises:
        RefusedError: one of them cannot be made so that only its own span changes; none of them is then made.
    """
    for edit in edits:
        document = _apply(document, edit)
    return document


def _apply(document: Document, edit: Edit) -> Document:
    try:
        splices, expected = _plan(document, edit)
    except UnspliceableError as error:
        raise _refused(document, edit, str(error)) from None
    text = _spliced(document.text, splices)
    try:
        after = parse(text)
        if after.data != expected and not text.endswith(("\n", "\r")):  # a block of text needs the line end that the file lacks
            after = parse(text + newline_of(document))
    except MalformedError as error:
        raise _refused(document, edit, _BEYOND.get(error.problems[0].code, "the text around it is written in an unusual way")) from None
    if after.data != expected or not _comments_stand(document, after, splices, edit):
        raise _refused(document, edit, "something else would change with it")
    return after


_BEYOND = {"syntax/too-large": "the plan would become too large", "syntax/too-deep": "it would be nested too deeply"}


def _plan(document: Document, edit: Edit) -> tuple[list[Splice], Data]:
    match edit:
        case Set(pointer, value):
            return put(document, pointer, value), _with(document.data, pointer, as_data(value))
        case Append(pointer, value):
            return append(document, pointer, value), _appended(document.data, pointer, as_data(value))
        case Delete(pointer):
            return delete(document, pointer), _removed(document.data, pointer)
    return annotate(document, edit.pointer, edit.comment), document.data


def _refused(document: Document, edit: Edit, why: str) -> RefusedError:
    line = document.lines.place(document.span(edit.pointer)[0])[0]
    return RefusedError(f"cannot change {format_pointer(edit.pointer) or 'the plan'}: {why}", f"change it by hand, on line {line}")


def _spliced(text: str, splices: list[Splice]) -> str:
    parts, at = [], 0
    for splice in sorted(splices, key=lambda splice: splice.start):  # of two at one place the first comes first
        parts += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join(parts) + text[at:]


def _comments_stand(before: Document, after: Document, splices: list[Splice], edit: Edit) -> bool:
    """Whether every comment outside what was replaced is still there, and no other has come than the one asked for."""
    replaces = isinstance(edit, Set | Delete) and before.entry(edit.pointer) is not None
    kept = [one for one in before.comments() if not (replaces and any(cut.start <= one.start < cut.end for cut in splices))]
    if isinstance(edit, Annotate):
        kept = sorted([*kept, *(Comment(splice.start, f"# {edit.comment}") for splice in splices)])
    return [one.text for one in kept] == [one.text for one in after.comments()]


def _with(data: Data, pointer: Pointer, value: Data) -> Data:
    """A copy of the data with a value at a pointer; only what lies on the way is copied."""
    if not pointer:
        return value
    step, rest = pointer[0], pointer[1:]
    if isinstance(data, list) and isinstance(step, int):
        return [*data[:step], _with(data[step], rest, value), *data[step + 1 :]]
    mapping = data if isinstance(data, dict) else {}
    return {**mapping, str(step): _with(mapping.get(str(step)), rest, value)}


def _at(data: Data, pointer: Pointer) -> Data:
    for step in pointer:
        if isinstance(data, dict):
            data = data.get(str(step))
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            return None
    return data


def _appended(data: Data, pointer: Pointer, value: Data) -> Data:
    items = _at(data, pointer)
    return _with(data, pointer, [*(items if isinstance(items, list) else []), value])


def _removed(data: Data, pointer: Pointer) -> Data:
    parent, step = _at(data, pointer[:-1]), pointer[-1]
    if isinstance(parent, list):
        return _with(data, pointer[:-1], [one for position, one in enumerate(parent) if position != step])
    assert isinstance(parent, dict)
    return _with(data, pointer[:-1], {name: one for name, one in parent.items() if name != step})
