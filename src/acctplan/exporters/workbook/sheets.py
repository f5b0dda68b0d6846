"""A sheet for each section: what people read and edit, and beside it, hidden, what stood there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin

from xlsxwriter.utility import xl_col_to_name

from acctplan.exporters.workbook.look import HOPE
from acctplan.model.references import type_at
from acctplan.tables import SEPARATOR, to_text
from acctplan.tables.workbooks import HIDDEN, NO, YES, heading, held, in_cell, is_placing, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from acctplan.exporters.workbook.look import Look
    from acctplan.tables import Column, Filled, Value
    from acctplan.tables.workbooks import Sheet

_NARROWEST, _WIDEST, _ROOM = 9, 46, 4
"""Characters of a column; `_ROOM` for the button of its filter."""
_LINE, _MOST_LINES, _HEADING = 15, 4, 20
"""Points of a line of text, and of the headings. Of longer texts the first lines show: so a list stays a list."""
_MOST_ON_A_PAGE = 12
"""Columns that can be read on one page beside each other."""
_LONGEST_LIST = 255
"""Characters of the choices of a cell, the most that Excel takes."""
_SPARE_ROWS = 200
"""Rows below the last one in which choices are offered too, for entries that people add."""
_MONEY = frozenset({"value", "spend", "goal", "actual", "net_income", "revenue"})
_POINTS = frozenset({"score", "ceiling", "points", "out_of"})
_SHARES = frozenset({"probability", "margin"})
_WORKED_OUT = "Worked out by acctplan: what is written here is not brought back."
_PLACING = "Says where the row belongs: fill it in for new rows, and leave it as it is in the others."
_PLACE = "How acctplan finds the row again: leave it as it is. New rows have none."


class Shown(NamedTuple):
    """A column of a visible sheet."""

    column: Column
    position: int
    """In the table."""
    form: str
    """Of its cells."""
    note: str
    """What it says where one points at its heading."""

    @property
    def heading(self) -> str:
        """What stands above it."""
        return heading(self.column.name)

    @property
    def is_ours(self) -> bool:
        """Whether it is not for editing."""
        return self.column.field is None


def _columns(filled: Filled, sheet: Sheet) -> list[Shown]:
    found = []
    for column in shown(filled.table.columns, sheet):
        if column.field is not None:
            note = column.help
        else:
            told = _PLACE if column.name == "pointer" else _PLACING if sheet.adds_to and is_placing(column, sheet) else _WORKED_OUT
            note = f"{column.help} {told}".lstrip()
        found.append(Shown(column, filled.table.columns.index(column), _format(column), note))
    return found


def write(book: Workbook, look: Look, filled: Filled, sheet: Sheet, today: date, words: Mapping[str, Sequence[str]]) -> None:
    """Write a section: the visible sheet, and the hidden one.

    Args:
        book: what it is written into.
        look: its formats.
        filled: the section.
        sheet: what the sheet is called and shows.
        today: the day as of which something is late.
        words: by column, what the book offers for it.
    """
    columns = _columns(filled, sheet)
    is_to_read = all(one.is_ours for one in columns)
    visible = book.add_worksheet(sheet.title)
    lines = [1] * len(filled.rows)
    for at, one in enumerate(columns):
        is_grey = one.is_ours and not is_to_read  # where nothing can be edited, nothing need be told apart
        form = look[f"{one.form}, ours" if is_grey else one.form]
        texts = [_shown_text(row[one.position]) for row in filled.rows]
        width = _width(one.heading, texts)
        visible.set_column(at, at, width, form)
        if one.note:
            visible.write_comment(0, at, one.note, {"x_scale": 1.8, "author": "acctplan"})
        for number, (row, text) in enumerate(zip(filled.rows, texts, strict=True)):
            if not is_grey:
                lines[number] = max(lines[number], _lines(text, width))
            _cell(visible, number + 1, at, row[one.position], form)
    visible.set_row(0, _HEADING)
    for number, count in enumerate(lines, 1):
        visible.set_row(number, _LINE * min(count, _MOST_LINES))
    headings = [{"header": one.heading, "header_format": look.heading(one.form, is_ours=one.is_ours)} for one in columns]
    table = {"name": f"{filled.table.name}_", "style": "Table Style Light 15", "columns": headings}
    visible.add_table(0, 0, max(len(filled.rows), 1), len(columns) - 1, table)
    visible.freeze_panes(1, 2)
    visible.set_landscape()
    visible.set_paper(9)  # A4
    if len(columns) <= _MOST_ON_A_PAGE:
        visible.fit_to_pages(1, 0)
    visible.repeat_rows(0)
    visible.repeat_columns(0, 1)
    _offer_choices(visible, filled, sheet, columns, words)
    _point_out(visible, look, filled, columns, today)
    _remember(book, filled, columns)


def _width(title: str, texts: Sequence[str]) -> int:
    """As wide as most cells need: one long text does not widen a column of short ones."""
    lengths = sorted(max(map(len, text.split("\n"))) for text in texts if text)
    usual = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    return min(max(usual + 2, len(title) + _ROOM, _NARROWEST), _WIDEST)


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column."""
    return sum(max(1, ceil(len(line) / (width - 2))) for line in text[: _WIDEST * (_MOST_LINES + 1)].split("\n"))


def _cell(sheet: Worksheet, row: int, column: int, value: Value, form: Any) -> None:
    """A cell as what it is. A text is never taken for a formula, a link or a number."""
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, form)
    elif isinstance(value, Decimal | int) and not isinstance(value, bool) and _is_exact(value):
        sheet.write_number(row, column, value, form)
    else:
        sheet.write_string(row, column, in_cell(value), form)


def _is_exact(number: Decimal | int) -> bool:
    """Whether Excel, which counts in binary, brings back the same number."""
    return Decimal(repr(float(number))) == number


def _shown_text(value: Value) -> str:
    """About what a cell shows, to tell how wide it is."""
    return f"{value:,.0f}" if isinstance(value, Decimal) and abs(value) >= 1 else in_cell(value)


def _format(column: Column) -> str:
    name = column.name
    if column.kind == "decimal":
        if name in _POINTS:
            return "points"
        if name == "value" and column.field is None:
            return "share"  # how much of its points a factor gives
        return "money" if name in _MONEY or name.endswith(("revenue", "net_income")) else "share" if name in _SHARES else "decimal"
    return column.kind


def _offer_choices(visible: Worksheet, filled: Filled, sheet: Sheet, columns: Sequence[Shown], words: Mapping[str, Sequence[str]]) -> None:
    """What a cell may hold, where that is known; other words are let in after a warning."""
    last = len(filled.rows) + _SPARE_ROWS
    for at, one in enumerate(columns):
        choices = _choices(filled, sheet, one.column) or words.get(one.column.name, ())
        if choices and one.column.field is not None and len(",".join(choices)) <= _LONGEST_LIST:
            told = {"error_title": "acctplan", "error_message": f"Not one of the choices: {SEPARATOR.join(choices)}."[:_LONGEST_LIST]}
            visible.data_validation(1, at, last, at, {"validate": "list", "source": list(choices), "error_type": "warning", **told})


def _point_out(visible: Worksheet, look: Look, filled: Filled, columns: Sequence[Shown], today: date) -> None:
    """How high a score is, and what is late."""
    last = len(filled.rows) + _SPARE_ROWS
    names = {one.column.name: at for at, one in enumerate(columns)}
    if "score" in names:
        bar = {"type": "data_bar", "bar_color": HOPE, "bar_solid": True, "min_type": "num", "max_type": "num"}
        visible.conditional_format(1, names["score"], last, names["score"], {**bar, "min_value": 0, "max_value": 100})
    if {"due", "status"} <= names.keys():
        due, status = (xl_col_to_name(names[name]) for name in ("due", "status"))
        settled = ",".join(f'${status}2<>"{word}"' for word in ("done", "cancelled", "achieved"))
        day = f"DATE({today.year},{today.month},{today.day})"
        late = {"type": "formula", "criteria": f'=AND(${due}2<>"",${due}2<{day},{settled})', "format": look["late"]}
        visible.conditional_format(1, names["due"], last, names["due"], late)


def _choices(filled: Filled, sheet: Sheet, column: Column) -> tuple[str, ...]:
    """The words that a cell may hold, where those are listed."""
    if column.field is None or column.is_list:
        return ()
    if column.kind == "boolean":
        return (YES, NO)
    names = [one.name for one in filled.table.columns]
    pointer = sheet.adds_to[0] if sheet.adds_to else str(filled.rows[0][names.index("pointer")])
    kind = type_at((*pointer.split("."), *column.field))
    return tuple(map(str, get_args(kind))) if get_origin(kind) is Literal else ()


def _remember(book: Workbook, filled: Filled, columns: Sequence[Shown]) -> None:
    """What stands in the cells, as text."""
    hidden = book.add_worksheet(f"{HIDDEN}{filled.table.name}")
    hidden.very_hidden()
    for at, one in enumerate(columns):
        hidden.write_string(0, at, one.column.name)
        for number, row in enumerate(filled.rows, 1):
            if row[one.position] is not None:
                hidden.write_string(number, at, held(to_text(row[one.position])))
