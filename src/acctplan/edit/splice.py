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
_COLUMN = re.compile(r" +(?=#)")
_LEAST_BEFORE_A_COMMENT = 2
_COMMA = re.compile(r"[ \t\r\n]*,")


class Splice(NamedTuple):
    """Replace the characters from `start` to `end` by `text`."""

    start: int
    end: int
    text: str


class UnspliceableError(Exception):
    """There is no place for the edit. The message says why, without the plan's words."""


def put(document: Document, pointer: Pointer, value: emit.Value, *, spread: bool = False) -> list[Splice]:
    """Replace what stands at a pointer, or add it to its mapping; a new mapping on lines of its own, if it is to be spread."""
    _storable([*map(str, pointer), value])
    if document.entry(pointer) is not None:
        return _replace(document, pointer, value)
    depth = len(pointer) - 1
    while document.entry(pointer[:depth]) is None:
        depth -= 1
    if any(isinstance(step, int) for step in pointer[depth:]):
        raise UnspliceableError("there is no such item in the list")
    for missing in reversed(pointer[depth + 1 :]):
        value = {str(missing): value}
    return _add_entry(document, pointer[:depth], str(pointer[depth]), value, len(pointer) - depth if spread else 0)


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
    spans = _spans(document, parent)
    if parent.flow:
        return [_out_of_flow(document, parent, spans, position)]
    if len(spans) == 1:
        return _replace(document, pointer[:-1], {} if isinstance(parent, Mapping) else [])
    return [_out_of_block(document, spans, position)]


def rename(document: Document, pointer: Pointer, name: str) -> list[Splice]:
    """Another key for an entry."""
    found = document.entry(pointer)
    if not isinstance(found, Entry):
        raise UnspliceableError("it is no entry of a mapping")
    if document.entry((*pointer[:-1], name)) is not None:
        raise UnspliceableError("there is an entry of that name already")
    _storable(name)
    return [Splice(found.key.start, found.key.end, emit.key(name, flow=in_flow(document, pointer)))]


def annotate(document: Document, pointer: Pointer, comment: str) -> list[Splice]:
    """A comment line above an entry."""
    if not comment.isprintable():
        raise UnspliceableError("a comment is one line of printable text")
    while pointer:
        entry = document.entry(pointer)
        if isinstance(entry, Entry) and not in_flow(document, pointer) and _begins_line(document, entry.key.start):
            start = _line_start(document, entry.key.start)
            indent = document.text[start : entry.key.start]
            return [Splice(start, start, f"{indent}# {comment}{newline_of(document)}")]
        pointer = pointer[:-1]
    raise UnspliceableError("there is no line to write the comment above")


def newline_of(document: Document) -> str:
    """The line end that the file uses."""
    return document.text[(start := _line_end(document, 0)) : _after_line(document, start)] or "\n"


def _storable(value: emit.Value) -> None:
    """Refuse what no file can hold."""
    try:
        emit.flow(value).encode()
    except UnicodeEncodeError:
        raise UnspliceableError("the text holds half of a character (a lone surrogate)") from None
    except ValueError:
        raise UnspliceableError("a number in a plan is finite and of a sane length") from None


def _replace(document: Document, pointer: Pointer, value: emit.Value) -> list[Splice]:
    found = document.entry(pointer)
    node = document.node(pointer)
    assert node is not None
    end = _content_end(document, node)
    quote = node.style if isinstance(node, Scalar) and node.style in ("'", '"') else ""
    if not pointer or in_flow(document, pointer):
        return [_inline(document, node, end, emit.scalar(value, flow=True, quote=quote) if isinstance(value, str) else emit.flow(value))]
    if isinstance(found, Entry):
        head, below = emit.behind_key(value, _column(document, found.key.start), _step(document))
        if not isinstance(node, Scalar) and not node.flow:
            return _replace_lines(document, found, node, head, below)
    else:
        head, below = emit.behind_dash(value, _column(document, node.start) - 2, _step(document))
    if quote and isinstance(value, str) and not below:
        head = emit.scalar(value, flow=False, quote=quote)
    below_start = below_end = _line_end(document, end)
    if isinstance(node, Scalar) and node.style in ("|", ">"):  # its head and its lines, but not a comment behind its head
        below_start, below_end = _line_end(document, node.start), end
        end = node.start + len(document.text[node.start : below_start].split("#")[0].rstrip())
    first = _inline(document, node, end, head) if head else Splice(_before_blanks(document, node.start), end, "")
    return [first, Splice(below_start, below_end, "".join(newline_of(document) + line for line in below))]


def _replace_lines(document: Document, entry: Entry, node: Node, head: str, below: list[str]) -> list[Splice]:
    """Replace a block collection, which stands on lines of its own below its key."""
    colon = document.text.index(":", entry.key.end) + 1
    start = _line_start(document, node.start)
    if not _begins_line(document, node.start):
        raise UnspliceableError("it shares its line with something else")
    newline = newline_of(document)
    lines = "".join(line + newline for line in below)
    end = _after_line(document, _content_end(document, node))
    if not document.text.endswith(("\n", "\r"), 0, end):  # the last line has no line end: leave none behind either
        start = _before_line_end(document, start)
        lines = newline + lines.removesuffix(newline) if lines else ""
    return [Splice(colon, colon, f" {head}" if head else ""), Splice(start, end, lines)]


def _inline(document: Document, node: Node, end: int, text: str) -> Splice:
    """Replace a value that stands on its key's line; one that is empty needs a space before it, and leaves a comment where it is."""
    if node.start != end or document.text[node.start - 1 : node.start] not in (":", "-"):
        return Splice(node.start, end, text)
    room = _COLUMN.match(document.text, end)
    spare = 0 if room is None else len(room[0]) - _LEAST_BEFORE_A_COMMENT
    return Splice(node.start, end + max(0, min(spare, len(text) + 1)), " " + text)


def _add_entry(document: Document, pointer: Pointer, name: str, value: emit.Value, spread: int) -> list[Splice]:
    """Add `name: value` to the mapping at a pointer; an empty value there counts as an empty mapping.

    Mappings in the value stand on lines of their own to the depth of `spread`, however small they are.
    """
    parent = document.node(pointer)
    assert parent is not None
    step = _step(document)
    if isinstance(parent, Mapping) and parent.entries:
        if parent.flow:
            return _into_flow(document, parent, f"{emit.key(name, flow=True)}: {emit.flow(value)}")
        column = _column(document, next(iter(parent.entries.values())).key.start)
        gap = [""] if not pointer and _are_apart(document, parent) else []
        return [_lines_below(document, _content_end(document, parent), [*gap, *emit.entry(name, value, column, step, spread)])]
    if isinstance(parent, Sequence) or (isinstance(parent, Scalar) and parent.value is not None):
        raise UnspliceableError("its parent is not a mapping")
    if not pointer:
        return [_first_entry(document, parent, name, value)]
    found = document.entry(pointer)
    if not isinstance(found, Entry) or in_flow(document, pointer):
        return [_inline(document, parent, parent.end, emit.flow({name: value}))]
    lines = emit.entry(name, value, _column(document, found.key.start) + step, step, spread)
    return [Splice(_before_blanks(document, parent.start), parent.end, ""), _lines_below(document, parent.end, lines)]


def _are_apart(document: Document, parent: Mapping) -> bool:
    """Whether an empty line stands between the last two entries."""
    entries = list(parent.entries.values())
    if len(entries) < 2:  # noqa: PLR2004  two have something between them
        return False
    between = document.text[_content_end(document, entries[-2].value) : entries[-1].key.start]
    return any(not line.strip() for line in between.splitlines()[1:])


def _first_entry(document: Document, root: Node, name: str, value: emit.Value) -> Splice:
    """The first entry of a plan that is empty, or holds nothing but comments."""
    text, newline = document.text, newline_of(document)
    lines = newline.join(emit.entry(name, value, 0))
    if root.end > root.start:
        return Splice(root.start, root.end, lines if _begins_line(document, root.start) else emit.flow({name: value}))
    glue = newline if text and not text.endswith(("\n", "\r", "\ufeff")) else ""
    return Splice(len(text), len(text), glue + lines + newline)


def _into_flow(document: Document, node: Mapping | Sequence, text: str) -> list[Splice]:
    """Add to a flow collection: behind its last part, or below it where that begins a line and the bracket is on a later one."""
    start, end = _spans(document, node)[-1]
    comma = _after_comma(document, node, end)
    line_end = _line_end(document, comma or end)
    if not _begins_line(document, start) or line_end >= node.end:
        return [Splice(comma, comma, " " + text) if comma else Splice(end, end, ", " + text)]
    line = newline_of(document) + " " * _column(document, start) + text
    return [Splice(line_end, line_end, line + ",")] if comma else [Splice(end, end, ","), Splice(line_end, line_end, line)]


def _out_of_flow(document: Document, parent: Mapping | Sequence, spans: list[tuple[int, int]], position: int) -> Splice:
    """A part with one comma; with the comment at its end if it has its lines to itself."""
    text = document.text
    start, end = spans[position]
    behind = _after_comma(document, parent, end) or end
    line_end = _line_end(document, behind)
    begins_line = _begins_line(document, start)
    if begins_line and text[behind:line_end].lstrip()[:1] in ("", "#"):
        return Splice(_line_start(document, start), _after_line(document, behind), "")
    is_last = position + 1 == len(spans)
    if position and (is_last or not begins_line) and "#" not in text[spans[position - 1][1] : start]:
        return Splice(spans[position - 1][1], end, "")
    following = behind if is_last else spans[position + 1][0]
    return Splice(start, behind if "#" in text[behind:following] else following, "")


def _out_of_block(document: Document, spans: list[tuple[int, int]], position: int) -> Splice:
    """Whole lines, with a comment at the end of the last; behind a dash, up to the next key."""
    start, end = spans[position]
    if not _begins_line(document, start):
        if position + 1 < len(spans) and not document.text[end : spans[position + 1][0]].strip():
            return Splice(start, spans[position + 1][0], "")
        raise UnspliceableError("it shares its line with something else")
    start, end = _line_start(document, start), _after_line(document, end)
    if not document.text.endswith(("\n", "\r"), 0, end):
        start = _before_line_end(document, start)
    return Splice(start, end, "")


def _spans(document: Document, parent: Mapping | Sequence) -> list[tuple[int, int]]:
    """From where to where each part of a collection reaches: from its key, or in a block list from its dash."""
    if isinstance(parent, Mapping):
        return [(entry.key.start, max(entry.key.end, _content_end(document, entry.value))) for entry in parent.entries.values()]
    if parent.flow:
        return [(item.start, item.end) for item in parent.items]
    return [(_dash(document, parent, number), _content_end(document, item)) for number, item in enumerate(parent.items)]


def _dash(document: Document, parent: Sequence, number: int) -> int:
    """The offset of an item's dash in a block list."""
    if number == 0:
        return parent.start
    column = _column(document, parent.start)
    start = _content_end(document, parent.items[number - 1])
    while (start := _after_line(document, start)) < len(document.text):
        if document.text[start : start + column + 1] == " " * column + "-":
            return start + column
    raise UnspliceableError("its dash is not at the start of a line")


def _lines_below(document: Document, offset: int, lines: list[str]) -> Splice:
    """Insert lines below the line of an offset."""
    end = _line_end(document, offset)
    return Splice(end, end, "".join(newline_of(document) + line for line in lines))


def _content_end(document: Document, node: Node) -> int:
    """Where a value's own characters end, before the blanks and comments that follow."""
    if isinstance(node, Scalar):
        if node.style not in ("|", ">"):
            return node.end
        header = document.text[node.start : _line_end(document, node.start)].split("#")[0]
        if "+" in header:
            return _before_line_end(document, node.end)
        return node.start + len(document.text[node.start : node.end].rstrip(" \t\r\n"))
    if node.flow:
        return node.end
    last = node.items[-1] if isinstance(node, Sequence) else list(node.entries.values())[-1].value
    return _content_end(document, last)


def _after_comma(document: Document, parent: Mapping | Sequence, end: int) -> int | None:
    """The offset behind the comma that follows a part of a flow collection; None where none does."""
    comma = _COMMA.match(document.text, end, parent.end)
    return comma.end() if comma else None


def in_flow(document: Document, pointer: Pointer) -> bool:
    """Whether what stands at a pointer is inside braces or brackets."""
    parents = (document.node(pointer[:depth]) for depth in range(len(pointer)))
    return any(isinstance(parent, Mapping | Sequence) and parent.flow for parent in parents)


def _step(document: Document) -> int:
    """By how much this file indents."""
    if isinstance(document.root, Mapping):
        for _, value in document.root.entries.values():
            if isinstance(value, Mapping) and not value.flow:
                return _column(document, value.start) - _column(document, document.root.start)
    return 2


def _column(document: Document, offset: int) -> int:
    return offset - _line_start(document, offset)


def _begins_line(document: Document, offset: int) -> bool:
    return not document.text[_line_start(document, offset) : offset].strip(" ")


def _line_start(document: Document, offset: int) -> int:
    start = max(document.text.rfind("\n", 0, offset), document.text.rfind("\r", 0, offset)) + 1
    return 1 if start == 0 and document.text.startswith("\ufeff") else start


def _line_end(document: Document, offset: int) -> int:
    """Where the line of an offset ends, before its line end."""
    found = _LINE_END.search(document.text, offset)
    assert found is not None
    return found.start()


def _after_line(document: Document, offset: int) -> int:
    """Where the line after that of an offset begins, or the text ends."""
    found = _LINE_END.search(document.text, offset)
    assert found is not None
    return found.end()


def _before_line_end(document: Document, offset: int) -> int:
    """The offset before the line end, if any, that an offset stands behind."""
    if document.text.endswith("\r\n", 0, offset):
        return offset - 2
    return offset - 1 if document.text.endswith(("\n", "\r"), 0, offset) else offset


def _before_blanks(document: Document, offset: int) -> int:
    return len(document.text[:offset].rstrip(" "))
