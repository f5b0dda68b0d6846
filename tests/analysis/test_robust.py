"""How far the order holds: the draws, with numpy and without, and what is made of them."""

from __future__ import annotations

import ast
import sys
from random import Random
from statistics import mean, quantiles
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acctplan import loader
from acctplan.analysis.ranking import draws, rank
from acctplan.analysis.ranking.draws import Tally, base, plain, vectors
from acctplan.analysis.ranking.draws.base import Question
from acctplan.analysis.ranking.robust import CONCENTRATION, FIRST, Call, Robustness, robustness
from acctplan.analysis.ranking.topsis import topsis
from acctplan.config import parse
from matrices import Matrix, matrices, scores
from paths import ROOT

if TYPE_CHECKING:
    from acctplan.analysis.ranking import Score

COUNT = 2_000
NEAR = 0.05
"""More than four standard deviations of a share of 2,000 draws."""


def robust(rows: Matrix, weights: list[float], **options: Any) -> Robustness:
    return robustness(scores(rows, weights), **{"count": COUNT, **options})


def both_ways(rows: Matrix, shares: list[float], first: int, seed: int) -> list[list[Tally]]:
    answers = []
    for way in (plain, vectors):
        random = Random(seed)
        answers.append(way.tally(random, Question(rows, base.weights(random, shares, CONCENTRATION, 300), first)))
    return answers


@settings(max_examples=60)
@given(matrices(), st.integers(1, 6), st.integers(0, 2**40), st.sampled_from([1, 500, 10**6]))
def test_numpy_and_plain_python_draw_the_same(made: tuple[Matrix, list[float]], first: int, seed: int, cells: int):
    rows, weights = made
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(base, "CELLS", cells)
        without, with_numpy = both_ways(rows, [weight / sum(weights) for weight in weights], first, seed)
    assert with_numpy == without


def sample_book() -> list[Score]:
    config = parse((ROOT / "acctplan.toml").read_text("utf-8"), "acctplan.toml")
    paths = sorted((ROOT / "plans").glob("*.yaml"))
    loaded = [loader.load(path.read_text("utf-8"), path.stem, config) for path in paths]
    return rank([(one.path, one.plan) for one in loaded if one.plan], config)


def test_the_sample_book_reads_the_same_with_numpy_and_without(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(draws, "WORTH_NUMPY", 0)
    with_numpy = robustness(sample_book())
    monkeypatch.delitem(sys.modules, "acctplan.analysis.ranking.draws.vectors")
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert robustness(sample_book()) == with_numpy


def test_only_one_module_knows_numpy():
    names = {}
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [getattr(node, "module", None) or ""]
            if any(module.split(".")[0] == "numpy" for module in modules):
                names[path.name] = path
    assert list(names) == ["vectors.py"]


@pytest.mark.parametrize("worth_numpy", [0, 100], ids=["numpy", "plain"])
def test_the_same_answer_on_every_machine(monkeypatch: pytest.MonkeyPatch, worth_numpy: int):
    monkeypatch.setattr(draws, "WORTH_NUMPY", worth_numpy)
    rows: Matrix = [[0.8, 0.4, None], [0.5, None, 0.7], [None, None, 0.2], [0.1, 0.2, 0.3]]
    assert draws.tally(rows, [0.5, 0.3, 0.2], concentration=45, first=2, draws=1000, seed=1) == [
        Tally(first=638, within=936, low=1, high=3, ahead=0),
        Tally(first=218, within=733, low=1, high=3, ahead=248),
        Tally(first=144, within=331, low=1, high=4, ahead=297),
        Tally(first=0, within=0, low=3, high=4, ahead=74),
    ]


@pytest.mark.parametrize(("count", "low", "high"), [(1, 0, 0), (20, 0, 18), (100, 4, 94), (10_000, 499, 9_499)])
def test_one_draw_of_twenty_is_left_out_at_either_end(count: int, low: int, high: int):
    assert Question([], [[1.0] * count], 1).extremes == (low, high)


def test_one_draw_of_one_opportunity():
    (only,) = draws.tally([[0.5]], [1.0], concentration=45, first=1, draws=1, seed=1)
    assert only == Tally(1, 1, 1, 1, 0)


@pytest.mark.parametrize(
    ("share", "low", "high"), [(0.2, 0.10, 0.33), (0.1, 0.03, 0.20), (0.5, 0.355, 0.645)], ids=["20 of 100", "10 of 100", "50 of 100"]
)
def test_weights_vary_around_those_that_were_chosen(share: float, low: float, high: float):
    drawn = base.weights(Random(1), [share, 1 - share], CONCENTRATION, 10_000)
    shares = [mine / (mine + rest) for mine, rest in zip(*drawn, strict=True)]
    assert mean(shares) == pytest.approx(share, abs=0.003)
    points = quantiles(shares, n=40)
    assert (points[0], points[-1]) == pytest.approx((low, high), abs=0.012)


@pytest.mark.parametrize("share", [1e-9, 1e-300, 5e-324])
def test_a_weight_of_next_to_nothing_stays_next_to_nothing(share: float):
    small, rest = base.weights(Random(1), [share, 1.0], CONCENTRATION, 200)
    assert all(0 <= mine < 0.01 < other for mine, other in zip(small, rest, strict=True))


@pytest.mark.parametrize(("sure", "ahead"), [(0.2, 0.8), (0.5, 0.5), (0.9, 0.1)])
def test_what_is_unknown_is_drawn_evenly(sure: float, ahead: float):
    upper, lower = robust([[sure], [None]], [1]).standings
    assert (upper.first, lower.first) == pytest.approx((1 - ahead, ahead), abs=NEAR)
    assert lower.ahead == lower.first


def test_what_is_better_in_everything_always_comes_first():
    found = robust([[0.9, 0.8], [0.5, 0.8], [0.1, 0.1]], [1, 1], first=2)
    assert [(one.first, one.within, one.low, one.high) for one in found.standings] == [(1, 1, 1, 1), (0, 1, 2, 2), (0, 0, 3, 3)]
    assert found.unsure == ()
    assert found.cut is None


def test_what_weighs_nothing_is_not_drawn():
    rows: Matrix = [[0.9, None, None], [0.5, 1.0, None]]
    found = robust(rows, [1, 0, 0])
    assert found == robust([[0.9], [0.5]], [1])
    assert found.standings[0].first == 1


@settings(max_examples=20)
@given(matrices(), st.integers(1, 8))
def test_somebody_comes_first_in_every_draw(made: tuple[Matrix, list[float]], first: int):
    found = robust(*made, first=first, count=200)
    assert sum(one.first for one in found.standings) == pytest.approx(1)
    assert sum(one.within for one in found.standings) == pytest.approx(min(first, len(made[0])))
    assert all(one.first <= one.within and 1 <= one.low <= one.high <= len(made[0]) for one in found.standings)


@pytest.mark.parametrize(
    ("upper", "lower", "call"),
    [
        ([0.9, 0.9], [0.1, 0.1], None),
        ([0.8, 0.2], [0.2, 0.79], Call.CLOSE),
        ([0.5, 0.5], [0.5, 0.5], Call.LEVEL),
        ([0.0, 0.0], [0.0, 0.0], Call.LEVEL),
        ([None, None], [None, None], Call.CLOSE),
        ([0.2, 0.2], [None, None], Call.REVERSED),
        ([0.6, 0.6], [0.55, None], None),
    ],
)
def test_neighbours_whose_order_is_not_sure(upper: list[float | None], lower: list[float | None], call: Call | None):
    found = robust([upper, lower], [1, 1], first=1)
    assert [(pair.upper, pair.call) for pair in found.unsure] == ([] if call is None else [(0, call)])
    assert found.cut == (found.unsure[0] if call else None)
    if call is Call.LEVEL:
        assert [(one.first, one.ahead) for one in found.standings] == [(1, 0), (0, 0)]


def test_the_cut_is_after_the_first_so_many():
    rows: Matrix = [[0.9], [0.9], [0.5], [0.2], [None]]
    assert [robust(rows, [1], first=first).cut is None for first in (1, 2, 3, 4, 5)] == [False, True, True, False, True]


def test_all_unknown_is_anybodys_game():
    found = robust([[None, None]] * 4, [2, 1], first=1)
    assert [one.first for one in found.standings] == pytest.approx([0.25] * 4, abs=NEAR)
    assert {(one.low, one.high, one.place, one.closeness) for one in found.standings} == {(1, 4, 1, 0)}
    assert [pair.call for pair in found.unsure] == [Call.CLOSE] * 3


def test_none_and_one():
    assert robustness([]) == Robustness(0, (), ())
    found = robust([[None]], [1])
    (only,) = found.standings
    assert (found.first, only.first, only.within, only.low, only.high, only.place) == (1, 1, 1, 1, 1, 1)


def test_the_first_five_where_nobody_says():
    assert robust([[number / 10] for number in range(8)], [1]).first == FIRST == 5


def test_the_second_opinion_ranks_by_closeness():
    one_bad_reading, even, weak = [0.9, 0.9, 0.0], [0.59, 0.59, 0.59], [0.1, 0.1, None]
    found = robust([one_bad_reading, even, weak, weak], [1, 1, 1])
    assert [(one.place, round(one.closeness, 3)) for one in found.standings] == [(2, 0.558), (1, 0.59), (3, 0.08), (3, 0.08)]


@pytest.mark.parametrize(
    ("values", "weights", "closeness"),
    [([1, 1], [1, 3], 1), ([0, 0], [1, 3], 0), ([1, 0], [1, 1], 0.5), ([1, 0], [3, 1], 0.75), ([0.5, 0.5], [1e-300, 1e-300], 0.5)],
)
def test_closeness_worked_out_by_hand(values: list[float], weights: list[float], closeness: float):
    assert topsis(values, weights) == pytest.approx(closeness)


@given(matrices(known=True), st.data())
def test_what_comes_and_goes_never_reorders_the_second_opinion(made: tuple[Matrix, list[float]], data: st.DataObject):
    rows, weights = made
    gone = f"o{data.draw(st.integers(0, len(rows) - 1))}"
    everybody = scores(rows, weights)
    rest = [score for score in everybody if score.id != gone]
    places = {score.id: one.closeness for score, one in zip(everybody, robustness(everybody, count=1).standings, strict=True)}
    assert {score.id: one.closeness for score, one in zip(rest, robustness(rest, count=1).standings, strict=True)} == {
        name: place for name, place in places.items() if name != gone
    }
