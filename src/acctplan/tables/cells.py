"""Cells as text, and back: exactly the value that was there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from acctplan.tables.base import Kind, Value

_GUARD = "'"
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A spreadsheet may take a cell that begins so for a formula."""


def to_text(value: Value) -> str:
    """A cell as text: days as 2026-12-31, decimals without an exponent, true and false, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def from_text(text: str, kind: Kind) -> Value:
    """The value of a cell that `to_text` wrote.

    Raises:
        ValueError: it is no value of that kind. The message holds nothing of the text.
    """
    if not text:
        return None
    try:
        return _READ[kind](text)
    except (ArithmeticError, ValueError, KeyError):
        raise ValueError(f"not a {kind}") from None


_READ: Mapping[Kind, Callable[[str], Value]] = {
    "text": str,
    "decimal": Decimal,
    "integer": int,
    "date": date.fromisoformat,
    "boolean": {"true": True, "false": False}.__getitem__,
}


def guarded(text: str) -> str:
    """A text with `'` before it where a spreadsheet could take it for a formula, and where it begins with `'` itself."""
    return f"{_GUARD}{text}" if text.startswith((_GUARD, *_RISKY)) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text.removeprefix(_GUARD)
