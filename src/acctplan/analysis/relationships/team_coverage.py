"""Who of us holds which key player, what we are to them, and what we want to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.analysis.relationships import called, key_players
from acctplan.analysis.relationships.org_chart import units_within

if TYPE_CHECKING:
    from acctplan.model import Contact, Plan
    from acctplan.model.people import Standing


@dataclass(frozen=True, slots=True)
class Relationship:
    """What we are to a key player."""

    id: str
    contact: Contact
    called: str
    """The name, else the title, else the id."""
    now: Standing | None
    """None: unknown."""
    target: Standing | None
    """None: none is set."""
    keeper: str | None
    """The id of who of us holds it; None: nobody."""


@dataclass(frozen=True, slots=True)
class TeamCoverage:
    """Our team by key players."""

    relationships: tuple[Relationship, ...]
    """One for each key player, in the order of the plan."""
    holding: tuple[str, ...]
    """Ids of those of us who hold at least one, in the order of the plan."""
    idle: tuple[str, ...]
    """Ids of those of us who hold none."""

    def held_by(self, member: str | None) -> tuple[Relationship, ...]:
        """Those whom one of us holds; with None, those whom nobody holds."""
        return tuple(one for one in self.relationships if one.keeper == member)


def team_coverage(plan: Plan, unit: str | None = None) -> TeamCoverage:
    """Who of us holds whom.

    Args:
        plan: with team and contacts.
        unit: the id of a unit, for the key players in it and in the units below it only.
    """
    within = None if unit is None else units_within(plan, unit)
    found = tuple(_relationship(plan, key, contact) for key, contact in key_players(plan) if within is None or contact.unit in within)
    keepers = {one.keeper for one in found}
    return TeamCoverage(
        relationships=found,
        holding=tuple(member for member in plan.team if member in keepers),
        idle=tuple(member for member in plan.team if member not in keepers),
    )


def _relationship(plan: Plan, identifier: str, contact: Contact) -> Relationship:
    entry = contact.relationship
    return Relationship(
        id=identifier,
        contact=contact,
        called=called(plan, identifier),
        now=entry.now if entry else None,
        target=entry.target if entry else None,
        keeper=entry.with_ if entry else None,
    )
