"""The cells of a row, read as what they should be; what cannot be read is noted and left out, and the row goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from acctplan.errors import UserError
from acctplan.importers import amounts, days, texts
from acctplan.importers.records import Note, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from acctplan.importers.records import Options
    from acctplan.importers.tables import Row, Table

_T = TypeVar("_T")
_SHOWN = 40
"""Characters of a text in a note."""
ODD: Any = object()
"""Stands for what a cell says about which there is something to note."""


def date_orders(table: Table, columns: Iterable[str], options: Options) -> tuple[dict[str, str], list[Note]]:
    """In which order each column of dates writes day, month and year, with a note on what was concluded and from which row.

    Raises:
        UserError: a column could be read in two ways and the options do not say which, or its dates contradict each other.
    """
    columns = tuple(columns)
    texts_of = {column: _first_rows(table, column) for column in columns}
    notes = [note for column, first in texts_of.items() if (note := _day_numbers(table.name, column, first))]
    if options.date_format is not None:
        order = days.date_order(options.date_format)
        return dict.fromkeys(columns, order), notes
    orders: dict[str, str] = {}
    for column in columns:
        possible = [(row, orders_) for text, row in texts_of[column].items() if (orders_ := days.possible_orders(text))]
        telling = {next(iter(orders_)): row for row, orders_ in reversed(possible) if len(orders_) == 1}
        if len(telling) == 1:
            (orders[column], row) = next(iter(telling.items()))
            read_as = days.shown_order(orders[column])
            what = f"the dates in {column} are read as {read_as}, all that this row allows"
            notes.append(Note(what, "", Source(table.name, row), of_file=True))
        elif possible:
            raise _undecided(table.name, column, telling, possible[0][0])
    return orders, notes


def _first_rows(table: Table, column: str) -> dict[str, int]:
    """Every text of a column, and the first row that has it."""
    first: dict[str, int] = {}
    for row, text in table.values(column):
        first.setdefault(text, row)
    return first


def _day_numbers(file: str, column: str, first: Mapping[str, int]) -> Note | None:
    row = next((row for text, row in first.items() if days.is_day_number(text)), None)
    if row is None:
        return None
    what = f"some dates in {column} are numbers, as Excel counts days from 1900; they were read so"
    return Note(
        what, "if they are four years off, the workbook counts from 1904: export it again with dates", Source(file, row), of_file=True
    )


def notes_on(table: Table) -> list[Note]:
    """What is to be said about how a file was read: its encoding, sheets left out, rows that are no records."""
    said = [Note(each.what, each.hint, Source(table.name, each.row or 1), of_file=each.row is None) for each in table.remarks]
    return said + [Note(f"{each.what}, not a record; left out", "", Source(table.name, each.number)) for each in table.asides]


def _undecided(file: str, column: str, telling: Mapping[str, int], first: int) -> UserError:
    if telling:
        one, other = (f"row {row} is {days.shown_order(order)}" for order, row in sorted(telling.items()))
        return UserError(f"{file}: the dates in {column} contradict each other: {one}, {other}", "say which is right: --date-format d/m/y")
    return UserError(
        f"{file}: the dates in {column} can be read as day/month or as month/day, as in row {first}",
        "say which it is: --date-format d/m/y or --date-format m/d/y",
    )


class Cells:
    """One row of a table.

    Args:
        table: what the row is of.
        row: one of its rows.
        orders: the order of day, month and year, by column.
        marks: what stands before decimals, by column.
        notes: where to note what could not be read.
        place: of the row among those of the table, from 0.
    """

    def __init__(
        self, table: Table, row: Row, orders: Mapping[str, str], marks: Mapping[str, str | None], notes: list[Note], place: int = 0
    ) -> None:
        self._table, self._row, self._orders, self._marks, self._notes = table, row, orders, marks, notes
        self.place = place

    @property
    def source(self) -> Source:
        """Where the row stands."""
        return Source(self._table.name, self._row.number)

    def note(self, what: str, hint: str = "") -> None:
        """Note something about this row."""
        self._notes.append(Note(what, hint, self.source))

    def raw(self, column: str) -> str:
        """The text of a cell as it is; empty where there is no such column."""
        positions = self._table.asked
        try:
            position = positions[column]
        except KeyError:
            position = positions[column] = self._table.position(column)
        return "" if position is None else self._row.cells[position]

    def column(self, column: str, read: Callable[[Cells, str], _T | None]) -> list[_T | None]:
        """What all cells of a column say, in every row of the table. Each text is read once, however many cells have it.

        Nothing is noted here: where there is something to note stands `ODD`, and that cell is to be read again in its row.

        Args:
            column: which, whether there is one or not.
            read: how to read a cell: `Cells.line`.
        """
        rows, position = self._table.rows, self._table.position(column)
        if position is None:
            return [None] * len(rows)
        notes: list[Note] = []
        known: dict[str, _T | None] = {}
        for row in rows:
            text = row.cells[position]
            if text not in known:
                said = read(Cells(self._table, row, self._orders, self._marks, notes), column)
                known[text] = ODD if notes else said
                notes.clear()
        return [known[row.cells[position]] for row in rows]

    def name(self, column: str) -> str | None:
        """What something is called. Here and in all words, what looks garbled stays as it is and is noted with what it probably was."""
        return self._cleaned(column, texts.line, texts.is_name)

    def line(self, column: str) -> str | None:
        """Words on one line."""
        return self._cleaned(column, texts.line, texts.is_text)

    def paragraphs(self, column: str) -> str | None:
        """Words on any number of lines."""
        return self._cleaned(column, texts.paragraphs, texts.is_text)

    def _cleaned(self, column: str, clean: Callable[[str], str], says_something: Callable[[str], bool]) -> str | None:
        text = self.raw(column)
        if not text or not says_something(text):
            return None
        if text.isascii() and text.isprintable():
            return clean(text) or None
        if texts.has_invisible(text):
            self.note(f"{column} held invisible characters; they were taken out")
        cleaned = clean(text)
        if texts.LOST in cleaned:
            self.note(
                f"{column} has lost letters, which show as {texts.LOST}; it was kept",
                "they were lost before this file was written: correct them in the CRM and in the plan",
            )
        if probable := texts.ungarbled(cleaned):
            what = f"'{_around(cleaned, probable)}' was probably '{_around(probable, cleaned)}'"
            self.note(
                f"{column} looks as if it had been read in the wrong encoding; it was kept",
                f"{what}: correct it in the CRM and in the plan",
            )
        return cleaned or None

    def key(self, column: str) -> str | None:
        """An id, as it is but for blanks around it; what a spreadsheet has done to it is noted."""
        text = self.raw(column).strip()
        if not text or not texts.is_value(text):
            return None
        if spoilt := texts.spoilt_id(text):
            self.note(
                f"{column} {spoilt}; it was taken as it is", "export it again and do not save it in a spreadsheet: ids are no numbers"
            )
        return text

    def currency(self, column: str) -> str | None:
        """A currency's ISO code, from its code, sign or name; None where it is unknown or the sign of several."""
        return self._parsed(column, amounts.currency)

    def number(self, column: str) -> Decimal | None:
        """A number that is not negative."""
        found = self._parsed(column, lambda text: amounts.number(text, self._marks.get(column)))
        if found is not None and found < 0:
            self.note(f"{column} is negative; left out")
            return None
        return found

    def count(self, column: str) -> int | None:
        """A whole number that is not negative."""
        found = self.number(column)
        if found is not None and found != int(found):
            self.note(f"{column} is not a whole number; left out")
            return None
        return None if found is None else int(found)

    def day(self, column: str) -> date | None:
        """A date."""
        return self._parsed(column, lambda text: days.day(text, self._orders.get(column)))

    def flag(self, column: str) -> bool:
        """Yes or no; no where the cell is empty or says something else."""
        return self._parsed(column, texts.flag) or False

    def _parsed(self, column: str, parse: Callable[[str], _T]) -> _T | None:
        text = self.raw(column)
        if not text or not texts.is_value(text):
            return None
        try:
            return parse(text)
        except ValueError as error:
            self.note(f"{column} {error}; left out")
            return None


def _around(text: str, other: str) -> str:
    """A text short enough for a message: where it begins to differ from another."""
    if len(text) <= _SHOWN:
        return " ".join(text.split())
    start = max(0, next((place for place, (one, two) in enumerate(zip(text, other, strict=False)) if one != two), 0) - _SHOWN // 2)
    return f"{'…' if start else ''}{' '.join(text[start : start + _SHOWN].split())}…"
