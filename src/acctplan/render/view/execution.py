"""What we do about it: objectives, strategies and actions, relationship meetings, risks, reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from acctplan.analysis.actions import placed_actions
from acctplan.render.view.words import ACTION, CATEGORY, INFLUENCE, MET, OBJECTIVE, PURCHASING, RISK, VERDICT, Sign, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from acctplan import model
    from acctplan.config import Config
    from acctplan.model import Plan
    from acctplan.render.view.names import Names


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do."""

    what: str
    owner: str | None
    due: date | None
    state: Sign
    """The plan's own status, or `late` where it is open and its day is past."""
    days_late: int
    done: date | None
    contact: str | None
    shared: bool
    """Agreed with the customer, so that it stands in their edition too."""
    notes: str | None


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action that still has to be done, and what it is for."""

    action: Action
    purpose: str | None
    """What the objective wants to reach; None of an action that a meeting agreed on."""
    meeting: date | None


@dataclass(frozen=True, slots=True)
class Strategy:
    """A way to reach an objective."""

    what: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """How we will know."""

    metric: str
    target: Decimal | None
    current: Decimal | None


@dataclass(frozen=True, slots=True)
class Objective:
    """What we want to reach."""

    id: str
    what: str
    category: str
    type: str | None
    owner: str | None
    due: date | None
    state: Sign
    """The plan's own status, or `late` where it is open and its day is past."""
    days_late: int
    priority: Sign
    relevance: str | None
    measure: Measure | None
    opportunities: tuple[str, ...]
    contacts: tuple[str, ...]
    strategies: tuple[Strategy, ...]
    shared: bool
    """Agreed with the customer, so that it stands in their edition too."""
    notes: str | None


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A relationship meeting that took place."""

    held: date
    attended: tuple[str, ...]
    expectations: Sign
    our_notes: str | None
    purchasing: Sign
    their_notes: str | None
    overdue_invoices: int | None
    finance_notes: str | None
    news_from_us: tuple[str, ...]
    news_from_them: tuple[str, ...]
    ideas: tuple[str, ...]
    goals: tuple[str, ...]
    actions: tuple[Action, ...]
    notes: str | None


@dataclass(frozen=True, slots=True)
class Meetings:
    """Relationship meetings: the cadence, the next one, those held."""

    every_months: int
    cadence_assumed: bool
    """The plan names none, so that the book's own cadence holds."""
    participants: tuple[str, ...]
    next: date | None
    next_is_past: bool
    held: tuple[HeldMeeting, ...]
    """The latest first."""


@dataclass(frozen=True, slots=True)
class Risk:
    """Something that could go wrong."""

    what: str
    likelihood: Sign
    impact: Sign
    response: str | None
    owner: str | None
    status: Sign


@dataclass(frozen=True, slots=True)
class Review:
    """A manager's review of this plan."""

    reviewed: date
    reviewer: str
    verdict: Sign
    notes: str | None


def objectives(plan: Plan, names: Names, today: date) -> tuple[Objective, ...]:
    """What we want to reach, in the order of the plan."""
    return tuple(_objective(identifier, entry, names, today) for identifier, entry in plan.objectives.items())


def _objective(identifier: str, entry: model.Objective, names: Names, today: date) -> Objective:
    days_late = _days_late(entry.due, today) if entry.is_open else 0
    return Objective(
        id=identifier,
        what=entry.what,
        category=CATEGORY[entry.category],
        type=None if entry.type is None else spoken(entry.type),
        owner=names.member(entry.owner),
        due=entry.due,
        state=OBJECTIVE["late" if days_late else entry.status],
        days_late=days_late,
        priority=INFLUENCE[entry.priority],
        relevance=entry.relevance,
        measure=None if entry.measure is None else Measure(entry.measure.metric, entry.measure.target, entry.measure.current),
        opportunities=tuple(names.opportunity(key) for key in entry.opportunities),
        contacts=names.contacts(entry.contacts),
        strategies=tuple(Strategy(strategy.what, _actions(strategy.actions, names, today)) for strategy in entry.strategies.values()),
        shared=bool(entry.shared),
        notes=entry.notes,
    )


def _actions(entries: Mapping[str, model.Action], names: Names, today: date) -> tuple[Action, ...]:
    return tuple(_action(entry, names, today) for entry in entries.values())


def _action(entry: model.Action, names: Names, today: date) -> Action:
    days_late = _days_late(entry.due, today) if entry.is_open else 0
    return Action(
        what=entry.what,
        owner=names.member(entry.owner),
        due=entry.due,
        state=ACTION["late" if days_late else entry.status],
        days_late=days_late,
        done=entry.done,
        contact=None if entry.contact is None else names.contact(entry.contact),
        shared=bool(entry.shared),
        notes=entry.notes,
    )


def _days_late(due: date | None, today: date) -> int:
    return 0 if due is None else max(0, (today - due).days)


def open_actions(plan: Plan, names: Names, today: date) -> tuple[OpenAction, ...]:
    """Everything that still has to be done, of objectives and meetings, the longest due first and what has no day last."""
    found = (
        OpenAction(_action(action, names, today), None if objective is None else plan.objectives[objective].what, meeting)
        for _, action, objective, meeting in placed_actions(plan)
        if action.is_open
    )
    return tuple(sorted(found, key=lambda one: one.action.due or date.max))


def meetings(plan: Plan, config: Config, names: Names, today: date) -> Meetings | None:
    """The relationship meetings; None where the plan says nothing of them."""
    entry = plan.meetings
    if entry is None:
        return None
    return Meetings(
        every_months=entry.every_months or config.limits.meeting_months,
        cadence_assumed=entry.every_months is None,
        participants=names.contacts(entry.with_),
        next=entry.next,
        next_is_past=entry.next is not None and entry.next < today,
        held=tuple(_held(held, meeting, names, today) for held, meeting in sorted(entry.held.items(), reverse=True)),
    )


def _held(held: date, entry: model.HeldMeeting, names: Names, today: date) -> HeldMeeting:
    ours, theirs, finances = entry.ours, entry.theirs, entry.finances
    return HeldMeeting(
        held=held,
        attended=tuple(names.attendee(identifier) for identifier in entry.attended),
        expectations=MET[ours.expectations_met if ours else None],
        our_notes=ours.notes if ours else None,
        purchasing=PURCHASING[theirs.purchasing if theirs else None],
        their_notes=theirs.notes if theirs else None,
        overdue_invoices=finances.overdue_invoices if finances else None,
        finance_notes=finances.notes if finances else None,
        news_from_us=entry.news_from_us,
        news_from_them=entry.news_from_them,
        ideas=entry.ideas,
        goals=entry.goals,
        actions=_actions(entry.actions, names, today),
        notes=entry.notes,
    )


def risks(plan: Plan, names: Names) -> tuple[Risk, ...]:
    """What could go wrong: what is open first, else in the order of the plan."""
    found = [
        Risk(
            entry.what, INFLUENCE[entry.likelihood], INFLUENCE[entry.impact], entry.response, names.member(entry.owner), RISK[entry.status]
        )
        for entry in plan.risks.values()
    ]
    return tuple(sorted(found, key=lambda risk: risk.status.key != "open"))


def reviews(plan: Plan, names: Names) -> tuple[Review, ...]:
    """The manager's reviews, the latest first."""
    return tuple(
        Review(reviewed, names.member(entry.by) or "", VERDICT[entry.verdict], entry.notes)
        for reviewed, entry in sorted(plan.reviews.items(), reverse=True)
    )
