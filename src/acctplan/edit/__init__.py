"""Change a plan's text in place: splice the characters that must change, parse again, compare, or refuse.

Every byte outside the span of an edit stays: comments, layout, the spelling of numbers, line ends. Nothing is ever dumped.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING

from acctplan.diagnostic import Pointer, format_pointer
from acctplan.document import Comment, Document, MalformedError, parse
from acctplan.edit.emit import Value, as_data
from acctplan.edit.kinds import Annotate, Append, Delete, Edit, Rename, Set
from acctplan.edit.splice import Splice, UnspliceableError, annotate, append, delete, in_flow, newline_of, put, rename
from acctplan.edit.together import Run, is_plain
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from acctplan.document import Data

__all__ = ["Annotate", "Append", "Delete", "Edit", "RefusedError", "Rename", "Set", "Value", "apply", "in_flow", "value_at"]


class RefusedError(UserError):
    """An edit that cannot be made without changing something else. The document is as it was."""


def apply(document: Document, edits: Iterable[Edit]) -> Document:
    """The document after the edits, made one after the other.

    Those that have nothing to do with each other are made at once: to parse and compare a large plan takes its time.

    Raises:
        RefusedError: one of them cannot be made so that only its own span changes; none of them is then made.
    """
    run = Run(document)
    for edit in edits:
        if not _joins(run, edit):
            run = Run(_made(run))
            if not _joins(run, edit):
                run = Run(_apply(run.document, edit))
    return _made(run)


def _joins(run: Run, edit: Edit) -> bool:
    """Whether an edit can be made together with those of a run; then it is one of them."""
    if not is_plain(run.document, edit):
        return False
    try:
        return run.takes(edit, _splices(run.document, edit))
    except UnspliceableError:
        return False


def _made(run: Run) -> Document:
    """The document after the edits of a run: all at once, or one by one where that does not give what they should."""
    if len(run.edits) > 1 and run.is_apart and (after := _together(run)) is not None:
        return after
    document = run.document
    for edit in run.edits:
        document = _apply(document, edit)
    return document


def _together(run: Run) -> Document | None:
    expected = run.document.data
    for edit in run.edits:
        expected = _expected(expected, edit)
    try:
        after = parse(_spliced(run.document.text, list(chain.from_iterable(run.splices))))
    except MalformedError:
        return None
    is_right = after.data == expected and _comments_stand(run.document, after, list(zip(run.edits, run.splices, strict=True)))
    return after if is_right else None


def _apply(document: Document, edit: Edit) -> Document:
    try:
        splices = _splices(document, edit)
        expected = _expected(document.data, edit)
    except UnspliceableError as error:
        raise _refused(document, edit, str(error)) from None
    text = _spliced(document.text, splices)
    try:
        after = parse(text)
        if after.data != expected and not text.endswith(("\n", "\r")):  # a block of text needs the line end that the file lacks
            after = parse(text + newline_of(document))
    except MalformedError as error:
        raise _refused(document, edit, _BEYOND.get(error.problems[0].code, "the text around it is written in an unusual way")) from None
    if after.data != expected or not _comments_stand(document, after, [(edit, splices)]):
        raise _refused(document, edit, "something else would change with it")
    return after


_BEYOND = {"syntax/too-large": "the plan would become too large", "syntax/too-deep": "it would be nested too deeply"}


def _splices(document: Document, edit: Edit) -> list[Splice]:
    match edit:
        case Set(pointer, value, spread):
            return put(document, pointer, value, spread=spread)
        case Append(pointer, value):
            return append(document, pointer, value)
        case Delete(pointer):
            return delete(document, pointer)
        case Rename(pointer, name):
            return rename(document, pointer, name)
    return annotate(document, edit.pointer, edit.comment)


def _expected(data: Data, edit: Edit) -> Data:
    match edit:
        case Set(pointer, value):
            return _with(data, pointer, as_data(value))
        case Append(pointer, value):
            return _appended(data, pointer, as_data(value))
        case Delete(pointer):
            return _removed(data, pointer)
        case Rename(pointer, name):
            entries = value_at(data, pointer[:-1])
            assert isinstance(entries, dict)
            return _with(data, pointer[:-1], {name if key == pointer[-1] else key: value for key, value in entries.items()})
    return data


def _refused(document: Document, edit: Edit, why: str) -> RefusedError:
    line = document.lines.place(document.span(edit.pointer)[0])[0]
    return RefusedError(f"cannot change {format_pointer(edit.pointer) or 'the plan'}: {why}", f"change it by hand, on line {line}")


def _spliced(text: str, splices: list[Splice]) -> str:
    parts, at = [], 0
    for splice in sorted(splices, key=lambda splice: splice.start):  # of two at one place the first comes first
        parts += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join(parts) + text[at:]


def _comments_stand(before: Document, after: Document, made: list[tuple[Edit, list[Splice]]]) -> bool:
    """Whether every comment outside what was replaced is still there, and no other has come than those asked for."""
    replaced: list[Splice] = []
    added: list[Comment] = []
    for edit, splices in made:
        if isinstance(edit, Annotate):
            added += (Comment(splice.start, f"# {edit.comment}") for splice in splices)
        elif isinstance(edit, Set | Delete) and before.entry(edit.pointer) is not None:
            replaced += splices
    gone = _inside(before.comments(), replaced)
    kept = [one for one in before.comments() if one.start not in gone]
    return [one.text for one in sorted([*kept, *added], key=lambda one: one.start)] == [one.text for one in after.comments()]


def _inside(comments: Iterable[Comment], cuts: list[Splice]) -> set[int]:
    """Where the comments start that stand in one of the cuts, which lie apart."""
    cuts = sorted((cut for cut in cuts if cut.start < cut.end), key=lambda cut: cut.start)
    starts = [cut.start for cut in cuts]
    places = ((one.start, bisect_right(starts, one.start) - 1) for one in comments)
    return {start for start, place in places if place >= 0 and start < cuts[place].end}


def _with(data: Data, pointer: Pointer, value: Data) -> Data:
    """A copy of the data with a value at a pointer; only what lies on the way is copied."""
    if not pointer:
        return value
    step, rest = pointer[0], pointer[1:]
    if isinstance(data, list) and isinstance(step, int):
        return [*data[:step], _with(data[step], rest, value), *data[step + 1 :]]
    mapping = data if isinstance(data, dict) else {}
    return {**mapping, str(step): _with(mapping.get(str(step)), rest, value)}


def value_at(data: Data, pointer: Pointer) -> Data:
    """What stands at a pointer in some data; None where there is nothing."""
    for step in pointer:
        if isinstance(data, dict):
            data = data.get(str(step))
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def _appended(data: Data, pointer: Pointer, value: Data) -> Data:
    items = value_at(data, pointer)
    return _with(data, pointer, [*(items if isinstance(items, list) else []), value])


def _removed(data: Data, pointer: Pointer) -> Data:
    parent, step = value_at(data, pointer[:-1]), pointer[-1]
    if isinstance(parent, list):
        return _with(data, pointer[:-1], [one for position, one in enumerate(parent) if position != step])
    assert isinstance(parent, dict)
    return _with(data, pointer[:-1], {name: one for name, one in parent.items() if name != step})
