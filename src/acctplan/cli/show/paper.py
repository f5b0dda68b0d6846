"""Lines of words for a terminal of some width, or for a file, where they are as long as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from acctplan.report.style import plain
from acctplan.report.visible import columns, visible
from acctplan.report.wrapping import Word, crop, words, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from acctplan.report import Role, Style

INDENT = 2
"""Before what stands below a title."""
_LEAST, _STEP = 8, 4
"""Columns that a text that is cut takes at least, and by how many more it is cut until it fits."""


class Line(NamedTuple):
    """One line, as it is measured and as it is written."""

    plain: str
    painted: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What lines are written on."""

    width: int
    """Columns; 0 where no person with a terminal reads."""
    is_full: bool
    """Texts are told in full, over several lines, instead of cut at the end of one."""
    style: Style

    @property
    def is_terminal(self) -> bool:
        """Whether there is room for pictures, and none for long lines."""
        return self.width > 0

    def title(self, text: str) -> list[Line]:
        """A heading."""
        return self._wrapped([Word(visible(text), "path")], 0, 0)

    def line(self, cells: Sequence[Word], text: str = "", *, indent: int = INDENT, role: Role | None = None, most: int = 1) -> list[Line]:
        """Cells, then a text of the plan.

        Args:
            cells: what always stands there, visible already.
            text: cut where the last line ends, unless everything is told in full.
            indent: columns before it.
            role: of the text.
            most: lines, where not everything is told in full.
        """
        shown = visible(text)
        hanging = indent + INDENT
        room = self.width - indent - sum(columns(cell.text) + len(cell.tail) + 1 for cell in cells)
        said = [Word(one.text, role) for one in words(shown)] if shown else []
        if self.is_full or not self.is_terminal or room < _LEAST:
            return self._wrapped([*cells, *said], indent, hanging)
        if most == 1:
            return self._wrapped([*cells, *([Word(crop(shown, 0, room), role)] if shown else [])], indent, hanging)
        lines = self._wrapped([*cells, *said], indent, hanging)
        size = room * most
        while len(lines) > most:  # words leave some room at the end of a line, so it takes a few tries
            lines = self._wrapped([*cells, *(Word(one.text, role) for one in words(crop(shown, 0, size)))], indent, hanging)
            size -= _STEP
        return lines

    def _wrapped(self, parts: Sequence[Word], indent: int, hanging: int) -> list[Line]:
        pairs = zip(
            wrap(parts, self.width, plain, indent=indent, hanging=hanging),
            wrap(parts, self.width, self.style, indent=indent, hanging=hanging),
            strict=True,
        )
        return [Line(bare.rstrip(), painted.rstrip()) for bare, painted in pairs]

    def grid(self, rows: Iterable[Sequence[str]], caps: Sequence[int]) -> list[list[str]]:
        """Cells of a column made equally wide: at most `caps` columns on a terminal, where longer ones are cut."""
        shown = [[visible(cell) for cell in row] for row in rows]
        if not shown:
            return []
        widths = [
            min(max(map(columns, cells)), cap if self.is_terminal else max(map(columns, cells)))
            for cells, cap in zip(zip(*shown, strict=True), caps, strict=True)
        ]
        return [[_padded(cell, width) for cell, width in zip(row, widths, strict=True)] for row in shown]


def beside(left: Sequence[Line], right: Sequence[Line], width: int, gap: int) -> list[Line]:
    """Two columns, the left one so wide."""
    both = []
    for number in range(max(len(left), len(right))):
        one = left[number] if number < len(left) else Line("", "")
        other = right[number] if number < len(right) else Line("", "")
        space = " " * (width - columns(one.plain) + gap) if other.plain else ""
        both.append(Line(one.plain + space + other.plain, one.painted + space + other.painted))
    return both


def _padded(text: str, width: int) -> str:
    cut = crop(text, 0, width)
    return cut + " " * (width - columns(cut))
