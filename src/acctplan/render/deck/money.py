"""Revenue: the chart, the key figures, the periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.render.deck.graphs import revenue_graph
from acctplan.render.deck.paper import SMALL, Line
from acctplan.render.deck.tables import Cell, Column, table_slides
from acctplan.render.pictures.placing import Area
from acctplan.render.text import number, percent

if TYPE_CHECKING:
    from decimal import Decimal

    from acctplan.render.deck.paper import Paper
    from acctplan.render.view import PlanView
    from acctplan.render.view.revenue import Revenue

_GAP = 24.0
_FIGURE = 18.0
_MOST_PERIODS = 20
"""More columns than that could not be told apart: the last are shown, the table has them all."""


def revenue_slides(paper: Paper, view: PlanView) -> None:
    """Goal, booked and forecast; no slide where the plan has no periods."""
    found = view.revenue
    if found is None:
        return
    part = f": the last {_MOST_PERIODS} of {len(found.periods)} periods" if len(found.periods) > _MOST_PERIODS else ""
    sheet = paper.slide(f"Revenue, {view.currency}{part}", _notes(found))
    room = sheet.room
    wide = room.width * 0.74
    shown = found.periods[-_MOST_PERIODS:]
    revenue_graph(sheet, Area(room.x, room.y, wide, room.height), shown)
    figures = (
        ("Goal", _amount(found.goal), ""),
        ("Booked", _amount(found.booked), _of_goal(found.achieved)),
        ("Forecast", _amount(found.forecast), _of_goal(found.expected)),
        ("Gap", _gap(found.gap), ""),
        ("Pipeline to create", _amount(found.pipeline_to_create) if found.goal is not None else "? unknown", ""),
        ("Best case", _amount(found.best_case), ""),
    )
    lines = [
        line
        for name, amount, more in figures
        for line in (
            Line(name, SMALL, soft=True, gap=9),
            Line(amount, _FIGURE, bold=True),
            *([Line(more, SMALL, soft=True)] if more else []),
        )
    ]
    sheet.text(Area(room.x + wide + _GAP, room.y, room.width - wide - _GAP, room.height), lines)
    columns = (
        Column("Period", 3),
        *(Column(name, 2, is_number=True) for name in ("Goal", "Booked", "Forecast", "Gap")),
        Column("Achieved", 1.5, is_number=True),
    )
    rows = [
        [
            Cell(period.label, bold=True),
            Cell(_amount(period.goal)),
            Cell("not yet" if period.booked is None and not period.ended else _amount(period.booked)),
            Cell(_amount(period.forecast)),
            Cell(_gap(period.gap)),
            Cell("–" if period.achieved is None else percent(f"{period.achieved:f}")),
        ]
        for period in found.periods
    ]
    whole = [_amount(found.goal), _amount(found.booked), _amount(found.forecast), _gap(found.gap)]
    last = "–" if found.achieved is None else percent(f"{found.achieved:f}")
    rows.append([Cell("All periods", bold=True), *(Cell(amount, bold=True) for amount in whole), Cell(last, bold=True)])
    table_slides(paper, f"Revenue by period, {view.currency}", columns, rows)


def _notes(found: Revenue) -> list[str]:
    notes = [
        "The forecast is what is booked, and the open opportunities weighted by their probability.",
        "The best case is what is booked, and everything open at its full value.",
    ]
    rate = found.win_rate
    if rate.known:
        notes.append(f"{rate.won} of {rate.closed} closed opportunities were won; the pipeline to create follows from that.")
    else:
        notes.append(f"The pipeline to create assumes that {percent(f'{rate.assumed:f}')} are won: too few are closed to know.")
    notes += [f"Left out in part or altogether: {one.name}, lacks {', '.join(one.lacks)}" for one in found.left_out if one.lacks]
    notes += [f"In none of the periods: {one.name}" for one in found.left_out if not one.lacks]
    return notes


def _amount(amount: Decimal | None) -> str:
    return "? unknown" if amount is None else number(f"{amount:f}")


def _of_goal(share: Decimal | None) -> str:
    return "" if share is None else f"{percent(f'{share:f}')} of the goal"


def _gap(gap: Decimal | None) -> str:
    if gap is None:
        return "? unknown"
    return f"▼ {number(f'{gap:f}')}" if gap > 0 else f"▲ {number(f'{-gap:f}')} over" if gap < 0 else "0"
