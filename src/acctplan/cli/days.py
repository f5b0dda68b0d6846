"""Days as people say them: today, in 2 weeks, last fri, end of march, 2027-Q1."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from acctplan.cli.options import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Callable

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_STEP = re.compile(r"([+-])([0-9]{1,4})([dwmy])")
_QUARTER = re.compile(r"([0-9]{4})-?q([1-4])")
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_EUROPEAN = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_COUNTED = re.compile(r"(in )?([0-9]{1,4}) (day|week|month|year)s?( ago)?")
_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SHORTEST = 3
"""Letters of the name of a month, at least."""
FORMS = "2026-12-31, today, fri, last fri, +2w, in 3 days, 2 weeks ago, eom, end of march or 2027-Q1"
"""What may be said."""


def day_said(text: str, today: date, *, is_past: bool = False) -> date | None:
    """The day that somebody named; None where it cannot be told which.

    A weekday is the next one from tomorrow on, of what is past the last one, today at the latest. A month or a quarter is its last day,
    and so are the ends of week (Friday), month, quarter and year: people say until when. The end of a month by its name is the one that
    comes. Years before 1900 and after 2999 are slips of the fingers.

    Args:
        text: as it was typed; capitals do not matter.
        today: what it counts from.
        is_past: whether it is the day of something that was.
    """
    word = " ".join(text.split()).casefold()
    day = _meant(word, today, is_past=is_past)
    return day if day is not None and FIRST_DAY <= day <= LAST_DAY else None


def _meant(word: str, today: date, *, is_past: bool) -> date | None:
    if word in _NAMED:
        return _NAMED[word](today)
    is_last = word.startswith("last ")
    if (weekday := _weekday(word.removeprefix("last "))) is not None:
        if is_last:
            return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
        return today - timedelta(days=(today.weekday() - weekday) % 7) if is_past else _next(weekday, today)
    try:
        return _written(word, today)
    except (ValueError, OverflowError):
        return None


def _next(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _weekday(word: str) -> int | None:
    return next((number for number, name in enumerate(_WEEK) if _is_weekday(word, name)), None)


def _is_weekday(word: str, short: str) -> bool:
    full = {"tue": "tuesday", "wed": "wednesday", "thu": "thursday", "sat": "saturday"}.get(short, f"{short}day")
    return len(word) >= len(short) and full.startswith(word)


def _written(word: str, today: date) -> date | None:
    if step := _STEP.fullmatch(word):
        count = int(step[1] + step[2])
        return _later(today, count, step[3])
    if (counted := _COUNTED.fullmatch(word)) and bool(counted[1]) != bool(counted[4]):
        return _later(today, int(counted[2]) * (1 if counted[1] else -1), counted[3][0])
    if european := _EUROPEAN.fullmatch(word):
        return date(int(european[3]), int(european[2]), int(european[1]))
    if named := _month_named(word.removeprefix("end of ")) if word.startswith("end of ") else None:
        return _end_of_month(today.year + (named < today.month), named)
    if quarter := _QUARTER.fullmatch(word):
        return _end_of_month(int(quarter[1]), int(quarter[2]) * 3)
    if month := _MONTH.fullmatch(word):
        return _end_of_month(int(month[1]), int(month[2]))
    return date.fromisoformat(word) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", word) else None


def _later(today: date, count: int, unit: str) -> date:
    from acctplan.analysis.calendar import months_later

    if unit in "dw":
        return today + timedelta(days=count * (7 if unit == "w" else 1))
    return months_later(today, count * (12 if unit == "y" else 1))


def _month_named(word: str) -> int | None:
    return next((number for number, name in enumerate(_MONTH_NAMES, 1) if len(word) >= _SHORTEST and name.startswith(word)), None)


def _end_of_month(year: int, month: int) -> date:
    from calendar import monthrange

    return date(year, month, monthrange(year, month)[1])


_NAMED: dict[str, Callable[[date], date]] = {
    "today": lambda today: today,
    "tomorrow": lambda today: today + timedelta(days=1),
    "yesterday": lambda today: today - timedelta(days=1),
    "eow": lambda today: today + timedelta(days=(4 - today.weekday()) % 7),
    "eom": lambda today: _end_of_month(today.year, today.month),
    "eoq": lambda today: _end_of_month(today.year, (today.month + 2) // 3 * 3),
    "eoy": lambda today: date(today.year, 12, 31),
}
_NAMED |= {f"end of {period}": _NAMED[f"eo{period[0]}"] for period in ("week", "month", "quarter", "year")}
