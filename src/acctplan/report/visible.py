"""Text from plans, made safe to print: nothing in it can move the cursor, hide, or turn the line round."""

from __future__ import annotations

from unicodedata import category, east_asian_width

_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_NO_CHARACTERS = frozenset(
    map(chr, (*range(0xFDD0, 0xFDF0), *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))))
)
"""Unicode promises that these will never be characters. XML does not allow some of them, and no terminal knows what to do with them."""
# Of the format characters these two carry meaning: they join or part letters in Persian and Hindi, and make up emoji.
_JOINERS = "\u200c\u200d"


def visible(text: str) -> str:
    """The text with control, bidi and other invisible characters and non-characters written as `<U+202E>`; tabs and line ends too."""
    if text.isprintable():
        return text
    return "".join(f"<U+{ord(one):04X}>" if _is_hidden(one) else one for one in text)


def _is_hidden(one: str) -> bool:
    return one in _NO_CHARACTERS or (category(one) in _HIDDEN and one not in _JOINERS)


def columns(text: str) -> int:
    """How many columns of a terminal a visible text takes: two for wide characters, none for accents and joiners."""
    if text.isascii():
        return len(text)
    return sum(_width(one) for one in text)


def _width(one: str) -> int:
    if one in _JOINERS or category(one) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(one) in "WF" else 1
