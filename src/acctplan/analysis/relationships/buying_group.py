"""Who has a part in an opportunity, how we stand with them in it, and who or what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis import relationships
from acctplan.analysis.relationships import ROLES, SEVERAL, is_covered, is_enough, is_known
from acctplan.analysis.relationships.introductions import warm_path
from acctplan.analysis.relationships.org_chart import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan import model
    from acctplan.analysis.relationships.introductions import WarmPath
    from acctplan.diagnostic import Pointer
    from acctplan.model import Opportunity, Plan
    from acctplan.model.people import BuyingRole, Stance
    from acctplan.model.people import Coverage as Level


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who has a part in an opportunity."""

    id: str
    contact: model.Contact
    roles: tuple[BuyingRole, ...]
    """In this opportunity; their own where it names none."""
    stance: Stance | None
    coverage: Level | None
    is_key: bool
    """Whether they decide on it, speak for us in it, or have high influence."""
    is_known: bool
    criteria: tuple[int, ...]
    """Places, from 0, of the decision criteria that they hold."""
    pointer: Pointer

    @property
    def is_covered(self) -> bool:
        """Whether we cover them well and know where they stand, where this opportunity is concerned."""
        return is_covered(self.coverage, self.stance)


class Outsider(NamedTuple):
    """Somebody who holds a decision criterion and has no part in the opportunity."""

    contact: str
    criteria: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BuyingGroup:
    """The people of an opportunity."""

    opportunity: str
    members: tuple[Member, ...]
    """By role, whoever decides first; those without a role last."""
    criteria: tuple[model.Criterion, ...]
    missing_roles: tuple[BuyingRole, ...]
    """Roles that nobody has."""
    coverage: Coverage
    outsiders: tuple[Outsider, ...]
    paths: tuple[WarmPath, ...]
    """How to be introduced to each whom we do not cover well, whoever decides first."""
    deciders_elsewhere: tuple[WarmPath, ...]
    """Where nobody in it decides: those who decide at the account and have no part in it, and how to be introduced to each."""

    @property
    def has_decider(self) -> bool:
        """Whether anybody in it is named as the decision maker. Without one, no share of those covered says anything."""
        return "decision_maker" not in self.missing_roles

    @property
    def unknown_stances(self) -> tuple[str, ...]:
        """Those of whom we do not know where they stand."""
        return tuple(member.id for member in self.members if member.stance is None)

    @property
    def opponents(self) -> tuple[str, ...]:
        """Those who are against us."""
        return tuple(member.id for member in self.members if member.stance == "negative")

    @property
    def known(self) -> tuple[str, ...]:
        """Those whom we know."""
        return tuple(member.id for member in self.members if member.is_known)

    @property
    def is_single_threaded(self) -> bool:
        """Whether we know fewer than two of them."""
        return len(self.known) < SEVERAL


def buying_group(plan: Plan, identifier: str) -> BuyingGroup:
    """The people of an opportunity, with what it says of each; what it leaves out comes from the contact.

    Args:
        plan: with the contacts.
        identifier: of the opportunity.
    """
    opportunity = plan.opportunities[identifier]
    members = tuple(sorted(_members(plan, identifier, opportunity), key=_by_role))
    had = {role for member in members for role in member.roles}
    key = [member for member in members if member.is_key]
    thin = (member.id for member in members if not is_enough(member.coverage))
    elsewhere = (one for one, contact in plan.contacts.items() if "decision_maker" in contact.roles and one not in opportunity.buying_roles)
    return BuyingGroup(
        opportunity=identifier,
        members=members,
        criteria=opportunity.decision_criteria,
        missing_roles=tuple(role for role in ROLES if role not in had),
        coverage=Coverage(tuple(member.id for member in key), tuple(member.id for member in key if member.is_covered)),
        outsiders=tuple(_outsiders(opportunity)),
        paths=tuple(warm_path(plan, one, opportunity) for one in thin),
        deciders_elsewhere=() if "decision_maker" in had else tuple(warm_path(plan, one, opportunity) for one in elsewhere),
    )


def _members(plan: Plan, identifier: str, opportunity: Opportunity) -> Iterator[Member]:
    for key, buyer in opportunity.buying_roles.items():
        contact = plan.contacts[key]
        roles = tuple(role for role in ROLES if role in contact.roles) if buyer.role is None else (buyer.role,)
        yield Member(
            id=key,
            contact=contact,
            roles=roles,
            stance=relationships.stance(plan, opportunity, key),
            coverage=relationships.coverage(plan, opportunity, key),
            is_key=contact.influence == "high" or not {"decision_maker", "sponsor"}.isdisjoint(roles),
            is_known=is_known(plan, opportunity, key),
            criteria=_held(opportunity, key),
            pointer=("opportunities", identifier, "buying_roles", key),
        )


def _by_role(member: Member) -> int:
    return ROLES.index(member.roles[0]) if member.roles else len(ROLES)


def _held(opportunity: Opportunity, contact: str) -> tuple[int, ...]:
    return tuple(place for place, criterion in enumerate(opportunity.decision_criteria) if contact in criterion.held_by)


def _outsiders(opportunity: Opportunity) -> Iterator[Outsider]:
    holders = dict.fromkeys(holder for criterion in opportunity.decision_criteria for holder in criterion.held_by)
    for holder in holders:
        if holder not in opportunity.buying_roles:
            yield Outsider(holder, _held(opportunity, holder))
