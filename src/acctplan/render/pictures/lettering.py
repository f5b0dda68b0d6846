"""How much room words take in a picture, and how they are made to fit: pictures are drawn before anybody's fonts are known."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, combining, east_asian_width, normalize

_ARIAL = {
    " !,./:;I[\\]": 278, '"': 355, "#$0123456789?ELabdeghnopqu_": 556, "%": 889, "&ABEKPSVXY": 667, "'": 191, "()-`r{}": 333,
    "*": 389, "+<=>~": 584, "@": 1015, "CDHNRUw": 722, "FTZ": 611, "GOQ": 778, "Jcksvxyz": 500, "MWm": 833, "^": 469,
    "fijlt": 278, "|": 260,
}  # fmt: skip
"""The widths of Arial's letters, in thousandths of their size. Other faces without serifs are near it."""
_WIDTHS = {letter: width for letters, width in _ARIAL.items() for letter in letters} | {"W": 944, "i": 222, "j": 222, "l": 222}
_OTHER = 680
_WIDE = 1000
_ROOM = 1.24
"""The widest of the faces that a page may be shown in, against Arial."""
_BOLD = 1.08
_INVISIBLE = ("Mn", "Me", "Cf")
ELLIPSIS = "…"


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The most that a line of text takes, in the unit of `size`.

    Args:
        text: one line.
        size: of the letters.
        bold: whether they are heavy.
    """
    return _thousandths(text) * size * _ROOM * (_BOLD if bold else 1) / 1000


@lru_cache(4096)
def _thousandths(text: str) -> int:
    return sum(_letter(letter) for letter in text)


@lru_cache(4096)
def _letter(letter: str) -> int:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if combining(letter) or category(letter) in _INVISIBLE:
        return 0
    if east_asian_width(letter) in "WF":
        return _WIDE
    return _WIDTHS.get(normalize("NFD", letter)[0], _OTHER)


def shortened(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text in one line, cut with an ellipsis where it would take more than `room`. Empty where not even that fits."""
    text = " ".join(text.split())
    if width(text, size, bold=bold) <= room:
        return text
    end = len(text)
    while end and width(text[:end].rstrip() + ELLIPSIS, size, bold=bold) > room:
        end -= 1
    while end and end < len(text) and combining(text[end]):
        end -= 1  # a letter keeps its accents
    return text[:end].rstrip() + ELLIPSIS if end else ""


def lines(text: str, room: float, size: float, most: int, *, bold: bool = False) -> list[str]:
    """The text broken between words into lines of at most `room`, the last of at most `most` lines cut with an ellipsis.

    A word that is longer than a line is broken where it must be, and so are scripts that put no spaces between words.
    """
    found: list[str] = []
    rest = " ".join(text.split())
    while rest and len(found) < most - 1 and width(rest, size, bold=bold) > room:
        end = _break(rest, room, size, bold=bold)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*found, shortened(rest, room, size, bold=bold)] if rest else found


def _break(text: str, room: float, size: float, *, bold: bool) -> int:
    """Where the first line ends: after the last word that fits whole, else inside the first."""
    fits = 1
    while fits < len(text) and width(text[: fits + 1], size, bold=bold) <= room:
        fits += 1
    if text[fits : fits + 1] == " ":
        return fits
    space = text.rfind(" ", 0, fits)
    return space if space > 0 else fits
