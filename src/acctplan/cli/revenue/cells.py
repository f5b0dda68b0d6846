"""How figures are written in tables, and which columns give way where a terminal is narrow."""

from __future__ import annotations

from decimal import Decimal
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.amounts import percent, short
from acctplan.analysis.revenue import FIGURES, known
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.report.visible import columns as wide_as

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from acctplan.analysis.fiscal import Period
    from acctplan.analysis.revenue import Amounts, PeriodFigures

NONE = "–"
"""There is no such figure, or nothing is known of it."""
_TITLES = ("Goal", "Booked (achieved)", "Weighted pipeline", "Forecast (expected)", "Best case", "Gap")
_BRIEF = ("Goal", "Booked", "Weighted", "Forecast", "Best case", "Gap")
"""The same where there is little room."""
_BARE, _SHARES, _FULL = range(3)
"""How much a cell says: `352 k`, `352 k [88 %]`, `352 k [88 % of 400 k]`."""
_BARS = "Forecast against goal"
LEGEND = "█ booked  ▒ weighted pipeline  ░ what is missing to the goal"
_GIVING_WAY = ("Best case", "Weighted")
"""Columns that can be worked out from others or matter least, the first to go first."""
_BAR = 20
_GAP = 2
_LEAST = 18
"""Columns that a text which is broken over lines should have."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Row(NamedTuple):
    """A row of figures."""

    labels: tuple[str, ...]
    amounts: Amounts
    has_booked: bool
    """Whether anything is known of what is booked, so that 0 is 0."""
    has_forecast: bool
    more: tuple[str, ...] = ()


class Shown(NamedTuple):
    """How much there was room for."""

    gone: list[str]
    """The titles of columns that gave way."""
    has_bars: bool


def exact(amount: Decimal | None) -> str:
    """An amount for programs, to its last digit; empty where there is none."""
    if amount is None:
        return ""
    text = format(amount, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def grouped(amount: Decimal | None) -> str:
    """An amount for people, to its last digit: `1,250.5`; empty where there is none."""
    whole, point, fraction = exact(amount).partition(".")
    return f"{Decimal(whole):,}{point}{fraction}" if whole else ""


def gap(amount: Decimal | None) -> str:
    """What is missing to the goal, or how far past it the forecast is."""
    if amount is None:
        return NONE
    if amount < 0:
        return f"▲ {short(-amount)} over"
    return short(amount) if amount else "✓ none"


def period(period: Period) -> str:
    """What to call a period: its key, with its months where they are not those that the calendar year has there."""
    if period.year_starts == 1:
        return period.key
    first, last = period.starts, period.ends
    since = f"{_MONTHS[first.month - 1]}{'' if first.year == last.year else f' {first.year}'}"
    until = f"{_MONTHS[last.month - 1]} {last.year}"
    return f"{period.key}, {until if period.months == 1 else f'{since}–{until}'}"


def show(labels: Sequence[Column], rows: Sequence[Row], more: Sequence[Column] = ()) -> Shown:
    """A table of figures on a terminal, with as much as there is room for.

    Args:
        labels: the first columns.
        rows: the cells of them and the figures.
        more: the last columns.
    """
    full = _Table.of(labels, rows, more, detail=_FULL)
    bars = [_bar(row) for row in rows]
    with_bars = _Table([*full.columns, Column(_BARS)], [[*row, bar] for row, bar in zip(full.rows, bars, strict=True)])
    if any(bars) and with_bars.fits:
        with_bars.show()
        return Shown([], has_bars=True)
    if full.fits:
        full.show()
        return Shown([], has_bars=False)
    brief = _Table.of(labels, rows, more, detail=_SHARES)
    gone = []
    for title in _GIVING_WAY:
        if not brief.fits and any(column.title == title for column in brief.columns):
            brief = brief.without(title)
            gone.append(_TITLES[_BRIEF.index(title)])
    if not brief.fits:
        brief = _Table.of(labels, rows, more, detail=_BARE)
        for title in _GIVING_WAY:
            brief = brief.without(title)
        gone.append("shares of the goal")
    brief.show()
    return Shown(gone, has_bars=False)


class _Table(NamedTuple):
    columns: list[Column]
    rows: list[list[str]]

    @classmethod
    def of(cls, labels: Sequence[Column], rows: Sequence[Row], more: Sequence[Column], *, detail: int) -> _Table:
        """Every column that says something of at least one row."""
        titles = _TITLES if detail == _FULL else _BRIEF
        columns = [*labels, *(Column(title, is_number=True) for title in titles), *more]
        cells = [[*row.labels, *_figures(row, detail=detail), *row.more] for row in rows]
        says = [any(row[place] not in (NONE, "") for row in cells) for place in range(len(columns))]
        return cls(list(compress(columns, says)), [list(compress(row, says)) for row in cells])

    def without(self, title: str) -> _Table:
        """The table without a column."""
        says = [column.title != title for column in self.columns]
        return _Table(list(compress(self.columns, says)), [list(compress(row, says)) for row in self.rows])

    @property
    def fits(self) -> bool:
        """Whether the terminal is wide enough for it."""
        wide = [max([wide_as(column.title), *(wide_as(row[place]) for row in self.rows)]) for place, column in enumerate(self.columns)]
        needed = (min(_LEAST, one) if column.wraps else one for one, column in zip(wide, self.columns, strict=True))
        return sum(one + _GAP for one in needed) <= console.width()

    def show(self) -> None:
        console.table(self.columns, self.rows)


def _figures(row: Row, *, detail: int) -> list[str]:
    """The cells of `_TITLES`."""
    amounts = row.amounts
    return [
        "no goal" if amounts.goal is None else short(amounts.goal),
        _of_goal(amounts.booked, amounts.achieved, amounts.goal, detail=detail) if row.has_booked else NONE,
        short(amounts.weighted_pipeline) if row.has_forecast else NONE,
        _of_goal(amounts.forecast, amounts.expected, amounts.goal, detail=detail) if row.has_forecast else NONE,
        short(amounts.best_case) if row.has_forecast else NONE,
        gap(amounts.gap) if row.has_forecast or amounts.gap is None else "?",
    ]


def _of_goal(amount: Decimal, share: Decimal | None, goal: Decimal | None, *, detail: int) -> str:
    """An amount, and how much of the goal that is."""
    if share is None or goal is None or detail == _BARE:
        return short(amount)
    return f"{short(amount)} [{percent(share)}{f' of {short(goal)}' if detail == _FULL else ''}]"


def _bar(row: Row) -> str:
    """What is booked and what is forecast, of the goal."""
    amounts = row.amounts
    if not amounts.goal or not row.has_forecast:
        return ""
    booked, forecast = (min(_BAR, max(0, round(_BAR * amount / amounts.goal))) for amount in (amounts.booked, amounts.forecast))
    return "█" * booked + "▒" * (forecast - booked) + "░" * (_BAR - max(booked, forecast))


def full_columns(*first: str) -> list[Column]:
    """The columns of a table for programs: the first ones, then every figure."""
    return [Column(title) for title in (*first, *FIGURES, "booked_known")]


def has_forecast(one: PeriodFigures, today: date) -> bool:
    """Whether anything can be said of what a period comes to: of one that is over only what was booked, or is open still."""
    is_open = any(term.kind == "open" for term in one.figures.terms)
    return one.figures.is_booked_known or is_open or one.period.phase(today) != "past"


def full_figures(amounts: Amounts, *, booked_known: bool, forecast: bool) -> list[str]:
    """The cells of the figures.

    Args:
        amounts: the figures.
        booked_known: whether anything is known of what is booked, so that 0 is 0.
        forecast: whether there is anything to forecast for.
    """
    return [*map(exact, known(amounts, booked=booked_known, forecast=forecast).values()), "yes" if booked_known else "no"]
