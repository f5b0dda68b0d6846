"""Amounts: what a plan's are in, and how they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from acctplan.config import Config
    from acctplan.model import Plan


def currency_of(plan: Plan, config: Config) -> str:
    """What a plan's amounts are in; the book's own currency where the plan names none."""
    return plan.profile.currency or config.currency


def money(amount: Decimal, currency: str) -> str:
    """An amount with its currency: `420,000 EUR`. Cents only where there are any."""
    return f"{amount:,.0f} {currency}" if amount == amount.to_integral_value() else f"{amount:,.2f} {currency}"
