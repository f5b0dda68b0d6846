"""Workbooks made of plans, read back and edited as people do."""

from __future__ import annotations

import io
import warnings
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

from acctplan.config import Config
from acctplan.exporters.workbook import Overview, workbook
from acctplan.loader import load
from acctplan.tables import TABLES, Account, Source, Stamp, fill
from acctplan.tables.workbooks import SHEETS

if TYPE_CHECKING:
    from collections.abc import Callable

    from acctplan.tables import Filled

TODAY = date(2026, 11, 21)
STAMP = Stamp(TODAY, "c0ffee", is_changed=False)


def source(**plans: str) -> Source:
    """Plans by their names."""
    accounts = []
    for name, text in plans.items():
        loaded = load(text, f"plans/{name}.yaml", Config())
        assert loaded.plan is not None, loaded.diagnostics
        accounts.append(Account(name, loaded, loaded.plan))
    return Source(accounts, Config(), STAMP)


def filled(of: Source) -> list[Filled]:
    """The tables that become sheets."""
    shown = {sheet.table for sheet in SHEETS}
    return list(fill(of, [table for table in TABLES if table.name in shown]))


def exported(of: Source) -> bytes:
    """The workbook of some plans."""
    return workbook(filled(of), Overview([], "EUR", TODAY, None), {"stage": ("proposal",)})


def opened(content: bytes) -> openpyxl.Workbook:
    """A workbook as openpyxl reads it, which says what it does not know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content))


def saved(content: bytes) -> bytes:
    """A workbook that another program opened and saved."""
    out = io.BytesIO()
    opened(content).save(out)
    return out.getvalue()


def edited(content: bytes, edit: Callable[[openpyxl.Workbook], object]) -> bytes:
    """A workbook that somebody changed, written again without its looks: that takes a twentieth of the time."""
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for title, lines in _values(content).items():
        sheet = book.create_sheet(title)
        for number, line in enumerate(lines, 1):
            for at, value in enumerate(line, 1):
                if value != "":
                    sheet.cell(number, at).value = value
    edit(book)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as again:
        for sheet in book.worksheets:
            made = again.add_worksheet(sheet.title)
            for line in sheet.iter_rows():
                for cell in line:
                    if isinstance(cell.value, str):
                        made.write_string(cell.row - 1, cell.column - 1, cell.value)
                    elif cell.value is not None:
                        made.write(cell.row - 1, cell.column - 1, cell.value)
    return out.getvalue()


@cache
def _values(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def column(sheet: Any, heading: str) -> int:
    """The number of the column with a heading."""
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def row(sheet: Any, identifier: str) -> int:
    """The number of the row with an id."""
    at = column(sheet, "Id")
    return next(number for number in range(2, sheet.max_row + 1) if sheet.cell(number, at).value == identifier)


def written(content: bytes, title: str, identifier: str, **cells: object) -> bytes:
    """A workbook in which somebody wrote into cells of a row, named by their headings with `_` for blanks."""

    def edit(book: openpyxl.Workbook) -> None:
        sheet = book[title]
        for heading, value in cells.items():
            sheet.cell(row(sheet, identifier), column(sheet, heading.replace("_", " "))).value = value

    return edited(content, edit)


def added(content: bytes, title: str, **cells: object) -> bytes:
    """A workbook in which somebody added a row."""

    def edit(book: openpyxl.Workbook) -> None:
        sheet = book[title]
        last = next(number for number in range(2, sheet.max_row + 2) if all(cell.value is None for cell in sheet[number]))
        for heading, value in cells.items():
            sheet.cell(last, column(sheet, heading.replace("_", " "))).value = value

    return edited(content, edit)
