"""Where each figure comes from: every term, with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.amounts import percent
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.revenue import cells
from acctplan.cli.revenue.periods import left_out, outlook
from acctplan.diagnostic import format_pointer
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.analysis.revenue import Kind, Revenue, Term
    from acctplan.analysis.revenue.roll_up import Account
    from acctplan.cli.revenue.found import Found

_FIGURES: dict[str, tuple[Kind, ...]] = {
    "goal": ("goal",),
    "booked": ("actual", "won"),
    "weighted pipeline": ("open",),
    "potential": ("potential",),
}
"""The figures that are sums of terms."""
_WIDEST = 120


class _Line(NamedTuple):
    figure: str
    term: Term
    period: str
    """The shortest of the plan's periods that it falls in; empty where it falls in none."""


def show(found: Found) -> None:
    """A table of terms for each account; elsewhere than on a terminal one for all."""
    if not console.is_terminal():
        titles = (
            "plan",
            "account",
            "figure",
            "kind",
            "id",
            "name",
            "period",
            "value",
            "probability",
            "amount",
            "currency",
            "pointer",
            "line",
        )
        rows = [_full_row(found, account, line) for account in found.sums.accounts for line in _lines(account.revenue)]
        console.table([Column(title) for title in titles], rows)
        return
    for number, account in enumerate(found.sums.accounts):
        if number:
            console.write("\n")
        _show(found, account)


def _lines(revenue: Revenue) -> Iterator[_Line]:
    periods = {term: one.period.key for one in revenue.periods for term in one.figures.terms}  # the longer ones come first
    for figure, kinds in _FIGURES.items():
        for term in revenue.plan.terms:
            if term.kind in kinds:
                yield _Line(figure, term, periods.get(term, ""))


def _show(found: Found, account: Account) -> None:
    revenue = account.revenue
    header = f"{visible(account.name)}: revenue in {revenue.currency}"
    console.write(f"{console.paint('path', header)}\n{console.paint('dim', visible(account.plan))}\n\n")
    columns = (
        Column("Figure"),
        Column("Comes from", wraps=True),
        Column("Value", is_number=True),
        Column("Odds", is_number=True),
        Column("Adds", is_number=True),
        Column("Read from", wraps=True),
    )
    console.table(columns, [*_rows(found, account)])
    console.write("\n")
    for line in outlook(revenue, dropped=False):
        console.paragraph(line, widest=_WIDEST)
    for one in (one for one in revenue.left_out if one.term.kind != "potential"):
        where = f"line {found.lines[account.plan][one.pointer]}"
        console.paragraph(f"? not in the forecast, {where}: {left_out(found, account.plan, one)}", widest=_WIDEST)
    for term in revenue.covered:
        name = visible(found.plans[account.plan].opportunities[term.id].name)
        where = f"line {found.lines[account.plan][term.pointer]}"
        console.paragraph(f"not counted, {where}: {name} (won), because an actual holds it already", widest=_WIDEST)


def _rows(found: Found, account: Account) -> Iterator[list[str]]:
    """The terms of each figure and what they come to, then the figures that follow from these."""
    whole = account.revenue.plan
    sums = {"goal": whole.goal, "booked": whole.booked, "weighted pipeline": whole.weighted_pipeline, "potential": whole.potential}
    lines = [*_lines(account.revenue)]
    for figure, total in sums.items():
        if figure == "potential":
            yield _sum("forecast", "booked + weighted pipeline", cells.grouped(whole.forecast))
            yield _sum("best case", "booked + everything open in full", cells.grouped(whole.best_case))
            yield _sum("gap", "goal - forecast", cells.grouped(whole.gap) or "no goal")
        here = [line for line in lines if line.figure == figure]
        for line in here:
            yield _row(found, account, line)
        yield _sum(figure, "in all" if here else "nothing", cells.grouped(total) or "no goal")


def _sum(figure: str, words: str, amount: str) -> list[str]:
    return [f"= {figure}", words, "", "", amount, ""]


def _row(found: Found, account: Account, line: _Line) -> list[str]:
    term = line.term
    is_opportunity = term.kind not in ("goal", "actual")
    odds = ("?" if term.probability is None else percent(term.probability)) if term.kind == "open" else ""
    return [
        line.figure,
        f"{term.kind}: {_name(found, account, term)}" if is_opportunity else f"{term.kind} of {term.id}",
        ("?" if term.value is None else cells.grouped(term.value)) if is_opportunity else "",
        odds,
        "?" if term.amount is None else cells.grouped(term.amount),
        f"line {found.lines[account.plan][term.pointer]}",
    ]


def _name(found: Found, account: Account, term: Term) -> str:
    return term.id if term.kind in ("goal", "actual") else found.plans[account.plan].opportunities[term.id].name


def _full_row(found: Found, account: Account, line: _Line) -> list[str]:
    term = line.term
    return [
        account.plan,
        account.name,
        line.figure,
        term.kind,
        term.id,
        _name(found, account, term),
        line.period,
        cells.exact(term.value),
        cells.exact(term.probability),
        cells.exact(term.amount),
        account.revenue.currency,
        format_pointer(term.pointer),
        str(found.lines[account.plan][term.pointer]),
    ]
