"""What a problem is before it becomes a diagnostic, and words that several of them share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from acctplan.diagnostic import Pointer

Description: TypeAlias = tuple[Pointer, str, str, str]
"""Pointer, rule, message, hint."""
Found: TypeAlias = Callable[[], Description]
"""Something wrong. It is put into words only if it is shown: the search for what was meant takes its time."""


def quoted(word: str) -> str:
    """A word of the plan in a message, cut where it is long."""
    return f"'{word[:60]}…'" if len(word) > 60 else f"'{word}'"  # noqa: PLR2004


def meant(near: str | None) -> str:
    """The start of a hint, where something close was found."""
    return f"did you mean {near}? " if near else ""
