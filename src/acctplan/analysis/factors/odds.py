"""How likely an opportunity is to be won, and against whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.factors.base import Account, Reading, percent

if TYPE_CHECKING:
    from acctplan.diagnostic import Pointer
    from acctplan.model import Opportunity, Plan


def stage(account: Account, identifier: str) -> Reading:
    """How likely it is to be won: the opportunity's own probability, else its stage's.

    0 is hopeless, 1 as good as won. Unknown with neither.
    """
    opportunity = account.plan.opportunities[identifier]
    if opportunity.probability is not None:
        return Reading(
            float(opportunity.probability), f"{percent(opportunity.probability)}, its own", ("opportunities", identifier, "probability")
        )
    if opportunity.stage is None:
        return Reading(None, "needs a stage or a probability", ("opportunities", identifier))
    probability = account.config.stages[opportunity.stage].probability
    return Reading(float(probability), f"{percent(probability)}, stage {opportunity.stage}", ("opportunities", identifier, "stage"))


_POSITION = {"sole": 1.0, "ahead": 0.75, "level": 0.5, "behind": 0.25, "locked_out": 0.0}
_AGAINST = {"ahead": "ahead of", "level": "level with", "behind": "behind", "locked_out": "locked out by"}


def competition(account: Account, identifier: str) -> Reading:
    """How we stand against the others.

    0 is locked out, 1 the sole bidder. An up-sell or a renewal where nobody else is named, and nobody else holds that unit and
    solution, reads as sole. Unknown without a position otherwise.
    """
    opportunity = account.plan.opportunities[identifier]
    entry = opportunity.competition
    others = _others(account.plan, opportunity)
    if entry is not None and entry.position is not None:
        pointer: Pointer = ("opportunities", identifier, "competition", "position")
        return Reading(_POSITION[entry.position], _position_reason(entry.position, others), pointer)
    if opportunity.kind in ("up_sell", "renewal") and not others and not _held_by_others(account.plan, opportunity):
        kind = opportunity.kind.replace("_", "-")
        return Reading(_POSITION["sole"], f"{kind}, no competitor named: taken as sole", ("opportunities", identifier, "kind"))
    nearest: Pointer = ("opportunities", identifier) if entry is None else ("opportunities", identifier, "competition")
    return Reading(None, f"needs a position against {others or 'the competition'}", nearest)


def _position_reason(position: str, others: str) -> str:
    if position == "sole":
        return "sole, nobody else competes"
    return f"{_AGAINST[position]} {others}" if others else f"{position.replace('_', ' ')}, no competitor named"


def _others(plan: Plan, opportunity: Opportunity) -> str:
    """Whom we stand against, in words; empty where nobody is named."""
    entry = opportunity.competition
    if entry is None:
        return ""
    incumbent = () if entry.incumbent is None else (entry.incumbent,)
    names = [plan.competitors[key].name for key in dict.fromkeys((*entry.competitors, *incumbent))]
    if len(names) > 2:  # noqa: PLR2004  two names still read well in a table
        return f"{names[0]} and {len(names) - 1} others"
    return " and ".join(names)


def _held_by_others(plan: Plan, opportunity: Opportunity) -> bool:
    if opportunity.unit is None or opportunity.solution is None:
        return False
    cell = plan.white_space.get(opportunity.unit, {}).get(opportunity.solution)
    return cell is not None and cell.status in ("competitor", "in_house")
