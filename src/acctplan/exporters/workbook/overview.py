"""The first sheet: every account in a line, and charts of what matters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from acctplan.exporters.workbook.look import ACCENT, GOAL, HOPE, RULE, SOFT
from acctplan.tables.workbooks import held

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from acctplan.exporters.workbook.look import Look

TITLE = "Overview"
_MOST_IN_A_CHART = 12
_CHARTS, _FIRST = 4, 20
"""The rows of the charts and of the headings, from 0: what matters is seen before one scrolls, however many accounts there are."""
_LINE = 15
"""Points of a row."""
_LONG, _LONG_BEST = 28, 40
"""Characters of names that take two lines."""
_CHART_WIDTH, _CHART_HEIGHT, _GAP = 700, 300, 20
"""Pixels; fifteen rows are as high."""


class Mark(NamedTuple):
    """A score of health."""

    percent: int | None
    band: str | None


class AccountLine(NamedTuple):
    """An account at a glance. Amounts are in the book's currency; None is not known."""

    account: str
    manager: str | None
    attention: str
    """`act now`, `watch`, or nothing."""
    goal: Decimal | None
    booked: Decimal | None
    forecast: Decimal | None
    gap: Decimal | None
    health: tuple[Mark, ...]
    """Completeness, freshness, coverage, execution."""
    best: str | None
    """The best opportunity."""
    score: float | None
    overdue: int
    next_meeting: date | None


class Overview(NamedTuple):
    """What the first sheet says."""

    lines: Sequence[AccountLine]
    currency: str
    on: date
    revision: str | None


_COLUMNS = (
    ("Account", 30, "text"),
    ("Account manager", 20, "text"),
    ("Attention", 13, "text"),
    ("Goal", 14, "money"),
    ("Booked", 14, "money"),
    ("Forecast", 14, "money"),
    ("Gap", 14, "money"),
    ("Completeness", 17, "text"),
    ("Freshness", 14, "text"),
    ("Coverage", 14, "text"),
    ("Execution", 14, "text"),
    ("Best opportunity", 42, "text"),
    ("Score", 10, "points"),
    ("Overdue", 12, "integer"),
    ("Next meeting", 16, "date"),
)


def write(book: Workbook, look: Look, overview: Overview) -> None:
    """Write the sheet."""
    sheet = book.add_worksheet(TITLE)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    sheet.set_row(_FIRST, 20)
    count = len(overview.lines)
    revision = f" · revision {overview.revision[:10]}" if overview.revision else ""
    sheet.write_string(0, 0, "Account plans", look["title"])
    sheet.write_string(
        1, 0, f"{count} account{'' if count == 1 else 's'} as of {overview.on}{revision} · amounts in {overview.currency}", look["subtitle"]
    )
    sheet.write_string(2, 0, "Internal: it says everything that the plans say.", look["subtitle"])
    for at, (_, width, form) in enumerate(_COLUMNS):
        sheet.set_column(at, at, width, look[form])
    for number, line in enumerate(overview.lines, _FIRST + 1):
        sheet.set_row(number, _LINE * (1 + (len(line.account) > _LONG or len(line.best or "") > _LONG_BEST)))
        _line(sheet, look, number, line, overview.on)
    last = _FIRST + max(count, 1)
    sheet.add_table(
        _FIRST,
        0,
        last,
        len(_COLUMNS) - 1,
        {
            "name": "overview_",
            "style": "Table Style Light 15",
            "columns": [{"header": name, "header_format": look.heading(form)} for name, _, form in _COLUMNS],
        },
    )
    sheet.freeze_panes(0, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    if count:
        _charts(book, sheet, min(count, _MOST_IN_A_CHART), overview)


def _line(sheet: Worksheet, look: Look, row: int, line: AccountLine, today: date) -> None:
    health = [("" if mark.percent is None else f"{mark.band} {mark.percent} %", mark.band) for mark in line.health]
    cells: list[tuple[Any, str]] = [
        (line.account, "text"),
        (line.manager, "text"),
        (line.attention, {"act now": "poor", "watch": "fair"}.get(line.attention, "text")),
        *((amount, "money") for amount in (line.goal, line.booked, line.forecast, line.gap)),
        *((text, band or "text") for text, band in health),
        (line.best, "text"),
        (line.score, "points"),
        (line.overdue, "integer"),
        (line.next_meeting, "late" if line.next_meeting is not None and line.next_meeting < today else "date"),
    ]
    for at, (value, form) in enumerate(cells):
        if value is None or value == "":
            sheet.write_blank(row, at, None, look[form])
        elif isinstance(value, str):
            sheet.write_string(row, at, held(value), look[form])
        elif isinstance(value, date):
            sheet.write_datetime(row, at, value, look[form])
        else:
            sheet.write_number(row, at, value, look[form])


def _charts(book: Workbook, sheet: Worksheet, count: int, overview: Overview) -> None:
    """Goal and forecast of each account, and the score of its best opportunity: native charts, which follow the cells.

    Of what is known of no account there is no chart.
    """
    charted = overview.lines[:count]
    most = f", the first {count}" if count < len(overview.lines) else ""
    charts = []
    if any(amount is not None for line in charted for amount in (line.goal, line.booked, line.forecast)):
        charts.append(_money_chart(book, count, f"Goal, booked and forecast in {overview.currency}{most}"))
    if any(line.score is not None for line in charted):
        charts.append(_score_chart(book, count, f"Best opportunity of each account, score of 100{most}"))
    for number, chart in enumerate(charts):
        chart.set_size({"width": _CHART_WIDTH, "height": _CHART_HEIGHT})
        place = {"object_position": 3, "x_offset": 8 + number * (_CHART_WIDTH + _GAP), "description": "The table below has the figures."}
        sheet.insert_chart(_CHARTS, 0, chart, place)


def _money_chart(book: Workbook, count: int, title: str) -> Any:
    chart = book.add_chart({"type": "column"})
    for column, colour in ((3, GOAL), (4, ACCENT), (5, HOPE)):
        chart.add_series(_series(count, column, colour))
    chart.set_title({"name": title, **_TITLE})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": _GRID, "line": {"none": True}})
    chart.set_legend({"position": "bottom"})
    return chart


def _score_chart(book: Workbook, count: int, title: str) -> Any:
    chart = book.add_chart({"type": "bar"})
    chart.add_series({**_series(count, 12, ACCENT), "data_labels": {"value": True, "num_format": "0"}})
    chart.set_title({"name": title, **_TITLE})
    chart.set_x_axis({"min": 0, "max": 100, "major_gridlines": _GRID, "num_format": "0"})
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"none": True})
    return chart


def _series(count: int, column: int, colour: str) -> dict[str, Any]:
    """A column of the first accounts."""
    first, last = _FIRST + 1, _FIRST + count
    return {
        "name": [TITLE, _FIRST, column],
        "categories": [TITLE, first, 0, last, 0],
        "values": [TITLE, first, column, last, column],
        "fill": {"color": colour},
        "border": {"none": True},
        "gap": 80,
    }


_TITLE = {"name_font": {"size": 12, "bold": False, "color": SOFT}, "overlay": False}
_GRID = {"visible": True, "line": {"color": RULE}}
