"""What the customer is shown: the mutual plan and the next meeting, from the customer's edition of a plan alone.

Nothing here is worked out from what is internal, and nothing is scored or ranked: everything stands in the order of the plan or by its day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR
from typing import TYPE_CHECKING

from acctplan.analysis.calendar import months_later
from acctplan.analysis.overdue import planned_meeting
from acctplan.render.view import account, execution
from acctplan.render.view.names import Names
from acctplan.render.view.words import INSIGHT_GROUPS

if TYPE_CHECKING:
    from datetime import date

    from acctplan.analysis.signs import Sign
    from acctplan.config import Config
    from acctplan.model import Meetings, Plan
    from acctplan.render.view.account import Charter, Member
    from acctplan.render.view.execution import Action, OpenAction

_MOST_YEARS = 10
"""Between two meetings; more than the 99 months that a plan can say."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the customer."""

    name: str | None
    """None: a seat whose holder we do not know yet."""
    title: str | None


@dataclass(frozen=True, slots=True)
class Drivers:
    """What drives the customer, of one kind."""

    kind: str
    title: str
    whats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Project:
    """Something that both sides work on."""

    name: str
    unit: str | None
    solution: str | None
    owner: str | None
    """On our side."""
    need: str | None
    customer_impact: str | None


@dataclass(frozen=True, slots=True)
class Aim:
    """What both sides want to reach."""

    what: str
    relevance: str | None
    """Why the customer should care."""
    owner: str | None
    """On our side."""
    contacts: tuple[str, ...]
    """At the customer."""
    due: date | None
    state: Sign
    """The plan's own status, or `late` where it is open and its day is past."""
    days_late: int
    projects: tuple[str, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that took place, and what was agreed in it."""

    held: date
    attended: tuple[str, ...]
    news_from_us: tuple[str, ...]
    news_from_them: tuple[str, ...]
    ideas: tuple[str, ...]
    goals: tuple[str, ...]
    actions: tuple[Action, ...]
    kept: int
    """How many of the actions are done."""


@dataclass(frozen=True, slots=True)
class Gatherings:
    """The relationship meetings."""

    every_months: int | None
    """None where the plan does not say: the book's own cadence is not agreed with anybody."""
    next: date | None
    """None where none is planned, or the day that was planned is past."""
    follow_up: date | None
    """When the one after the next should be."""
    theirs: tuple[Person, ...]
    """Who of the customer takes part."""
    ours: tuple[str, ...]
    """Who of us: the account manager, and who was there the last time."""
    held: tuple[Held, ...]
    """The latest first."""


@dataclass(frozen=True, slots=True)
class CustomerView:
    """Everything that a page says to the customer. An empty or missing section is one that the page leaves out."""

    name: str
    """The customer's."""
    today: date
    starts: date | None
    ends: date | None
    manager: str | None
    """Who owns the plan."""
    charter: Charter | None
    drivers: tuple[Drivers, ...]
    projects: tuple[Project, ...]
    aims: tuple[Aim, ...]
    open_actions: tuple[OpenAction, ...]
    """What was agreed and still has to be done, the longest due first and what has no day last."""
    meetings: Gatherings | None
    people: tuple[Person, ...]
    """At the customer."""
    team: tuple[Member, ...]
    """On our side."""


def customer_view(edition: Plan, config: Config, today: date) -> CustomerView:
    """What the customer is shown, as of a day.

    Args:
        edition: what `model.editions.customer_edition` left of a plan.
        config: the book's settings.
        today: the day it is.
    """
    names = Names(edition, config)
    profile, found = edition.profile, account.customer(edition)
    return CustomerView(
        name=profile.name,
        today=today,
        starts=profile.starts,
        ends=profile.ends,
        manager=names.member(profile.account_manager),
        charter=found.charter if found else None,
        drivers=_drivers(edition),
        projects=_projects(edition, names),
        aims=tuple(_aim(objective) for objective in execution.objectives(edition, names, today)),
        open_actions=execution.open_actions(edition, names, today),
        meetings=None if edition.meetings is None else _gatherings(edition, edition.meetings, config, names, today),
        people=tuple(Person(contact.name, contact.title) for contact in edition.contacts.values()),
        team=account.team(edition),
    )


def _drivers(edition: Plan) -> tuple[Drivers, ...]:
    groups = (
        Drivers(kind, title, tuple(entry.what for entry in edition.insights.values() if entry.kind == kind))
        for kind, title in INSIGHT_GROUPS.items()
    )
    return tuple(group for group in groups if group.whats)


def _projects(edition: Plan, names: Names) -> tuple[Project, ...]:
    return tuple(
        Project(
            name=entry.name,
            unit=names.unit(entry.unit),
            solution=names.solution(entry.solution),
            owner=names.member(entry.owner),
            need=entry.need,
            customer_impact=entry.customer_impact,
        )
        for entry in edition.opportunities.values()
    )


def _aim(objective: execution.Objective) -> Aim:
    return Aim(
        what=objective.what,
        relevance=objective.relevance,
        owner=objective.owner,
        contacts=objective.contacts,
        due=objective.due,
        state=objective.state,
        days_late=objective.days_late,
        projects=objective.opportunities,
        actions=tuple(action for strategy in objective.strategies for action in strategy.actions),
    )


def _gatherings(edition: Plan, entry: Meetings, config: Config, names: Names, today: date) -> Gatherings:
    planned = planned_meeting(entry, today)
    coming = planned if planned is not None and planned >= today else None
    found = execution.meetings(edition, config, names, today)
    return Gatherings(
        every_months=entry.every_months,
        next=coming,
        follow_up=_follow_up(coming, entry.every_months),
        theirs=tuple(Person(edition.contacts[key].name, edition.contacts[key].title) for key in entry.with_),
        ours=_ours(edition, entry, names),
        held=tuple(
            Held(one.held, one.attended, one.news_from_us, one.news_from_them, one.ideas, one.goals, one.actions, _kept(one.actions))
            for one in (found.held if found else ())
        ),
    )


def _kept(actions: tuple[Action, ...]) -> int:
    return sum(action.state.key == "done" for action in actions)


def _follow_up(coming: date | None, every_months: int | None) -> date | None:
    if coming is None or every_months is None or coming.year > MAXYEAR - _MOST_YEARS:
        return None
    return months_later(coming, every_months)


def _ours(edition: Plan, entry: Meetings, names: Names) -> tuple[str, ...]:
    there = entry.held[max(entry.held)].attended if entry.held else ()
    ids = dict.fromkeys((edition.profile.account_manager, *(key for key in there if key not in edition.contacts)))
    return tuple(name for name in map(names.member, ids) if name)
