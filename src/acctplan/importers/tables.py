"""A file's bytes to a table of text, carefully: what is odd about one row never costs the others."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_BYTES = 64 << 20
MAX_LINES = 1_000_000
_DELIMITERS = ",;\t|"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ZIP = b"PK\x03\x04"
_LONGEST_CELL = csv.field_size_limit()


class Row(NamedTuple):
    """The cells of a row; those that a short row lacks are empty."""

    number: int
    """As a spreadsheet numbers it: the header is row 1."""
    cells: tuple[str, ...]


class BadRow(NamedTuple):
    """A row that could not be read."""

    number: int
    reason: str


@dataclass(frozen=True)
class Table:
    """What a file holds, as text."""

    name: str
    columns: tuple[str, ...]
    """The header, as it is written; empty where a column has no name."""
    rows: tuple[Row, ...]
    bad: tuple[BadRow, ...] = ()
    blank: int = 0
    """How many rows hold nothing."""

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {name.casefold(): position for position, name in enumerate(self.columns) if name}

    def position(self, column: str) -> int | None:
        """Where a column stands, from 0; some programs write all headers in capitals, so case is of no matter here."""
        return self._positions.get(column.casefold())

    def values(self, column: str) -> Iterator[tuple[int, str]]:
        """Row number and text of every cell of a column; none where there is no such column."""
        position = self.position(column)
        if position is not None:
            for row in self.rows:
                yield row.number, row.cells[position]


def read(name: str, content: bytes) -> Table:
    """Read a file of comma-separated values (or with semicolons, tabs or bars between them), header first.

    Args:
        name: what to call the file in messages.
        content: in UTF-8, or in UTF-16 with a byte order mark.

    Raises:
        UserError: too large, too many lines, not text, no header, or two columns of one name.
    """
    if len(content) > MAX_BYTES:
        raise UserError(f"{name}: {len(content):,} bytes; at most {MAX_BYTES:,} are read", "export fewer columns, or in several files")
    if content.startswith(_ZIP):
        raise UserError(f"{name} is a workbook or a ZIP archive, not a CSV file", "unpack it, or save the sheet as 'CSV UTF-8'")
    lines = _lines(name, _decoded(name, content))
    first = next((number for number, line in enumerate(lines) if line.strip().strip(_DELIMITERS + " ")), len(lines))
    delimiter = max(_DELIMITERS, key=lambda one: _width(lines[first:], one))
    records = enumerate(_records(lines, delimiter), 1)
    header = next((record for _, record in records if _is_header(record)), None)
    if header is None:
        raise UserError(f"{name} is empty", "export it again")
    if isinstance(header, str) or "\0" in "".join(header):
        raise UserError(f"{name}: the header cannot be read", "save the file as 'CSV UTF-8'")
    columns = tuple(column.strip() for column in header)
    _refuse_duplicates(name, columns)
    return _table(name, columns, records)


def _decoded(name: str, content: bytes) -> str:
    encoding = "utf-16" if content.startswith(_UTF_16) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "ignore") + "?"
        row = sum(1 for _ in _records(_lines(name, before), ","))
        raise UserError(
            f"{name}: row {row} has characters that are not UTF-8",
            "export it again with the encoding UTF-8, or open it in Excel and save it as 'CSV UTF-8'",
        ) from None


def _lines(name: str, text: str) -> list[str]:
    """The lines of a text with their ends, counted before they are made."""
    if (ends := text.count("\n") + text.count("\r") - text.count("\r\n")) > MAX_LINES:
        raise UserError(f"{name}: {ends:,} lines; at most {MAX_LINES:,} are read", "export it in several files")
    # Not str.splitlines: it also breaks at characters that may stand in the middle of a text.
    return list(io.StringIO(text, newline=""))


def _records(lines: Sequence[str], delimiter: str) -> Iterator[list[str] | str]:
    """The cells of each record, or why it cannot be read; after such a one, reading goes on with the next line."""
    start = 0
    while start < len(lines):
        reader = csv.reader((lines[number] for number in range(start, len(lines))), delimiter=delimiter, strict=True)
        done = 0
        try:
            for cells in reader:
                yield cells
                done = reader.line_num
        except csv.Error as error:
            yield _unreadable(str(error))
            start += done + 1
        else:
            return


def _unreadable(error: str) -> str:
    if "field limit" in error:
        return f"a cell is longer than {_LONGEST_CELL:,} characters, or a quote is never closed"
    return "a quote is opened and never closed" if "end of data" in error else "its quotes do not match"


def _width(lines: Sequence[str], delimiter: str) -> int:
    """How many cells the header has, were this the delimiter."""
    header = next((record for record in _records(lines, delimiter) if _is_header(record)), "")
    return 0 if isinstance(header, str) else len(header)


def _is_header(record: list[str] | str) -> bool:
    """The first record that says something, whatever the delimiter; or cannot be read."""
    return isinstance(record, str) or any(cell.strip().strip(_DELIMITERS + " ") for cell in record)


def _is_blank(record: list[str] | str) -> bool:
    return not isinstance(record, str) and not any(cell.strip() for cell in record)


def _refuse_duplicates(name: str, columns: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for column in filter(None, columns):
        if column.casefold() in seen:
            raise UserError(f"{name}: there are two columns {column}", "rename one of them, or take it out")
        seen.add(column.casefold())


def _table(name: str, columns: tuple[str, ...], records: Iterator[tuple[int, list[str] | str]]) -> Table:
    rows: list[Row] = []
    bad: list[BadRow] = []
    blank = 0
    width = len(columns)
    for number, record in records:
        if isinstance(record, str):
            bad.append(BadRow(number, record))
        elif _is_blank(record):
            blank += 1
        elif any(cell.strip() for cell in record[width:]):
            bad.append(BadRow(number, f"it has {len(record)} cells where the header has {width}"))
        elif any("\0" in cell for cell in record):
            bad.append(BadRow(number, "it holds a NUL character: the file may be damaged"))
        else:
            rows.append(Row(number, (*record[:width], *[""] * (width - len(record)))))
    return Table(name, columns, tuple(rows), tuple(bad), blank)
