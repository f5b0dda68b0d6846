"""A workbook that acctplan made, as people gave it back: what stands in its cells, and what stood there."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from acctplan.errors import UserError
from acctplan.importers.tables import MAX_BYTES, MAX_CELLS, archive, sheet_xml
from acctplan.importers.tables import workbook as parts_of
from acctplan.tables import TABLES, from_text
from acctplan.tables.workbooks import HIDDEN, MARK, PLAN, POINTER, SHEETS, VERSION, heading, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime, time, timedelta

    from python_calamine import CalamineWorkbook

    from acctplan.tables import Table
    from acctplan.tables.workbooks import Sheet

Raw: TypeAlias = "int | float | str | bool | time | date | datetime | timedelta"
"""What a cell holds; an empty text where it holds nothing."""
_EXPORT_AGAIN = "export it again, and make the edits in that: acctplan export xlsx"
_LETTERS = 26


class Cell(NamedTuple):
    """A cell of a visible sheet."""

    sheet: str
    row: int
    """From 1."""
    column: int
    """From 0; -1: the row is meant."""

    @property
    def address(self) -> str | None:
        """What a spreadsheet calls it: `C12`; None where the row is meant."""
        return None if self.column < 0 else f"{_letters(self.column)}{self.row}"

    def __str__(self) -> str:
        """As people call it: `Contacts, cell C12`."""
        return f"{self.sheet}, row {self.row}" if self.column < 0 else f"{self.sheet}, cell {self.address}"


class Line(NamedTuple):
    """A row of a visible sheet."""

    row: int
    cells: Mapping[str, tuple[int, Raw]]
    """By the table's column: where it stands, from 0, and what it holds."""


class Section(NamedTuple):
    """A section."""

    sheet: Sheet
    table: Table
    lines: Sequence[Line]
    was: Mapping[tuple[str, str], Mapping[str, str]]
    """What stood in the cells when the workbook was made, by plan and pointer, then by the table's column; empty cells are left out."""


class Returned(NamedTuple):
    """A workbook."""

    sections: Sequence[Section]
    notes: Sequence[str]
    """What was not read, and why."""


def is_ours(content: bytes) -> bool:
    """Whether a file is a workbook that acctplan made: whether it has the hidden sheet that says so. Never raises."""
    if not content.startswith(archive.MAGIC) or len(content) > MAX_BYTES:
        return False
    try:
        parts = archive.members("", content, lambda part: part.casefold().endswith("xl/workbook.xml"))
    except UserError:
        return False
    return any(f'"{MARK}"'.encode() in xml for xml in parts.values())


def read(name: str, content: bytes) -> Returned:
    """What a workbook says, and what it said when it was made.

    Args:
        name: what to call it in messages.
        content: its bytes.

    Raises:
        UserError: it is damaged, too large, made by another version, or what it said when it was made is no longer in it.
    """
    book = _opened(name, content)
    sheets = set(book.sheet_names)
    about = {str(row[0]): str(row[1]) for _, row in _rows(book, name, MARK) if len(row) > 1} if MARK in sheets else {}
    if about.get("layout") != VERSION:
        raise UserError(f"{name} was made by another version of acctplan, or its hidden sheets were changed", _EXPORT_AGAIN)
    tables = {table.name: table for table in TABLES}
    sections, notes = [], []
    for sheet in SHEETS:
        if not any(column.field for column in tables[sheet.table].columns):
            continue  # nothing of it can be edited
        if f"{HIDDEN}{sheet.table}" not in sheets:
            if sheet.title in sheets:
                raise UserError(f"{name}: what stood in the sheet {sheet.title} when it was made is no longer in it", _EXPORT_AGAIN)
        elif sheet.title not in sheets:
            notes.append(f"the sheet {sheet.title} is gone, or has another name: nothing of it was read")
        else:
            lines, said = _lines(sheet, tables[sheet.table], list(_rows(book, name, sheet.title)))
            notes += said
            if lines is not None:
                was = _was(name, sheet, tables[sheet.table], list(_rows(book, name, f"{HIDDEN}{sheet.table}")))
                sections.append(Section(sheet, tables[sheet.table], lines, was))
    known = {MARK, "Overview", *(one for sheet in SHEETS for one in (sheet.title, f"{HIDDEN}{sheet.table}"))}
    notes += [f"the sheet {other} is not one of ours: it was not read" for other in book.sheet_names if other not in known]
    return Returned(sections, notes)


def _opened(name: str, content: bytes) -> CalamineWorkbook:
    """The workbook, once it is known how much memory it takes to read it."""
    if len(content) > MAX_BYTES:
        raise UserError(f"{name}: {len(content):,} bytes; at most {MAX_BYTES:,} are read", _EXPORT_AGAIN)
    parts = archive.members(name, content, parts_of.is_wanted)
    if not parts_of.is_workbook(set(parts)):
        raise UserError(f"{name} is no workbook (.xlsx)", _EXPORT_AGAIN)
    try:
        extents = [sheet_xml.extent(xml) for xml in parts.values()]
    except ValueError:
        raise parts_of.damaged(name) from None
    if sum(rows * columns for rows, columns in extents) > MAX_CELLS:
        raise UserError(f"{name}: its sheets have more cells than can be read at once", "delete what stands far away from the tables")
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  only workbooks need it

    return parts_of.guarded(name, lambda: CalamineWorkbook.from_filelike(io.BytesIO(archive.packed(parts))))


def _rows(book: CalamineWorkbook, name: str, sheet: str) -> Iterator[tuple[int, list[Raw]]]:
    """The rows of a sheet that hold something, each with its number and with its cells from column A on."""
    found = parts_of.guarded(name, lambda: book.get_sheet_by_name(sheet))
    empty: list[Raw] = [""] * (found.start[1] if found.start else 0)
    every = parts_of.guarded(name, lambda: list(enumerate(found.iter_rows(), 1)))
    yield from ((number, [*empty, *row]) for number, row in every if any(map(_says, row)))


def _says(cell: Raw) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _lines(sheet: Sheet, table: Table, rows: Sequence[tuple[int, list[Raw]]]) -> tuple[list[Line] | None, list[str]]:
    """The rows below the headings, wherever those stand (None: there are none), and what is to be said about the columns."""
    by_heading = {heading(column.name).casefold(): column.name for column in shown(table.columns, sheet)}
    start = next((at for at, (_, row) in enumerate(rows) if {PLAN.casefold(), POINTER.casefold()} <= set(map(_title, row))), None)
    if start is None:
        return None, [f"{sheet.title}: without the columns {PLAN} and {POINTER} nobody can tell what is meant; nothing of it was read"]
    titles = [_title(cell) for cell in rows[start][1]]
    twice = {title for title, count in Counter(titles).items() if count > 1 and title in by_heading}
    notes = [f"{sheet.title}: there are two columns {title}; neither was read" for title in sorted(twice)]
    notes += [
        f"{sheet.title}: the column {cell} is not one of ours, and was not read"
        for cell, title in zip(rows[start][1], titles, strict=True)
        if title and title not in by_heading
    ]
    places = {by_heading[title]: at for at, title in enumerate(titles) if title in by_heading and title not in twice}
    lines = []
    for number, row in rows[start + 1 :]:
        cells = {name: (at, row[at] if at < len(row) else "") for name, at in places.items()}
        if any(_says(cell) for _, cell in cells.values()):
            lines.append(Line(number, cells))
    return lines, notes


def _title(cell: Raw) -> str:
    return " ".join(str(cell).split()).casefold()


def _was(name: str, sheet: Sheet, table: Table, rows: Sequence[tuple[int, list[Raw]]]) -> dict[tuple[str, str], dict[str, str]]:
    columns = {column.name: column for column in table.columns}
    names = [str(cell) for cell in rows[0][1]] if rows else []
    found = {}
    try:
        for _, row in rows[1:]:
            cells = {column: str(cell) for column, cell in zip(names, row, strict=False) if cell != ""}
            for column, text in cells.items():
                from_text(text, columns[column].kind)
            found[cells["plan"], cells["pointer"]] = cells
    except (KeyError, ValueError):
        names = []
    if not {"plan", "pointer"} <= set(names):
        raise UserError(f"{name}: what stood in the sheet {sheet.title} when it was made cannot be read", _EXPORT_AGAIN)
    return found


def _letters(column: int) -> str:
    """What a spreadsheet calls a column: 0 is A."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters
