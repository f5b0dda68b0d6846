"""Fiscal periods: which months they have, and which lie inside which.

A fiscal year bears the number of the calendar year in which it starts. Two periods of one plan are either apart or one lies
inside the other: halves, quarters and months are cut from the same year.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from acctplan.config import Config
    from acctplan.model import Profile

_PARTS = {
    **{f"-M{number + 1:02}": (number, 1) for number in range(12)},
    **{f"-Q{number + 1}": (number * 3, 3) for number in range(4)},
    **{f"-H{number + 1}": (number * 6, 6) for number in range(2)},
    "": (0, 12),
}
"""The first month (from 0) and the number of months of each part of a fiscal year; the shortest parts first."""
_HOLDING = tuple(tuple(part for part, (first, months) in _PARTS.items() if first <= month < first + months) for month in range(12))
"""The parts that each month lies in."""
_AROUND = {part: tuple(longer for longer in _HOLDING[first] if _PARTS[longer][1] > months) for part, (first, months) in _PARTS.items()}
"""The longer parts that each part lies in."""
_YEAR = len("FY2026")

Phase: TypeAlias = Literal["past", "current", "to come"]


class Period(NamedTuple):
    """A fiscal period, in whole months."""

    first: int
    """Its first month, counted from January of the year 0."""
    months: int
    """How many it has."""
    key: str
    """As in the plan: `FY2026`, `FY2026-H1`, `FY2026-Q3` or `FY2026-M07`."""

    @property
    def starts(self) -> date:
        """The first day. Years that no calendar has read as the first or the last day that there is."""
        return _day(self.first, last=False)

    @property
    def ends(self) -> date:
        """The last day."""
        return _day(self.first + self.months - 1, last=True)

    @property
    def year(self) -> str:
        """The key of the fiscal year that it lies in."""
        return self.key[:_YEAR]

    @property
    def year_starts(self) -> int:
        """The month in which its fiscal year starts, 1 to 12."""
        return (self.first - _PARTS[self.key[_YEAR:]][0]) % 12 + 1

    @property
    def after(self) -> int:
        """The first month after it, counted in the same way."""
        return self.first + self.months

    def phase(self, today: date) -> Phase:
        """Where a day lies: after it, in it or before it."""
        month = month_of(today)
        return "past" if self.after <= month else "current" if self.first <= month else "to come"


def year_starts(profile: Profile, config: Config) -> int:
    """The month in which the fiscal year starts, 1 to 12: the book's where the plan does not say."""
    return profile.fiscal_year_starts or config.revenue.fiscal_year_starts


def period(key: str, starts: int) -> Period:
    """A period by its key.

    Args:
        key: as in the plan, such as `FY2026-Q3`.
        starts: the month in which the fiscal year starts, 1 to 12.
    """
    first, months = _PARTS[key[_YEAR:]]
    return Period(int(key[2:_YEAR]) * 12 + starts - 1 + first, months, key)


def month_of(day: date) -> int:
    """The month that a day lies in, counted as `Period.first` is."""
    return day.year * 12 + day.month - 1


def around(key: str) -> tuple[str, ...]:
    """The keys of the longer periods that a period lies in, the shortest first: those of `FY2026-Q3` are `FY2026-H2` and `FY2026`."""
    year = key[:_YEAR]
    return tuple(year + part for part in _AROUND[key[_YEAR:]])


def holding(day: date, starts: int) -> tuple[str, ...]:
    """The keys of every period that a day lies in, the shortest first.

    Args:
        day: the day.
        starts: the month in which the fiscal year starts, 1 to 12.
    """
    year = f"FY{day.year - (day.month < starts):04}"
    return tuple(year + part for part in _HOLDING[(day.month - starts) % 12])


def years(starts: date, ends: date, year_starts: int) -> tuple[str, ...]:
    """The keys of every fiscal year that a time touches.

    Args:
        starts: its first day.
        ends: its last day.
        year_starts: the month in which the fiscal year starts, 1 to 12.
    """
    first, last = (int(holding(day, year_starts)[-1][2:]) for day in (starts, ends))
    return tuple(f"FY{year:04}" for year in range(first, last + 1))


def _day(month: int, *, last: bool) -> date:
    year, within = divmod(month, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.min if year < MINYEAR else date.max
    return date(year, within + 1, monthrange(year, within + 1)[1] if last else 1)
