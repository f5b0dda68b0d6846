"""Whether we reach the people who decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis import relationships
from acctplan.analysis.factors.base import Account, Reading
from acctplan.analysis.relationships import called, deciders

if TYPE_CHECKING:
    from acctplan.diagnostic import Pointer
    from acctplan.model import Opportunity

WARM = 0.3
"""The least that `access` is worth where somebody supportive can introduce us."""
_COVERAGE = {"none": 0.0, "brief": 1 / 3, "multiple": 2 / 3, "in_depth": 1.0}
_STANCE = {"supportive": 1.0, "neutral": 0.6, "negative": 0.2}


def access(account: Account, identifier: str) -> Reading:
    """How well we reach whoever decides: coverage x stance of the decision maker whom we serve best.

    0 means that we know none of them, 1 that one of them knows us in depth and supports us. Unknown where nobody is named who
    decides, or where stance or coverage is unknown for each of them.
    """
    opportunity = account.plan.opportunities[identifier]
    deciding = deciders(account.plan, opportunity)
    if not deciding:
        nearest: Pointer = ("opportunities", identifier, "buying_roles") if opportunity.buying_roles else ("opportunities", identifier)
        return Reading(None, "nobody named who decides", nearest)
    readings = [_access_to(account, identifier, decider) for decider in deciding]
    known = [reading for reading in readings if reading.value is not None]
    if not known:
        return Reading(None, "; ".join(reading.reason for reading in readings), readings[0].pointer)
    return max(known, key=lambda reading: reading.value or 0)


def _access_to(account: Account, identifier: str, decider: str) -> Reading:
    opportunity, who = account.plan.opportunities[identifier], called(account.plan, decider)
    buyer = opportunity.buying_roles[decider]
    in_opportunity = buyer.stance is not None or buyer.coverage is not None
    pointer: Pointer = ("opportunities", identifier, "buying_roles", decider) if in_opportunity else ("contacts", decider)
    coverage, stance = relationships.coverage(account.plan, opportunity, decider), relationships.stance(account.plan, opportunity, decider)
    if coverage == "none":
        direct, words = 0.0, "no coverage"
    elif coverage is None or stance is None:
        missing = [name for name, known in (("coverage", coverage), ("stance", stance)) if known is None]
        return Reading(None, f"{who}: {' and '.join(missing)} unknown", pointer)
    else:
        direct, words = _COVERAGE[coverage] * _STANCE[stance], f"{coverage.replace('_', '-')} coverage, {stance}"
    # The warm path counts beside thin coverage too: else a first meeting with the decision maker would lower the score.
    if direct < WARM and (introducer := _introducer(account, opportunity, decider)):
        return Reading(WARM, f"{who}: {words}; {called(account.plan, introducer)}, supportive, is one step away", pointer)
    return Reading(direct, f"{who}: {words}", pointer)


def _introducer(account: Account, opportunity: Opportunity, decider: str) -> str | None:
    """The supportive contact one step away whom we cover best; None if there is none."""
    found: list[tuple[float, str]] = []
    for contact in account.one_step_away.get(decider, ()):
        coverage = relationships.coverage(account.plan, opportunity, contact)
        if relationships.stance(account.plan, opportunity, contact) == "supportive" and coverage is not None and _COVERAGE[coverage] > 0:
            found.append((-_COVERAGE[coverage], contact))
    return min(found)[1] if found else None
