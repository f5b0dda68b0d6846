"""A book's settings: their shape, and the text of `acctplan.toml` to a frozen `Config`."""

from __future__ import annotations

from acctplan.config.base import Settings
from acctplan.config.parsing import MAX_CHARACTERS, parse
from acctplan.config.scorecards import DERIVED, Question, Scorecard
from acctplan.config.settings import (
    FILE_NAME,
    Checks,
    Config,
    ImportSettings,
    Limits,
    Ranking,
    Rate,
    RevenueSettings,
    SolutionSettings,
    Stage,
    Waiver,
    Weights,
)
from acctplan.config.shipped import SHIPPED

__all__ = [
    "DERIVED",
    "FILE_NAME",
    "MAX_CHARACTERS",
    "SHIPPED",
    "Checks",
    "Config",
    "ImportSettings",
    "Limits",
    "Question",
    "Ranking",
    "Rate",
    "RevenueSettings",
    "Scorecard",
    "Settings",
    "SolutionSettings",
    "Stage",
    "Waiver",
    "Weights",
    "parse",
]
