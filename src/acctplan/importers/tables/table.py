"""A table of text, and what is to be said about how it was read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CELLS = 5_000_000
"""Of a table, empty ones and all."""


class Row(NamedTuple):
    """The cells of a row; those that a short row lacks are empty."""

    number: int
    """As a spreadsheet numbers it: where nothing stands above the header, that is row 1."""
    cells: tuple[str, ...]


class BadRow(NamedTuple):
    """A row that could not be read."""

    number: int
    reason: str


class Aside(NamedTuple):
    """A row that is no record: a title above the header, a total, a copyright line."""

    number: int
    what: str


class Remark(NamedTuple):
    """Something about a file that whoever reads the import should know."""

    what: str
    hint: str = ""
    row: int | None = None
    """None where it is about the whole file."""


@dataclass(frozen=True)
class Table:
    """What a file, or a sheet of a workbook, holds, as text."""

    name: str
    """Of the file, with the sheet where there are several."""
    columns: tuple[str, ...]
    """The header, without blanks around words; empty where a column has no name, with a number where a name comes again: `Name (2)`."""
    rows: tuple[Row, ...]
    bad: tuple[BadRow, ...] = ()
    blank: int = 0
    """How many rows below the header hold nothing."""
    asides: tuple[Aside, ...] = ()
    remarks: tuple[Remark, ...] = ()
    sheet: str = ""
    """What a workbook calls it; empty where the file is no workbook."""
    repeats: tuple[tuple[int, int], ...] = ()
    """Columns of one name: where the first stands, and where another."""

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {name.casefold(): position for position, name in reversed(list(enumerate(self.columns))) if name}

    @cached_property
    def asked(self) -> dict[str, int | None]:
        """Where columns stand by the names under which they were asked for, for those who ask once a row: see `position`."""
        return {}

    @cached_property
    def _unclear(self) -> frozenset[int]:
        """Columns that come again and say something else there."""
        return frozenset(
            first
            for first, again in self.repeats
            if any(row.cells[again].strip() not in {"", row.cells[first].strip()} for row in self.rows)
        )

    def position(self, column: str) -> int | None:
        """Where a column stands, from 0; some programs write all headers in capitals, so case is of no matter here.

        Raises:
            UserError: two columns have this name and do not say the same.
        """
        position = self._positions.get(column.casefold())
        if position is not None and position in self._unclear:
            raise UserError(
                f"{self.name}: there are two columns {self.columns[position]}, and they do not say the same",
                "rename one of them, or take it out",
            )
        return position

    def values(self, column: str) -> Iterator[tuple[int, str]]:
        """Row number and text of every cell of a column; none where there is no such column."""
        position = self.position(column)
        if position is not None:
            for row in self.rows:
                yield row.number, row.cells[position]
