"""The factors of the ranking: what speaks for an opportunity, each on a scale of its own from 0 to 1.

The scales are absolute: a reading looks at one opportunity and what its plan says about it, never at the other rows of a list.
To add a factor, write its function, list it in `ALL` and give it a weight in `config.Weights`. Scorecards that have a weight join them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.factors.answers import questions
from acctplan.analysis.factors.base import Account, Factor, Reading
from acctplan.analysis.factors.importance import importance_to_customer, importance_to_us
from acctplan.analysis.factors.money import Contribution, contribution, lead_in, on_scale, value
from acctplan.analysis.factors.odds import competition, stage
from acctplan.analysis.factors.people import WARM, access

if TYPE_CHECKING:
    from acctplan.config import Config, Weights

__all__ = ["ALL", "WARM", "Account", "Contribution", "Factor", "Reading", "contribution", "on_scale", "weighted"]

ALL: tuple[Factor, ...] = (
    Factor("value", "what it would bring us", value),
    Factor("access", "how well we reach whoever decides", access),
    Factor("stage", "how likely it is to be won", stage),
    Factor("competition", "how we stand against the others", competition),
    Factor("importance_to_customer", "how much it matters to the customer", importance_to_customer),
    Factor("importance_to_us", "how much it matters to us", importance_to_us),
    Factor("lead_in", "what it opens the door to", lead_in),
)
"""Every factor, in the order of `config.Weights`."""


def weighted(config: Config, weights: Weights) -> list[tuple[Factor, float]]:
    """What opportunities are ranked by, each with its weight: every factor, then the questions of the scorecards that count."""
    found = [(factor, getattr(weights, factor.name)) for factor in ALL]
    for card, weight in weights.scorecards.items():
        if weight:
            found += [(factor, weight * share) for factor, share in questions(card, config.cards[card])]
    return found
