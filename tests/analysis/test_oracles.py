"""The methods, against what others have written: pymcdm, and numpy's own distributions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from pymcdm import methods

from acctplan.analysis.ranking import draws
from acctplan.analysis.ranking.robust import CONCENTRATION
from acctplan.analysis.ranking.topsis import topsis
from matrices import Matrix, matrices, scores

DRAWS = 10_000
SAMPLING = 0.035
"""Five times the standard deviation that the difference of two shares of 10,000 draws each has at most."""


def as_it_is(values: np.ndarray, cost: bool) -> np.ndarray:
    """Instead of a scale that depends on the other rows."""
    return values


def normal(weights: list[float]) -> np.ndarray:
    return np.array(weights) / sum(weights)


@settings(max_examples=100)
@given(matrices(known=True))
def test_the_score_is_the_weighted_sum(made: tuple[Matrix, list[float]]):
    rows, weights = made
    expected = 100 * methods.WSM(as_it_is)(np.array(rows), normal(weights), np.ones(len(weights)), validation=False)
    found = {score.id: score.score for score in scores(rows, weights)}
    assert [found[f"o{number}"] for number in range(len(rows))] == pytest.approx(expected, abs=1e-8)


@settings(max_examples=100)
@given(matrices(known=True))
def test_topsis_is_topsis_with_the_ideal_and_the_worst_in_the_list(made: tuple[Matrix, list[float]]):
    rows, weights = made
    bounded = np.array([*rows, [1.0] * len(weights), [0.0] * len(weights)])
    expected = methods.TOPSIS(as_it_is)(bounded, normal(weights), np.ones(len(weights)), validation=False)
    assert [topsis(row, weights) for row in bounded.tolist()] == pytest.approx(expected, abs=1e-12)


def acceptability(rows: Matrix, weights: list[float], seed: int) -> np.ndarray:
    """The rank from 1 of each opportunity in each draw, worked out the short way: everything at once, by counting who is ahead of whom."""
    random = np.random.default_rng(seed)
    drawn = random.dirichlet(CONCENTRATION * normal(weights), DRAWS)
    readings = np.array([[np.nan if value is None else value for value in row] for row in rows])
    filled = np.where(np.isnan(readings), random.random((DRAWS, *readings.shape)), readings)
    totals = (filled * drawn[:, np.newaxis, :]).sum(axis=2)
    ahead = totals[:, np.newaxis, :] - totals[:, :, np.newaxis]  # [draw, mine, other]
    level = np.abs(ahead) < 1e-12
    earlier = np.tri(len(rows), k=-1, dtype=bool)
    return 1 + (np.where(level, earlier, ahead > 0)).sum(axis=2)


@settings(max_examples=25)
@given(matrices())
def test_the_draws_agree_with_draws_of_another_kind(made: tuple[Matrix, list[float]]):
    rows, weights = made
    first = (len(rows) + 1) // 2
    ranks = acceptability(rows, weights, seed=11)
    found = draws.tally(rows, normal(weights).tolist(), concentration=CONCENTRATION, first=first, draws=DRAWS, seed=1)
    close = {"abs": SAMPLING}
    assert [one.first / DRAWS for one in found] == pytest.approx((ranks == 1).mean(axis=0), **close)
    assert [one.within / DRAWS for one in found] == pytest.approx((ranks <= first).mean(axis=0), **close)
    assert [one.ahead / DRAWS for one in found[1:]] == pytest.approx((ranks[:, 1:] < ranks[:, :-1]).mean(axis=0), **close)
    for number, one in enumerate(found):
        mine = ranks[:, number]
        assert (mine < one.low).mean() - SAMPLING < 0.05 < (mine <= one.low).mean() + SAMPLING
        assert (mine < one.high).mean() - SAMPLING < 0.95 < (mine <= one.high).mean() + SAMPLING
