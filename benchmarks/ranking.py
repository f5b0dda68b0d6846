"""Ranking beside the weighted sum of scikit-criteria, within one process. `run.py` starts it with the interpreter that has both installed.

    python benchmarks/ranking.py BOOK ROUNDS

prints seconds by contestant and round, in JSON. The contestants of a size are called `rank 1000`, `sum 1000` and `peer 1000`.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from itertools import chain, repeat
from math import isclose
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING, Any

import skcriteria
from skcriteria.agg.simple import WeightedSumModel
from timing import interleaved

from acctplan import loader
from acctplan.analysis.ranking import rank
from acctplan.book import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acctplan.model import Plan

SIZES = (1_000, 10_000, 100_000)
"""How many opportunities are ranked."""
PLANS = 200
"""As many are read, and ranked again and again under other names until there are enough opportunities."""
SLOW = 100_000
"""From this size on a round takes seconds, and a few rounds have to do."""


def contestants(folder: Path, size: int) -> dict[str, Callable[[], float]]:
    """From plans to scores with reasons; from readings to scores, in plain Python and by scikit-criteria."""
    book = find(folder)
    plans = list(_plans([loader.load(book.read(path), path.stem, book.config).plan for path in book.plans()[:PLANS]], size))
    scores = rank(plans, book.config)
    readings = [[term.value or 0.0 for term in score.terms] for score in scores]
    shares = [term.out_of / 100 for term in scores[0].terms]
    for score, ours, theirs in zip(scores, _sums(readings, shares), _peer(readings, shares).e_.score, strict=True):
        assert isclose(score.score, 100 * ours, abs_tol=1e-6), "the sum here is not the score"
        assert isclose(ours, theirs, abs_tol=1e-8), "not the same question to both"
    del scores

    def in_order() -> list[int]:
        sums = _sums(readings, shares)
        return sorted(range(len(sums)), key=sums.__getitem__, reverse=True)

    return {
        f"rank {size}": _timed(lambda: rank(plans, book.config)),
        f"sum {size}": _timed(in_order),
        f"peer {size}": _timed(lambda: _peer(readings, shares).rank_),
    }


def _plans(plans: list[Plan | None], size: int) -> Iterator[tuple[str, Plan]]:
    """Plans, each under a name of its own, with that many live opportunities or a few more."""
    there = 0
    for number, plan in enumerate(chain.from_iterable(repeat(plans))):
        assert plan is not None
        yield f"plan-{number}", plan
        there += sum(opportunity.is_live for opportunity in plan.opportunities.values())
        if there >= size:
            return


def _sums(readings: list[list[float]], shares: list[float]) -> list[float]:
    return [sum(map(mul, shares, row)) for row in readings]


def _peer(readings: list[list[float]], shares: list[float]) -> Any:
    return WeightedSumModel().evaluate(skcriteria.mkdm(readings, [max] * len(shares), weights=shares))


def _timed(function: Callable[[], object]) -> Callable[[], float]:
    """Measures seconds."""

    def measure() -> float:
        gc.collect()
        started = time.perf_counter()
        function()
        return time.perf_counter() - started

    return measure


def main() -> None:
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    seconds: dict[str, list[float]] = {}
    for size in SIZES:
        measured = contestants(folder, size)
        gc.freeze()  # as in a program that has just read the plans
        seconds |= interleaved(measured, max(1, rounds // 3) if size >= SLOW else rounds)
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
