"""A book of accounts, each in one line: its money, its health, its best opportunity, what is late, what puts it at risk.

What is worked out of one plan stands in a `Line` of plain values, so that plans can be worked on in processes of their own. What takes all
of them, such as ranks and totals, is worked out of the lines.
"""

from __future__ import annotations

from acctplan.analysis.amounts import percent
from acctplan.portfolio.hours import Expiring, Hour, Move
from acctplan.portfolio.lines import Line, Mark, Top, line
from acctplan.portfolio.reasons import LONG_OVERDUE, YOUNG, Concern, Grade, Late, Reason
from acctplan.portfolio.together import Order, Total, by_hour, in_order, ranks, total

__all__ = [
    "LONG_OVERDUE",
    "YOUNG",
    "Concern",
    "Expiring",
    "Grade",
    "Hour",
    "Late",
    "Line",
    "Mark",
    "Move",
    "Order",
    "Reason",
    "Top",
    "Total",
    "by_hour",
    "in_order",
    "line",
    "percent",
    "ranks",
    "total",
]
