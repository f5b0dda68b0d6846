"""Text from plans, made safe to print: nothing in it can move the cursor, hide, or turn the line round."""

from __future__ import annotations

from unicodedata import category, east_asian_width

_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
# Of the format characters these two carry meaning: they join or part letters in Persian and Hindi, and make up emoji.
_JOINERS = "\u200c\u200d"


def visible(text: str) -> str:
    """The text with control, bidi and other invisible characters written as `<U+202E>`; tabs and line ends too."""
    if text.isprintable():
        return text
    return "".join(f"<U+{ord(one):04X}>" if category(one) in _HIDDEN and one not in _JOINERS else one for one in text)


def columns(text: str) -> int:
    """How many columns of a terminal a visible text takes: two for wide characters, none for accents and joiners."""
    if text.isascii():
        return len(text)
    return sum(_width(one) for one in text)


def _width(one: str) -> int:
    if one in _JOINERS or category(one) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(one) in "WF" else 1
