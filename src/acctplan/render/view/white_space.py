"""What each part of the customer buys of what we sell, and what we are after there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.render.view.words import CELL, OPPORTUNITY, Sign

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from acctplan.model import Plan
    from acctplan.render.view.names import Names

WIDEST = 6
"""How many solutions stand side by side: what fits a sheet of paper."""

_SHOWN = ("potential", "open", "won")


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
    contract_ends: date | None
    reason: str | None
    notes: str | None
    pursuits: tuple[Pursuit, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the customer that buys, with its cells in the order of the block's solutions."""

    id: str
    name: str
    depth: int
    """0 at the top."""
    target: bool
    notes: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """As many solutions as fit side by side, for every unit."""

    solutions: tuple[str, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What the plan notes about a solution."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class WhiteSpace:
    """The matrix of units and solutions, in blocks side by side."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    untouched: tuple[str, ...]
    """Solutions about which nothing is known in any unit. They have no column."""


def white_space(plan: Plan, names: Names) -> WhiteSpace | None:
    """The matrix; None where there is nothing to lay out: no units, or nothing known in any cell."""
    touched = {solution for cells in plan.white_space.values() for solution in cells} | {
        entry.solution for entry in plan.opportunities.values() if entry.unit and entry.solution and entry.status in _SHOWN
    }
    solutions = [solution for solution in names.solutions if solution in touched]
    if not (plan.units and solutions):
        return None
    return WhiteSpace(
        blocks=tuple(_block(plan, names, part) for part in _parts(solutions)),
        notes=tuple(Note(entry.name, entry.notes) for entry in plan.solutions.values() if entry.notes),
        untouched=tuple(name for solution, name in names.solutions.items() if solution not in touched),
    )


def _parts(solutions: list[str]) -> Iterator[list[str]]:
    """Runs of about equal length."""
    count = -(-len(solutions) // WIDEST)
    for position in range(count):
        yield solutions[position * len(solutions) // count : (position + 1) * len(solutions) // count]


def _block(plan: Plan, names: Names, solutions: list[str]) -> Block:
    units = []
    for identifier, depth in _descend(plan):
        unit = plan.units[identifier]
        cells = tuple(_cell(plan, names, identifier, solution) for solution in solutions)
        units.append(Unit(identifier, unit.name, depth, bool(unit.target), unit.notes, cells))
    return Block(tuple(names.solutions[solution] for solution in solutions), tuple(units))


def _descend(plan: Plan) -> Iterator[tuple[str, int]]:
    """Units from the top down with their depth, in the order of the plan."""
    parts: dict[str | None, list[str]] = {}
    for identifier, unit in plan.units.items():
        parts.setdefault(unit.parent, []).append(identifier)
    pending = [(top, 0) for top in reversed(parts.get(None, []))]
    while pending:
        identifier, depth = pending.pop()
        yield identifier, depth
        pending.extend((part, depth + 1) for part in reversed(parts.get(identifier, [])))


def _cell(plan: Plan, names: Names, unit: str, solution: str) -> Cell:
    entry = plan.white_space.get(unit, {}).get(solution)
    pursuits = tuple(
        Pursuit(identifier, opportunity.name, OPPORTUNITY[opportunity.status])
        for identifier, opportunity in plan.opportunities.items()
        if opportunity.unit == unit and opportunity.solution == solution and opportunity.status in _SHOWN
    )
    if entry is None:
        return Cell(CELL[None], None, None, None, None, None, pursuits)
    competitor = names.competitor(entry.competitor)
    return Cell(CELL[entry.status], competitor, entry.spend, entry.contract_ends, entry.reason, entry.notes, pursuits)
