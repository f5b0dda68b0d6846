"""Text to rows: which delimiter it has, and which of its rows cannot be read."""

from __future__ import annotations

import csv
import io
import re
from itertools import accumulate, islice, takewhile
from typing import TYPE_CHECKING

from acctplan.errors import UserError
from acctplan.importers.tables import headers
from acctplan.importers.tables.table import MAX_CELLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acctplan.importers.tables.headers import Record

MAX_LINES = 1_000_000
DELIMITERS = ",;\t|^`"
_SAID = re.compile('"?sep=([,;\t|^`])"?[\r\n]*\\Z', re.IGNORECASE)
"""The first line by which Excel tells itself the delimiter."""
_LONGEST_CELL = csv.field_size_limit()
_MOST_READ_AGAIN = 1 << 26
"""Characters: after a quote that is never closed, reading goes on from the next line, and a hostile file has that on every line."""
_SAMPLE = 1 << 16
"""Characters by which the delimiter is chosen."""
_NEVER_CLOSED = "a quote is opened and never closed"


def records(name: str, text: str) -> Iterator[tuple[int, Record]]:
    """The rows of a text, numbered from 1.

    Raises:
        UserError: too many lines or cells, or quotes without end all over it.
    """
    if len(text) > 2 * MAX_CELLS and max(map(text.count, DELIMITERS)) > 2 * MAX_CELLS:
        raise UserError(f"{name} has more cells than can be read at once", "export fewer columns, or in several files")
    lines = _lines(name, text)
    if lines and (said := _SAID.match(lines[0])):
        return enumerate(_records(name, lines, said[1], 1), 2)
    return enumerate(_records(name, lines, _delimiter(lines)), 1)


def _lines(name: str, text: str) -> list[str]:
    """The lines of a text with their ends, counted before they are made."""
    if (ends := text.count("\n") + text.count("\r") - text.count("\r\n")) > MAX_LINES:
        raise UserError(f"{name}: {ends:,} lines; at most {MAX_LINES:,} are read", "export it in several files")
    # Not str.splitlines: it also breaks at characters that may stand in the middle of a text.
    return list(io.StringIO(text, newline=""))


def _delimiter(lines: Sequence[str]) -> str:
    sizes = accumulate(map(len, lines))
    sample = lines[: 1 + sum(1 for _ in takewhile(lambda size: size < _SAMPLE, sizes))]
    there = set(DELIMITERS).intersection("".join(sample))
    # One that is nowhere makes one column of it, in which all rows agree.
    return max(DELIMITERS, key=lambda one: _fit(sample, one, is_whole=len(sample) == len(lines)) if one in there else 1)


def _fit(lines: Sequence[str], delimiter: str, *, is_whole: bool) -> float:
    """How well a delimiter fits: how many columns the header would have, and how many rows would have as many cells."""
    rows: list[Record] = []
    for row in islice(_records("", lines, delimiter), headers.LOOKED_AT):
        if not is_whole and row == _NEVER_CLOSED:
            break
        rows.append(row)
    place = headers.find(rows, in_sheet=False)
    if place is None or isinstance(header := rows[place], str):
        return 0
    # What cannot be read says nothing for or against.
    below = [row for row in rows[place + 1 :] if not isinstance(row, str) and headers.filled(row)]
    whole = [len(row) for row in below if not _is_cut(row)]
    agree = sum(1 for count in whole if count == len(header))
    cut_at_all = sum(1 for count in whole if count > 1) - agree
    fit = headers.filled(header) * (1 + agree + max(0, cut_at_all) / 2) / (1 + len(below))
    return fit / 10 if _is_cut(header) else fit


def _is_cut(row: Sequence[str]) -> bool:
    """Whether a cell has a quote without its other: the wrong delimiter cuts through quoted text, `a;"b, c"`."""
    return any(cell.count('"') % 2 for cell in row if '"' in cell)


def _records(name: str, lines: Sequence[str], delimiter: str, start: int = 0) -> Iterator[Record]:
    """The cells of each record, or why it cannot be read; after such a one, reading goes on with the next line."""
    read_again = 0
    while start < len(lines):
        reader = csv.reader((lines[number] for number in range(start, len(lines))), delimiter=delimiter, strict=True)
        done = 0
        try:
            for cells in reader:
                yield cells
                done = reader.line_num
        except csv.Error as error:
            read_again += sum(map(len, lines[start + done + 1 : start + reader.line_num]))
            if read_again > _MOST_READ_AGAIN:
                raise UserError(f"{name}: quotes are opened and never closed in too many rows", "export it again") from None
            yield _unreadable(str(error))
            start += done + 1
        else:
            return


def _unreadable(error: str) -> str:
    if "field limit" in error:
        return f"a cell is longer than {_LONGEST_CELL:,} characters, or a quote is never closed"
    return _NEVER_CLOSED if "end of data" in error else "its quotes do not match"
