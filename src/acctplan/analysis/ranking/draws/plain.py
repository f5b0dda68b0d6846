"""The draws in plain Python."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from operator import lt
from typing import TYPE_CHECKING

from acctplan.analysis.ranking.draws.base import Question, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

_SHORT = 65_535
"""What fits into two bytes."""


def tally(random: Random, question: Question) -> list[Tally]:
    """What happened to each opportunity in all draws."""
    rows = range(len(question.rows))
    kind = "H" if len(rows) <= _SHORT else "L"
    ranks = [array(kind) for _ in rows]
    for column in _columns(random, question):
        # A stable sort: equal scores stay in the order of the ranking, also from the largest down.
        for rank, row in enumerate(sorted(rows, key=column.__getitem__, reverse=True)):
            ranks[row].append(rank)
    tallies = []
    low, high = question.extremes
    for number, mine in enumerate(ranks):
        ordered = sorted(mine)
        ahead = sum(map(lt, mine, ranks[number - 1])) if number else 0
        tallies.append(Tally(bisect_left(ordered, 1), bisect_left(ordered, question.first), ordered[low] + 1, ordered[high] + 1, ahead))
    return tallies


def _columns(random: Random, question: Question) -> Iterator[Sequence[float]]:
    """The scores of all opportunities, draw by draw."""
    for start in range(0, question.draws, question.block):
        weights = [drawn[start : start + question.block] for drawn in question.weights]
        yield from zip(*(_scores(random, row, weights) for row in question.rows), strict=True)


def _scores(random: Random, readings: Sequence[float | None], weights: Sequence[Sequence[float]]) -> list[float]:
    """The scores of one opportunity in the draws of a block."""
    uniform = random.random
    scores = [0.0] * len(weights[0])
    for reading, drawn in zip(readings, weights, strict=True):
        if reading is None:
            scores = [score + weight * uniform() for score, weight in zip(scores, drawn, strict=True)]
        elif reading:
            scores = [score + weight * reading for score, weight in zip(scores, drawn, strict=True)]
    return scores
