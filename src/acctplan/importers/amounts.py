"""Numbers in a cell, in the many ways in which exports and spreadsheets write them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_BLANK = r"[\s'\u2019]"
_SIGN = "[$€£¥₹₩₽₺₪₫฿₴₦₱]"
_CURRENCY = rf"(?:[A-Z]{{0,3}}{_SIGN}|[A-Z]{{3}}|kr\.?|Kč|zł|Ft|lei|Fr\.|Rs\.?)"
_SHORTENED = re.compile(rf"[0-9]\s*(?:k|m|b|bn|mn|mm|mio|mrd|tsd|thousand|million|billion|lakh|crore)s?\.?\s*{_CURRENCY}?\Z", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"({_CURRENCY}?\s*)\((.*)\)(\s*{_CURRENCY}?)\Z")
_CURRENCIES = {
    word: code
    for code, words in {
        "AUD": ("a$", "au$", "australian dollar"),
        "BRL": ("r$", "brazilian real"),
        "CAD": ("c$", "ca$", "canadian dollar"),
        "CHF": ("swiss franc", "swiss francs"),
        "CNY": ("cn¥", "chinese yuan", "yuan renminbi", "renminbi"),
        "CZK": ("kč", "czech koruna"),
        "DKK": ("danish krone",),
        "EUR": ("€", "euro", "euros"),
        "GBP": ("£", "british pound", "pound sterling", "pounds sterling"),
        "ILS": ("₪",),
        "INR": ("₹", "indian rupee"),
        "JPY": ("jp¥", "japanese yen", "yen"),
        "KRW": ("₩",),
        "NGN": ("₦",),
        "NOK": ("norwegian krone",),
        "PHP": ("₱",),
        "PLN": ("zł", "polish zloty"),
        "RUB": ("₽",),
        "SEK": ("swedish krona",),
        "SGD": ("s$", "singapore dollar"),
        "THB": ("฿",),
        "TRY": ("₺",),
        "UAH": ("₴",),
        "USD": ("us$", "us dollar", "us dollars", "u.s. dollar", "united states dollar"),
        "VND": ("₫",),
    }.items()
    for word in words
}
_SEVERAL = frozenset(("$", "dollar", "dollars", "¥", "kr", "kr.", "pound", "peso", "rupee", "rs", "rs.", "franc", "fr."))
_NUMBER = re.compile(rf"(-?)\s*{_CURRENCY}?\s*(-?)\s*([0-9](?:[0-9.,]|{_BLANK})*)([eE][-+]?[0-9]{{1,2}})?\s*(?:{_CURRENCY}|%)?\Z")
_GROUPED_BY_BLANKS = re.compile(rf"[0-9]{{1,3}}(?:({_BLANK})[0-9]{{3}})(?:\1[0-9]{{3}})*(?:[.,][0-9]+)?\Z")
_THREE_AFTER_ONE = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}\Z")
_HIGHEST = Decimal(10) ** 15
_LONGEST = 60
_FINEST = Decimal("0.0001")
"""To what numbers are rounded: a plan takes no number with dozens of decimals."""


def decimal_mark(texts: Iterable[str]) -> str | None:
    """Whether a column writes decimals after a point or a comma; None where it does not tell, or tells both."""
    marks = {mark for text in texts if (mark := _mark(text))}
    return marks.pop() if len(marks) == 1 else None


def currency(text: str) -> str | None:
    """The ISO code of a currency, from its code, sign or name: `EUR`, `€`, `Euro`. None where it is not known.

    Raises:
        ValueError: a sign or word of several currencies, `$`; the message goes on from the column's name.
    """
    folded = " ".join(text.split()).casefold()
    if folded in _SEVERAL:
        raise ValueError("is the sign of several currencies")
    found = _CURRENCIES.get(folded)
    return found or (folded.upper() if re.fullmatch("[a-z]{3}", folded) else None)


def _match(text: str) -> re.Match[str] | None:
    return _NUMBER.match(text.strip()) if len(text) <= _LONGEST else None


def _is_shortened(text: str) -> bool:
    return len(text) <= _LONGEST and _SHORTENED.search(text.strip()) is not None


def _mark(text: str) -> str | None:
    match = _match(text)
    if not match or _THREE_AFTER_ONE.match(match[3]):
        return None
    points, commas = match[3].count("."), match[3].count(",")
    if points and commas:
        return max(".,", key=match[3].rindex)
    if points > 1 or commas > 1:
        return "," if points else "."
    return "." if points else "," if commas else None


@lru_cache(maxsize=8192)
def number(text: str, mark: str | None = None) -> Decimal:
    """A number, to four decimals: `70.0`, `1.01752E11`, `$7,450,000.00`, `7.450.000,00 €`, `120 000`, `(1,200)` for -1200.

    `7.5M` is refused: some programs round what they shorten, and some count thousands with M.

    Args:
        text: as it stands in the cell.
        mark: what the column writes before decimals, see `decimal_mark`. Only asked where `1,234` could be read both ways.

    Raises:
        ValueError: not a number, or one that can be read in two ways; the message goes on from the column's name.
    """
    if len(text) <= _LONGEST and (bracketed := _IN_BRACKETS.match(text.strip())):
        value = number("".join(bracketed.groups()), mark)
        if value < 0:
            raise ValueError("is not a number")
        return -value
    match = _match(text)
    if not match or (match[1] and match[2]):
        raise ValueError("is shortened; the number in full is needed" if _is_shortened(text) else "is not a number")
    digits = match[3].strip()
    if re.search(_BLANK, digits):
        if not _GROUPED_BY_BLANKS.match(digits):
            raise ValueError("is not a number")
        digits = re.sub(_BLANK, "", digits)
        mark = "," if "," in digits else "."
    elif _THREE_AFTER_ONE.match(digits) and not match[4]:
        if mark is None:
            raise ValueError("can be read as thousands or as decimals")
    else:
        mark = _mark(digits) or "."
    value = Decimal(_plain(digits, mark) + (match[4] or ""))
    if value >= _HIGHEST:
        raise ValueError("is too large a number")
    value = value.quantize(_FINEST)
    return _tidy(-value if match[1] or match[2] else value)


def _plain(digits: str, mark: str) -> str:
    """Digits with a point before decimals and nothing between thousands."""
    whole, _, decimals = digits.partition(mark)
    group = "," if mark == "." else "."
    parts = whole.split(group)
    grouped = len(parts) == 1 or (1 <= len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:]))  # noqa: PLR2004  thousands
    if not grouped or not all(map(str.isdigit, parts)) or (decimals and not decimals.isdigit()):
        raise ValueError("is not a number")
    return "".join(parts) + (f".{decimals}" if decimals else "")


def _tidy(value: Decimal) -> Decimal:
    """Without the zeros at the end of decimals, and without an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
