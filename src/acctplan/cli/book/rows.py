"""The accounts as rows of tab-separated values, for spreadsheets and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.revenue import known
from acctplan.cli import console
from acctplan.cli.console import Column

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from acctplan.analysis.revenue import Amounts
    from acctplan.cli.book.shown import Shown
    from acctplan.portfolio import Line, Mark

_HEALTH = ("completeness", "freshness", "coverage", "execution")
_PARTS = ("", "_of", "_percent", "_band")
_AMOUNTS = ("goal", "booked", "weighted_pipeline", "forecast", "gap")
_TITLES = (
    *("plan", "account", "manager", "type", "currency", *_AMOUNTS, "forecast_of_goal", "not_counted"),
    *("book_currency", *(f"{name}_in_book" for name in _AMOUNTS)),
    *(f"{name}{part}" for name in _HEALTH for part in _PARTS),
    *("top_rank", "top_opportunity", "top_name", "top_score", "top_ceiling"),
    *("overdue", "longest_overdue_days", "meeting", "meeting_due", "review", "review_due"),
    *("grade", "risks", "reasons", "hour_in_book", "hour_opportunity", "hour_step", "hour_points"),
)


def show(shown: Shown) -> None:
    """Every account that is shown, in full."""
    console.table([Column(title) for title in _TITLES], [list(_row(shown, line)) for line in shown.lines])


def _row(shown: Shown, line: Line) -> Iterator[str]:
    yield from (
        line.plan,
        line.account,
        line.manager or "",
        line.plan_type or "",
        line.money.revenue.currency,
        *_amounts(line, line.figures),
    )
    yield "" if line.figures is None or line.figures.expected is None else f"{line.figures.expected:f}"
    yield str(len(line.money.revenue.left_out))
    yield from (shown.currency, *_amounts(line, line.amounts))
    for mark in line.health:
        yield from _mark(mark)
    if line.top is None:
        yield from ("",) * 5
    else:
        yield from (str(shown.ranks[line.plan]), line.top.id, line.top.name, f"{line.top.score:.2f}", f"{line.top.ceiling:.2f}")
    yield from (str(len(line.late)), str(line.late[0].days) if line.late else "")
    yield from (shown.meeting(line.meeting), "" if line.meeting is None else str(line.meeting.due))
    yield from (shown.review(line.review), "" if line.review is None else str(line.review.due))
    yield from (line.grade or "", str(len(line.reasons)), "; ".join(reason.words for reason in line.reasons))
    yield _exact(line.hour.amount)
    best = line.hour.best[:1]
    yield from (best[0].id, best[0].words, f"{best[0].gain:.2f}") if best else ("",) * 3


def _amounts(line: Line, amounts: Amounts | None) -> Iterator[str]:
    """Blank where nothing is known."""
    figures = {} if amounts is None else known(amounts, booked=line.is_booked_known, forecast=True)
    for name in _AMOUNTS:
        yield _exact(figures.get(name))


def _exact(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}"


def _mark(mark: Mark) -> Iterator[str]:
    """A score in its parts; blank where nothing applies."""
    return iter(("",) * len(_PARTS) if mark.percent is None else (str(mark.good), str(mark.of), str(mark.percent), str(mark.band)))
