"""The accounts of a book as its index shows them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from acctplan import portfolio
from acctplan.analysis.amounts import percent
from acctplan.cli.book.shown import Shown
from acctplan.render.site import Account, Best, Hour, Index, Mark, Money, Reason, Total, When
from acctplan.render.text import day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from acctplan.analysis.overdue import Due
    from acctplan.analysis.revenue import Amounts
    from acctplan.cli.site.setup import Setup
    from acctplan.portfolio import Line
    from acctplan.render.site import Broken

_MOST_HOURS = 5
_MOST_EXPIRING = 3
"""The others stay for the steps."""
_ALL = Decimal(100)


def index(setup: Setup, lines: Sequence[Line], broken: Sequence[Broken], addresses: Mapping[str, str]) -> Index:
    """The index of a book, in the order of `acctplan book`.

    Args:
        setup: the book, and the day it is.
        lines: its accounts.
        broken: its plans that have errors.
        addresses: where the page of each account is, by what its line calls the plan.
    """
    total = portfolio.total(lines, setup.book.config)
    shown = Shown(
        currency=setup.book.config.currency,
        today=setup.today,
        lines=tuple(portfolio.in_order(lines, "attention")),
        ranks=portfolio.ranks(lines),
        total=total,
        by_hour=tuple(portfolio.by_hour(lines)),
        shows_reasons=True,
    )
    names = shown.names
    return Index(
        today=setup.today.isoformat(),
        currency=shown.currency,
        rates=_rates(setup, lines),
        total=Total(
            accounts=total.accounts,
            money=_money(total.amounts),
            without_goal=total.without_goal,
            overdue=total.late,
            at_risk=total.at_risk,
            act_now=total.act_now,
        ),
        accounts=tuple(_account(shown, line, names[line.plan], addresses[line.plan]) for line in shown.lines),
        hours=tuple(_hours(shown, names, addresses)),
        broken=tuple(broken),
    )


def _rates(setup: Setup, lines: Sequence[Line]) -> tuple[str, ...]:
    """What amounts were converted at."""
    config = setup.book.config
    others = sorted({line.money.revenue.currency for line in lines} - {config.currency})
    return tuple(f"1 {other} = {config.rates[other].rate} {config.currency} ({config.rates[other].as_of})" for other in others)


def _hours(shown: Shown, names: Mapping[str, str], addresses: Mapping[str, str]) -> Iterator[Hour]:
    """As many as the eye takes in."""
    pressing = shown.expiring[:_MOST_EXPIRING]
    for line, one in pressing:
        yield Hour(names[line.plan], addresses[line.plan], shown.expiring_words(one), "")
    for line in shown.by_hour[: _MOST_HOURS - len(pressing)]:
        yield Hour(names[line.plan], addresses[line.plan], shown.hour(line.hour), shown.step(line.hour.best[0]))


def _account(shown: Shown, line: Line, name: str, page: str) -> Account:
    return Account(
        name=name,
        page=page,
        manager=line.manager,
        plan_type=line.plan_type,
        money=_money(line.amounts, is_uncertain=line.is_uncertain),
        health=tuple(Mark(mark.name, mark.band and str(mark.band), f"{mark.good} of {mark.of}" if mark.of else "") for mark in line.health),
        best=line.top and Best(shown.ranks[line.plan], line.top.name, f"{line.top.score:.1f}"),
        overdue=len(line.late),
        longest=line.late[0].days if line.late else 0,
        meeting=_when(shown, line.meeting, shown.meeting(line.meeting)),
        review=_when(shown, line.review, shown.review(line.review)),
        reasons=tuple(sorted((Reason(one.words, one.grade == "act now") for one in line.reasons), key=lambda one: not one.is_pressing)),
    )


def _when(shown: Shown, due: Due | None, words: str) -> When:
    """When something is, with the date as pages write it."""
    if due is None:
        return When(words, is_late=False)
    return When(words.replace(str(due.due), day(str(due.due))), is_late=due.due < shown.today)


def _money(amounts: Amounts | None, *, is_uncertain: bool = False) -> Money | None:
    """Amounts in whole units of the book's currency, and the lengths of their bars."""
    if amounts is None:
        return None
    longest = max(amounts.goal or Decimal(0), amounts.forecast)
    return Money(
        goal=_whole(amounts.goal),
        booked=_whole(amounts.booked),
        forecast=f"{amounts.forecast:.0f}",
        gap=_whole(amounts.gap),
        percent=None if amounts.expected is None else percent(amounts.expected),
        booked_width=_width(amounts.booked, longest),
        forecast_width=_width(amounts.forecast, longest),
        goal_width=_width(amounts.goal, longest),
        is_uncertain=is_uncertain,
    )


def _whole(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.0f}"


def _width(amount: Decimal | None, longest: Decimal) -> float:
    """Percent of the longest, to a tenth."""
    return round(float(min(amount / longest, Decimal(1)) * _ALL), 1) if amount is not None and amount > 0 and longest > 0 else 0.0
