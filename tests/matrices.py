"""Scores made of any readings, and readings for hypothesis to make: for tests that look at the numbers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from hypothesis import strategies as st

from acctplan.analysis import ranking
from acctplan.analysis.factors import Account, Factor
from acctplan.analysis.factors.base import Reading
from acctplan.config import Config
from acctplan.model import Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.analysis.ranking import Score

Matrix: TypeAlias = "list[list[float | None]]"
WEIGHTS = (0.01, 0.2, 0.5, 1.0)
"""In proportions in which the least of them is drawn from a distribution that falls from 0 on."""


def scores(rows: Matrix, weights: Sequence[float]) -> list[Score]:
    """The ranking of opportunities with these readings. Each is called by its number."""
    named = {f"o{number}": {"name": f"o{number}"} for number in range(len(rows))}
    account = Account(Plan.model_validate({"profile": {"name": "P"}, "opportunities": named}), Config())
    weighing = [(factor(rows, place), weight, 100 * weight / sum(weights)) for place, weight in enumerate(weights)]
    return sorted((ranking.score("p", account, name, weighing) for name in named), key=ranking.order)


def factor(rows: Matrix, place: int) -> Factor:
    def evaluate(_: Account, identifier: str) -> Reading:
        return Reading(rows[int(identifier[1:])][place], "made up", ("opportunities", identifier))

    return Factor(f"f{place}", "made up", evaluate)


@st.composite
def matrices(draw: st.DrawFn, *, known: bool = False) -> tuple[Matrix, list[float]]:
    """Readings of a few opportunities, some of them equal, and weights."""
    weights = draw(st.lists(st.sampled_from(WEIGHTS), min_size=2, max_size=4))
    reading = st.floats(0, 1, allow_subnormal=False) | st.sampled_from([0.0, 0.25, 1.0])
    row = st.lists(reading if known else reading | st.none(), min_size=len(weights), max_size=len(weights))
    return draw(st.lists(row, min_size=2, max_size=6)), weights
