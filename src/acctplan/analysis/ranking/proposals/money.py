"""What to ask about money."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from acctplan.analysis.amounts import money
from acctplan.analysis.ranking.changes import Change
from acctplan.analysis.ranking.proposals.base import Proposal

if TYPE_CHECKING:
    from acctplan.analysis.factors import Account

_MOST = Decimal(10) ** 20
"""As much as a plan can hold, with room to spare."""


def value(account: Account, factor: str, identifier: str, words: str) -> Proposal:
    """The least value that reads as much as the scale has."""
    config, margin = account.config, account.plan.opportunities[identifier].margin
    anchors = config.ranking.value_scale
    top = max(next(amount for amount, reading in anchors if reading == anchors[-1][1]), Decimal(0))
    share = (config.ranking.assumed_margin if margin is None else margin) * config.rate(account.currency)
    # Rounded up to a whole unit: a hair more than the top reads as the top.
    value = Decimal(int(min((top / share).to_integral_value(ROUND_CEILING), _MOST))) if share else Decimal(0)
    change = Change(("opportunities", identifier, "value"), value)
    return Proposal("ask", factor, words, f"if {money(value, account.currency)} or more", (change,), is_best_case=True)
