"""One plan, by fiscal period."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from acctplan.analysis.amounts import money, percent, short
from acctplan.analysis.revenue import ENOUGH_CLOSED
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.revenue import cells
from acctplan.cli.revenue.cells import Row
from acctplan.diagnostic import plan_name
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acctplan.analysis.revenue import LeftOut, PeriodFigures, Revenue, WinRate
    from acctplan.analysis.revenue.roll_up import Account
    from acctplan.cli.revenue.found import Found, LateForecast

_WIDEST = 120


def show(found: Found) -> None:
    """A table of the periods, and below it what follows; elsewhere than on a terminal the table alone."""
    for account in found.sums.accounts:
        if console.is_terminal():
            _show(found, account)
        else:
            columns = cells.full_columns("plan", "account", "currency", "period", "starts", "ends", "state", "has_actual")
            console.table(columns, [_full_row(found, account, period) for period in account.revenue.periods])


def _show(found: Found, account: Account) -> None:
    revenue = account.revenue
    console.write(f"{console.paint('path', f'{visible(account.name)}: revenue in {revenue.currency}')}\n\n")
    shown = None
    if revenue.periods:
        rows = [_row(found, period) for period in revenue.periods]
        whole = Row(("All periods", ""), revenue.plan, revenue.plan.is_booked_known, has_forecast=True)
        shown = cells.show((Column("Period", wraps=True), Column("")), [*rows, whole])
        console.write("\n")
    else:
        _say(f"no fiscal period yet, so nothing is counted. Begin with a goal: {example(found)}", sign="?")
    if (late := found.late(account)).terms:
        _say(_closed_late(found, account, late), sign="!")
    for line in outlook(revenue, dropped=bool(shown and shown.gone)):
        _say(line)
    listed = [one for one in revenue.left_out if one.is_open or (one.term.kind == "won" and one.lacks)]
    if listed:
        _say("Not counted, or not in full:")
    for one in listed:
        _say(f"line {found.lines[account.plan][one.pointer]}: {left_out(found, account.plan, one)}", sign="?", indent=2)
    for line in _won_elsewhere(found, account):
        _say(line)
    hints = [cells.LEGEND] if shown and shown.has_bars else []
    if shown and shown.gone:
        hints.append(wider(shown.gone))
    hints.append(f"where from? acctplan revenue {visible(plan_name(account.plan))} --explain")
    console.hint("\n" + "\n".join(hints))


def _closed_late(found: Found, account: Account, late: LateForecast) -> str:
    """What of the forecast should be decided by now."""
    opportunities = found.plans[account.plan].opportunities
    names = ", ".join(visible(opportunities[term.id].name) for term in late.terms)
    one = len(late.terms) == 1
    amount = f"{short(late.amount)} {account.revenue.currency} of the forecast"
    return f"{amount} should have closed by {late.by}: {names}. Give {'it a new close date' if one else 'them new close dates'}."


def wider(gone: Iterable[str]) -> str:
    """What a wider terminal shows besides."""
    return f"a wider terminal also shows: {', '.join(title.lower() for title in reversed([*gone]))}"


def example(found: Found) -> str:
    """How a plan says its first goal."""
    return f"revenue: {{FY{found.today.year}: {{goal: 250_000}}}}"


def _say(text: str, *, sign: str = "", indent: int = 0) -> None:
    console.paragraph(f"{sign} {text}" if sign else text, indent=indent, widest=_WIDEST)


def _row(found: Found, one: PeriodFigures) -> Row:
    period, figures = one.period, one.figures
    phase = period.phase(found.today)
    label = cells.period(period)
    state = {"past": "" if one.has_actual else "? no actual", "current": "▸ now", "to come": ""}[phase]
    return Row(("  " * one.depth + label, state), figures, figures.is_booked_known, cells.has_forecast(one, found.today))


def outlook(revenue: Revenue, *, dropped: bool) -> Iterator[str]:
    """What follows from the figures, in sentences.

    Args:
        revenue: of a plan.
        dropped: whether the table had no room for the weighted pipeline and the best case.
    """
    whole, currency = revenue.plan, revenue.currency
    if dropped:
        weighted, best = money(whole.weighted_pipeline, currency), money(whole.best_case, currency)
        yield f"Weighted pipeline: {weighted}. Best case, if everything open is won: {best}."
    if whole.gap is None:
        if revenue.periods:
            yield "No goal, so no gap and no pipeline to create."
    elif whole.gap <= 0:
        yield (
            f"No gap: the forecast is {money(-whole.gap, currency)} past the goal." if whole.gap else "No gap: the forecast meets the goal."
        )
    elif revenue.pipeline_to_create is None:
        yield f"Gap: {money(whole.gap, currency)}. {_rate(revenue.win_rate)}: no pipeline would be enough to close it."
    else:
        created, missing = money(revenue.pipeline_to_create, currency), money(whole.gap, currency)
        rate = revenue.win_rate
        yield f"Pipeline to create: {created}. That is the gap of {missing} ÷ the win rate of {percent(rate.share)}. {_rate(rate)}."
    potential = [term for term in whole.terms if term.kind == "potential"]
    if potential:
        unknown = sum(term.amount is None for term in potential)
        together = [] if unknown == len(potential) else [f"together {money(whole.potential, currency)}"]
        without = [f"{unknown} of them without a value"] if unknown else []
        yield f"Potential opportunities: {', '.join([str(len(potential)), *together, *without])}. They are no part of the forecast."


def _rate(rate: WinRate) -> str:
    """Where the win rate comes from."""
    closed = rate.won + rate.lost
    if rate.is_known:
        return f"{rate.won} of {closed} closed opportunities were won"
    there = f"{closed} {'is' if closed == 1 else 'are'} so far" if closed else "none is so far"
    return f"It is assumed (win_rate in acctplan.toml) until {ENOUGH_CLOSED} opportunities are won or lost; {there}"


def left_out(found: Found, plan: str, one: LeftOut) -> str:
    """An opportunity that is not counted, and why."""
    reasons = [f"no {what}" for what in one.lacks]
    if one.outside:
        reasons.append(f"closes on {one.outside}, in none of the plan's periods")
    value = "" if one.term.value is None else f", {money(one.term.value, found.sums.currency)}"
    return f"{visible(found.plans[plan].opportunities[one.term.id].name)} ({one.term.kind}{value}): {', '.join(reasons)}"


def _won_elsewhere(found: Found, account: Account) -> Iterator[str]:
    """What was won and is rightly not counted."""
    revenue = account.revenue
    outside = [one.term for one in revenue.left_out if one.term.kind == "won" and not one.lacks]
    if outside:
        amount = money(sum((term.amount or Decimal(0) for term in outside), Decimal(0)), revenue.currency)
        yield f"Won in none of the plan's periods, and not counted: {len(outside)}, together {amount}."
    if revenue.covered:
        names = (visible(found.plans[account.plan].opportunities[term.id].name) for term in revenue.covered)
        yield f"Won and in an actual already, so not counted again: {', '.join(names)}."


def _full_row(found: Found, account: Account, one: PeriodFigures) -> list[str]:
    period = one.period
    return [
        account.plan,
        account.name,
        account.revenue.currency,
        period.key,
        period.starts.isoformat(),
        period.ends.isoformat(),
        period.phase(found.today),
        "yes" if one.has_actual else "no",
        *cells.full_figures(one.figures, booked_known=one.figures.is_booked_known, forecast=cells.has_forecast(one, found.today)),
    ]
