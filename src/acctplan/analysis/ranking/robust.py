"""How far the order of a ranking hangs on the weights and on what is unknown.

Both are drawn many times over (stochastic multicriteria acceptability analysis): weights from a Dirichlet distribution around the chosen
ones, so that what weighs nothing goes on weighing nothing; unknown readings evenly from 0 to 1. Each draw makes a ranking of its own.
Counted is how often an opportunity comes first, how often it is among the first so many, and on which ranks it lands.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.ranking import draws
from acctplan.analysis.ranking.topsis import topsis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.analysis.ranking import Score

DRAWS = 10_000
"""A share of all draws is then right to within one point of a hundred, in nineteen of twenty seeds."""
SEED = 1
CONCENTRATION = 45
"""How close the weights stay to the chosen ones: 20 of 100 lies between 9.8 and 32.7 in nineteen draws of twenty, 10 between 3.3 and 20."""
FIRST = 5
"""How many are "the first so many" where nobody says."""
CLOSE = 0.4
"""Two neighbours are too close to call where each is ahead in at least this share of the draws."""
_DIGITS = 9
"""Closeness that should be equal differs in its last digits. Cut off there, it is equal."""


class Standing(NamedTuple):
    """What the draws and the second opinion say about one opportunity."""

    first: float
    """The share of draws in which it comes first."""
    within: float
    """The share of draws in which it is among the first so many."""
    low: int
    """The best rank that it has, but for one draw of twenty."""
    high: int
    """The worst rank that it has, but for one draw of twenty."""
    ahead: float
    """The share of draws in which it is ahead of the one that the ranking has before it; 0 for the first, and where both are level."""
    closeness: float
    """To the ideal opportunity, 0 to 1, what is unknown counted as 0: see `topsis`."""
    place: int
    """The rank by closeness, from 1. Equal ones share it: 1, 2, 2, 4."""


class Call(StrEnum):
    """What the draws say about two neighbours in the ranking whose order is not sure."""

    LEVEL = "level"
    """Nothing that counts tells them apart, in no draw: only the ranking's tie-breakers do."""
    CLOSE = "close"
    """Each is ahead in at least 40 % of the draws."""
    REVERSED = "reversed"
    """The lower one is ahead in more than 60 % of the draws, mostly because more of it is unknown, which a score counts as nothing."""


class Pair(NamedTuple):
    """Two neighbours in the ranking whose order is not sure."""

    upper: int
    """Where in the ranking the one stands, from 0; the other follows it."""
    call: Call


class Robustness(NamedTuple):
    """How far the order of a ranking holds."""

    first: int
    """How many are "the first so many"."""
    standings: tuple[Standing, ...]
    """In the order of the ranking."""
    unsure: tuple[Pair, ...]
    """The neighbours whose order is not sure, in the order of the ranking."""

    @property
    def cut(self) -> Pair | None:
        """The last of the first so many and the one that just missed it, where their order is not sure."""
        return next((pair for pair in self.unsure if pair.upper == self.first - 1), None)


def robustness(scores: Sequence[Score], first: int | None = None, *, count: int = DRAWS, seed: int = SEED) -> Robustness:
    """How far the order of a ranking holds.

    Args:
        scores: all that were ranked, in their order.
        first: how many are "the first so many"; None: `FIRST`. Of fewer opportunities all.
        count: how many draws.
        seed: the same one gives the same answer.
    """
    wanted = min(FIRST if first is None else first, len(scores))
    if not scores:
        return Robustness(wanted, (), ())
    counting = [number for number, term in enumerate(scores[0].terms) if term.out_of]
    points = [scores[0].terms[number].out_of for number in counting]
    rows = [tuple(score.terms[number].value for number in counting) for score in scores]
    shares = [point / 100 for point in points]
    tallies = draws.tally(rows, shares, concentration=CONCENTRATION, first=wanted, draws=count, seed=seed)
    near = [round(topsis([reading or 0.0 for reading in row], shares), _DIGITS) for row in rows]
    nearest_first = sorted(near, reverse=True)
    places = {closeness: place for place, closeness in reversed(list(enumerate(nearest_first, 1)))}
    return Robustness(
        wanted,
        tuple(
            Standing(tally.first / count, tally.within / count, tally.low, tally.high, tally.ahead / count, closeness, places[closeness])
            for tally, closeness in zip(tallies, near, strict=True)
        ),
        tuple(
            Pair(upper, call)
            for upper, ((one, other), tally) in enumerate(zip(pairwise(rows), tallies[1:], strict=True))
            if (call := _call(one, other, tally.ahead / count))
        ),
    )


def _call(upper: Sequence[float | None], lower: Sequence[float | None], lower_ahead: float) -> Call | None:
    if upper == lower and None not in upper:
        return Call.LEVEL
    if lower_ahead < CLOSE:
        return None
    return Call.CLOSE if lower_ahead <= 1 - CLOSE else Call.REVERSED
