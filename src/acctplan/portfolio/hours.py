"""Where an hour with the people of an account would move most money."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.factors import Account, contribution
from acctplan.analysis.revenue import EXACT
from acctplan.analysis.what_would import steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.analysis.ranking import Score
    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan

_CENT = Decimal("0.01")


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
    for (_, identifier), found in steps([(name, plan)], config, scores=ranked).items():
        if found:
            step, brings = found[0], contribution(account, identifier)
            opportunity = plan.opportunities[identifier].name
            pointer = step.changes[0].pointer
            best.append(Move(identifier, opportunity, step.words, pointer, step.gain, None if brings is None else brings.amount))
    return Hour(tuple(sorted(best, key=_order)))


def _order(move: Move) -> tuple[bool, Decimal | int, float, str]:
    moves = move.moves
    return moves is None, 0 if moves is None else -moves, -move.gain, move.id
