"""Words in a cell: which say nothing, which are damaged, and what of them goes into a plan."""

from __future__ import annotations

import re

_EMPTY_NAMES = frozenset(("", "#n/a"))
_EMPTY_TEXTS = _EMPTY_NAMES | {"n/a"}
_EMPTY_VALUES = _EMPTY_TEXTS | {"none", "null", "000000000000000", "000000000000000aaa"}
_FLAGS = {"true": True, "1": True, "yes": True, "y": True, "false": False, "0": False, "no": False, "n": False, "": False}

# Orders to write right to left, and what no text is helped by: controls, byte order marks, halves of characters.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def is_name(text: str) -> bool:
    """Whether a cell names something. `N/A` does: there are companies of that name."""
    return text.strip().casefold() not in _EMPTY_NAMES


def is_text(text: str) -> bool:
    """Whether a cell of words says something."""
    return text.strip().casefold() not in _EMPTY_TEXTS


def is_value(text: str) -> bool:
    """Whether a cell with a number, a date or an id says something."""
    return text.strip().casefold() not in _EMPTY_VALUES


def has_invisible(text: str) -> bool:
    """Whether a text holds characters that `line` and `paragraphs` take out."""
    return _INVISIBLE.search(text) is not None


def is_garbled(text: str) -> bool:
    """Whether a text looks as if it had been read in the wrong encoding: `CafÃ©`."""
    if text.isascii():
        return False
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False


def line(text: str) -> str:
    """A text on one line, with single blanks and nothing invisible."""
    return " ".join(_INVISIBLE.sub("", text).split())


def paragraphs(text: str) -> str:
    """A text of several lines, with single blanks between words, no rows of empty lines, and nothing invisible."""
    lines = _LINE_ENDS.sub("\n", _INVISIBLE.sub("", text)).expandtabs(4).split("\n")
    spaced = "\n".join(re.sub(r"(?<=\S)\s{2,}(?=\S)", " ", one.rstrip()) for one in lines)
    return re.sub(r"\n{3,}", "\n\n", spaced).strip()


def flag(text: str) -> bool:
    """Yes or no.

    Raises:
        ValueError: neither; the message goes on from the column's name.
    """
    try:
        return _FLAGS[text.strip().casefold()]
    except KeyError:
        raise ValueError("is neither yes nor no") from None
