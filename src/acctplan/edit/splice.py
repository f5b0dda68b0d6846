"""Where to cut and what to insert: one function per kind of edit, each a list of splices for a document's text.

The functions aim at the usual ways of writing YAML. They need not be right about the others: whoever applies the splices parses
again and compares, so a wrong guess is a refused edit and never a wrong file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from acctplan.document import Entry, Mapping, Node, Scalar, Sequence
from acctplan.edit import emit

if TYPE_CHECKING:
    from acctplan.diagnostic import Pointer
    from acctplan.document import Document

_LINE_END = re.compile(r"\r\n|\n|\r|\Z")


class Splice(NamedTuple):
    """Replace the characters from `start` to `end` by `text`."""

    start: int
    end: int
    text: str


class UnspliceableError(Exception):
    """There is no place for the edit. The message says why, without the plan's words."""


def put(document: Document, pointer: Pointer, value: emit.Value) -> list[Splice]:
    """Replace what stands at a pointer, or add it to its mapping."""
    _storable(value)
    if document.entry(pointer) is not None:
        return _replace(document, pointer, value)
    depth = len(pointer) - 1
    while document.entry(pointer[:depth]) is None:
        depth -= 1
    for missing in reversed(pointer[depth + 1 :]):
        value = {str(missing): value}
    if any(isinstance(step, int) for step in pointer[depth:]):
        raise UnspliceableError("there is no such item in the list")
    return _add_entry(document, pointer[:depth], str(pointer[depth]), value)


def append(document: Document, pointer: Pointer, value: emit.Value) -> list[Splice]:
    """Add an item to a list."""
    node = document.node(pointer)
    if node is None or (isinstance(node, Scalar) and node.value is None) or (isinstance(node, Sequence) and not node.items):
        return put(document, pointer, [value])
    _storable(value)
    if not isinstance(node, Sequence):
        raise UnspliceableError("it is not a list")
    if node.flow:
        return _into_flow(document, node, emit.flow(value))
    last = _content_end(document, node.items[-1])
    return [_lines_below(document, last, emit.item(value, _column(document, node.start), _step(document)))]


def delete(document: Document, pointer: Pointer) -> list[Splice]:
    """Take out an entry or an item."""
    if not pointer or document.entry(pointer) is None:
        raise UnspliceableError("there is nothing there")
    parent = document.node(pointer[:-1])
    assert isinstance(parent, Mapping | Sequence)
    position = list(parent.entries).index(str(pointer[-1])) if isinstance(parent, Mapping) else int(pointer[-1])
    if parent.flow:
        return _out_of_flow(document, parent, position)
    spans = _spans(document, parent)
    if len(spans) == 1:
        return _replace(document, pointer[:-1], {} if isinstance(parent, Mapping) else [])
    return [_out_of_block(document, spans, position)]


def annotate(document: Document, pointer: Pointer, comment: str) -> list[Splice]:
    """A comment line above an entry."""
    if not comment.isprintable():
        raise UnspliceableError("a comment is one line of printable text")
    while pointer:
        entry = document.entry(pointer)
        if isinstance(entry, Entry) and not _in_flow(document, pointer):
            start = _line_start(document, entry.key.start)
            indent = document.text[start : entry.key.start]
            if not indent.strip():
                return [Splice(start, start, f"{indent}# {comment}{_newline(document)}")]
        pointer = pointer[:-1]
    raise UnspliceableError("there is no line to write the comment above")


def _storable(value: emit.Value) -> None:
    """Refuse what no file can hold."""
    try:
        emit.flow(value).encode()
    except UnicodeEncodeError:
        raise UnspliceableError("the text holds half of a character (a lone surrogate)") from None
    except ValueError:
        raise UnspliceableError("the number is infinite, undefined or far too long") from None


def _replace(document: Document, pointer: Pointer, value: emit.Value) -> list[Splice]:
    found = document.entry(pointer)
    node = document.node(pointer)
    assert node is not None
    end = _content_end(document, node)
    if _in_flow(document, pointer):
        return [_inline(document, node, end, emit.flow(value))]
    key_column = _column(document, found.key.start) if isinstance(found, Entry) else None
    if isinstance(found, Entry):
        lines = emit.entry(found.key.value or "", value, key_column or 0, _step(document))
        head = lines[0].strip()[len(emit.key(found.key.value or "", flow=False)) + 1 :].strip()
    elif pointer:
        lines = emit.item(value, max(0, _column(document, node.start) - 2), _step(document))
        head = lines[0].strip().removeprefix("-").strip()
    else:
        return [Splice(node.start, end, emit.flow(value))]
    if len(lines) == 1 and isinstance(node, Scalar) and node.style in ("'", '"') and isinstance(value, str):
        head = emit.scalar(value, flow=False, quote=node.style)
    if isinstance(node, Scalar | Mapping | Sequence) and not _is_block(node):
        return [_inline(document, node, end, _joined(document, head, lines[1:]))]
    return _replace_block(document, found, node, end, head, lines[1:])


def _replace_block(
    document: Document, found: Entry | Node | None, node: Mapping | Sequence | Scalar, end: int, head: str, below: list[str]
) -> list[Splice]:
    """Replace a value that stands on lines of its own below its key (or behind its dash)."""
    text = document.text
    if not isinstance(found, Entry) or isinstance(node, Scalar):
        return [Splice(node.start, end, _joined(document, head, below).lstrip("\r\n "))]
    colon = text.index(":", found.key.end) + 1
    start = _line_start(document, node.start)
    if start <= colon or text[start : node.start].strip():
        raise UnspliceableError("it shares its line with something else")
    line_end = _line_end(document, end)
    body = "".join(line + _newline(document) for line in below)
    cut = _after_line_end(document, line_end)
    if cut == line_end:  # the file does not end with a line end: leave none behind either
        start = _before_line_end(document, start)
        body = _newline(document) + body.removesuffix(_newline(document)) if body else ""
    splices = [Splice(start, cut, body)]
    if head:
        splices.append(Splice(colon, colon, " " + head))
    return splices


def _inline(document: Document, node: Node, end: int, text: str) -> Splice:
    """Replace a value that stands on its key's line; one that is empty needs a space before it."""
    glued = node.start == end and document.text[node.start - 1 : node.start] in (":", "-", "?")
    if text.startswith(("\n", "\r")):
        start = node.start if glued or node.start == 0 else len(document.text[: node.start].rstrip(" "))
        return Splice(start, end, text)
    return Splice(node.start, end, " " + text if glued else text)


def _joined(document: Document, head: str, below: list[str]) -> str:
    newline = _newline(document)
    return head + "".join(newline + line for line in below)


def _add_entry(document: Document, pointer: Pointer, name: str, value: emit.Value) -> list[Splice]:
    """Add `name: value` to the mapping at a pointer; an empty value there counts as an empty mapping."""
    parent = document.node(pointer)
    assert parent is not None
    step = _step(document)
    if isinstance(parent, Mapping) and parent.entries:
        last = list(parent.entries.values())[-1]
        if parent.flow:
            return _into_flow(document, parent, f"{emit.key(name, flow=True)}: {emit.flow(value)}")
        column = _column(document, next(iter(parent.entries.values())).key.start)
        return [_lines_below(document, _content_end(document, last.value), emit.entry(name, value, column, step))]
    if isinstance(parent, Sequence) or (isinstance(parent, Scalar) and parent.value is not None):
        raise UnspliceableError("its parent is not a mapping")
    if not pointer:
        return [_first_entry(document, parent, emit.entry(name, value, 0, step))]
    if _in_flow(document, pointer):
        return [_inline(document, parent, parent.end, emit.flow({name: value}))]
    found = document.entry(pointer)
    if not isinstance(found, Entry):
        raise UnspliceableError("its parent is an empty item of a list")
    lines = emit.entry(name, value, _column(document, found.key.start) + step, step)
    below = _lines_below(document, parent.end, lines)
    start = len(document.text[: parent.start].rstrip(" "))
    return [below, Splice(start, parent.end, "")] if parent.end > parent.start else [below]


def _first_entry(document: Document, root: Node, lines: list[str]) -> Splice:
    """The first entry of a plan that is empty, or holds nothing but comments."""
    if root.end > root.start:
        return Splice(root.start, root.end, _joined(document, lines[0], lines[1:]))
    newline = _newline(document)
    glue = newline if document.text and not document.text.endswith(("\n", "\r", "\ufeff")) else ""
    return Splice(len(document.text), len(document.text), glue + newline.join(lines) + newline)


def _into_flow(document: Document, node: Mapping | Sequence, last: int, text: str) -> Splice:
    """Add to a non-empty flow collection, behind its last part."""
    rest = document.text[last : node.end - 1]
    comma = re.match(r"\s*,", rest)
    if comma:
        return Splice(last + comma.end(), last + comma.end(), " " + text)
    return Splice(last, last, ", " + text)


def _out_of_flow(document: Document, parent: Mapping | Sequence, position: int) -> Splice:
    if isinstance(parent, Mapping):
        spans = [(entry.key.start, max(entry.key.end, entry.value.end)) for entry in parent.entries.values()]
    else:
        spans = [(item.start, item.end) for item in parent.items]
    start, end = spans[position]
    if position + 1 < len(spans):
        return Splice(start, spans[position + 1][0], "")
    if position:
        return Splice(spans[position - 1][1], end, "")
    comma = re.match(r"\s*,", document.text[end : parent.end - 1])
    return Splice(start, end + (comma.end() if comma else 0), "")


def _out_of_block(document: Document, spans: list[tuple[int, int]], position: int) -> Splice:
    """Whole lines, with a comment at the end of the last; behind a dash, up to the next key."""
    start, end = spans[position]
    line_start = _line_start(document, start)
    if document.text[line_start:start].strip(" "):
        if position + 1 < len(spans) and not document.text[end : spans[position + 1][0]].strip():
            return Splice(start, spans[position + 1][0], "")
        raise UnspliceableError("it shares its line with something else")
    line_end = _line_end(document, end)
    cut = _after_line_end(document, line_end)
    if cut == line_end:
        line_start = _before_line_end(document, line_start)
    return Splice(line_start, cut, "")


def _dash(document: Document, parent: Sequence, number: int) -> int:
    """The offset of an item's dash in a block list; of the item itself in a flow list."""
    if parent.flow or number == 0:
        return parent.start if not parent.flow else parent.items[0].start
    column = _column(document, parent.start)
    start = _line_end(document, _content_end(document, parent.items[number - 1]))
    while (start := _after_line_end(document, start)) < len(document.text):
        if document.text[start : start + column + 1].strip(" ") == "-" and document.text[start + column] == "-":
            return start + column
        start = _line_end(document, start)
    raise UnspliceableError("its dash is not at the start of a line")


def _lines_below(document: Document, offset: int, lines: list[str]) -> Splice:
    """Insert lines below the line of an offset."""
    end = _line_end(document, offset)
    return Splice(end, end, "".join(_newline(document) + line for line in lines))


def _content_end(document: Document, node: Node) -> int:
    """Where a value's own characters end, before the blanks and comments that follow."""
    if isinstance(node, Scalar):
        if node.style not in ("|", ">"):
            return node.end
        body = document.text[node.start : node.end]
        header = body.splitlines()[0].split("#")[0]
        kept = re.sub(r"(?:\r\n|\n|\r)\Z", "", body) if "+" in header else body.rstrip()
        return node.start + len(kept)
    if node.flow:
        return node.end
    last = node.items[-1] if isinstance(node, Sequence) else list(node.entries.values())[-1].value
    return _content_end(document, last)


def _is_block(node: Node) -> bool:
    return node.style in ("|", ">") if isinstance(node, Scalar) else not node.flow


def _in_flow(document: Document, pointer: Pointer) -> bool:
    """Whether what stands at a pointer is inside braces or brackets."""
    parents = (document.node(pointer[:depth]) for depth in range(len(pointer)))
    return any(isinstance(parent, Mapping | Sequence) and parent.flow for parent in parents)


def _step(document: Document) -> int:
    """By how much this file indents."""
    if isinstance(document.root, Mapping) and not document.root.flow:
        outer = document.root.entries.values()
        for value in (entry.value for entry in outer if isinstance(entry.value, Mapping)):
            if not value.flow and value.entries:
                inner = _column(document, next(iter(value.entries.values())).key.start)
                return max(1, inner - _column(document, next(iter(outer)).key.start))
    return 2


def _column(document: Document, offset: int) -> int:
    return offset - _line_start(document, offset)


def _line_start(document: Document, offset: int) -> int:
    start = max(document.text.rfind("\n", 0, offset), document.text.rfind("\r", 0, offset)) + 1
    return 1 if start == 0 and document.text.startswith("\ufeff") else start


def _line_end(document: Document, offset: int) -> int:
    found = _LINE_END.search(document.text, offset)
    assert found is not None
    return found.start()


def _after_line_end(document: Document, line_end: int) -> int:
    found = _LINE_END.match(document.text, line_end)
    assert found is not None
    return found.end()


def _before_line_end(document: Document, line_start: int) -> int:
    return len(re.sub(r"(?:\r\n|\n|\r)\Z", "", document.text[:line_start]))


def _newline(document: Document) -> str:
    """The line end that the file uses."""
    found = re.search(r"\r\n|\n|\r", document.text)
    return found.group() if found else "\n"
