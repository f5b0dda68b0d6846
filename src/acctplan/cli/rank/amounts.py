"""Amounts that were worked out: in full, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.ranking.expected import EXACT

if TYPE_CHECKING:
    from decimal import Decimal


def exact(amount: Decimal) -> str:
    """An amount with all its digits, and no zeros at its end."""
    return format(amount.normalize(EXACT), "f")
