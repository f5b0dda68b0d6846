"""Rankings with other weights and with the unknown filled in, many times over, and what became of each opportunity.

The answer is the same on every machine, with numpy and without: the same random numbers in the same order, and the same sums.
"""

from __future__ import annotations

from importlib import import_module
from random import Random
from typing import TYPE_CHECKING

from acctplan.analysis.ranking.draws import base, plain
from acctplan.analysis.ranking.draws.base import Question, Readings, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["WORTH_NUMPY", "Readings", "Tally", "tally"]

WORTH_NUMPY = 12
"""With fewer opportunities than this, importing numpy takes longer than it saves."""


def tally(rows: Readings, shares: Sequence[float], *, concentration: float, first: int, draws: int, seed: int) -> list[Tally]:
    """What happened to each opportunity in so many draws.

    Args:
        rows: the readings of each opportunity, at least one, 0 to 1, in the order of the ranking, which breaks ties.
        shares: what the factors count for, adding up to 1, each above 0.
        concentration: how close the drawn weights stay to the shares.
        first: how many are "the first so many".
        draws: how many.
        seed: the same one gives the same answer.
    """
    random = Random(seed)  # noqa: S311  nothing is kept secret with it
    return _way(len(rows))(random, Question(rows, base.weights(random, shares, concentration, draws), first))


def _way(rows: int) -> Callable[[Random, Question], list[Tally]]:
    """With numpy where it pays and is installed."""
    if rows < WORTH_NUMPY:
        return plain.tally
    try:
        found: Callable[[Random, Question], list[Tally]] = import_module("acctplan.analysis.ranking.draws.vectors").tally
    except ImportError:
        return plain.tally
    return found
