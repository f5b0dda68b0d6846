"""One plan: the matrix of units and solutions, the share of wallet, the white space and the questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.amounts import percent
from acctplan.cli import console
from acctplan.cli.whitespace import best, matrix
from acctplan.cli.whitespace.asked import glued
from acctplan.render.view.words import CELL
from acctplan.report.visible import visible
from acctplan.report.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.analysis.white_space.book import AccountSpace
    from acctplan.cli.whitespace.asked import Asked
    from acctplan.cli.whitespace.matrix import Row


def show(asked: Asked, limit: int) -> None:
    """The whole answer for a terminal."""
    account = asked.found.accounts[0]
    rows = matrix.rows(asked, account)
    console.write(f"{console.paint('path', visible(account.plan.profile.name))}, amounts in {account.currency} a year\n\n")
    if rows and rows[0].cells:
        matrix.show(asked, rows)
        _legend(asked, rows)
        console.write("\n")
        _share(account)
        best.show(asked, limit)
    _questions(account, rows)


def _legend(asked: Asked, rows: Sequence[Row]) -> None:
    """Symbols with their words: those that are there."""
    places = [place for row in rows for place in row.cells if place is not None]
    keys = {None if place.cell.entry is None else place.cell.entry.status for place in places}
    parts = [f"{sign.symbol} {sign.word}" for key, sign in CELL.items() if key in keys]
    if any(row.target for row in rows):
        parts.append("★ target unit")
    if any(place.cell.opportunities for place in places):
        parts.append("+ opportunities over it")
    if any(place.ends_soon for place in places):
        parts.append(f"! contract over, or ends within {asked.soon} days")
    console.write("".join(f"{line}\n" for line in wrap(glued(", ".join(parts)), console.width())))


def _share(account: AccountSpace) -> None:
    wallet = account.space.wallet
    unknown = f"; the spend of {_cells(wallet.unknown)} is unknown" if wallet.unknown else ""
    if wallet.share is None:
        console.paragraph(f"Our share of wallet: no spend is known{unknown}")
    else:
        of = f"{wallet.ours:,f} of {wallet.known:,f} {account.currency} a year that we know of"
        console.paragraph(f"Our share of wallet: {percent(wallet.share)} ({of}{unknown})")


def _questions(account: AccountSpace, rows: Sequence[Row]) -> None:
    """What to ask, target units first."""
    total = sum(len(row.unknown) for row in rows)
    if not total:
        return
    title = f"{_cells(total)} unknown: ask"
    console.write(f"\n{console.paint('path', title)}\n")
    for row in sorted(rows, key=lambda row: not row.target):
        if row.unknown:
            everything = 1 < len(row.unknown) == len(account.space.solutions)
            listed = "everything" if everything else ", ".join(map(visible, row.unknown))
            console.paragraph(f"{visible(row.name)}{' (target)' if row.target else ''}: {listed}", indent=2)


def _cells(number: int) -> str:
    return f"{number} cell{'s' * (number != 1)}"
