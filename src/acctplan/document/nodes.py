"""What a document is made of: plain data, and nodes that say where in the text each value stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

Data: TypeAlias = "dict[str, Data] | list[Data] | str | None"
"""What a plan's text says, untyped: mappings, lists, text and None."""


@dataclass(slots=True)
class Scalar:
    """A single value. `start` and `end` are character offsets into the text, here as below."""

    start: int
    end: int
    style: str
    """How it is quoted: `""` plain, `'`, `"`, `|` or `>`."""
    value: str | None


@dataclass(slots=True)
class Mapping:
    """Keys and values, in the order of the file. The end of a block mapping may lie past blanks and comments."""

    start: int
    end: int
    flow: bool
    entries: dict[str, Entry] = field(default_factory=dict)


@dataclass(slots=True)
class Sequence:
    """A list. The end of a block list may lie past blanks and comments."""

    start: int
    end: int
    flow: bool
    items: list[Node] = field(default_factory=list)


Node: TypeAlias = Scalar | Mapping | Sequence


class Entry(NamedTuple):
    """One key of a mapping with its value."""

    key: Scalar
    value: Node


class Comment(NamedTuple):
    """A comment: its offset, and its text from the `#` to the end of the line."""

    start: int
    text: str
