"""Units by solutions: what each part of the customer has of what we could sell, from whom, and what we are after there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from acctplan import model
    from acctplan.config import Config
    from acctplan.model import Plan

_EXACT = Context(prec=100)
_SHARE = Decimal("0.0001")


class Cell(NamedTuple):
    """One unit by one solution."""

    unit: str
    solution: str
    entry: model.Cell | None
    """What the plan says about it; None: unknown."""
    opportunities: tuple[str, ...]
    """Ids of the opportunities over it that are potential, open or won."""

    @property
    def status(self) -> str:
        """As in the plan, or `unknown`."""
        return "unknown" if self.entry is None else self.entry.status

    @property
    def is_untapped(self) -> bool:
        """White space: open or a competitor's, and no opportunity over it."""
        return self.status in ("open", "competitor") and not self.opportunities


class Wallet(NamedTuple):
    """What is spent in a year on what we could sell, in the plan's currency."""

    ours: Decimal
    """Spent with us, as far as known."""
    known: Decimal
    """Spent with anybody or in house, as far as known."""
    share: Decimal | None
    """Ours ÷ known, to a hundredth of a percent; None where no spend is known."""
    unknown: int
    """Cells of ours, of competitors and in house whose spend is not known."""


@dataclass(frozen=True, slots=True)
class WhiteSpace:
    """The matrix of a plan."""

    units: tuple[str, ...]
    """Ids, in the order of the plan."""
    solutions: Mapping[str, str]
    """Names by id: the book's, then the plan's own."""
    cells: Mapping[tuple[str, str], Cell]
    """By unit and solution. Left out: cells of which nothing is known and over which lies no opportunity."""
    untapped: tuple[Cell, ...]
    """White space, that of target units first."""
    wallet: Wallet
    """Of the whole account."""
    wallets: Mapping[str, Wallet]
    """Of each unit that has cells, without its parts."""

    def cell(self, unit: str, solution: str) -> Cell:
        """Any cell of the matrix."""
        return self.cells.get((unit, solution)) or Cell(unit, solution, None, ())


def white_space(plan: Plan, config: Config) -> WhiteSpace:
    """Lay out what a plan says about its units and solutions.

    Args:
        plan: with units, cells and opportunities.
        config: names the solutions that the book shares.
    """
    over = opportunities_over(plan)
    places = {**{(unit, solution): None for unit, row in plan.white_space.items() for solution in row}, **dict.fromkeys(over)}
    order = {unit: number for number, unit in enumerate(plan.units)}
    cells = {
        (unit, solution): Cell(unit, solution, plan.white_space.get(unit, {}).get(solution), over.get((unit, solution), ()))
        for unit, solution in sorted(places, key=lambda place: order[place[0]])
    }
    untapped = (cell for cell in cells.values() if cell.is_untapped)
    return WhiteSpace(
        units=tuple(plan.units),
        solutions=solution_names(plan, config),
        cells=cells,
        untapped=tuple(sorted(untapped, key=lambda cell: not plan.units[cell.unit].target)),
        wallet=_wallet(cell for row in plan.white_space.values() for cell in row.values()),
        wallets={unit: _wallet(row.values()) for unit, row in plan.white_space.items() if row},
    )


def solution_names(plan: Plan, config: Config) -> dict[str, str]:
    """The names of everything that could be sold here, by id: the book's solutions, then the plan's own."""
    shared = {identifier: solution.name for identifier, solution in config.solutions.items()}
    return shared | {identifier: solution.name for identifier, solution in plan.solutions.items()}


def renews(opportunity: model.Opportunity, ends: date, within: int) -> bool:
    """Whether an opportunity has renewed a contract: a renewal that was won about when the contract ends.

    Args:
        opportunity: over the same unit and solution.
        ends: the day on which the contract ends, as the plan says.
        within: days between that and its close date, at most.
    """
    closed = opportunity.close_date
    return opportunity.status == "won" and opportunity.kind == "renewal" and closed is not None and abs((ends - closed).days) <= within


def opportunities_over(plan: Plan) -> dict[tuple[str, str], tuple[str, ...]]:
    """By unit and solution, the ids of the opportunities that are potential, open or won."""
    over: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for identifier, opportunity in plan.opportunities.items():
        if opportunity.unit and opportunity.solution and opportunity.status in ("potential", "open", "won"):
            over[opportunity.unit, opportunity.solution].append(identifier)
    return {place: tuple(identifiers) for place, identifiers in over.items()}


def is_ours(plan: Plan, cell: Cell) -> bool:
    """Whether they have it from us: the plan says so, or says nothing about the cell and we won an opportunity over it."""
    if cell.entry is not None:
        return cell.status == "ours"
    return any(plan.opportunities[identifier].status == "won" for identifier in cell.opportunities)


def known_solutions(plan: Plan) -> dict[str, set[str]]:
    """By unit, the ids of the solutions of which the plan says what the unit has, or that there is an opportunity."""
    known = {unit: set(row) for unit, row in plan.white_space.items()}
    for unit, solution in opportunities_over(plan):
        known.setdefault(unit, set()).add(solution)
    return known


def _wallet(cells: Iterable[model.Cell]) -> Wallet:
    ours = known = Decimal(0)
    unknown = 0
    with localcontext(_EXACT):
        for cell in cells:
            if cell.spend is None:
                unknown += cell.status in ("ours", "competitor", "in_house")
            else:
                known += cell.spend
                ours += cell.spend if cell.status == "ours" else 0
        return Wallet(ours, known, (ours / known).quantize(_SHARE) if known else None, unknown)
