"""Words on slides: cut to the room that they have, and written in the direction that they are read in."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import bidirectional

from acctplan.render.pictures.lettering import ELLIPSIS, lines, shortened
from acctplan.render.text import clean

LEADING = 1.22
"""From one line to the next, in sizes of the letters."""


_NARROW = 0.2
"""Of the size of the letters: less than any visible one takes."""


class Fitted(NamedTuple):
    """A text, and the most lines that it takes."""

    text: str
    lines: int


def fitted(text: str, room: float, size: float, most: int, *, bold: bool = False) -> Fitted:
    """A text that takes at most so many lines, cut with an ellipsis where it would take more.

    Args:
        text: of any length; its own line ends become blanks.
        room: the length of a line, in pt.
        size: of the letters, in pt.
        most: lines; at least 1.
        bold: whether they are heavy.
    """
    flat = " ".join(clean(text).split())
    longest = int(most * room / (size * _NARROW)) + 1
    if len(flat) > longest:  # measuring a whole novel would take long, and its end is not shown in any case
        flat = flat[:longest] + ELLIPSIS
    found = lines(flat, room, size, most, bold=bold)
    rest = flat
    for line in found[:-1]:
        rest = rest[len(line) :].lstrip()
    if not found or found[-1] == rest:
        return Fitted(flat, len(found))
    return Fitted(flat[: len(flat) - len(rest)] + (found[-1] or ELLIPSIS), len(found))


def one_line(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text in one line, cut with an ellipsis where it is longer than `room`."""
    return shortened(clean(text), room, size, bold=bold)


def is_right_to_left(text: str) -> bool:
    """Whether its first letter that has a direction is read from the right."""
    for letter in text:
        direction = bidirectional(letter)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False
