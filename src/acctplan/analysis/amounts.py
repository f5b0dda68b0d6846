"""Amounts: what a plan's are in, and how they are written."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from acctplan.config import Config
    from acctplan.model import Plan


def currency_of(plan: Plan, config: Config) -> str:
    """What a plan's amounts are in; the book's own currency where the plan names none."""
    return plan.profile.currency or config.currency


def money(amount: Decimal, currency: str) -> str:
    """An amount with its currency: `420,000 EUR`. Cents only where there are any; to the last digit, so that terms add up as printed."""
    if amount == amount.to_integral_value():
        return f"{amount:,.0f} {currency}"
    whole, _, fraction = f"{amount:,f}".partition(".")
    return f"{whole}.{fraction.rstrip('0'):0<2} {currency}"


def percent(share: Decimal) -> str:
    """A share in whole percent, rounded down, so that 100 means all: `88 %`."""
    return f"{(share * 100).to_integral_value(ROUND_FLOOR):,f} %"


def short(amount: Decimal) -> str:
    """An amount in three digits: 420, 61.2 k, 1.3 M. Below a thousand, without cents."""
    size = abs(amount)
    if size:
        # To three digits first, so that 999,999 becomes 1 M and not 1000 k.
        size = size.quantize(Decimal(1).scaleb(size.adjusted() - 2), ROUND_HALF_UP)
    sign = "-" if amount < 0 else ""
    for unit, one in (("M", Decimal(1_000_000)), ("k", Decimal(1_000))):
        if size >= one:
            return f"{sign}{_plain(size / one)} {unit}"
    whole = abs(amount).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{sign if whole else ''}{whole}"


def _plain(number: Decimal) -> str:
    text = f"{number:,.2f}"
    return text.rstrip("0").rstrip(".")
