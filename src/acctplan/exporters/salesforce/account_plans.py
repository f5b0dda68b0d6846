"""Plans as records of AccountPlan, AccountPlanObjective and AccountPlanObjectiveMeasure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.exporters.salesforce.files import Parent, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from acctplan.model import Objective, Plan

_SYSTEM = "salesforce"
_LONGEST_NAME = 80
"""Characters of a record's name, the fewest that Salesforce gives to any; the reference does not say how many these have."""
_STATUSES = {"not_started": "New", "in_progress": "In Progress", "achieved": "Closed", "cancelled": "Closed"}
"""Of objectives: AccountPlanObjective.Status is a restricted pick list of New, In Progress and Closed."""


def account_plans(plans: Sequence[tuple[str, Plan]], today: date, notes: list[str]) -> dict[str, list[Record]]:
    """The records of each object, in the order in which they can be created.

    Args:
        plans: each with its name.
        today: the day as of which a plan is active.
        notes: takes what was left out, and why.
    """
    records = _Records(notes)
    for name, plan in plans:
        if _SYSTEM in plan.profile.crm:
            records.add(name, plan, today)
        else:
            notes.append(f"{name}: no account plan, its account has no Salesforce id; write it as profile.crm.salesforce")
    return records.found


class _Records:
    """The records that were made so far.

    Args:
        notes: takes what was left out, and why.
    """

    def __init__(self, notes: list[str]) -> None:
        self.found: dict[str, list[Record]] = {"AccountPlan": [], "AccountPlanObjective": [], "AccountPlanObjectiveMeasure": []}
        self._notes = notes
        self._taken: dict[str, set[str]] = {name: set() for name in self.found}

    def add(self, name: str, plan: Plan, today: date) -> None:
        """The records of a plan."""
        called = self._once("AccountPlan", _called(plan), name)
        fields = {"Name": called, **_plan_fields(plan, today)}
        parent = Parent("AccountPlan", called, self._record("AccountPlan", fields, None))
        for identifier, objective in plan.objectives.items():
            self._objective(name, identifier, objective, parent)

    def _objective(self, name: str, identifier: str, one: Objective, plan: Parent) -> None:
        called = self._once("AccountPlanObjective", " ".join(one.what.split()), f"{name} {identifier}")
        status = _STATUSES.get(one.status)
        if status is None:
            self._notes.append(f"{name}: the objective {identifier} has no Status, Salesforce has no word for {one.status}")
        whole = one.what if called != one.what else None
        words = [whole, one.relevance, *(strategy.what for strategy in one.strategies.values())]
        fields = {"Name": called, "Description": _lines(words), "EndDate": _day(one.due), "Status": status}
        parent = Parent("AccountPlanObjective", called, self._record("AccountPlanObjective", fields, plan))
        if one.measure is not None:
            target, current = (None if amount is None else format(amount, "f") for amount in (one.measure.target, one.measure.current))
            values = {"TargetValue": target, "CurrentValue": current, "ValueType": "Number" if target or current else None}
            self._record("AccountPlanObjectiveMeasure", {"Name": _short(" ".join(one.measure.metric.split())), **values}, parent)

    def _record(self, kind: str, fields: dict[str, str | None], parent: Parent | None) -> str:
        reference = f"{kind}Ref{len(self.found[kind]) + 1}"
        self.found[kind].append(Record(reference, {name: text for name, text in fields.items() if text}, parent))
        return reference

    def _once(self, kind: str, name: str, other: str) -> str:
        """A name that no other record has; where one has it, with what else tells them apart."""
        taken = self._taken[kind]
        made = _short(name)
        if made in taken:
            made = _short(f"{other}: {name}")
        number = 2
        while made in taken:
            made = f"{_short(name, _LONGEST_NAME - 8)} {number}"
            number += 1
        taken.add(made)
        return made


def _called(plan: Plan) -> str:
    """What an account plan is called: the account, and the plan's period."""
    profile = plan.profile
    period = f"{profile.starts} to {profile.ends}" if profile.starts and profile.ends else ""
    return " ".join((*profile.name.split(), *period.split()))


def _plan_fields(plan: Plan, today: date) -> dict[str, str | None]:
    profile = plan.profile
    insights = plan.insights.values()
    dynamics = profile.market_dynamics
    return {
        "AccountId": profile.crm[_SYSTEM],
        "StartDate": _day(profile.starts),
        "EndDate": _day(profile.ends),
        "Status": _status(profile.starts, profile.ends, today),
        "AccountStrategicPriorities": _lines(one.what for one in insights if one.kind in ("goal", "initiative")),
        "AccountChallenges": _lines(one.what for one in insights if one.kind in ("pressure", "obstacle")),
        "AccountIndustryTrends": _lines((*dynamics.opportunities, *dynamics.threats)) if dynamics else None,
        "AccountCompetitors": _lines(one.name for one in plan.competitors.values()),
        "RelationshipOpportunities": _lines(one.name for one in plan.opportunities.values() if one.is_live),
        "RelationshipThreats": _lines(one.what for one in plan.risks.values()),
        "Notes": profile.background,
    }


def _status(starts: date | None, ends: date | None, today: date) -> str | None:
    """Of an account plan: AccountPlan.Status is a pick list of Not Started, Active and Inactive."""
    if starts is None:
        return None
    if today < starts:
        return "Not Started"
    return "Inactive" if ends is not None and today > ends else "Active"


def _short(name: str, longest: int = _LONGEST_NAME) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"


def _lines(texts: Iterable[str | None]) -> str | None:
    return "\n".join(text for text in texts if text) or None


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
