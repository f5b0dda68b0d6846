"""What is drawn, and what is counted."""

from __future__ import annotations

from math import ceil, exp, log, sqrt
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

Readings: TypeAlias = "Sequence[Sequence[float | None]]"
"""One row for each opportunity, in the order of the ranking; a reading for each factor, None where it is unknown."""

CELLS = 4_000_000
"""How many scores are worked on at a time: 32 MB. A part of the answer: other blocks would use the random numbers in another order."""

LOW, HIGH = 0.05, 0.95
"""The ranks that are given leave out one draw of twenty at either end."""


class Tally(NamedTuple):
    """In how many draws what happened to an opportunity."""

    first: int
    """It came first."""
    within: int
    """It was among the first so many."""
    low: int
    """The rank, from 1, that it reached or bettered in one draw of twenty."""
    high: int
    """The rank, from 1, that it kept or bettered in nineteen draws of twenty."""
    ahead: int
    """It was ahead of the one that the ranking has before it; 0 for the first."""


class Question(NamedTuple):
    """What a draw is asked."""

    rows: Readings
    weights: Sequence[Sequence[float]]
    """For each factor, its weight in each draw. They need not add up to anything: a draw's scores are only compared with each other."""
    first: int
    """How many are "the first so many"."""

    @property
    def draws(self) -> int:
        """How many there are."""
        return len(self.weights[0])

    @property
    def block(self) -> int:
        """How many draws are worked on at a time."""
        return max(1, CELLS // len(self.rows))

    @property
    def extremes(self) -> tuple[int, int]:
        """Where, among the ranks of an opportunity from best to worst, those stand that are given, from 0."""
        return ceil(LOW * self.draws) - 1, ceil(HIGH * self.draws) - 1


def weights(random: Random, shares: Sequence[float], concentration: float, draws: int) -> list[list[float]]:
    """For each factor, a weight for each draw. Divided by their sum, those of a draw come from a Dirichlet distribution.

    Args:
        random: where the random numbers come from.
        shares: what the factors count for, adding up to 1, each above 0. They are the means.
        concentration: how close to them the weights stay.
        draws: how many.
    """
    return [_gammas(random, concentration * share, draws) for share in shares]


def _gammas(random: Random, shape: float, count: int) -> list[float]:
    """Numbers from a gamma distribution with scale 1.

    The library's own `gammavariate` may change from one Python to the next; `random()` never does.
    """
    uniform = random.random
    if shape < 1:
        return [larger * uniform() ** (1 / shape) for larger in _gammas(random, shape + 1, count)]
    # R. C. H. Cheng, "The generation of gamma variables with non-integral shape parameter", 1977.
    steepness = sqrt(2 * shape - 1)
    constant, slope = shape - log(4), shape + steepness
    squeeze = 1 + log(4.5)
    found: list[float] = []
    while len(found) < count:
        one = uniform() or 0.5  # nought, one draw of 9 · 10¹⁵, has no logarithm
        size = one * one * (1 - uniform())
        exponent = log(one / (1 - one)) / steepness
        number = shape * exp(exponent)
        room = constant + slope * exponent - number
        if room + squeeze >= 4.5 * size or room >= log(size):
            found.append(number)
    return found
