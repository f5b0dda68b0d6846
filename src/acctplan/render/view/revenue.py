"""What we want to earn here, what is booked, and where the pipeline takes us: period by period and in all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.analysis import fiscal
from acctplan.analysis import revenue as analysis
from acctplan.render.view.words import OPPORTUNITY, Sign

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from acctplan.config import Config
    from acctplan.model import Plan


@dataclass(frozen=True, slots=True)
class Period:
    """One fiscal period, or all of them."""

    label: str
    goal: Decimal | None
    booked: Decimal | None
    """None where no actual and nothing that was won is known."""
    forecast: Decimal | None
    """Booked and weighted pipeline; None where nothing is known of a period that is over."""
    gap: Decimal | None
    """Goal less forecast, below 0 where the forecast is past the goal; None where either is missing."""
    achieved: Decimal | None
    """Booked over goal."""
    ended: bool
    """It is over, so that an actual could be known."""


@dataclass(frozen=True, slots=True)
class WinRate:
    """How many of the closed opportunities were won."""

    won: int
    closed: int
    known: bool
    """Enough are closed to say something."""
    assumed: Decimal
    """What holds as long as too few are."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An opportunity that the figures leave out, in part or altogether."""

    id: str
    name: str
    status: Sign
    lacks: tuple[str, ...]
    """What is not known of it: `value`, `probability`, `close date`."""
    outside: date | None
    """Its close date, where that lies in none of the periods."""


@dataclass(frozen=True, slots=True)
class Revenue:
    """The periods of the plan and what they add up to."""

    periods: tuple[Period, ...]
    goal: Decimal | None
    """None where no period has one."""
    booked: Decimal | None
    """The actuals, and what was won where no actual covers it; None where there is neither."""
    won: Decimal | None
    """The part of `booked` that no actual covers yet; None where there is none."""
    weighted_pipeline: Decimal
    forecast: Decimal
    best_case: Decimal
    """Booked, and everything open at its full value."""
    gap: Decimal | None
    """Goal less forecast, below 0 where the forecast is past the goal; None without a goal."""
    potential: Decimal
    """Potential opportunities at full value. No part of the forecast."""
    achieved: Decimal | None
    """Booked over goal."""
    expected: Decimal | None
    """Forecast over goal."""
    achieved_width: int
    """The same as a whole percentage, 100 at most."""
    expected_width: int
    pipeline_to_create: Decimal | None
    """What has to be found to close the gap; None without a goal, and where no pipeline would be enough."""
    win_rate: WinRate
    left_out: tuple[LeftOut, ...]
    nested: bool
    """Some periods lie inside others, so that the total is not the sum of the rows."""


def revenue(plan: Plan, config: Config, today: date) -> Revenue | None:
    """Goal, booked, pipeline and forecast; None where the plan has no periods."""
    if not plan.revenue:
        return None
    found = analysis.revenue(plan, config)
    whole, rate = found.plan, found.win_rate
    return Revenue(
        periods=_periods(found, today),
        goal=whole.goal,
        booked=whole.booked if whole.is_booked_known else None,
        won=whole.won or None,
        weighted_pipeline=whole.weighted_pipeline,
        forecast=whole.forecast,
        best_case=whole.best_case,
        gap=whole.gap,
        potential=whole.potential,
        achieved=whole.achieved if whole.is_booked_known else None,
        expected=whole.expected,
        achieved_width=min(100, _width(whole.booked, whole.goal)),
        expected_width=min(100, _width(whole.forecast, whole.goal)),
        pipeline_to_create=found.pipeline_to_create,
        win_rate=WinRate(rate.won, rate.won + rate.lost, rate.is_known, rate.assumed),
        left_out=tuple(_left_out(plan, found)),
        nested=any(around in plan.revenue for key in plan.revenue for around in fiscal.around(key)),
    )


def _periods(found: analysis.Revenue, today: date) -> tuple[Period, ...]:
    return tuple(_period(entry, today) for entry in found.periods)


def _period(entry: analysis.PeriodFigures, today: date) -> Period:
    period, figures = entry.period, entry.figures
    ended = period.phase(today) == "past"
    is_known = figures.is_booked_known or not ended or any(term.kind == "open" for term in figures.terms)
    return Period(
        label=period.key.replace("-", " "),
        goal=figures.goal,
        booked=figures.booked if figures.is_booked_known else None,
        forecast=figures.forecast if is_known else None,
        gap=figures.gap if is_known else None,
        achieved=figures.achieved if figures.is_booked_known else None,
        ended=ended,
    )


def _width(amount: Decimal, longest: Decimal | None) -> int:
    """In percent of the longest; what is there at all is at least 1."""
    return max(1, round(100 * amount / longest)) if amount > 0 and longest else 0


def _left_out(plan: Plan, found: analysis.Revenue) -> Iterator[LeftOut]:
    for one in found.left_out:
        entry = plan.opportunities[one.term.id]
        yield LeftOut(id=one.term.id, name=entry.name, status=OPPORTUNITY[entry.status], lacks=one.lacks, outside=one.outside)
