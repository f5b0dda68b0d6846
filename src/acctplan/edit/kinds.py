"""The kinds of edits: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from acctplan.diagnostic import Pointer
    from acctplan.edit.emit import Value


@dataclass(frozen=True, slots=True)
class Set:
    """Give a scalar another value, or add an entry to a mapping (with the parents that are missing)."""

    pointer: Pointer
    value: Value
    spread: bool = False
    """Whether a new mapping stands on lines of its own, however small it is: more is to come."""


@dataclass(frozen=True, slots=True)
class Append:
    """Add to the end of a list; an absent or empty list begins with it."""

    pointer: Pointer
    value: Value


@dataclass(frozen=True, slots=True)
class Delete:
    """Take out an entry of a mapping or an item of a list; the last one leaves `{}` or `[]`."""

    pointer: Pointer


@dataclass(frozen=True, slots=True)
class Annotate:
    """Write a comment on a line of its own above an entry (above the nearest parent that has its own line)."""

    pointer: Pointer
    comment: str
    """Without the `#`."""


@dataclass(frozen=True, slots=True)
class Rename:
    """Give an entry of a mapping another key; its value and its place stay."""

    pointer: Pointer
    name: str


Edit: TypeAlias = Set | Append | Delete | Annotate | Rename
