"""Several plans, by account and by fiscal year."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from acctplan.analysis.amounts import percent, short
from acctplan.analysis.revenue import ENOUGH_CLOSED
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.revenue import cells
from acctplan.cli.revenue.cells import NONE, Row, Shown
from acctplan.cli.revenue.periods import example, wider
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal

    from acctplan.analysis.revenue.roll_up import Account, Year
    from acctplan.cli.revenue.found import Found

_WIDEST = 120


def show(found: Found, by: Literal["account", "period"] | None) -> None:
    """Tables of the accounts and of the fiscal years, and what they leave out; elsewhere than on a terminal one of them alone.

    Args:
        found: what was worked out.
        by: one of them; None: both.
    """
    sums = found.sums
    if not sums.accounts:
        return
    if not console.is_terminal():
        if by == "period":
            columns = cells.full_columns("period", "starts", "ends", "state", "accounts", "currency")
            console.table(columns, [_full_year(found, year) for year in sums.years])
        else:
            first = ("plan", "account", "currency", "own_currency", "rate", "win_rate", "pipeline_to_create", "open_not_counted")
            console.table(cells.full_columns(*first), [_full_account(found, account) for account in sums.accounts])
        return
    many = "1 account" if len(sums.accounts) == 1 else f"{len(sums.accounts)} accounts"
    console.write(f"{console.paint('path', f'Revenue of {many} in {sums.currency}')}\n\n")
    tables = []
    if by != "period":
        tables.append(_accounts(found))
        console.write("\n")
    if by != "account" and sums.years:
        tables.append(_years(found))
        console.write("\n")
    for line in _remarks(found):
        console.paragraph(line, widest=_WIDEST)
    _hints(found, tables, by)


def _accounts(found: Found) -> Shown:
    names, sums = found.names, found.sums
    rows = [
        Row(
            (names[account.plan],),
            account.amounts,
            account.revenue.plan.is_booked_known,
            has_forecast=bool(account.revenue.periods),
            more=(_not_counted(account),),
        )
        for account in sums.accounts
    ]
    has_periods = any(row.has_forecast for row in rows)
    if len(rows) > 1:
        has_booked = any(row.has_booked for row in rows)
        rows.append(Row(("All accounts",), sums.total, has_booked, has_forecast=has_periods, more=(_not_counted(*sums.accounts),)))
    return cells.show((Column("Account", wraps=True),), rows, (Column("Open, not counted", is_number=True),))


def _years(found: Found) -> Shown:
    sums = found.sums
    rows = []
    for year in sums.years:
        has_booked = any(part.figures.is_booked_known for part in year.parts)
        state = "▸ now" if year.period.phase(found.today) == "current" else ""
        rows.append(Row((cells.period(year.period), state), year.amounts, has_booked, has_forecast=True, more=(str(len(year.parts)),)))
    return cells.show((Column("Fiscal year", wraps=True), Column("")), rows, (Column("Accounts", is_number=True),))


def _open(account: Account) -> list[Decimal]:
    """What the open opportunities that are not counted, or not in full, are worth in the currency of the roll-up."""
    return [(one.term.value or Decimal(0)) * account.rate for one in account.revenue.left_out if one.is_open]


def _not_counted(*accounts: Account) -> str:
    values = [value for account in accounts for value in _open(account)]
    return f"{len(values)} ({short(sum(values, Decimal(0)))})" if values else NONE


def _remarks(found: Found) -> Iterator[str]:
    """What has to be known to read the tables."""
    sums = found.sums
    if sums.pipeline_to_create is not None:
        past = any(account.amounts.gap is not None and account.amounts.gap < 0 for account in sums.accounts)
        also = " What one is past its goal closes no gap of another." if past else ""
        yield f"Pipeline to create: {short(sums.pipeline_to_create)} {sums.currency}, {_by_win_rate(found)}.{also}"
    hopeless = [account for account in sums.accounts if account.pipeline_to_create is None and account.revenue.plan.goal is not None]
    if hopeless:
        yield (
            f"✕ No pipeline would be enough to close the gap of {_list(found, hopeless)}: all that is closed was lost. "
            "So the pipeline to create is not known in total."
        )
    late = [(account, found.late(account)) for account in sums.accounts]
    if late := [(account, one) for account, one in late if one.terms]:
        amount = sum((one.amount * account.rate for account, one in late), Decimal(0))
        last = max(one.by for _, one in late)
        whose = _list(found, [account for account, _ in late])
        yield f"! {short(amount)} {sums.currency} of the forecast should have closed by {last}: {whose}. Give it new close dates."
    if without := sums.without_goal:
        adds = sum((account.amounts.forecast for account in without), Decimal(0))
        there = _list(found, without) if len(without) < len(sums.accounts) else "all of them"
        also = f" Of the forecast, {short(adds)} {sums.currency} is theirs." if adds else ""
        yield f"? Without a goal: {there}. Begin with one, in the plan: {example(found)}.{also}"
    if not sums.has_one_calendar:
        yield "Fiscal years start in different months, so each has its dates and stands alone."


def _by_win_rate(found: Found) -> str:
    """By which win rates the pipeline to create was worked out, where it takes any."""
    short_of_goal = [account for account in found.sums.accounts if (account.amounts.gap or 0) > 0]
    assumed = [account for account in short_of_goal if not account.revenue.win_rate.is_known]
    rate = percent(found.config.revenue.win_rate)
    if not assumed:
        return "each account by its own win rate"
    if len(assumed) == len(short_of_goal):
        return f"at an assumed win rate of {rate} (no account has closed {ENOUGH_CLOSED} yet)"
    return f"each account by its own win rate, {_list(found, assumed)} at an assumed {rate} (fewer than {ENOUGH_CLOSED} closed yet)"


_MOST_NAMES = 5


def _list(found: Found, accounts: Sequence[Account]) -> str:
    names = found.names
    shown = ", ".join(visible(names[account.plan]) for account in accounts[:_MOST_NAMES])
    more = len(accounts) - _MOST_NAMES
    return f"{shown} and {more} more" if more > 0 else shown


def _hints(found: Found, tables: Sequence[Shown], by: str | None) -> None:
    from acctplan.diagnostic import plan_name

    sums = found.sums
    hints = [cells.LEGEND] if any(table.has_bars for table in tables) else []
    if by != "period" and len(sums.accounts) > 1 and sums.total.gap is not None:
        hints.append("the largest gap first; accounts without a goal last")
    if found.converted:
        rates = ((currency, found.config.rates[currency]) for currency in found.converted)
        hints.append("converted at " + ", ".join(f"1 {currency} = {one.rate} {sums.currency} ({one.as_of})" for currency, one in rates))
    if gone := dict.fromkeys(title for table in tables for title in table.gone):
        hints.append(wider(gone))
    first = next((account for account in sums.accounts if _open(account)), sums.accounts[0])
    question = "what is not counted, and why?" if _open(first) else "one account, period by period:"
    hints.append(f"{question} acctplan revenue {visible(plan_name(first.plan))}")
    console.hint("\n" + "\n".join(hints))


def _full_account(found: Found, account: Account) -> list[str]:
    revenue = account.revenue
    return [
        account.plan,
        account.name,
        found.sums.currency,
        revenue.currency,
        cells.exact(account.rate),
        cells.exact(revenue.win_rate.share),
        cells.exact(account.pipeline_to_create),
        str(len(_open(account))),
        *cells.full_figures(account.amounts, booked_known=revenue.plan.is_booked_known, forecast=bool(revenue.periods)),
    ]


def _full_year(found: Found, year: Year) -> list[str]:
    period = year.period
    return [
        period.key,
        period.starts.isoformat(),
        period.ends.isoformat(),
        period.phase(found.today),
        str(len(year.parts)),
        found.sums.currency,
        *cells.full_figures(year.amounts, booked_known=any(part.figures.is_booked_known for part in year.parts), forecast=True),
    ]
