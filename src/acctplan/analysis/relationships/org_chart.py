"""The people at the customer in their places: who reports to whom, who moves whom besides, and how we stand with each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.relationships import ROLES, SEVERAL, buying_roles, called, is_covered, is_known, key_players, known
from acctplan.analysis.tree import DEEPEST, descend

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import date

    from acctplan.analysis.tree import Place
    from acctplan.config import Limits
    from acctplan.model import Contact, Plan
    from acctplan.model.people import BuyingRole


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on the chart, and whoever sits there."""

    id: str
    contact: Contact
    called: str
    """The name, else the title, else the id."""
    place: Place
    is_asked_for: bool
    """False: it stands here only because somebody below it was asked for."""
    is_key: bool
    """Whether they decide, speak for us, or have high influence."""
    roles: tuple[BuyingRole, ...]
    """Their own, and those in opportunities that can still be won."""
    days_since_contact: int | None
    """None: no last contact is noted."""
    is_stale: bool
    """Whether the last contact is longer ago than the limit."""

    @property
    def is_vacant(self) -> bool:
        """Whether we know nobody who sits there."""
        return self.contact.name is None

    @property
    def is_covered(self) -> bool:
        """Whether we cover them well and know where they stand, in general."""
        return is_covered(self.contact.coverage, self.contact.stance)


class Opponent(NamedTuple):
    """Somebody who is against us."""

    contact: str
    opportunity: str | None
    """Where only; None: in general."""


class Thread(NamedTuple):
    """An open opportunity that hangs on one person, or on nobody."""

    opportunity: str
    known: tuple[str, ...]
    """Of those who have a part in it, the one whom we know, if any."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of so many key players, so many covered with a known stance."""

    key_players: tuple[str, ...]
    covered: tuple[str, ...]

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 means all; None without key players."""
        return 100 * len(self.covered) // len(self.key_players) if self.key_players else None


class UnitCoverage(NamedTuple):
    """A plan unit with the units below it."""

    unit: str
    place: Place
    contacts: int
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class OrgChart:
    """Everybody in their place, from the top down, and what that adds up to."""

    seats: tuple[Seat, ...]
    people: tuple[str, ...]
    """Everybody whom the figures are about: those of the unit that was asked for, key players or not."""
    coverage: Coverage
    units: tuple[UnitCoverage, ...]
    """Every unit of the plan, from the top down."""
    known: tuple[str, ...]
    """Whom we know."""
    opponents: tuple[Opponent, ...]
    threads: tuple[Thread, ...]
    """Where an open opportunity hangs on one person."""

    @property
    def asked_for(self) -> tuple[Seat, ...]:
        """The seats without those that only hold the chart together."""
        return tuple(seat for seat in self.seats if seat.is_asked_for)

    @property
    def is_single_threaded(self) -> bool:
        """Whether we know fewer than two people."""
        return len(self.known) < SEVERAL


def org_chart(
    plan: Plan, limits: Limits, today: date, unit: str | None = None, *, only_key: bool = False, deepest: int = DEEPEST
) -> OrgChart:
    """Lay out the people at the customer.

    Args:
        plan: with the contacts.
        limits: when a contact is stale.
        today: the day it is.
        unit: the id of a unit, to ask only for those in it and in the units below it.
        only_key: to ask only for key players.
        deepest: guides that a seat has at most.
    """
    key = dict(key_players(plan))
    within = None if unit is None else units_within(plan, unit)
    people = {identifier: None for identifier, contact in plan.contacts.items() if within is None or contact.unit in within}
    asked_for = {identifier for identifier in people if identifier in key or not only_key}
    kept = _with_those_above(plan, asked_for)
    parents = {identifier: contact.reports_to for identifier, contact in plan.contacts.items() if identifier in kept}
    roles = buying_roles(plan)

    def seat(place: Place) -> Seat:
        contact = plan.contacts[place.id]
        days = None if contact.last_contact is None else (today - contact.last_contact).days
        return Seat(
            id=place.id,
            contact=contact,
            called=called(plan, place.id),
            place=place,
            is_asked_for=place.id in asked_for,
            is_key=place.id in key,
            roles=tuple(role for role in ROLES if role in roles[place.id]),
            days_since_contact=days,
            is_stale=days is not None and days > limits.contact_days,
        )

    knows = known(plan)
    return OrgChart(
        seats=tuple(seat(place) for place in descend(parents, deepest)),
        people=tuple(people),
        coverage=_coverage(tuple(identifier for identifier in key if identifier in people), key),
        units=tuple(_unit_coverages(plan, within, key, deepest)),
        known=tuple(identifier for identifier in people if identifier in knows),
        opponents=tuple(one for one in _opponents(plan) if one.contact in people),
        threads=tuple(_threads(plan, within)),
    )


def units_within(plan: Plan, unit: str) -> AbstractSet[str | None]:
    """A unit and the units below it, at any depth."""
    parents = {identifier: entry.parent for identifier, entry in plan.units.items()}
    found: set[str | None] = set()
    for place in descend(parents):  # each before what lies below it
        if place.id == unit or parents[place.id] in found:
            found.add(place.id)
    return found


def _coverage(among: tuple[str, ...], key: Mapping[str, Contact]) -> Coverage:
    """The coverage of some key players, in general."""
    return Coverage(among, tuple(one for one in among if is_covered(key[one].coverage, key[one].stance)))


def _with_those_above(plan: Plan, contacts: AbstractSet[str]) -> set[str]:
    kept: set[str] = set()
    for contact in contacts:
        above: str | None = contact
        while above is not None and above not in kept:
            kept.add(above)
            above = plan.contacts[above].reports_to
    return kept


def _unit_coverages(plan: Plan, within: AbstractSet[str | None] | None, key: Mapping[str, Contact], deepest: int) -> Iterator[UnitCoverage]:
    inside: dict[str, dict[str, None]] = {identifier: {} for identifier in plan.units}
    for identifier, contact in plan.contacts.items():
        unit = contact.unit
        while unit is not None:
            inside[unit][identifier] = None
            unit = plan.units[unit].parent
    shown = {identifier: unit.parent for identifier, unit in plan.units.items() if within is None or identifier in within}
    for place in descend({identifier: parent if parent in shown else None for identifier, parent in shown.items()}, deepest):
        contacts = inside[place.id]
        among = tuple(identifier for identifier in contacts if identifier in key)
        yield UnitCoverage(place.id, place, len(contacts), _coverage(among, key))


def _opponents(plan: Plan) -> Iterator[Opponent]:
    for identifier, contact in plan.contacts.items():
        if contact.stance == "negative":
            yield Opponent(identifier, None)
    for key, opportunity in plan.opportunities.items():
        if opportunity.is_live:
            for identifier, buyer in opportunity.buying_roles.items():
                if buyer.stance == "negative" and plan.contacts[identifier].stance != "negative":
                    yield Opponent(identifier, key)


def _threads(plan: Plan, within: AbstractSet[str | None] | None) -> Iterator[Thread]:
    """As `contacts/single-threaded` has it: of the open opportunities that name who has a part in them."""
    for key, opportunity in plan.opportunities.items():
        if opportunity.status == "open" and opportunity.buying_roles and (within is None or opportunity.unit in within):
            people = tuple(contact for contact in opportunity.buying_roles if is_known(plan, opportunity, contact))
            if len(people) < SEVERAL:
                yield Thread(key, people)
