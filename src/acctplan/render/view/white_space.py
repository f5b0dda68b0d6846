"""What each part of the customer buys of what we sell, and what we are after there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.analysis import white_space as analysis
from acctplan.analysis.amounts import short
from acctplan.analysis.tree import descend
from acctplan.render.view.words import CELL, OPPORTUNITY, Sign

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from acctplan.config import Config
    from acctplan.model import Plan
    from acctplan.render.view.names import Names

WIDEST = 6
"""How many solutions stand side by side: what fits a sheet of paper."""


@dataclass(frozen=True, slots=True)
class Pursuit:
    """An opportunity over a cell."""

    id: str
    name: str
    status: Sign


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit by one solution."""

    status: Sign
    competitor: str | None
    spend: Decimal | None
    spend_in_short: str | None
    """The same in three digits."""
    contract_ends: date | None
    reason: str | None
    notes: str | None
    pursuits: tuple[Pursuit, ...]


@dataclass(frozen=True, slots=True)
class Wallet:
    """What the customer, or a part of it, spends in a year on what we could sell, in the plan's currency."""

    ours: Decimal
    known: Decimal
    """With anybody or in house, as far as known."""
    share: Decimal | None
    """Ours over known; None where no spend is known."""
    unknown: int
    """How many cells are somebody's, and their spend is not known."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the customer that buys, with its cells in the order of the block's solutions."""

    id: str
    name: str
    depth: int
    """0 at the top."""
    target: bool
    wallet: Wallet | None
    """Its own, without its parts; None where it has no cells."""
    notes: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """As many solutions as fit side by side, for every unit."""

    solutions: tuple[str, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Untapped:
    """A cell that is open or a competitor's, and that nobody is after."""

    unit: str
    solution: str
    target: bool
    """The unit is one of those that we want to grow in."""
    competitor: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """What the plan notes about a solution."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class WhiteSpace:
    """The matrix of units and solutions, in blocks side by side."""

    blocks: tuple[Block, ...]
    wallet: Wallet
    untapped: tuple[Untapped, ...]
    """Those of target units first."""
    notes: tuple[Note, ...]
    untouched: tuple[str, ...]
    """Solutions about which nothing is known in any unit. They have no column."""


def white_space(plan: Plan, config: Config, names: Names) -> WhiteSpace | None:
    """The matrix; None where there is nothing to lay out: no units, or nothing known in any cell."""
    found = analysis.white_space(plan, config)
    touched = {solution for _, solution in found.cells}
    if not touched:
        return None
    shown = [solution for solution in found.solutions if solution in touched]
    return WhiteSpace(
        blocks=tuple(_block(found, plan, names, part) for part in _parts(shown)),
        wallet=_wallet(found.wallet),
        untapped=tuple(_untapped(cell, plan, names) for cell in found.untapped),
        notes=tuple(Note(entry.name, entry.notes) for entry in plan.solutions.values() if entry.notes),
        untouched=tuple(name for solution, name in found.solutions.items() if solution not in touched),
    )


def _parts(solutions: list[str]) -> Iterator[list[str]]:
    """Runs of about equal length."""
    count = -(-len(solutions) // WIDEST)
    for position in range(count):
        yield solutions[position * len(solutions) // count : (position + 1) * len(solutions) // count]


def _block(found: analysis.WhiteSpace, plan: Plan, names: Names, solutions: list[str]) -> Block:
    units = []
    for place in descend({identifier: unit.parent for identifier, unit in plan.units.items()}):
        unit, wallet = plan.units[place.id], found.wallets.get(place.id)
        cells = tuple(_cell(found.cell(place.id, solution), plan, names) for solution in solutions)
        units.append(Unit(place.id, unit.name, place.depth, bool(unit.target), _wallet(wallet) if wallet else None, unit.notes, cells))
    return Block(tuple(found.solutions[solution] for solution in solutions), tuple(units))


def _wallet(found: analysis.Wallet) -> Wallet:
    return Wallet(found.ours, found.known, found.share, found.unknown)


def _cell(cell: analysis.Cell, plan: Plan, names: Names) -> Cell:
    over = ((identifier, plan.opportunities[identifier]) for identifier in cell.opportunities)
    pursuits = tuple(Pursuit(identifier, opportunity.name, OPPORTUNITY[opportunity.status]) for identifier, opportunity in over)
    entry = cell.entry
    if entry is None:
        return Cell(CELL[None], None, None, None, None, None, None, pursuits)
    competitor = names.competitor(entry.competitor)
    in_short = None if entry.spend is None else short(entry.spend)
    return Cell(CELL[entry.status], competitor, entry.spend, in_short, entry.contract_ends, entry.reason, entry.notes, pursuits)


def _untapped(cell: analysis.Cell, plan: Plan, names: Names) -> Untapped:
    unit = plan.units[cell.unit]
    competitor = names.competitor(cell.entry.competitor) if cell.entry else None
    return Untapped(unit.name, names.solutions[cell.solution], bool(unit.target), competitor)
