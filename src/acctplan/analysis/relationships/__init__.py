"""Who matters at the customer, and where each of them stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from acctplan.analysis.actions import placed_actions
from acctplan.model.people import BuyingRole, Coverage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.model import Buyer, Contact, Opportunity, Plan
    from acctplan.model.people import Stance


ROLES: tuple[BuyingRole, ...] = get_args(BuyingRole)
"""Every buying role, whoever decides first."""
_COVERAGES = get_args(Coverage)
_ENOUGH = _COVERAGES.index("multiple")
SEVERAL = 2
"""Knowing fewer people than this, we are single-threaded."""


def called(plan: Plan, contact: str) -> str:
    """A contact's name, else the title of the seat, else the id."""
    entry = plan.contacts[contact]
    return entry.name or entry.title or contact


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


def stance(plan: Plan, opportunity: Opportunity | None, contact: str) -> Stance | None:
    """Where a contact stands on an opportunity: what it leaves out comes from the contact. None: unknown.

    Without an opportunity: where they stand in general.
    """
    buyer = opportunity.buying_roles.get(contact) if opportunity else None
    return buyer.stance if buyer and buyer.stance is not None else plan.contacts[contact].stance


def coverage(plan: Plan, opportunity: Opportunity | None, contact: str) -> Coverage | None:
    """How well we know a contact where an opportunity is concerned: what it leaves out comes from the contact. None: unknown.

    Without an opportunity: how well in general.
    """
    buyer = opportunity.buying_roles.get(contact) if opportunity else None
    return buyer.coverage if buyer and buyer.coverage is not None else plan.contacts[contact].coverage


def coverage_rank(level: Coverage | None) -> int:
    """How much a level of coverage is: 0 for none or unknown, 3 for in depth."""
    return 0 if level is None else _COVERAGES.index(level)


def is_enough(level: Coverage | None) -> bool:
    """Whether a level of coverage does for a key player: at least `multiple`."""
    return coverage_rank(level) >= _ENOUGH


def is_covered(level: Coverage | None, stance: Stance | None) -> bool:
    """Whether a key player counts as covered: coverage of at least `multiple`, and a known stance."""
    return is_enough(level) and stance is not None


def is_known(plan: Plan, opportunity: Opportunity | None, contact: str) -> bool:
    """Whether we know a contact where an opportunity is concerned: coverage of at least `brief`, or left out and a last contact noted."""
    return _is_known(coverage(plan, opportunity, contact), plan.contacts[contact])


def known(plan: Plan) -> set[str]:
    """The ids of the contacts whom we know, in general or where any opportunity is concerned."""
    ids = {identifier for identifier, contact in plan.contacts.items() if _is_known(contact.coverage, contact)}
    for opportunity in plan.opportunities.values():
        ids.update(identifier for identifier in opportunity.buying_roles if is_known(plan, opportunity, identifier))
    return ids


def _is_known(level: Coverage | None, contact: Contact) -> bool:
    return contact.last_contact is not None if level is None else level != "none"


def planned_with(plan: Plan) -> set[str]:
    """The ids of the contacts whom an open action, or an open objective, names."""
    is_open = {key for key, objective in plan.objectives.items() if objective.is_open}
    ids = {contact for key in is_open for contact in plan.objectives[key].contacts}
    for _, action, objective_key, _ in placed_actions(plan):
        if action.contact is not None and action.is_open and (objective_key is None or objective_key in is_open):
            ids.add(action.contact)
    return ids
