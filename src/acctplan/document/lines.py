"""Offsets to lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

LINE_END = re.compile(r"\r\n|\n|\r")
_COUNTED = 16
"""For so many places the lines before each are counted; who asks for more is better served by a list of all lines."""


class TextLines:
    """The lines of a text: offsets to lines and columns, both from 1."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._asked = 0

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in LINE_END.finditer(self._text))]

    @cached_property
    def _is_plain(self) -> bool:
        """Whether every line ends with LF: counting those up to a place is faster than finding all lines."""
        return "\r" not in self._text

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        if self._is_plain and self._asked < _COUNTED:
            self._asked += 1
            return self._text.count("\n", 0, offset) + 1, offset - self._text.rfind("\n", 0, offset)
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def around(self, offset: int) -> str:
        """The text of the line of an offset, without its end."""
        if self._is_plain:
            start, end = self._text.rfind("\n", 0, offset) + 1, self._text.find("\n", offset)
            return self._text[start : end if end >= 0 else len(self._text)]
        return self.line(self.place(offset)[0])

    def line(self, number: int) -> str:
        """The text of a line, without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return self._text[start:end].rstrip("\r\n")
