"""What has a day by which it should be done: actions, next steps, close dates, objectives, relationship meetings, reviews."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from acctplan.analysis.actions import live_actions
from acctplan.analysis.calendar import months_later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.config import Limits
    from acctplan.diagnostic import Pointer
    from acctplan.model import Meetings, Plan

Kind: TypeAlias = Literal["action", "next_step", "close_date", "objective", "meeting", "review"]


class Due(NamedTuple):
    """Something that should be done by a day."""

    kind: Kind
    pointer: Pointer
    """To the day; where it follows from another day, such as that of the last meeting, to that."""
    what: str
    """In the plan's words: the action, the opportunity or the objective. Empty for meetings and reviews."""
    owner: str | None
    """The id of who should see to it, in `team`: of a meeting the account manager, of a review who did the last one."""
    due: date

    def days_late(self, today: date) -> int:
        """Days since that day: 0 on it, below 0 before it."""
        return (today - self.due).days


def dated(plan: Plan, limits: Limits, today: date) -> Iterator[Due]:
    """Everything that is still to be done and has a day, by its kind and in the order of the plan.

    Args:
        plan: the plan.
        limits: how often there should be meetings and reviews.
        today: the day it is.
    """
    yield from due_actions(plan)
    yield from due_next_steps(plan)
    yield from due_close_dates(plan)
    yield from due_objectives(plan)
    if (meeting := next_meeting(plan, limits, today)) is not None:
        yield meeting
    if (review := next_review(plan, limits, today)) is not None:
        yield review


def overdue(plan: Plan, limits: Limits, today: date) -> list[Due]:
    """What should have been done before today, the latest first. The arguments are those of `dated`."""
    late = (one for one in dated(plan, limits, today) if one.due < today)
    return sorted(late, key=lambda one: one.due)


def due_actions(plan: Plan) -> Iterator[Due]:
    """Open actions of open objectives and of meetings."""
    for pointer, action, _, _ in live_actions(plan):
        if action.is_open and action.due is not None:
            yield Due("action", (*pointer, "due"), action.what, action.owner, action.due)


def due_next_steps(plan: Plan) -> Iterator[Due]:
    """The next steps of open opportunities."""
    for identifier, opportunity in plan.opportunities.items():
        if opportunity.status == "open" and (due := opportunity.next_step_due) is not None:
            yield Due("next_step", ("opportunities", identifier, "next_step_due"), opportunity.name, opportunity.owner, due)


def due_close_dates(plan: Plan) -> Iterator[Due]:
    """The days on which open opportunities should close."""
    for identifier, opportunity in plan.opportunities.items():
        if opportunity.status == "open" and (due := opportunity.close_date) is not None:
            yield Due("close_date", ("opportunities", identifier, "close_date"), opportunity.name, opportunity.owner, due)


def due_objectives(plan: Plan) -> Iterator[Due]:
    """Open objectives."""
    for identifier, objective in plan.objectives.items():
        if objective.is_open and (due := objective.due) is not None:
            yield Due("objective", ("objectives", identifier, "due"), objective.what, objective.owner, due)


def next_meeting(plan: Plan, limits: Limits, today: date) -> Due | None:
    """The next relationship meeting: as planned, else as often as there should be one. None where none was planned or held."""
    meetings, manager = plan.meetings, plan.profile.account_manager
    if meetings is None:
        return None
    if (planned := planned_meeting(meetings, today)) is not None:
        return Due("meeting", ("meetings", "next"), "", manager, planned)
    if (last := last_meeting(meetings, today)) is not None:
        due = months_later(last, meeting_months(meetings, limits))
        return Due("meeting", ("meetings", "held", last.isoformat()), "", manager, due)
    return None


def last_meeting(meetings: Meetings, today: date) -> date | None:
    """The day of the last relationship meeting that was held."""
    return max((day for day in meetings.held if day <= today), default=None)


def planned_meeting(meetings: Meetings, today: date) -> date | None:
    """The day of the next meeting, unless one was held on it or since: then nobody has planned another."""
    last = last_meeting(meetings, today)
    return meetings.next if meetings.next is not None and (last is None or meetings.next > last) else None


def meeting_months(meetings: Meetings, limits: Limits) -> int:
    """Months between two relationship meetings: the plan's own, else the book's."""
    return meetings.every_months or limits.meeting_months


def next_review(plan: Plan, limits: Limits, today: date) -> Due | None:
    """The next review by the manager: so long after the last one or, as long as there is none, after the plan began.

    None where the plan was never reviewed and does not say when it began.
    """
    last, starts = last_review(plan, today), plan.profile.starts
    if last is not None:
        return Due("review", ("reviews", last.isoformat()), "", plan.reviews[last].by, _days_later(last, limits.review_days))
    return None if starts is None else Due("review", ("profile", "starts"), "", None, _days_later(starts, limits.review_days))


def last_review(plan: Plan, today: date) -> date | None:
    """The day of the last review."""
    return max((day for day in plan.reviews if day <= today), default=None)


def _days_later(day: date, days: int) -> date:
    """So many days later, or the last day that there is."""
    return day + timedelta(days=min(days, (date.max - day).days))
