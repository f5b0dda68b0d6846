"""White space over several plans: by solution, who has it from us, who from others, and who could still buy it.

The book's solutions are shared by their id. A plan's own solution is the same as another plan's only where both id and name agree:
two plans may well use one short id for two different things.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.amounts import currency_of
from acctplan.analysis.white_space import Cell, is_ours, white_space
from acctplan.analysis.white_space.openings import Opening, ends_soon, openings, order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from acctplan.analysis.white_space import WhiteSpace
    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan

_EXACT = Context(prec=100)
WHOLE = ""
"""Stands for the unit where an opportunity names none, or a plan has no units: the account as a whole."""


class Solution(NamedTuple):
    """Something that is sold. Both id and name tell one from another."""

    id: str
    name: str


class Place(NamedTuple):
    """One unit of one account by one solution."""

    plan: str
    """What the plan was handed in as: its path or its name."""
    solution: Solution
    cell: Cell
    """Its unit is `WHOLE` where it stands for the account as a whole."""
    opening: Opening | None
    """How good it is, where it is white space."""
    spend: Decimal | None
    """In a year, in the book's currency."""
    ends_soon: bool
    """The contract has ended, or ends within the limit."""
    is_ours: bool
    """They have it from us."""
    is_pursued: bool
    """An opportunity over it is potential or open."""

    @property
    def is_unknown(self) -> bool:
        """Nothing is said about it, and no opportunity lies over it: a question to ask."""
        return self.cell.entry is None and not self.cell.opportunities

    @property
    def pointer(self) -> Pointer:
        """The cell in its plan; the nearest thing that exists where the plan says nothing."""
        if self.cell.entry is not None:
            return ("white_space", self.cell.unit, self.cell.solution)
        if self.cell.opportunities:
            return ("opportunities", self.cell.opportunities[0])
        return ("units", self.cell.unit) if self.cell.unit else ("profile",)


class Holding(NamedTuple):
    """Some of a solution's places, taken together."""

    places: tuple[Place, ...]
    spend: Decimal | None
    """In a year, in the book's currency, as far as known; None where no spend is known."""

    @property
    def accounts(self) -> tuple[str, ...]:
        """What the plans were handed in as, each once."""
        return tuple(dict.fromkeys(place.plan for place in self.places))


@dataclass(frozen=True, slots=True)
class SolutionRow:
    """A solution over the book. Its places are parted by status; `pursued` and `white` lie across."""

    solution: Solution
    places: tuple[Place, ...]
    ours: Holding
    """The plan says so, or says nothing and we won it."""
    competitor: Holding
    in_house: Holding
    open: Holding
    ruled_out: Holding
    """Blocked, or not needed."""
    pursued: Holding
    """With an opportunity that is potential or open, whoever has it now."""
    white: Holding
    """Open or a competitor's, and no opportunity over it."""
    unknown: Holding
    """Nothing said, and no opportunity: questions."""


@dataclass(frozen=True, slots=True)
class AccountSpace:
    """One plan of the book."""

    name: str
    """What the plan was handed in as."""
    plan: Plan
    currency: str
    space: WhiteSpace
    openings: tuple[Opening, ...]
    places: tuple[Place, ...]
    """By unit, then solution, as in the plan; what stands for the account as a whole comes last."""


@dataclass(frozen=True, slots=True)
class WhiteSpaceBook:
    """The white space of several plans."""

    accounts: tuple[AccountSpace, ...]
    solutions: tuple[SolutionRow, ...]
    """The book's in its order, then the plans' own."""
    best: tuple[Place, ...]
    """All white space, the best first: as in a plan, then by plan."""


def white_space_book(plans: Iterable[tuple[str, Plan]], config: Config, today: date) -> WhiteSpaceBook:
    """Put the white space of some plans together.

    Args:
        plans: each with what to call it, a different name for each.
        config: names the book's solutions, rates and limits.
        today: for contracts.

    Raises:
        UserError: the configuration has no rate for the currency of a plan with spend.
    """
    accounts = tuple(_account(name, plan, config, today) for name, plan in plans)
    by_solution: dict[Solution, list[Place]] = {Solution(key, entry.name): [] for key, entry in config.solutions.items()}
    for account in accounts:
        for place in account.places:
            by_solution.setdefault(place.solution, []).append(place)
    found = [(place.opening, place) for account in accounts for place in account.places if place.opening is not None]
    return WhiteSpaceBook(
        accounts=accounts,
        solutions=tuple(_row(solution, tuple(places)) for solution, places in by_solution.items()),
        best=tuple(place for _, place in sorted(found, key=lambda pair: (order(pair[0]), pair[1].plan))),
    )


def _account(name: str, plan: Plan, config: Config, today: date) -> AccountSpace:
    space, currency = white_space(plan, config), currency_of(plan, config)
    best = openings(plan, config, today)
    scored = {(opening.cell.unit, opening.cell.solution): opening for opening in best}

    def place(cell: Cell) -> Place:
        spend = None if cell.entry is None else cell.entry.spend
        return Place(
            plan=name,
            solution=Solution(cell.solution, space.solutions[cell.solution]),
            cell=cell,
            opening=scored.get((cell.unit, cell.solution)),
            spend=None if spend is None else spend * config.rate(currency),
            ends_soon=ends_soon(cell.entry, config, today),
            is_ours=is_ours(plan, cell),
            is_pursued=any(plan.opportunities[key].is_live for key in cell.opportunities),
        )

    return AccountSpace(name, plan, currency, space, best, tuple(map(place, _cells(plan, space))))


def _cells(plan: Plan, space: WhiteSpace) -> Iterator[Cell]:
    """Every cell, then one for the account as a whole where it has no units, or where an opportunity names none."""
    for unit in space.units:
        for solution in space.solutions:
            yield space.cell(unit, solution)
    for solution in space.solutions:
        over = tuple(
            key
            for key, opportunity in plan.opportunities.items()
            if opportunity.unit is None and opportunity.solution == solution and opportunity.status in ("potential", "open", "won")
        )
        if over or not space.units:
            yield Cell(WHOLE, solution, None, over)


def _row(solution: Solution, places: tuple[Place, ...]) -> SolutionRow:
    def holding(belongs: Callable[[Place], bool]) -> Holding:
        some = tuple(filter(belongs, places))
        known = [place.spend for place in some if place.spend is not None]
        with localcontext(_EXACT):
            return Holding(some, sum(known, Decimal(0)) if known else None)

    return SolutionRow(
        solution=solution,
        places=places,
        ours=holding(lambda place: place.is_ours),
        competitor=holding(lambda place: place.cell.status == "competitor"),
        in_house=holding(lambda place: place.cell.status == "in_house"),
        open=holding(lambda place: place.cell.status == "open"),
        ruled_out=holding(lambda place: place.cell.status in ("blocked", "not_needed")),
        pursued=holding(lambda place: place.is_pursued),
        white=holding(lambda place: place.opening is not None),
        unknown=holding(lambda place: place.is_unknown),
    )
