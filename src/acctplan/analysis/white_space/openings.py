"""White space, the best first: which cells that nobody of us is after are worth going after, and why.

Each opening is scored from 0 to 100 on five terms. Half of the points are for a target unit, so that target units come first whatever
else is true; the other half says which of them is easiest and worth most:

    target     50   we want to sell to this unit
    spend      20   what the customer spends here in a year x the assumed margin, on the ranking's scale of values
    timing     10   the contract in the way ends soon: limit ÷ days left, at most 1; half where there is no contract
    foothold   10   half for something of ours in the same unit, half for this solution of ours elsewhere in the account
    support    10   key players of the unit who support us ÷ its key players; where it has none, those of the nearest unit above it
                    that has some, else those who belong to no unit

What is unknown gives no points and raises the ceiling. Each term looks at its own plan alone, on scales that do not depend on other
cells, so scores compare across a book.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.amounts import currency_of, money
from acctplan.analysis.factors import on_scale
from acctplan.analysis.factors.base import Reading, percent
from acctplan.analysis.ranking import Term
from acctplan.analysis.relationships import called, key_players
from acctplan.analysis.white_space import is_ours, white_space

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from acctplan import model
    from acctplan.analysis.white_space import Cell, WhiteSpace
    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan

WEIGHTS: Mapping[str, float] = {"target": 50, "spend": 20, "timing": 10, "foothold": 10, "support": 10}
"""Points of a full reading, by term: 100 in all."""
_DIGITS = 9
"""Floats that should be equal differ in their last digits."""
_NAMED = 3
"""How many names a reason gives."""
_NO_CONTRACT = 0.5
"""What `timing` is worth where no contract is in the way: they can buy any day, and no day presses them."""


class Opening(NamedTuple):
    """A cell of white space, and how good it is."""

    cell: Cell
    score: float
    """0 to 100, unknown counted as 0."""
    ceiling: float
    """0 to 100, unknown counted as 1: never below the score."""
    terms: tuple[Term, ...]
    """In the order of `WEIGHTS`."""
    spend: Decimal | None
    """What the customer spends there in a year, in the book's currency."""
    tried: tuple[str, ...]
    """Ids of the opportunities over it that were lost or dropped."""


def openings(plan: Plan, config: Config, today: date) -> tuple[Opening, ...]:
    """The white space of a plan, the best first: by score, then target units, then ceiling, then spend, then as in the plan.

    Args:
        plan: with units and cells.
        config: names solutions, rates, the scale of values, the assumed margin and how soon is soon.
        today: for contracts.

    Raises:
        UserError: the configuration has no rate for the plan's currency.
    """
    space = white_space(plan, config)
    account = _Account(plan, config, today, space)
    return tuple(sorted((account.opening(cell) for cell in space.untapped), key=order))


def order(opening: Opening) -> tuple[float, bool, float, bool, Decimal | int]:
    """What openings are sorted by, the best first."""
    wanted = opening.terms[0].value == 1
    return (-opening.score, not wanted, -opening.ceiling, opening.spend is None, 0 if opening.spend is None else -opening.spend)


def ends_soon(entry: model.Cell | None, config: Config, today: date) -> bool:
    """Whether a contract has ended, or ends within `limits.contract_days`."""
    return entry is not None and entry.contract_ends is not None and (entry.contract_ends - today).days <= config.limits.contract_days


@dataclass(frozen=True)
class _Account:
    """A plan, with what several of its cells ask for."""

    plan: Plan
    config: Config
    today: date
    space: WhiteSpace

    def opening(self, cell: Cell) -> Opening:
        entry = cell.entry
        assert entry is not None  # white space is what the plan says is open or a competitor's
        readings = (self._target(cell), self._spend(cell, entry), self._timing(cell, entry), self._foothold(cell), self._support(cell))
        terms = tuple(
            Term(name, weight, weight, value, 0.0 if value is None else round(value * weight, _DIGITS), reason, pointer)
            for (name, weight), (value, reason, pointer) in zip(WEIGHTS.items(), readings, strict=True)
        )
        return Opening(
            cell=cell,
            score=round(fsum(term.points for term in terms), _DIGITS),
            ceiling=round(fsum(term.out_of if term.value is None else term.points for term in terms), _DIGITS),
            terms=terms,
            spend=None if entry.spend is None else entry.spend * self.config.rate(self._currency),
            tried=tuple(self._tried.get((cell.unit, cell.solution), ())),
        )

    def _target(self, cell: Cell) -> Reading:
        target = self.plan.units[cell.unit].target
        if target is None:
            return Reading(None, "nothing says if this is a target unit", ("units", cell.unit))
        pointer: Pointer = ("units", cell.unit, "target")
        return Reading(1.0, "target unit", pointer) if target else Reading(0.0, "not a unit that we want to sell to", pointer)

    def _spend(self, cell: Cell, entry: model.Cell) -> Reading:
        place: Pointer = ("white_space", cell.unit, cell.solution)
        holder = "" if entry.competitor is None else f" with {self.plan.competitors[entry.competitor].name}"
        if entry.spend is None:
            return Reading(None, f"spend{holder} unknown", place)
        if not entry.spend:
            return Reading(0.0, "nothing spent on it today", (*place, "spend"))
        margin = self.config.ranking.assumed_margin
        rate = self.config.rate(self._currency)
        in_book = "" if self._currency == self.config.currency else f" (about {entry.spend * rate:,.0f} {self.config.currency})"
        reason = f"{money(entry.spend, self._currency)}{in_book} a year{holder}, at an assumed margin of {percent(margin)}"
        return Reading(on_scale(entry.spend * margin * rate, self.config.ranking.value_scale), reason, (*place, "spend"))

    def _timing(self, cell: Cell, entry: model.Cell) -> Reading:
        place: Pointer = ("white_space", cell.unit, cell.solution)
        ends = entry.contract_ends
        if ends is None:
            return (
                Reading(_NO_CONTRACT, "no contract in the way", place)
                if entry.status == "open"
                else Reading(None, "contract end unknown", place)
            )
        left = (ends - self.today).days
        if left <= 0:
            return Reading(1.0, f"contract {'ends today' if left == 0 else f'ended on {ends}'}", (*place, "contract_ends"))
        reading = min(1.0, self.config.limits.contract_days / left)
        return Reading(reading, f"contract ends {ends}, in {left} day{'s' * (left > 1)}", (*place, "contract_ends"))

    def _foothold(self, cell: Cell) -> Reading:
        units = self.plan.units
        here = [self.space.solutions[solution] for unit, solution in self._ours if unit == cell.unit]
        elsewhere = [units[unit].name for unit, solution in self._ours if solution == cell.solution]
        found = [f"{words} {_some(names)}" for words, names in (("ours here:", here), ("they have it from us at", elsewhere)) if names]
        reason = "; ".join(found) or "nothing of ours here, and this nowhere in the account"
        return Reading((bool(here) + bool(elsewhere)) / 2, reason, ("white_space", cell.unit))

    def _support(self, cell: Cell) -> Reading:
        unit: str | None = cell.unit
        while unit is not None and unit not in self._players:
            unit = self.plan.units[unit].parent
        if unit not in self._players:
            return Reading(None, "no key player named", ("units", cell.unit))
        place = "" if unit == cell.unit else " of the account" if unit is None else f" of {self.plan.units[unit].name}"
        players = self._players[unit]
        stances = {player: self.plan.contacts[player].stance for player in players}
        pro = [called(self.plan, player) for player in players if stances[player] == "supportive"]
        unsure = [called(self.plan, player) for player in players if stances[player] is None]
        if not pro and unsure:
            return Reading(None, f"where {_some(unsure)}{place} stand{'s' * (len(unsure) == 1)} is unknown", ("contacts", players[0]))
        if len(pro) == len(players) == 1:
            reason = f"{pro[0]}{place} supports us"
        else:
            reason = f"{len(pro)} of {len(players)} key players{place} support us{': ' if pro else ''}{_some(pro)}"
        return Reading(len(pro) / len(players), reason, ("contacts", players[0], "stance"))

    @cached_property
    def _currency(self) -> str:
        return currency_of(self.plan, self.config)

    @cached_property
    def _ours(self) -> list[tuple[str, str]]:
        return [place for place, cell in self.space.cells.items() if is_ours(self.plan, cell)]

    @cached_property
    def _players(self) -> Mapping[str | None, list[str]]:
        """The ids of key players by unit; None: those who belong to no unit, but to the account as a whole."""
        found: defaultdict[str | None, list[str]] = defaultdict(list)
        for identifier, contact in key_players(self.plan):
            found[contact.unit].append(identifier)
        return dict(found)

    @cached_property
    def _tried(self) -> Mapping[tuple[str, str], list[str]]:
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for identifier, opportunity in self.plan.opportunities.items():
            if opportunity.unit and opportunity.solution and opportunity.status in ("lost", "dropped"):
                found[opportunity.unit, opportunity.solution].append(identifier)
        return found


def _some(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    more = [f"{len(names) - _NAMED} more"] if len(names) > _NAMED else []
    return ", ".join([*names[:_NAMED], *more])
