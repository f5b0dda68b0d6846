"""The same draws as in `plain`, number by number, with numpy: the only module that imports it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from acctplan.analysis.ranking.draws.base import Question, Tally

if TYPE_CHECKING:
    from random import Random

    from numpy.typing import NDArray

    Ranks = NDArray[np.unsignedinteger[Any]]


def tally(random: Random, question: Question) -> list[Tally]:
    """What happened to each opportunity in all draws."""
    count = len(question.rows)
    state = _continued(random)
    weights = np.array(question.weights)
    places: Ranks = np.arange(count, dtype=np.uint16 if count <= np.iinfo(np.uint16).max else np.uint32)
    ranks: Ranks = np.empty((count, question.draws), places.dtype)
    for start in range(0, question.draws, question.block):
        block = slice(start, start + question.block)
        columns = np.ascontiguousarray(_scores(state, question, weights[:, block]).T)
        order = np.argsort(np.negative(columns, out=columns), axis=1, kind="stable")
        placed = np.empty(order.shape, places.dtype)
        np.put_along_axis(placed, order, places[np.newaxis], axis=1)
        ranks[:, block] = placed.T
    first = np.count_nonzero(ranks == 0, axis=1)
    within = np.count_nonzero(ranks < question.first, axis=1)
    ahead = [0, *np.count_nonzero(ranks[1:] < ranks[:-1], axis=1).tolist()]
    ranks.partition(question.extremes, axis=1)
    low, high = ((ranks[:, place].astype(np.int64) + 1).tolist() for place in question.extremes)
    return list(map(Tally, first.tolist(), within.tolist(), low, high, ahead))


def _continued(random: Random) -> np.random.RandomState:
    """Where the next random numbers come from: both are the Mersenne Twister, and make the same doubles of it."""
    _, state, _ = random.getstate()
    continued = np.random.RandomState(0)
    continued.set_state({"bit_generator": "MT19937", "state": {"key": np.array(state[:-1], dtype=np.uint32), "pos": state[-1]}})
    return continued


def _scores(state: np.random.RandomState, question: Question, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The scores of each opportunity in the draws of a block: added up in the order in which `plain` adds."""
    scores = np.zeros((len(question.rows), weights.shape[1]))
    for number, readings in enumerate(question.rows):
        score = scores[number]
        for reading, drawn in zip(readings, weights, strict=True):
            if reading is None:
                score += drawn * state.random_sample(len(drawn))
            elif reading:
                score += drawn * reading
    return scores
