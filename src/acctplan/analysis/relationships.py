"""Who matters at the customer, and where each of them stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.model import Buyer, Contact, Opportunity, Plan


def key_players(plan: Plan) -> Iterator[tuple[str, Contact]]:
    """Decision makers, sponsors, and whoever has high influence; roles in opportunities that can still be won count too."""
    roles = buying_roles(plan)
    for identifier, contact in plan.contacts.items():
        if contact.influence == "high" or not roles[identifier].isdisjoint(("decision_maker", "sponsor")):
            yield identifier, contact


def buying_roles(plan: Plan) -> dict[str, set[str]]:
    """The roles of every contact: their own, and those in opportunities that can still be won."""
    roles = {identifier: set[str](contact.roles) for identifier, contact in plan.contacts.items()}
    for opportunity in plan.opportunities.values():
        if opportunity.is_live:
            for identifier, buyer in opportunity.buying_roles.items():
                if buyer.role is not None:
                    roles[identifier].add(buyer.role)
    return roles


def deciders(plan: Plan, opportunity: Opportunity) -> list[str]:
    """The ids of those who decide on an opportunity, in alphabetical order."""
    return sorted(key for key, buyer in opportunity.buying_roles.items() if _decides(buyer, plan.contacts[key]))


def _decides(buyer: Buyer, contact: Contact) -> bool:
    return buyer.role == "decision_maker" if buyer.role is not None else "decision_maker" in contact.roles


def stance(plan: Plan, opportunity: Opportunity, contact: str) -> str | None:
    """Where a contact stands on an opportunity: what it leaves out comes from the contact. None: unknown."""
    buyer = opportunity.buying_roles.get(contact)
    return buyer.stance if buyer and buyer.stance is not None else plan.contacts[contact].stance


def coverage(plan: Plan, opportunity: Opportunity, contact: str) -> str | None:
    """How well we know a contact where an opportunity is concerned: what it leaves out comes from the contact. None: unknown."""
    buyer = opportunity.buying_roles.get(contact)
    return buyer.coverage if buyer and buyer.coverage is not None else plan.contacts[contact].coverage
