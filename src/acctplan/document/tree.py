"""A plan's text, what it says and where it says it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from acctplan.document.lines import LINE_END, TextLines
from acctplan.document.nodes import Comment, Entry, Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.diagnostic import Pointer
    from acctplan.document.nodes import Data
    from acctplan.document.places import Places


class Document:
    """A plan's text, what it says (`data`) and where it says it (`root`, `span`)."""

    def __init__(self, text: str, data: Data, places: Places) -> None:
        self.text = text
        self.data = data
        self.lines = TextLines(text)
        self._places = places
        self._children: dict[int, dict[str | int, int]] = {}

    @cached_property
    def root(self) -> Node:
        """The tree of nodes. Made when first asked for: only edits need it."""
        return self._node(0, self.data)[0] if self._places.starts else Scalar(0, 0, "", None)

    def _node(self, slot: int, data: Data) -> tuple[Node, int]:
        """The node of a slot, and the slot after it."""
        places = self._places
        start, end = places.span(slot)
        if isinstance(data, dict):
            mapping = Mapping(start, end, slot in places.in_flow)
            slot += 1
            for name, inner in data.items():
                key = self._scalar(slot, name)
                value, slot = self._node(slot + 1, inner)
                mapping.entries[name] = Entry(key, value)
            return mapping, slot
        if isinstance(data, list):
            sequence = Sequence(start, end, slot in places.in_flow)
            slot += 1
            for inner in data:
                item, slot = self._node(slot, inner)
                sequence.items.append(item)
            return sequence, slot
        return self._scalar(slot, data), slot + 1

    def _scalar(self, slot: int, value: str | None) -> Scalar:
        start, end = self._places.span(slot)
        return Scalar(start, end, self._style(start, end), value)

    def _style(self, start: int, end: int) -> str:
        """A plain scalar cannot begin with a sign of quoting."""
        first = self.text[start] if end > start else ""
        return first if first and first in "'\"|>" else ""

    def _find(self, pointer: Pointer) -> tuple[int, int | None, int, Data]:
        """As far along a pointer as something stands: the steps taken, the slot of the key if there is one, the slot and the data."""
        key, slot, data = None, 0, self.data
        for taken, step in enumerate(pointer):
            if isinstance(data, dict) and step in data:
                key = self._child(slot, data, step)
                slot, data = key + 1, data[str(step)]
            elif isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
                key, slot, data = None, self._child(slot, data, step), data[step]
            else:
                return taken, key, slot, data
        return len(pointer), key, slot, data

    def _child(self, slot: int, data: dict[str, Data] | list[Data], step: str | int) -> int:
        """The slot of an item, or of a key. One walk finds those of all in a collection: many are asked for, one by one."""
        if slot not in self._children:
            steps, width = (data, 2) if isinstance(data, dict) else (range(len(data)), 1)
            self._children[slot] = dict(zip(steps, self._places.children(slot, len(data), width), strict=True))
        return self._children[slot][step]

    def stands(self, pointer: Pointer) -> bool:
        """Whether something stands at a pointer."""
        return self._find(pointer)[0] == len(pointer)

    def entry(self, pointer: Pointer) -> Entry | Node | None:
        """What stands at a pointer: an entry (with its key) in a mapping, a node in a list; None where nothing does."""
        found: Entry | Node = self.root
        for step in pointer:
            node = found.value if isinstance(found, Entry) else found
            if isinstance(node, Mapping) and step in node.entries:
                found = node.entries[str(step)]
            elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
                found = node.items[step]
            else:
                return None
        return found

    def node(self, pointer: Pointer) -> Node | None:
        """The value at a pointer, or None where nothing stands."""
        found = self.entry(pointer)
        return found.value if isinstance(found, Entry) else found

    def span(self, pointer: Pointer, *, key: bool = False) -> tuple[int, int]:
        """Start and end of what to underline for a pointer: a scalar value, else the key, else the nearest parent.

        Args:
            pointer: where to look.
            key: underline the key in any case.
        """
        _, name, slot, data = self._find(pointer)
        if slot == 0:
            return 0, 0
        start, end = self._places.span(slot)
        if name is not None and (key or end == start or isinstance(data, dict | list) or self.text[start] in "|>"):
            return self._places.span(name)
        return start, start if isinstance(data, dict | list) else end

    def comments(self) -> Iterator[Comment]:
        """Every comment, in the order of the file."""
        after = 0
        for start, end in self._places.scalars():
            # After `|` or `>` a comment may stand before the scalar's own text.
            before = self._line_end(start) if self._style(start, end) in ("|", ">") else start
            yield from self._comments_between(after, before)
            after = end
        yield from self._comments_between(after, len(self.text))

    def _line_end(self, offset: int) -> int:
        found = LINE_END.search(self.text, offset)
        return found.start() if found else len(self.text)

    def _comments_between(self, start: int, end: int) -> Iterator[Comment]:
        """The comments in a stretch without scalars: every `#` there begins one."""
        while (start := self.text.find("#", start, end)) >= 0:
            comment = Comment(start, self.text[start : self._line_end(start)])
            yield comment
            start += len(comment.text)
