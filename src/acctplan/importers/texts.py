"""Words in a cell: which say nothing, which are damaged, and what of them goes into a plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_EMPTY_NAMES = frozenset(("", "#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "-", "--", "\u2013", "\u2014"))
_EMPTY_TEXTS = _EMPTY_NAMES | {"n/a", "none", "null", "default value"}
_EMPTY_VALUES = _EMPTY_TEXTS | {"000000000000000", "000000000000000aaa"}
_TRUE = ("true", "1", "1.0", "yes", "y", "t", "on")
_FALSE = ("false", "0", "0.0", "no", "n", "f", "off", "")
_FLAGS = {**dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)}

# Orders to write right to left, and what no text is helped by: controls, byte order marks, halves of characters.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]")
# Letters that cp1252 has beyond ASCII, two or more together: in UTF-8, what lies beyond ASCII takes two bytes or more.
_HIGH = re.compile(
    "[\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{2,}"
)
_RARE = re.compile("[\x80-\x9f\u0180-\u036f]")
_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}\Z")
_WITH_DECIMALS = re.compile(r"[0-9]+[.,]0+\Z")
_KEPT_DIGITS = 15
"""How many digits of a number a spreadsheet keeps."""
LOST = "\ufffd"
"""Stands where a letter was that a program could not read, and nobody can tell any more which."""
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
    return ungarbled(text) is not None


def ungarbled(text: str) -> str | None:
    """What a text that was read in the wrong encoding probably was: `Café` of `CafÃ©`. None where it looks right."""
    if text.isascii():
        return None
    probable = _HIGH.sub(lambda run: _read_again(run[0]), text)
    return None if probable == text else probable


def _read_again(run: str) -> str:
    try:
        read = b"".join(map(_byte, run)).decode("utf-8")
    except UnicodeError:
        return run
    # A capital before a closing quote or a trade mark, `CAFÉ™`, happens to be a letter that hardly any name has.
    return run if _RARE.search(read) else read


def _byte(letter: str) -> bytes:
    return letter.encode("latin-1" if letter < "\xa0" else "cp1252")


def spoilt_id(text: str) -> str:
    """What a spreadsheet has done to an id: `1.2E+17`, `45.0`, `1234567890123450000`. Empty where nothing shows."""
    text = text.strip()
    if not text or not text[-1].isdigit():
        return ""
    if _ROUNDED.match(text) or (text.isdecimal() and len(text) > _KEPT_DIGITS and not text[_KEPT_DIGITS:].strip("0")):
        return "is a number that a spreadsheet has rounded"
    return "is written with decimals, as a spreadsheet does; zeros in front of it may be lost" if _WITH_DECIMALS.match(text) else ""


def lost_zeros(wanted: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Ids that nothing has, but that something would have with more or fewer zeros in front: a spreadsheet takes those away.

    Args:
        wanted: ids that something refers to.
        known: ids that there are.

    Returns:
        Of each such id, which it probably was. Where two would do, none is named.
    """
    there = set(known)
    bare: dict[str, set[str]] = {}
    for one in there:
        bare.setdefault(one.lstrip("0"), set()).add(one)
    found = {one: bare.get(one.lstrip("0"), set()) for one in wanted if one not in there and one.isdecimal()}
    return {one: next(iter(candidates)) for one, candidates in found.items() if len(candidates) == 1}


def line(text: str) -> str:
    """A text on one line, with single blanks and nothing invisible."""
    return " ".join((text if text.isprintable() else _INVISIBLE.sub("", text)).split())


def paragraphs(text: str) -> str:
    """A text of several lines, with single blanks between words, no rows of empty lines, and nothing invisible."""
    if text.isprintable() and "  " not in text:
        return text.strip()
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
