"""Rules about relationship meetings: that the next one is planned, that they take place, and that something comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.calendar import months_later
from acctplan.diagnostic import Severity
from acctplan.rules.base import Context, Finding, Level, rule
from acctplan.rules.words import days, late

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from acctplan.model import Meetings, Plan


@rule("meetings/none-planned", severity=Severity.ADVICE, level=Level.START)
def none_planned(plan: Plan, context: Context) -> Iterator[Finding]:
    """No relationship meeting is planned.

    Why: A customer who only hears from us when there is something to sell knows it. A regular talk about how it
    goes, for both sides, is what a relationship stands on.

    Fix: Agree on a day with the customer and write it in `meetings.next`. Four times a year is usual.
    """
    planned = plan.meetings is not None and _planned(plan.meetings, context.today) is not None
    yield ("meetings", "next"), None if planned else "no relationship meeting is planned"


@rule("meetings/overdue", severity=Severity.WARNING, level=Level.START)
def overdue(plan: Plan, context: Context) -> Iterator[Finding]:
    """The next relationship meeting is overdue: its day has passed, or the last one is too long ago and none is planned.

    Why: Meetings that are put off once are put off again. The customer reads it as what it is.

    Fix: Note the meeting under `held` if it took place; otherwise agree on a new day and write it in `next`. How
    often you meet stands in `meetings.every_months`, or for the whole book in `limits.meeting_months`.
    """
    meetings, today = plan.meetings, context.today
    if meetings is None:
        return
    if (planned := _planned(meetings, today)) is not None:
        message = f"the relationship meeting planned for {planned} is {late(planned, today)}, or not noted as held"
        yield ("meetings", "next"), message if planned < today else None
    elif (last := _last_held(meetings, today)) is not None:
        months = meetings.every_months or context.config.limits.meeting_months
        due = months_later(last, months)
        rhythm = "every month" if months == 1 else f"every {months} months"
        message = (
            f"the last relationship meeting was on {last}; with one {rhythm} the next was due on {due}, {days((today - due).days)} ago"
        )
        yield ("meetings", "held", last.isoformat()), message if due < today else None


@rule("meetings/held-without-actions", severity=Severity.WARNING, level=Level.WORKING)
def held_without_actions(plan: Plan, context: Context) -> Iterator[Finding]:
    """Nothing was agreed to be done in the last relationship meeting. Older ones are history and are left alone.

    Why: A meeting after which nobody does anything was a visit. At the next one there will be nothing to report.

    Fix: Write at least one thing that was promised under its `actions`, with an owner and a date. If nothing was
    promised, call and offer something.
    """
    if plan.meetings is not None and (last := _last_held(plan.meetings, context.today)) is not None:
        message = f"nothing was agreed to be done in the relationship meeting of {last}"
        yield ("meetings", "held", last.isoformat()), None if plan.meetings.held[last].actions else message


def _last_held(meetings: Meetings, today: date) -> date | None:
    return max((day for day in meetings.held if day <= today), default=None)


def _planned(meetings: Meetings, today: date) -> date | None:
    """The day of the next meeting, unless one was held on it or since: then nobody has planned another."""
    last = _last_held(meetings, today)
    return meetings.next if meetings.next is not None and (last is None or meetings.next > last) else None
