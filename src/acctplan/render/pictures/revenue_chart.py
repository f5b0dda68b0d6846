"""Goal, booked revenue and forecast of each period, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from math import ceil
from typing import TYPE_CHECKING

from acctplan.render import text
from acctplan.render.pictures import svg
from acctplan.render.pictures.lettering import width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WIDE, _TALL = 960.0, 280.0
_LEFT, _TOP, _BELOW = 64.0, 34.0, 40.0
_SMALL = 11.0
_WIDEST_BAR = 34.0
_TICKS = 4
_ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Period:
    """A fiscal period."""

    label: str
    goal: Decimal | None
    booked: Decimal
    """May be below 0."""
    forecast: Decimal
    """Booked and weighted pipeline."""
    is_current: bool


def revenue_chart(periods: Sequence[Period], currency: str) -> str:
    """The chart as SVG; empty where there is nothing to compare.

    Booked revenue is solid, what the pipeline adds to it hatched, the goal stands beside them. Above: the forecast against the goal.
    """
    top = max((amount for period in periods for amount in (period.goal or Decimal(0), period.forecast, period.booked)), default=Decimal(0))
    if top <= 0:
        return ""
    step = _round_step(top / _TICKS)
    most = step * (top / step).to_integral_value(ROUND_CEILING)
    scale = _Scale(most)
    unit, words = _unit(most)
    return svg.picture(
        "revenue-chart",
        _WIDE,
        _TALL,
        "Revenue: goal, booked, forecast",
        _described(periods, currency),
        _hatching(),
        *_ground(scale, step, unit),
        *_legend(f"{words}{currency}"),
        *(part for number, period in enumerate(periods) for part in _bars(period, number, len(periods), scale)),
    )


class _Scale:
    """Where amounts are."""

    def __init__(self, most: Decimal) -> None:
        self.most = most

    def y(self, amount: Decimal) -> float:
        """The height of an amount in the picture. What is below 0 ends at 0."""
        share = float(max(amount, Decimal(0)) / self.most)
        return _TALL - _BELOW - (_TALL - _BELOW - _TOP) * share


def _round_step(least: Decimal) -> Decimal:
    """The smallest round number from `least` on: 1, 2, 2.5 or 5, with zeros."""
    size = Decimal(1).scaleb(least.adjusted())
    return next(size * number for number in _ROUND if size * number >= least)


def _unit(most: Decimal) -> tuple[Decimal, str]:
    for size, words in ((1_000_000, "million "), (1_000, "thousand ")):
        if most >= 2 * size:
            return Decimal(size), words
    return Decimal(1), ""


def _hatching() -> str:
    stripe = svg.element("path", d="M-1 1L1 -1M0 6L6 0M5 7L7 5", class_="stripe")
    pattern = svg.element("pattern", stripe, id="revenue-hatch", width=6, height=6, patternUnits_="userSpaceOnUse")
    return svg.element("defs", pattern.replace("patternUnits-", "patternUnits"))


def _ground(scale: _Scale, step: Decimal, unit: Decimal) -> Iterator[str]:
    amount = Decimal(0)
    while amount <= scale.most:
        y = scale.y(amount)
        yield svg.line(_LEFT, y, _WIDE, y, "axis" if not amount else "tick")
        yield svg.text(_LEFT - 8, y + 4, f"{(amount / unit).normalize():,f}", "soft", anchor="end", size=_SMALL)
        amount += step


def _legend(unit: str) -> Iterator[str]:
    x = _LEFT
    for kind, words in (("bar-goal", "goal"), ("bar-booked", "booked"), ("bar-forecast", "what the pipeline adds, weighted")):
        yield svg.rect(x, 4, 11, 11, kind, round_=2)
        yield svg.text(x + 16, 14, words, "soft", size=_SMALL)
        x += 16 + width(words, _SMALL) + 18
    yield svg.text(_WIDE, 14, f"{unit}; % is the forecast against the goal", "soft", anchor="end", size=_SMALL)


def _bars(period: Period, number: int, count: int, scale: _Scale) -> Iterator[str]:
    room = (_WIDE - _LEFT) / count
    middle = _LEFT + room * (number + 0.5)
    wide = min(_WIDEST_BAR, room * 0.36)
    bottom = scale.y(Decimal(0))
    parts = []
    if period.goal is not None:
        goal = scale.y(period.goal)
        parts.append(svg.rect(middle - wide - 1, goal, wide, bottom - goal, "bar-goal"))
    booked, forecast = scale.y(period.booked), scale.y(period.forecast)
    parts.append(svg.rect(middle + 1, booked, wide, bottom - booked, "bar-booked"))
    if forecast < booked:
        parts.append(svg.rect(middle + 1, forecast, wide, booked - forecast, "bar-forecast"))
    yield svg.titled(_told(period), *parts)
    if period.goal:
        less = round((period.forecast / period.goal - 1) * 100)
        words, kind = (
            (f"+{less} %", "is-above") if less > 0 else ("on goal", "soft") if not less else (f"\N{MINUS SIGN}{-less} %", "is-below")
        )
        y = min(forecast, booked) - 5
        if width(words, _SMALL) <= room / 2:  # from the left edge of its bar, so that it stays clear of the goal's
            yield svg.text(middle + 1, y, words, kind, size=_SMALL)
    every = ceil((width(period.label, _SMALL, bold=True) + 6) / room)
    if number % every == 0:
        yield svg.text(middle, bottom + 16, period.label, "now" if period.is_current else "soft", anchor="middle", size=_SMALL)
    if period.is_current:
        yield svg.text(middle, bottom + 29, "now", "now", anchor="middle", size=_SMALL)


def _told(period: Period) -> str:
    goal = "no goal" if period.goal is None else f"goal {text.number(str(period.goal))}"
    return f"{period.label}: {goal}, booked {text.number(str(period.booked))}, forecast {text.number(str(period.forecast))}"


def _described(periods: Sequence[Period], currency: str) -> str:
    short = [period.label for period in periods if period.goal is not None and period.forecast < period.goal]
    behind = f"Behind the goal: {', '.join(short)}." if short else "No period is behind its goal."
    return f"{len(periods)} periods, in {currency}. {behind} The table of revenue has the figures."
