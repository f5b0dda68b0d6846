"""Words to lines that fit a terminal. Measured before they are painted, so that colours take no room."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from acctplan.report.style import Role, Style, plain
from acctplan.report.visible import columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Word(NamedTuple):
    """What stays on one line if it can: a word, or a few with spaces between them."""

    text: str
    role: Role | None = None
    tail: str = ""
    """What follows without a space and is not painted: a comma, a colon."""


def words(text: str) -> list[Word]:
    """A visible text, word by word."""
    return [Word(one) for one in text.split(" ")]


def wrap(parts: Iterable[Word], width: int, style: Style = plain, *, indent: int = 0, hanging: int = 0) -> Iterator[str]:
    """Lines of at most `width` columns, broken between words; one that is wider than a line is broken where the line ends.

    Args:
        parts: what to write, with a space between each two.
        width: columns of the terminal; 0: all on one line.
        style: paints the words that have a role.
        indent: columns before the first line.
        hanging: columns before the others; at most half of the width.
    """
    hanging = min(hanging, width // 2)
    line: str | None = None
    used, margin = 0, indent
    for part in parts:
        for number, piece in enumerate(_pieces(part, max(width - max(indent, hanging), 2)) if width else [part]):
            room = columns(piece.text) + columns(piece.tail)
            if line is not None and width and (number or margin + used + 1 + room > width):
                yield " " * margin + line
                line, used, margin = None, 0, hanging
            painted = (style(piece.role, piece.text) if piece.role else piece.text) + piece.tail
            line, used = (painted, room) if line is None else (f"{line} {painted}", used + 1 + room)
    yield " " * margin + (line or "")


def crop(text: str, start: int, room: int) -> str:
    """What stands in `room` columns of a visible text from column `start` (from 0) on; `…` where something is cut off.

    Whatever is left stays in its column: half of a wide character becomes a space.
    """
    end = start + room
    is_cut = columns(text) > end
    kept, at = ["…"] if start else [], 0
    first, last = start + bool(start), end - is_cut
    for one in text:
        wide, before = columns(one), at
        at += wide
        if before >= first and at <= last and (wide or before > first or not start):
            kept.append(one)
        elif before < last and at > first:
            kept.append(" " * (min(at, last) - max(before, first)))
    return "".join(kept) + "…" * is_cut


def _pieces(part: Word, room: int) -> Iterator[Word]:
    """The word itself where it has room, otherwise in pieces that have."""
    text, used = "", columns(part.tail)
    for one in part.text:
        wide = columns(one)
        if text and used + wide > room:
            yield Word(text, part.role)
            text, used = "", columns(part.tail)
        text, used = text + one, used + wide
    yield Word(text, part.role, part.tail)
