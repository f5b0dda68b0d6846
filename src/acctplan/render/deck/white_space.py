"""What each part of the customer buys of what we sell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.render.deck.tables import Cell, Column, table_slides
from acctplan.render.text import number, percent

if TYPE_CHECKING:
    from acctplan.render.deck.paper import Paper
    from acctplan.render.view import PlanView
    from acctplan.render.view.white_space import Cell as Square
    from acctplan.render.view.white_space import Unit

_DEEPEST = 4
_SIZES = (14.0, 12.0, 11.0, 10.0)


def white_space_slides(paper: Paper, view: PlanView) -> None:
    """The matrix of units and solutions, as many solutions to a slide as fit; none where nothing is known."""
    found = view.white_space
    if found is None:
        return
    notes = []
    if found.wallet.share is not None:
        notes.append(
            f"Our share of the wallet, as far as it is known: {percent(f'{found.wallet.share:f}')}, "
            f"{number(f'{found.wallet.ours:f}')} of {number(f'{found.wallet.known:f}')} {view.currency} a year."
        )
    if found.wallet.unknown:
        notes.append(f"The spend is unknown in {found.wallet.unknown} cells.")
    for one in found.untapped:
        more = f"{' (target)' if one.target else ''}{f', with {one.competitor}' if one.competitor else ''}"
        notes.append(f"Nobody is after it: {one.solution} at {one.unit}{more}")
    if found.untouched:
        notes.append(f"Nothing is known of: {', '.join(found.untouched)}")
    for number_, block in enumerate(found.blocks):
        columns = (Column("", 1.6), *(Column(solution, 1.4) for solution in block.solutions))
        rows = [[_unit(unit), *(_square(cell) for cell in unit.cells)] for unit in block.units]
        title = "White space" if len(found.blocks) == 1 else f"White space: {block.solutions[0]} to {block.solutions[-1]}"
        table_slides(paper, title, columns, rows, notes if number_ == 0 else (), sizes=_SIZES)


def _unit(unit: Unit) -> Cell:
    return Cell("– " * min(unit.depth, _DEEPEST) + unit.name, "◎ target" if unit.target else "", bold=True)


def _square(cell: Square) -> Cell:
    who = f": {cell.competitor}" if cell.competitor else ""
    after = " · ".join(f"{pursuit.status.symbol} {pursuit.name}" for pursuit in cell.pursuits)
    return Cell(f"{cell.status.symbol} {cell.status.word}{who}", after)
