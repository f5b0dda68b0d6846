"""Dates in a cell, in the many ways in which exports and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from acctplan.errors import UserError

_TIME = r"(?:[T ]\s*[0-9]{1,2}:[0-9]{2}.*)?\Z"
_NUMERIC = re.compile(rf"([0-9]{{1,4}})([/.-])([0-9]{{1,2}})\2([0-9]{{4}}|[0-9]{{1,2}}){_TIME}")
_NAMED = re.compile(
    rf"(?:(?P<day>[0-9]{{1,2}})[ -](?P<month>[A-Za-z]{{3,9}})|(?P<month_first>[A-Za-z]{{3,9}}) (?P<day_second>[0-9]{{1,2}}),?)"
    rf"[ -](?P<year>[0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_ORDERS = ("dmy", "mdy", "ymd")
_NO_MONTH = 12
_LAST_OF_2000S = 68
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})\Z")
_DAY_NUMBER = re.compile(r"([2-6][0-9]{4}|7[0-2][0-9]{3})(?:\.[0-9]+)?\Z")
"""1954 to 2099."""
_DAY_0 = date(1899, 12, 30)
"""Of Excel's days, all but those of early 1900."""


def date_order(date_format: str) -> str:
    """`dmy`, `mdy` or `ymd` for a format as people write it: `d/m/y`, `MM/DD/YYYY`.

    Raises:
        UserError: it is none of these.
    """
    order = "".join(dict.fromkeys(re.sub("[^dmy]", "", date_format.casefold())))
    if order not in _ORDERS:
        raise UserError("the date format must say the order of day, month and year", "write d/m/y, m/d/y or y/m/d")
    return order


def shown_order(order: str) -> str:
    """An order in words: `month/day/year`."""
    return "/".join({"d": "day", "m": "month", "y": "year"}[letter] for letter in order)


def possible_orders(text: str) -> frozenset[str]:
    """The orders in which a date of numbers can be read. None where it needs no order, or is no date."""
    match = _NUMERIC.match(text.strip())
    if not match or len(match[1]) == 4 or match[2] == ".":  # noqa: PLR2004  a year; and with points the day comes first everywhere
        return frozenset()
    first, second = int(match[1]), int(match[3])
    if first == second:
        return frozenset()
    return frozenset(order for order, month in (("dmy", second), ("mdy", first)) if month <= _NO_MONTH)


def is_day_number(text: str) -> bool:
    """Whether a cell that should hold a date holds what Excel keeps instead of one: days since 1900, `45631`."""
    return _DAY_NUMBER.match(text.strip()) is not None


@lru_cache(maxsize=8192)
def day(text: str, order: str | None = None) -> date:
    """A date, whatever time of day stands behind it: the day as it is written, in whichever time zone.

    Args:
        text: as it stands in the cell.
        order: `dmy`, `mdy` or `ymd`; asked where numbers alone do not tell.

    Raises:
        ValueError: not a date, or one that does not exist; the message goes on from the column's name.
    """
    text = text.strip()
    if match := _DAY_NUMBER.match(text):
        return _DAY_0 + timedelta(int(match[1]))
    if text.startswith("--"):
        raise ValueError("has no year")
    if match := _COMPACT.match(text):
        year, month, number = match.groups()
    elif match := _NUMERIC.match(text):
        parts = match[1], match[3], match[4]
        if len(parts[0]) == 4:  # noqa: PLR2004  a year
            order = "ymd"
        elif order is None or match[2] == ".":
            order = order if order == "ymd" else "dmy"
        year, month, number = (parts[order.index(letter)] for letter in "ymd")
    elif match := _NAMED.match(text):
        year, number = match["year"], match["day"] or match["day_second"]
        name = (match["month"] or match["month_first"]).casefold()
        month = str(next((place for place, full in enumerate(_MONTHS, 1) if full.startswith(name)), 0))
    else:
        raise ValueError("is not a date")
    try:
        return date(_full_year(year), int(month), int(number))
    except ValueError:
        raise ValueError("is not a date that exists") from None


def _full_year(text: str) -> int:
    """Of two digits, 00 to 68 are this century's."""
    if len(text) != 2:  # noqa: PLR2004  digits
        return int(text) if len(text) > 2 else 0  # noqa: PLR2004  digits; the year 0 is none
    return int(text) + (2000 if int(text) <= _LAST_OF_2000S else 1900)
