"""How well a plan is doing: four scores, never one, each with its n of m and the list behind it.

Where nothing applies a score is blank, not 100.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from acctplan.analysis.actions import placed_actions
from acctplan.analysis.overdue import planned_meeting
from acctplan.analysis.relationships import called, is_covered, key_players

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.config import Limits
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan
    from acctplan.rules import Checkup, Rule

_GOOD, _FAIR = 67, 34
"""Percent from which on a score is good, or fair."""


class Band(StrEnum):
    """How good a score is."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a score counts."""

    pointer: Pointer
    words: str
    is_good: bool


@dataclass(frozen=True, slots=True)
class Score:
    """So many good of so many."""

    name: str
    items: tuple[Item, ...]

    @property
    def good(self) -> int:
        """How many are good."""
        return sum(item.is_good for item in self.items)

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 means all; None where nothing applies."""
        return 100 * self.good // len(self.items) if self.items else None

    @property
    def band(self) -> Band | None:
        """67 and over is good, 34 to 66 fair, below poor; None where nothing applies."""
        if self.percent is None:
            return None
        return Band.GOOD if self.percent >= _GOOD else Band.FAIR if self.percent >= _FAIR else Band.POOR


@dataclass(frozen=True, slots=True)
class Health:
    """The four scores of a plan."""

    completeness: Score
    """The rules that apply: those that are met."""
    freshness: Score
    """Facts and contacts with a date: those younger than their limit."""
    coverage: Score
    """Key players: those whom we cover, stance known."""
    execution: Score
    """Actions and meetings due so far: those done, or not yet late."""

    @property
    def scores(self) -> tuple[Score, ...]:
        """All four."""
        return (self.completeness, self.freshness, self.coverage, self.execution)


def health(plan: Plan, checkup: Checkup, rules: tuple[Rule, ...], limits: Limits, today: date) -> Health:
    """The health of a plan.

    Args:
        plan: the plan.
        checkup: what came of checking it.
        rules: those that it was checked with.
        limits: when a fact or a contact is stale.
        today: the day it is.
    """
    return Health(
        Score("completeness", tuple(_completeness(checkup, rules))),
        Score("freshness", (*_facts(plan, limits, today), *_contacts(plan, limits, today))),
        Score("coverage", tuple(_coverage(plan))),
        Score("execution", (*_actions(plan, today), *_meetings(plan, today))),
    )


def _completeness(checkup: Checkup, rules: tuple[Rule, ...]) -> Iterator[Item]:
    failing = {diagnostic.rule: diagnostic for diagnostic in reversed(checkup.diagnostics)}
    applied = checkup.completeness.applied if checkup.completeness else ()
    for rule in rules:
        if rule.name in failing:
            yield Item(failing[rule.name].pointer, f"{failing[rule.name].message} ({rule.name})", is_good=False)
        elif rule.name in applied:
            yield Item((), rule.name, is_good=True)


def _facts(plan: Plan, limits: Limits, today: date) -> Iterator[Item]:
    oldest = today - timedelta(days=limits.fact_days)
    for key, insight in plan.insights.items():
        if insight.as_of is not None:
            yield Item(("insights", key, "as_of"), f"{insight.what}, as of {insight.as_of}", insight.as_of >= oldest)
    yield from _imported(plan, oldest)
    for section in ("revenue_history", "revenue_objectives"):
        for year, figures in getattr(plan.profile, section).items():
            if figures.as_of is not None:
                words = f"{section.replace('_', ' ')} of {year}, as of {figures.as_of}"
                yield Item(("profile", section, year, "as_of"), words, figures.as_of >= oldest)


def _imported(plan: Plan, oldest: date) -> Iterator[Item]:
    """What came from elsewhere as of a day: the profile, and opportunities that can still be won. Of people the last contact tells."""
    if plan.profile.as_of is not None:
        yield Item(("profile", "as_of"), f"profile, as of {plan.profile.as_of}", plan.profile.as_of >= oldest)
    for key, opportunity in plan.opportunities.items():
        if opportunity.as_of is not None and opportunity.is_live:
            yield Item(("opportunities", key, "as_of"), f"{opportunity.name}, as of {opportunity.as_of}", opportunity.as_of >= oldest)


def _contacts(plan: Plan, limits: Limits, today: date) -> Iterator[Item]:
    oldest = today - timedelta(days=limits.contact_days)
    for key, contact in plan.contacts.items():
        if contact.last_contact is not None:
            words = f"{called(plan, key)}, last contact {contact.last_contact}"
            yield Item(("contacts", key, "last_contact"), words, contact.last_contact >= oldest)


def _coverage(plan: Plan) -> Iterator[Item]:
    for key, contact in key_players(plan):
        words = f"{called(plan, key)}: coverage {contact.coverage or 'unknown'}, stance {contact.stance or 'unknown'}".replace("_", " ")
        yield Item(("contacts", key), words, is_covered(contact.coverage, contact.stance))


def _actions(plan: Plan, today: date) -> Iterator[Item]:
    for pointer, action, _, _ in placed_actions(plan):
        is_due = action.due is not None and action.due <= today
        if action.status != "cancelled" and (is_due or not action.is_open):
            due = f", due {action.due}" if action.due else ""
            yield Item(pointer, action.what + due, not action.is_open or action.due == today)


def _meetings(plan: Plan, today: date) -> Iterator[Item]:
    if plan.meetings is None:
        return
    for day in plan.meetings.held:
        if day <= today:
            yield Item(("meetings", "held", day.isoformat()), f"relationship meeting of {day}", is_good=True)
    planned = planned_meeting(plan.meetings, today)
    if planned is not None and planned <= today:
        yield Item(("meetings", "next"), f"relationship meeting planned for {planned}", planned == today)
