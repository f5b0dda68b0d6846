"""How much an opportunity matters, to each side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from acctplan.analysis.factors.base import Account, Reading

if TYPE_CHECKING:
    from acctplan.diagnostic import Pointer


def importance_to_customer(account: Account, identifier: str) -> Reading:
    """How much it matters to the customer.

    0 is a grade of 1 (not at all), 1 a grade of 5 (vital). Unknown without a grade.
    """
    return _graded(account, identifier, "customer")


def importance_to_us(account: Account, identifier: str) -> Reading:
    """How much it matters to us beyond its money.

    0 is a grade of 1 (not at all), 1 a grade of 5 (vital). Unknown without a grade.
    """
    return _graded(account, identifier, "us")


def _graded(account: Account, identifier: str, side: Literal["customer", "us"]) -> Reading:
    importance = account.plan.opportunities[identifier].importance
    nearest: Pointer = ("opportunities", identifier)
    if importance is None:
        return Reading(None, "needs a grade from 1 to 5", nearest)
    grade = importance.customer if side == "customer" else importance.us
    if grade is None:
        return Reading(None, "needs a grade from 1 to 5", (*nearest, "importance"))
    return Reading((grade - 1) / 4, f"{grade} of 5", (*nearest, "importance", side))
