"""Who decides at the customer: the org chart, and how we stand with each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.analysis.tree import descend
from acctplan.render.view.origin import Origin, origin
from acctplan.render.view.words import COVERAGE, INFLUENCE, STANCE, Sign, spoken

if TYPE_CHECKING:
    from datetime import date

    from acctplan.analysis.tree import Place
    from acctplan.model import Contact, Plan
    from acctplan.render.view.names import Names


@dataclass(frozen=True, slots=True)
class Relationship:
    """What we are to somebody, and what we want to be."""

    now: str | None
    target: str | None
    keeper: str | None
    """Who on our side holds it."""
    every_months: int | None
    """How often they should meet."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the customer, in the place that the org chart gives them."""

    id: str
    name: str | None
    """None: a seat whose holder we do not know yet."""
    title: str | None
    depth: int
    """0 at the top."""
    guides: tuple[str, ...]
    """What to draw in each column left of the person: `line`, `blank`, `tee` or `corner`."""
    unit: str | None
    reports_to: str | None
    influences: tuple[str, ...]
    roles: tuple[str, ...]
    stance: Sign
    influence: Sign
    coverage: Sign
    relationship: Relationship | None
    email: str | None
    phone: str | None
    last_contact: date | None
    days_since_contact: int | None
    personal_agenda: str | None
    notes: str | None
    origin: Origin | None


def people(plan: Plan, names: Names, today: date) -> tuple[Person, ...]:
    """The org chart from the top down: whoever reports to nobody first, below each who reports to them, in the order of the plan."""
    places = descend({identifier: contact.reports_to for identifier, contact in plan.contacts.items()})
    return tuple(_person(place, plan, names, today) for place in places)


def _person(place: Place, plan: Plan, names: Names, today: date) -> Person:
    contact = plan.contacts[place.id]
    return Person(
        id=place.id,
        name=contact.name,
        title=contact.title,
        depth=place.depth,
        guides=place.guides,
        unit=names.unit(contact.unit),
        reports_to=None if contact.reports_to is None else names.contact(contact.reports_to),
        influences=names.contacts(contact.influences),
        roles=tuple(spoken(role) for role in contact.roles),
        stance=STANCE[contact.stance],
        influence=INFLUENCE[contact.influence],
        coverage=COVERAGE[contact.coverage],
        relationship=_relationship(contact, names),
        email=contact.email,
        phone=contact.phone,
        last_contact=contact.last_contact,
        days_since_contact=None if contact.last_contact is None else (today - contact.last_contact).days,
        personal_agenda=contact.personal_agenda,
        notes=contact.notes,
        origin=origin(contact),
    )


def _relationship(contact: Contact, names: Names) -> Relationship | None:
    entry = contact.relationship
    if entry is None:
        return None
    return Relationship(
        now=None if entry.now is None else spoken(entry.now),
        target=None if entry.target is None else spoken(entry.target),
        keeper=names.member(entry.with_),
        every_months=entry.every_months,
    )
