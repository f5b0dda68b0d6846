"""Where each value of a document stands, kept small."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Places:
    """Where each value of a document stands, in flat lists: building a node for each would take longer than parsing.

    A slot is a scalar or a collection, counted in the order of the file. A mapping is followed by its keys and values in turn, a
    list by its items.
    """

    def __init__(self) -> None:
        self.starts: list[int] | array[int] = []
        self.ends: list[int] | array[int] = []
        self.after: dict[int, int] = {}
        """The slot that follows a collection and all that is in it."""
        self.in_flow: set[int] = set()
        """The collections that are written with brackets."""

    def packed(self, shift: int) -> Places:
        """The same in a tenth of the memory, with each offset moved: the parser does not count a byte order mark."""
        self.starts = array("I", [start + shift for start in self.starts] if shift else self.starts)
        self.ends = array("I", [end + shift for end in self.ends] if shift else self.ends)
        return self

    def scalars(self) -> list[tuple[int, int]]:
        """Start and end of each scalar, keys too, in the order of the file."""
        return [span for slot, span in enumerate(zip(self.starts, self.ends, strict=True)) if slot not in self.after]

    def span(self, slot: int) -> tuple[int, int]:
        """Start and end of a slot."""
        return self.starts[slot], self.ends[slot]

    def children(self, slot: int, count: int, width: int) -> Iterator[int]:
        """The slots of the first children: of items (width 1), or of keys (width 2)."""
        child = slot + 1
        for _ in range(count):
            yield child
            child = self.after.get(child + width - 1, child + width)
