"""What stands above a table."""

from __future__ import annotations

from acctplan.cli import console
from acctplan.report.visible import visible
from acctplan.report.wrapping import Word, wrap


def heading(text: str) -> None:
    """A line above a table, or a few where a terminal is narrow."""
    words = [Word(word, "path") for word in visible(text).split(" ")]
    console.write("".join(f"{line}\n" for line in wrap(words, console.width(), console.painter())))
