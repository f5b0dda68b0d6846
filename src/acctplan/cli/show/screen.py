"""The plan at a glance: the header, then each section that has content; in two columns where a terminal is wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.cli import console
from acctplan.cli.show.paper import Paper, beside
from acctplan.cli.show.sections import SECTIONS, header

if TYPE_CHECKING:
    from collections.abc import Iterable

    from acctplan.cli.show.paper import Line
    from acctplan.cli.show.shown import Shown

_WIDE = 120
"""Columns from which on there are two of text."""
_GAP = 3
_LEFT = ("insights", "opportunities", "questions", "white-space")
_RIGHT = ("people", "due", "meeting", "risks", "findings")


def show(shown: Shown) -> None:
    """Everything at a glance."""
    width = console.width()
    _write(header(shown, Paper(width, is_full=True, style=console.painter())))
    if width < _WIDE:
        _write(_stack(shown, SECTIONS, width))
        return
    half = (width - _GAP) // 2
    _write(beside(_stack(shown, _LEFT, half), _stack(shown, _RIGHT, half), half, _GAP))


def show_section(shown: Shown, name: str) -> None:
    """One section in full."""
    section = SECTIONS[name]
    paper = Paper(console.width(), is_full=True, style=console.painter())
    lines = section.lines(shown, paper, None)
    if lines:
        _write([*paper.title(f"{shown.view.name}: {section.title[:1].lower()}{section.title[1:]}"), *lines])
    else:
        console.say(f"{shown.loaded.path} says nothing of that yet")


def _stack(shown: Shown, names: Iterable[str], width: int) -> list[Line]:
    """Sections one below the other, with a space before each. Whoever reads no terminal gets everything."""
    paper = Paper(width, is_full=False, style=console.painter())
    stacked: list[Line] = []
    for name in names:
        section = SECTIONS[name]
        lines = section.lines(shown, paper, section.most if width else None)
        if lines:
            stacked += [*_EMPTY, *paper.title(section.title), *lines]
    return stacked


_EMPTY = Paper(0, is_full=True, style=lambda _, text: text).line([], "", indent=0)


def _write(lines: Iterable[Line]) -> None:
    console.write("".join(f"{line.painted}\n" for line in lines))
