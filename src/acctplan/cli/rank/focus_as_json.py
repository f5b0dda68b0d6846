"""What to focus on, for programs."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import TYPE_CHECKING, Any

from acctplan.analysis.factors import Account
from acctplan.analysis.ranking import expected
from acctplan.cli.rank.amounts import exact
from acctplan.cli.rank.as_json import against_as_json
from acctplan.diagnostic import format_pointer

if TYPE_CHECKING:
    from acctplan.analysis.ranking import Score
    from acctplan.analysis.ranking.focus import Choice, Focus, Later, MoreDays, Unweighed, Weighed
    from acctplan.cli.rank.ranked import Ranked
    from acctplan.diagnostic import Pointer


def per_day_of(one: Weighed) -> Decimal | None:
    """What each day can be expected to bring, to the cent; None where it takes none."""
    if not one.days:
        return None
    with localcontext(expected.EXACT):
        return (one.expected.amount / one.days).quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def document(ranked: Ranked, found: Focus) -> str:
    """What to pursue, what was left out and what cannot be weighed, with every term, as JSON."""
    lists = _Lists(ranked)
    answer = {
        "version": 1,
        "currency": ranked.config.currency,
        "assumed_margin": exact(ranked.config.ranking.assumed_margin),
        **_sums(found),
        "choices": [lists.choice(choice) for choice in found.choices],
        "not_weighed": [lists.unweighed(one) for one in found.unweighed if "capacity" not in one.missing],
        "not_asked_about": [lists.unweighed(one) for one in found.unweighed if "capacity" in one.missing],
        "decided_against": [
            {**lists.identity(score), "because": [against_as_json(ranked, score, one) for one in ranked.against(score)]}
            for score in found.against
        ],
    }
    return json.dumps(answer, indent=2) + "\n"


def _sums(days: Choice | Focus) -> dict[str, Any]:
    return {"capacity": days.capacity, "used": days.used, "unused": days.capacity - days.used, "expected": exact(days.expected)}


class _Lists:
    """What was found, for programs: each amount with the terms that add up to it."""

    def __init__(self, ranked: Ranked) -> None:
        self.ranked = ranked
        self.accounts = {name: Account(plan, ranked.config) for name, plan in ranked.plans.items()}

    def choice(self, choice: Choice) -> dict[str, Any]:
        return {
            "owner": choice.owner,
            **_sums(choice),
            "pursue": [self.weighed(one) for one in choice.pursue],
            "later": [self.later(one) for one in choice.later],
            "more_days": self.more(choice.more),
        }

    def later(self, later: Later) -> dict[str, Any]:
        return {
            **self.weighed(later.weighed),
            "cost": None if later.cost is None else exact(later.cost),
            "instead_of": [self.name(one.score) for one in later.instead_of],
            "then_too": [self.name(one.score) for one in later.then_too],
        }

    def weighed(self, one: Weighed) -> dict[str, Any]:
        score, per_day = one.score, per_day_of(one)
        parts, not_counted = expected.parts(self.accounts[score.plan], score.id)
        return {
            **self.identity(one.score),
            "days": one.days,
            "expected": exact(one.expected.amount),
            "lead_in": exact(one.expected.ahead),
            "per_day": None if per_day is None else exact(per_day),
            "margin_assumed": one.expected.margin_assumed,
            "terms": [
                {
                    "opportunity": part.id,
                    "probability": exact(part.probability),
                    "contribution": exact(part.contribution),
                    "reason": part.reason,
                    "margin_assumed": part.margin_assumed,
                    "amount": exact(part.amount),
                    **self.place(score.plan, ("opportunities", part.id)),
                }
                for part in parts
            ],
            "not_counted": not_counted,
        }

    def unweighed(self, one: Unweighed) -> dict[str, Any]:
        return {**self.identity(one.score), "days": one.score.opportunity.effort_days, "missing": list(one.missing)}

    def identity(self, score: Score) -> dict[str, Any]:
        return {
            "rank": self.ranked.place(score),
            **self.name(score),
            "account": score.account,
            "name": score.opportunity.name,
            "owner": score.opportunity.owner,
            **self.place(score.plan, ("opportunities", score.id)),
        }

    def name(self, score: Score) -> dict[str, str]:
        return {"plan": score.plan, "opportunity": score.id}

    def more(self, more: MoreDays | None) -> dict[str, Any] | None:
        if more is None:
            return None
        return {
            "days": more.days,
            "come": [self.name(one.score) for one in more.come],
            "gone": [self.name(one.score) for one in more.gone],
        }

    def place(self, plan: str, pointer: Pointer) -> dict[str, Any]:
        """Where something stands; the line too where one plan was asked about, so that a whole book is not read again."""
        line = {"line": self.ranked.line(plan, pointer)} if len(self.ranked.plans) == 1 else {}
        return {"pointer": format_pointer(pointer), **line}
