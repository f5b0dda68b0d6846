"""Plans as an Excel workbook: an overview with charts, a sheet a section, and what is needed to bring edits back."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from acctplan.exporters.workbook import overview, sheets
from acctplan.exporters.workbook.look import Look
from acctplan.exporters.workbook.overview import AccountLine, Mark, Overview
from acctplan.tables.workbooks import MARK, SHEETS, VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from acctplan.tables import Filled

__all__ = ["AccountLine", "Mark", "Overview", "workbook"]


def workbook(tables: Sequence[Filled], first: Overview, words: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """The bytes of a workbook. The same tables give the same bytes.

    Args:
        tables: those of `SHEETS` become sheets, if they have rows, or rows can be added to them.
        first: what the overview says.
        words: by column, the choices that are the book's own: its stages.
    """
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(content, options) as book:
        created = datetime.combine(first.on, time())
        book.set_properties({"title": "Account plans", "comments": "Internal", "created": created})
        look = Look(book)
        overview.write(book, look, first)
        by_name = {one.table.name: one for one in tables}
        for sheet in SHEETS:
            if (filled := by_name.get(sheet.table)) is not None and (filled.rows or sheet.adds_to):
                sheets.write(book, look, filled, sheet, first.on, words or {})
        _mark(book, first)
    return content.getvalue()


def _mark(book: Workbook, first: Overview) -> None:
    hidden = book.add_worksheet(MARK)
    hidden.very_hidden()
    for row, (name, value) in enumerate((("layout", VERSION), ("exported_on", first.on.isoformat()), ("revision", first.revision or ""))):
        hidden.write_string(row, 0, name)
        hidden.write_string(row, 1, value)
