"""Days and months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, monthrange(day.year + years, month + 1)[1]))


def first_of_month(day: date) -> date:
    """The first day of the month that a day lies in."""
    return day.replace(day=1)


def end_of_year_from(starts: date) -> date:
    """The last day of the twelve months that begin with `starts`."""
    return months_later(starts, 12) - timedelta(days=1)
