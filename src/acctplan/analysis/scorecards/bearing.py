"""What a plan says elsewhere that bears on a question of the shipped scorecard, so that nobody begins with nothing.

It never answers by itself: how much a fact is worth as an answer is for people to judge. It quotes the plan: not for customers' eyes.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from acctplan.analysis.relationships import called, coverage, deciders, stance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from acctplan.config import Config
    from acctplan.model import Opportunity, Plan
    from acctplan.model.people import BuyingRole

_CARD = "meddpicc"


def plan_says(plan: Plan, opportunity_id: str, card_id: str, question: str, config: Config) -> str | None:
    """What the plan says that bears on a question of a scorecard, as a phrase; None where it says nothing, or the card is the book's own.

    Args:
        plan: the account's.
        opportunity_id: an opportunity of it.
        card_id: a scorecard.
        question: one of its questions.
        config: tells the shipped card from one of the book's own in its place.
    """
    if card_id != _CARD or card_id in config.scorecards or question not in _BEARS:
        return None
    return "; ".join(_BEARS[question](plan, plan.opportunities[opportunity_id])) or None


def _metrics(_: Plan, opportunity: Opportunity) -> Iterator[str]:
    if opportunity.customer_impact:
        yield opportunity.customer_impact


def _economic_buyer(plan: Plan, opportunity: Opportunity) -> Iterator[str]:
    for contact in deciders(plan, opportunity):
        known = coverage(plan, opportunity, contact)
        reached = "coverage unknown" if known is None else f"coverage {known.replace('_', '-')}"
        yield f"{called(plan, contact)} decides: {stance(plan, opportunity, contact) or 'stance unknown'}, {reached}"


def _decision_criteria(_: Plan, opportunity: Opportunity) -> Iterator[str]:
    if criteria := opportunity.decision_criteria:
        stands = Counter(one.position for one in criteria)
        words = [f"{count} {position}" for position in ("better", "equal", "worse") if (count := stands[position])]
        words += [f"{stands[None]} unknown"] if stands[None] else []
        yield f"{_counted(len(criteria), 'criterion', 'criteria')}: {', '.join(words)}"


def _decision_process(_: Plan, opportunity: Opportunity) -> Iterator[str]:
    if opportunity.next_step:
        yield f"next step: {opportunity.next_step}" + (f", by {opportunity.next_step_due}" if opportunity.next_step_due else "")
    if opportunity.close_date:
        yield f"closes {opportunity.close_date}"


def _paper_process(plan: Plan, opportunity: Opportunity) -> Iterator[str]:
    if buyers := _in_role(plan, opportunity, "purchaser"):
        yield f"{' and '.join(buyers)} in purchasing"
    if opportunity.close_date:
        yield f"closes {opportunity.close_date}"


def _identify_pain(_: Plan, opportunity: Opportunity) -> Iterator[str]:
    if opportunity.need:
        yield opportunity.need


def _champion(plan: Plan, opportunity: Opportunity) -> Iterator[str]:
    if sponsors := _in_role(plan, opportunity, "sponsor", is_supportive=True):
        yield f"{' and '.join(sponsors)}, supportive {'sponsor' if len(sponsors) == 1 else 'sponsors'}"


def _competition(plan: Plan, opportunity: Opportunity) -> Iterator[str]:
    standing = opportunity.competition
    if standing is None:
        return
    rivals = " and ".join(plan.competitors[rival].name for rival in standing.competitors)
    if standing.position or rivals:
        position = (standing.position or "position unknown").replace("_", " ")
        yield f"{position}, against {rivals}" if rivals else position
    if standing.strategy:
        yield standing.strategy


_BEARS: Mapping[str, Callable[[Plan, Opportunity], Iterator[str]]] = {
    "metrics": _metrics,
    "economic-buyer": _economic_buyer,
    "decision-criteria": _decision_criteria,
    "decision-process": _decision_process,
    "paper-process": _paper_process,
    "identify-pain": _identify_pain,
    "champion": _champion,
    "competition": _competition,
}
"""By question of the shipped card."""


def _in_role(plan: Plan, opportunity: Opportunity, role: BuyingRole, *, is_supportive: bool = False) -> list[str]:
    """The names of those who have a role in the opportunity, in its order."""
    return [
        called(plan, contact)
        for contact, buyer in opportunity.buying_roles.items()
        if (role == buyer.role if buyer.role is not None else role in plan.contacts[contact].roles)
        and (not is_supportive or stance(plan, opportunity, contact) == "supportive")
    ]


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
