"""Rows to a table: what stands above and below it is told apart, and what is odd about one row never costs the others."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from acctplan.errors import UserError
from acctplan.importers.tables import headers
from acctplan.importers.tables.encodings import is_damaged
from acctplan.importers.tables.table import MAX_CELLS, Aside, BadRow, Remark, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from acctplan.importers.tables.headers import Merged, Record

MAX_COLUMNS = 16_384
_TITLE, _TOTAL, _FOOTER = "a line above the header", "a total", "a line below the table"
_FIRST_LETTERS = frozenset("TtGgSsCc\u00a9")
_FOOTER_LINE = re.compile(r"confidential information\b.*do not distribute|copyright (?:\(c\)|\u00a9)|\u00a9 ?[0-9]{4}", re.IGNORECASE)
_TOTAL_LINE = re.compile(r"(?P<kind>sub|grand )?totals?\s*(?P<count>\([0-9,.]+ records?\))?:?\Z", re.IGNORECASE)
_FIGURE = re.compile(
    r"[-+(]?\s*(?:[A-Z]{3}|[^\w\s]{0,3})\s*[0-9][0-9.,\s'\u2019]*(?:%|[A-Z]{3}|[^\w\s]{0,3})\)?\Z|(?:sum|count|avg|average|min|max)\Z",
    re.IGNORECASE,
)


class Shape(NamedTuple):
    """What is known of the rows besides their text."""

    sheet: str = ""
    merged: Sequence[Merged] = ()
    first_column: int = 0
    """Where in a sheet the rows begin, from 0."""
    may_be_damaged: bool = False
    """Whether a cell can hold what is no text."""
    not_calculated: Sequence[tuple[int, int]] = ()
    """Row, from 1, and column of the sheet, from 0, of formulas without a result."""


def table(name: str, records: Iterator[tuple[int, Record]], shape: Shape, remarks: tuple[Remark, ...] = ()) -> Table:
    """A table, header and all, with these remarks and its own.

    Raises:
        UserError: no header, one that cannot be read, or too many cells.
    """
    top = list(islice(records, headers.LOOKED_AT))
    place = headers.find([record for _, record in top], in_sheet=bool(shape.sheet))
    if place is None:
        raise UserError(f"{name} is empty", "export it again")
    header = top[place][1]
    if isinstance(header, str) or (shape.may_be_damaged and _damage(header)):
        raise UserError(f"{name}: the header cannot be read", "save the file as 'CSV UTF-8'")
    if len(header) > MAX_COLUMNS:
        raise UserError(f"{name}: {len(header):,} columns; at most {MAX_COLUMNS:,} are read", "export fewer columns")
    asides = [Aside(one, _TITLE) for one, record in top[:place] if headers.says_something(record)]
    below = place + 1
    labels = list(header)
    if shape.merged:
        labels, used, below = _of_two_rows(top, place, shape)
        asides = [aside for aside in asides if aside.number not in used]
    columns, repeats = _numbered(headers.labels(labels))
    read = _Rows(name, len(columns), may_be_damaged=shape.may_be_damaged)
    read.take(chain(top[below:], records))
    rows = read.without_totals()
    return Table(
        name,
        columns,
        tuple(rows),
        tuple(read.bad),
        read.blank,
        (*asides, *sorted(read.asides)),
        (*remarks, *_without_result(columns, shape)),
        shape.sheet,
        tuple(repeats),
    )


def _without_result(columns: Sequence[str], shape: Shape) -> Iterator[Remark]:
    for row, column in shape.not_calculated:
        place = column - shape.first_column
        called = columns[place] if 0 <= place < len(columns) and columns[place] else f"column {column + 1}"
        yield Remark(f"{called} holds a formula without a result; it was read as empty", "open the workbook in Excel and save it", row)


def _of_two_rows(top: Sequence[tuple[int, Record]], place: int, shape: Shape) -> tuple[list[str], set[int], int]:
    """The names of columns, the numbers of the rows that they are from, and where the rows below them begin."""
    for upper in (place, place - 1):
        if 0 <= upper < len(top) - 1:
            (number, above), (_, beneath) = top[upper : upper + 2]
            if not isinstance(above, str) and not isinstance(beneath, str):
                found = headers.of_two_rows(above, beneath, shape.merged, number - 1, shape.first_column)
                if found is not None:
                    return found, {number, number + 1}, upper + 2
    header = top[place][1]
    return list(header), set(), place + 1


def _numbered(labels: Sequence[str]) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    """Each name once, and which columns had the name of another."""
    taken = {label.casefold() for label in labels}
    first: dict[str, int] = {}
    numbers: dict[str, int] = {}
    columns, repeats = [], []
    for position, label in enumerate(labels):
        folded = label.casefold()
        if not label or folded not in first:
            first[folded] = position
            columns.append(label)
            continue
        repeats.append((first[folded], position))
        number = numbers.get(folded, 2)
        while f"{folded} ({number})" in taken:
            number += 1
        numbers[folded] = number + 1
        columns.append(f"{label} ({number})")
        taken.add(columns[-1].casefold())
    return tuple(columns), repeats


def _damage(record: Sequence[str]) -> str:
    text = "".join(record)
    if "\0" in text:
        return "it holds a NUL character: the file may be damaged"
    return "it holds characters that are not UTF-8: the file may be damaged" if is_damaged(text) else ""


class _Rows:
    """The rows below a header, sorted by what becomes of them."""

    def __init__(self, name: str, width: int, *, may_be_damaged: bool) -> None:
        self._name, self._width, self._may_be_damaged = name, width, may_be_damaged
        self._rows: list[Row] = []
        self.bad: list[BadRow] = []
        self.asides: list[Aside] = []
        self.blank = 0

    def take(self, records: Iterable[tuple[int, Record]]) -> None:
        width, rows = self._width, self._rows
        most = MAX_CELLS // width
        for number, record in records:
            if isinstance(record, str):
                self.bad.append(BadRow(number, record))
                continue
            first = record[0] if record else ""
            if len(record) == width and first and not self._may_be_damaged and not (first[0] in _FIRST_LETTERS or first[0].isspace()):
                rows.append(Row(number, tuple(record)))  # nearly all
            else:
                self._take_odd(number, record)
            if len(rows) > most:
                raise UserError(
                    f"{self._name}: more than {most:,} rows of {width:,} columns; that is more than can be read at once",
                    "export fewer columns, or in several files",
                )

    def _take_odd(self, number: int, record: Sequence[str]) -> None:
        if not headers.filled(record):
            self.blank += 1
        elif aside := _aside(record):
            self.asides.append(Aside(number, aside))
        elif self._may_be_damaged and (damage := _damage(record)):
            self.bad.append(BadRow(number, damage))
        elif headers.filled(record[self._width :]):
            self.bad.append(BadRow(number, f"it has {len(record)} cells where the header has {self._width}"))
        else:
            self._rows.append(Row(number, (*record[: self._width], *[""] * (self._width - len(record)))))

    def without_totals(self) -> list[Row]:
        """The rows, without the total below them: only there is a row that begins with `Total` no company of that name."""
        while self._rows and _is_total(self._rows[-1].cells):
            self.asides.append(Aside(self._rows.pop().number, _TOTAL))
        return self._rows


def _aside(record: Sequence[str]) -> str:
    said = [cell.strip() for cell in record if cell and not cell.isspace()]
    if len(said) <= 2 and _FOOTER_LINE.match(said[0]):  # noqa: PLR2004  a comma in it
        return _FOOTER
    match = _TOTAL_LINE.match(said[0])
    sure = match and (match["count"] or (match["kind"] and len(said) > 1))
    return _TOTAL if sure and _are_figures(said[1:]) else ""


def _is_total(cells: Sequence[str]) -> bool:
    said = [cell.strip() for cell in cells if cell and not cell.isspace()]
    return len(said) > 1 and _TOTAL_LINE.match(said[0]) is not None and _are_figures(said[1:])


def _are_figures(cells: Sequence[str]) -> bool:
    return all(_FIGURE.match(cell) for cell in cells)
