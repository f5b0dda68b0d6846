"""The opportunities of one plan or of a whole book, the most worthwhile first.

A score is the weighted mean of the factors that are known, out of 100; what is unknown gives no points. The ceiling is what the
score could become if all that is unknown turned out well. Both depend on the opportunity and its own plan alone, so that other
opportunities coming and going never change the order of the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from acctplan.analysis.factors import Account, weighted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from acctplan.analysis.factors import Factor
    from acctplan.config import Config, Weights
    from acctplan.diagnostic import Pointer
    from acctplan.model import Opportunity, Plan

# Floats that should be equal differ in their last digits, by the scale of the weights. Cut off there, equal scores are equal.
_DIGITS = 9


class Term(NamedTuple):
    """What one factor gives to a score, and why."""

    factor: str
    weight: float
    """As configured: only the proportions matter."""
    out_of: float
    """The points of a full reading. Those of all terms add up to 100."""
    value: float | None
    """The reading, 0 to 1; None where it is unknown."""
    points: float
    """value x out_of; 0 where it is unknown."""
    reason: str
    pointer: Pointer


@dataclass(frozen=True, slots=True)
class Score:
    """How worthwhile an opportunity is, with the terms that the number is made of."""

    plan: str
    """What the plan was handed in as: its path or its name."""
    account: str
    """The customer's name."""
    id: str
    opportunity: Opportunity
    currency: str
    """What the opportunity's value is in."""
    book_value: Decimal | None
    """The opportunity's value in the book's currency."""
    score: float
    """0 to 100, unknown counted as 0."""
    ceiling: float
    """0 to 100, unknown counted as 1: never below the score."""
    terms: tuple[Term, ...]
    """One for each factor, in the order of `factors.weighted`."""


def rank(plans: Iterable[tuple[str, Plan]], config: Config, weights: Weights | None = None) -> list[Score]:
    """Rank every opportunity that can still be won: by score, then ceiling, then value, then plan and id. Unknown values come last.

    Args:
        plans: each with what to call it, a different name for each.
        config: names the stages, the scale of values, the rates and the weights.
        weights: instead of the configured ones.

    Raises:
        UserError: the configuration has no rate for the currency of a plan with values.
    """
    weighing = weigh(config, weights)
    scores = []
    for name, plan in plans:
        account = Account(plan, config)
        live = (identifier for identifier, opportunity in plan.opportunities.items() if opportunity.is_live)
        scores += [score(name, account, identifier, weighing) for identifier in live]
    return sorted(scores, key=order)


Weighing: TypeAlias = "Sequence[tuple[Factor, float, float]]"
"""Each factor with its weight, and the points of a full reading: those of all factors add up to 100."""


def weigh(config: Config, weights: Weights | None = None) -> Weighing:
    """What opportunities are scored by.

    Args:
        config: names the scorecards that join the factors.
        weights: instead of the configured ones.
    """
    factors = weighted(config, weights or config.ranking.weights)
    largest = max(weight for _, weight in factors)
    shares = [weight / largest for _, weight in factors]  # the sum of very large weights has no float
    total = fsum(shares)
    return [(factor, weight, 100 * share / total) for (factor, weight), share in zip(factors, shares, strict=True)]


def score(name: str, account: Account, identifier: str, weighing: Weighing) -> Score:
    """The score of one opportunity.

    Args:
        name: what the plan was handed in as.
        account: the plan and its settings.
        identifier: of the opportunity.
        weighing: see `weigh`.

    Raises:
        UserError: the configuration has no rate for the plan's currency.
    """
    terms = []
    sure, possible = [], []
    for factor, weight, out_of in weighing:
        value, reason, pointer = factor.evaluate(account, identifier)
        points = 0.0 if value is None else out_of * value
        sure.append(points)
        possible.append(out_of if value is None else points)
        terms.append(Term(factor.name, weight, round(out_of, _DIGITS), value, round(points, _DIGITS), reason, pointer))
    opportunity, currency = account.plan.opportunities[identifier], account.currency
    return Score(
        plan=name,
        account=account.plan.profile.name,
        id=identifier,
        opportunity=opportunity,
        currency=currency,
        book_value=None if opportunity.value is None else opportunity.value * account.config.rate(currency),
        score=round(fsum(sure), _DIGITS),
        ceiling=round(fsum(possible), _DIGITS),
        terms=tuple(terms),
    )


def order(score: Score) -> tuple[float, float, bool, Decimal | int, str, str]:
    """What scores are sorted by, the most worthwhile first."""
    return (*_standing(score), score.plan, score.id)


def places(scores: Sequence[Score]) -> dict[tuple[str, str], int]:
    """The rank of each opportunity by plan and id, from 1. Those that nothing tells apart but their ids share one: 1, 2, 2, 4.

    Args:
        scores: all that were ranked, in their order.
    """
    found: dict[tuple[str, str], int] = {}
    place, before = 0, None
    for number, one in enumerate(scores, 1):
        standing = _standing(one)
        if standing != before:
            place, before = number, standing
        found[one.plan, one.id] = place
    return found


def _standing(score: Score) -> tuple[float, float, bool, Decimal | int]:
    value = score.book_value
    return (-score.score, -score.ceiling, value is None, 0 if value is None else -value)
