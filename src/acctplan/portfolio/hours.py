"""Where an hour with the people of an account would move most money."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.factors import ALL, Account, contribution
from acctplan.analysis.overdue import due_close_dates, due_next_steps
from acctplan.analysis.ranking.what_would import steps
from acctplan.analysis.revenue import EXACT
from acctplan.rules.words import days, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from acctplan.analysis.ranking import Score
    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.loader import Loaded
    from acctplan.model import Plan
    from acctplan.portfolio.reasons import Ending

_CENT = Decimal("0.01")
_FACTORS = frozenset(factor.name for factor in ALL)


class Move(NamedTuple):
    """The step that would do most for one opportunity."""

    id: str
    name: str
    words: str
    """What to do."""
    pointer: Pointer
    gain: float
    """Points of its score that the step could add."""
    contribution: Decimal | None
    """What the opportunity would bring, value x margin, in the book's currency; None without a value."""

    @property
    def moves(self) -> Decimal | None:
        """Contribution x gain ÷ 100, to the cent: what hangs on the step. None where the contribution is not known."""
        if self.contribution is None:
            return None
        return EXACT.multiply(self.contribution, Decimal(repr(self.gain)).scaleb(-2)).quantize(_CENT, context=EXACT)


class Expiring(NamedTuple):
    """What cannot wait: a contract of ours that ends, or a renewal that is late."""

    words: str
    due: date
    """The day on which the contract ends, or on which the renewal should have closed or its next step was due."""
    amount: Decimal | None
    """The money in it, in the book's currency: what they pay in a year, or the value of the renewal. None where neither is known."""
    pointer: Pointer
    line: int


@dataclass(frozen=True, slots=True)
class Hour:
    """What an hour with the people of an account could move."""

    best: tuple[Move, ...]
    """The best step of each live opportunity that has one; where most money hangs on it first, those without a value last."""

    @property
    def amount(self) -> Decimal | None:
        """The money that hangs on the steps, in the book's currency; None where no value is known."""
        known = [move.moves for move in self.best if move.moves is not None]
        return reduce(EXACT.add, known) if known else None

    @property
    def unknown(self) -> int:
        """How many of the opportunities have no value, and so add nothing."""
        return sum(move.contribution is None for move in self.best)


def hour(name: str, plan: Plan, config: Config, ranked: Sequence[Score]) -> Hour:
    """What an hour could move in one account.

    Args:
        name: what the plan was ranked as.
        plan: the plan.
        config: what it was ranked by.
        ranked: what `ranking.rank` gave for this plan alone.
    """
    account = Account(plan, config)
    best = []
    for (_, identifier), every in steps([(name, plan)], config, scores=ranked).items():
        # The questions of scorecards that a book adds are for those who keep the card.
        if found := [step for step in every if step.factor in _FACTORS]:
            step, brings = found[0], contribution(account, identifier)
            opportunity = plan.opportunities[identifier].name
            pointer = step.changes[0].pointer
            best.append(Move(identifier, opportunity, step.words, pointer, step.gain, None if brings is None else brings.amount))
    return Hour(tuple(sorted(best, key=_order)))


def expiring(loaded: Loaded, plan: Plan, today: date, rate: Decimal, contracts: Sequence[Ending]) -> Iterator[Expiring]:
    """What cannot wait in one account, the earliest first.

    Args:
        loaded: the plan's file.
        plan: the plan that was read from it.
        today: the day it is.
        rate: what one unit of its currency is worth in the book's.
        contracts: those of ours that end and are not renewed yet.
    """
    found = []
    for contract in contracts:
        values = [plan.opportunities[key].value for key in contract.renewals]
        worth = contract.spend if contract.spend is not None else next((value for value in values if value is not None), None)
        found.append((contract.ends, contract.words, worth, contract.pointer))
    told = {key for contract in contracts for key in contract.renewals}
    for due in (*due_close_dates(plan), *due_next_steps(plan)):
        key = str(due.pointer[1])
        opportunity = plan.opportunities[key]
        if opportunity.kind == "renewal" and key not in told and due.due < today:
            told.add(key)
            what = f"{quoted(due.what)} should have closed" if due.kind == "close_date" else f"the next step of {quoted(due.what)} was due"
            found.append((due.due, f"{what} on {due.due}, {days(due.days_late(today))} ago", opportunity.value, due.pointer))
    for day, words, worth, pointer in sorted(found, key=lambda one: one[:2]):
        amount = None if worth is None else EXACT.multiply(worth, rate)
        yield Expiring(words, day, amount, pointer, loaded.locate(pointer)[0].line)


def _order(move: Move) -> tuple[bool, Decimal | int, float, str]:
    moves = move.moves
    return moves is None, 0 if moves is None else -moves, -move.gain, move.id
