"""What people and programs get to see. The only user of Rich, for tables on a terminal.

Standard output is data, standard error is talk. On a terminal: tables and colour, always with a symbol or a word besides; piped: tabs
between columns, everything in full. Nothing from a plan passes through Rich's markup, and all of it is made visible first.
"""

from __future__ import annotations

import difflib
import os
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from acctplan.report import Role, Style

_PAINT: dict[str, dict[str, str | bool]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "advice": {"fg": "cyan"},
    "path": {"bold": True},
    "dim": {"dim": True},
}


_GAP = 2
"""Between two columns."""
_LEGIBLE = 10
"""What a text that is broken over lines takes at least."""


class Column(NamedTuple):
    """A column of a table."""

    title: str
    is_number: bool = False
    wraps: bool = False
    """Whether its text may be broken over lines first where a terminal is narrow."""


def is_terminal() -> bool:
    """Whether a person reads standard output."""
    return sys.stdout.isatty()


def width() -> int:
    """Columns of the terminal; 0 where no person reads standard output, and lines may be as long as they are."""
    return shutil.get_terminal_size().columns if is_terminal() else 0


def has_colour() -> bool:
    """Whether to paint: on a terminal unless NO_COLOR is set, elsewhere if FORCE_COLOR is."""
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(role: Role, text: str) -> str:
    """A text in the colours of its role, where there are colours."""
    return painter()(role, text)


def painter() -> Style:
    """What paints many texts: whether there are colours is asked once."""
    if not has_colour():
        return lambda _, text: text
    return lambda role, text: typer.style(text, **_PAINT[role])  # type: ignore[arg-type]


def write(text: str) -> None:
    """Data, as it is, to standard output."""
    sys.stdout.write(text)


def paragraph(text: str, *, indent: int = 0, hanging: int | None = None, widest: int = 0, role: Role | None = None) -> None:
    """Data for people: a text with line breaks between words where a terminal is narrow.

    Args:
        text: one paragraph, made visible already.
        indent: columns before the first line.
        hanging: columns before the others; None: the same.
        widest: columns that a line has at most anywhere, so that it is easily read; 0: as many as there are.
        role: how it is painted.
    """
    from acctplan.report.wrapping import words, wrap

    columns = min(filter(None, (width(), widest)), default=0)
    for line in wrap(words(text), columns, indent=indent, hanging=indent if hanging is None else hanging):
        bare = line.lstrip(" ")
        write(" " * (len(line) - len(bare)) + (bare if role is None else paint(role, bare)) + "\n")


def say(text: str) -> None:
    """Talk, to standard error: what was done, what to do next."""
    from acctplan.report.visible import visible

    sys.stderr.write("\n".join(visible(line) for line in text.splitlines()) + "\n")


def hint(text: str) -> None:
    """A next step. Said to people only."""
    if is_terminal() and sys.stderr.isatty():
        sys.stderr.write(paint("dim", text) + "\n")


@contextmanager
def progress(title: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error, for people only, that is gone when the work is done.

    Args:
        title: what is done, in a word or two.
        total: how much there is to do.

    Yields:
        What to call after each piece of work.
    """
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    # It draws itself only when it is told to: a thread that did so would be in the way of other processes.
    terminal = Console(file=sys.stderr, no_color=not has_colour(), highlight=False, markup=False, emoji=False)
    with Progress(console=terminal, auto_refresh=False, transient=True) as bar:
        task = bar.add_task(title, total=total)

        def step() -> None:
            bar.advance(task)
            bar.refresh()

        yield step


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """A table on a terminal; rows of tab-separated values, with a row of titles, elsewhere."""
    from acctplan.report.cells import cell
    from acctplan.report.visible import visible

    if not is_terminal():
        titles = [column.title.lower().replace(" ", "_") for column in columns]
        write("".join("\t".join(line) + "\n" for line in [titles, *(map(cell, row) for row in rows)]))
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    clean = [[visible(text) for text in row] for row in rows]
    terminal = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    is_tight = _least_width(columns, clean) > terminal.width
    widths = _between_words(columns, clean, terminal.width)

    made = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold" if has_colour() else "")
    for column, wide in zip(columns, widths, strict=True):
        made.add_column(
            Text(column.title),
            width=wide,
            justify="right" if column.is_number else "left",
            no_wrap=not column.wraps and not is_tight,
            overflow="fold",
        )
    for row in clean:
        made.add_row(*map(Text, row))
    terminal.print(made)


def _least_width(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> int:
    """The columns of a terminal that a table takes where only the texts that may be are broken."""
    from acctplan.report.visible import columns as wide_as

    whole = [max([wide_as(column.title), *(wide_as(row[place]) for row in rows)]) for place, column in enumerate(columns)]
    return sum((min(_LEGIBLE, wide) if column.wraps else wide) + _GAP for column, wide in zip(columns, whole, strict=True))


def _between_words(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> list[int | None]:
    """How wide each column is so that no word has to be broken; None each where all have room as they are, or none would do."""
    from acctplan.report.visible import columns as wide_as

    texts = [[column.title, *(row[place] for row in rows)] for place, column in enumerate(columns)]
    widths = [max(map(wide_as, each)) for each in texts]
    least = [
        max(wide_as(word) for text in each for word in text.split(" ")) if column.wraps else wide
        for column, each, wide in zip(columns, texts, widths, strict=True)
    ]
    room -= _GAP * len(columns) - 1
    if sum(widths) <= room or sum(least) > room:
        return [None] * len(columns)
    while sum(widths) > room:
        place = max((place for place in range(len(widths)) if widths[place] > least[place]), key=widths.__getitem__)
        widths[place] -= 1
    return list(widths)


def diff_lines(path: str, before: str | None, after: str) -> Iterator[str]:
    """The lines of a unified diff, as they are: for programs."""
    old = "/dev/null" if before is None else f"a/{path}"
    return difflib.unified_diff((before or "").splitlines(), after.splitlines(), old, f"b/{path}", lineterm="")


def diff(path: str, before: str | None, after: str) -> None:
    """What would change in a file, as a unified diff."""
    from acctplan.report.visible import visible

    roles: dict[str, Role] = {"-": "error", "+": "advice", "@": "dim"}
    for number, line in enumerate(diff_lines(path, before, after)):
        shown = visible(line.replace("\t", "    "))
        role = "path" if number < 2 else roles.get(line[:1])  # noqa: PLR2004  the two file names
        write((paint(role, shown) if role else shown) + "\n")
