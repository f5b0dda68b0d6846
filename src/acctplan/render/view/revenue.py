"""What we want to earn here, period by period, and what we have booked so far."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from acctplan.model import Plan


@dataclass(frozen=True, slots=True)
class Period:
    """One fiscal period."""

    label: str
    goal: Decimal | None
    actual: Decimal | None
    ended: bool
    """It is over, so that an actual could be known."""
    achieved: Decimal | None
    """Actual over goal; None where either is missing or there is no goal to speak of."""
    difference: Decimal | None
    """Actual less goal."""
    goal_width: int
    """How long a bar of the goal is, in percent of the longest bar of all periods."""
    actual_width: int


@dataclass(frozen=True, slots=True)
class Revenue:
    """The periods of the plan and what they add up to."""

    periods: tuple[Period, ...]
    goal: Decimal | None
    """None where no period has one."""
    actual: Decimal | None
    booked: Decimal | None
    """The actuals, and what was won in periods that have none."""
    won: Decimal | None
    """The part of `booked` that no actual covers yet."""
    achieved: Decimal | None
    """Booked over goal."""
    achieved_width: int
    """The same as a whole percentage, 100 at most."""
    to_goal: Decimal | None
    """What is not booked yet; None where the goal is reached or there is none."""
    uncounted: int
    """How many won opportunities are in no total, because they have no value or no close date."""
    nested: bool
    """Some periods lie inside others, so that the total is not the sum of the rows."""


_LENGTHS = {"": 12, "H": 6, "Q": 3, "M": 1}
"""Months, by the letter of a part of the year."""


def revenue(plan: Plan, today: date) -> Revenue | None:
    """Goal and booked revenue; None where the plan has no periods."""
    if not plan.revenue:
        return None
    goals = {key: entry.goal for key, entry in plan.revenue.items() if entry.goal is not None}
    actuals = {key: entry.actual for key, entry in plan.revenue.items() if entry.actual is not None}
    goal, actual, won = _total(goals), _total(actuals), _won(plan)
    booked = won if actual is None else actual + (won or 0)
    return Revenue(
        periods=_periods(plan, today),
        goal=goal,
        actual=actual,
        booked=booked,
        won=won,
        achieved=_share(booked, goal),
        achieved_width=min(100, _width(booked, goal)) if goal else 0,
        to_goal=goal - booked if goal is not None and booked is not None and booked < goal else None,
        uncounted=sum(1 for entry in plan.opportunities.values() if entry.status == "won" and None in (entry.value, entry.close_date)),
        nested=any(around in plan.revenue for key in plan.revenue for around in _around(key)),
    )


def _periods(plan: Plan, today: date) -> tuple[Period, ...]:
    year_starts = plan.profile.fiscal_year_starts or 1
    longest = max(
        (abs(amount) for entry in plan.revenue.values() for amount in (entry.goal, entry.actual) if amount is not None), default=0
    )
    return tuple(
        Period(
            label=key.replace("-", " "),
            goal=entry.goal,
            actual=entry.actual,
            ended=_ended(key, year_starts, today),
            achieved=_share(entry.actual, entry.goal),
            difference=None if entry.goal is None or entry.actual is None else entry.actual - entry.goal,
            goal_width=_width(entry.goal, longest),
            actual_width=_width(entry.actual, longest),
        )
        for key, entry in sorted(plan.revenue.items(), key=lambda item: _order(item[0]))
    )


def _share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if part is None or not whole else part / whole


def _width(amount: Decimal | None, longest: Decimal | int) -> int:
    """In percent of the longest; what is there at all is at least 1."""
    return max(1, round(100 * amount / longest)) if amount is not None and amount > 0 else 0


def _order(period: str) -> tuple[str, int, int]:
    """By where a period starts, the longer one first."""
    first, length = _months(period)
    return period[:6], first, -length


def _months(period: str) -> tuple[int, int]:
    """The first month of a period within its fiscal year, from 0, and the number of its months."""
    part = period[7:]
    length = _LENGTHS[part[:1]]
    return (int(part[1:]) - 1) * length if part else 0, length


def _ended(period: str, year_starts: int, today: date) -> bool:
    first, length = _months(period)
    month_after = int(period[2:6]) * 12 + year_starts - 1 + first + length
    return today.year * 12 + today.month - 1 >= month_after


def _around(period: str) -> tuple[str, ...]:
    """The longer periods that a period lies in."""
    first, length = _months(period)
    return tuple(_named(period[:6], letter, first) for letter, longer in _LENGTHS.items() if longer > length)


def _named(year: str, letter: str, month: int) -> str:
    """The period of a kind that holds a month of a fiscal year (from 0)."""
    if not letter:
        return year
    number = month // _LENGTHS[letter] + 1
    return f"{year}-{letter}{number:02}" if letter == "M" else f"{year}-{letter}{number}"


def _total(figures: Mapping[str, Decimal]) -> Decimal | None:
    """The sum over all periods. Of periods inside each other only the longest counts; it stands for the others."""
    outermost = [figure for key, figure in figures.items() if not any(around in figures for around in _around(key))]
    return sum(outermost, Decimal(0)) if outermost else None


def _won(plan: Plan) -> Decimal | None:
    """The value of what was won in the plan's periods and is in no actual yet; None where nothing was."""
    values = []
    for entry in plan.opportunities.values():
        if entry.status == "won" and entry.value is not None and entry.close_date is not None:
            around = [plan.revenue[key] for key in _holding(entry.close_date, plan.profile.fiscal_year_starts or 1) if key in plan.revenue]
            if around and all(period.actual is None for period in around):
                values.append(entry.value)
    return sum(values, Decimal(0)) if values else None


def _holding(moment: date, year_starts: int) -> tuple[str, ...]:
    """Every period that a day may lie in. A fiscal year bears the number of the calendar year in which it starts."""
    month = (moment.month - year_starts) % 12
    year = f"FY{moment.year - (moment.month < year_starts):04}"
    return tuple(_named(year, letter, month) for letter in _LENGTHS)
