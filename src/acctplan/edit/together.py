"""Which edits may be planned on one document and made at once, because made one after the other they would give the same text.

Only what is certain: single values replaced, entries added to or taken out of block mappings, and comments above entries, each at a
place of its own. All the rest is left to be made one by one, as is a run that does not turn out as it should.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from acctplan.document import Mapping, Scalar
from acctplan.edit.kinds import Annotate, Delete, Edit, Set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.diagnostic import Pointer
    from acctplan.document import Document
    from acctplan.edit.emit import Value
    from acctplan.edit.splice import Splice

_Steps: TypeAlias = tuple[str, ...]


def is_plain(document: Document, edit: Edit) -> bool:
    """Whether an edit depends on nothing but the few lines that it changes."""
    pointer = edit.pointer
    if not pointer or any(isinstance(step, int) for step in pointer):
        return False
    node, parent = document.node(pointer), document.node(pointer[:-1])
    in_block = isinstance(parent, Mapping) and bool(parent.entries) and not parent.flow
    match edit:
        case Set(value=value) if node is not None:
            return isinstance(node, Scalar) and node.style not in ("|", ">") and _is_one_line(value)
        case Set():
            return in_block
        case Delete():  # a section decides by how much the file indents
            return in_block and node is not None and len(pointer) > 1
        case Annotate():
            return node is not None
    return False


def _is_one_line(value: Value) -> bool:
    return "\n" not in value if isinstance(value, str) else not hasattr(value, "__len__")


class Run:
    """Edits of one document that do not touch each other.

    Args:
        document: what all of them are planned on.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.edits: list[Edit] = []
        self.splices: list[list[Splice]] = []
        self._pointers: set[_Steps] = set()
        self._above: set[_Steps] = set()
        self._deleted: Counter[Pointer] = Counter()
        self._starts: dict[int, Pointer | None] = {}
        """Where something changes; where lines are added, below which mapping."""

    def takes(self, edit: Edit, splices: Sequence[Splice]) -> bool:
        """Take one more edit, planned on the same document, unless it has to do with one that is there already."""
        steps = tuple(map(str, edit.pointer))
        above = {steps[:depth] for depth in range(len(steps))}
        if steps in self._pointers or steps in self._above or not above.isdisjoint(self._pointers):
            return False
        changes = [splice for splice in splices if splice.text or splice.start < splice.end]
        adds_to = edit.pointer[:-1] if isinstance(edit, Set) and self.document.entry(edit.pointer) is None else None
        if any(splice.start in self._starts and (adds_to is None or self._starts[splice.start] != adds_to) for splice in changes):
            return False
        if isinstance(edit, Delete) and not self._leaves_one(edit.pointer[:-1]):
            return False
        self.edits.append(edit)
        self.splices.append(changes)
        self._pointers.add(steps)
        self._above |= above
        self._starts.update((splice.start, adds_to) for splice in changes)
        return True

    def _leaves_one(self, parent: Pointer) -> bool:
        """Whether a mapping would still have an entry, the last of which is written in another way."""
        node = self.document.node(parent)
        assert isinstance(node, Mapping)
        self._deleted[parent] += 1
        return self._deleted[parent] < len(node.entries)

    @property
    def is_apart(self) -> bool:
        """Whether no edit changes characters that another one changes."""
        every = sorted((splice for splices in self.splices for splice in splices), key=lambda splice: splice.start)
        return all(one.end <= other.start for one, other in pairwise(every))
