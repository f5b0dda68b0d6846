"""Rules about relationship meetings: that the next one is planned, that they take place, and that something comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.calendar import months_later
from acctplan.analysis.meetings import executive_words, executives, rhythm
from acctplan.analysis.overdue import last_meeting, meeting_months, planned_meeting
from acctplan.analysis.relationships import buying_roles
from acctplan.diagnostic import Severity
from acctplan.rules.base import Context, Finding, Level, rule
from acctplan.rules.words import days, late, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.model import Plan

_PREPARING_DAYS = 14
"""So long before a meeting there is still time to keep what was promised at the last."""


@rule("meetings/none-planned", severity=Severity.ADVICE, level=Level.START, weight=4)
def none_planned(plan: Plan, context: Context) -> Iterator[Finding]:
    """No relationship meeting is planned.

    Why: A customer who only hears from us when there is something to sell knows it. A regular talk about how it
    goes, for both sides, is what a relationship stands on.

    Fix: Agree on a day with the customer and write it in `meetings.next`. Four times a year is usual.
    """
    planned = plan.meetings is not None and planned_meeting(plan.meetings, context.today) is not None
    yield ("meetings", "next"), None if planned else "no relationship meeting is planned"


@rule("meetings/overdue", severity=Severity.WARNING, level=Level.START, weight=3)
def overdue(plan: Plan, context: Context) -> Iterator[Finding]:
    """The next relationship meeting is overdue: its day has passed, or the last one is too long ago and none is planned.

    Why: Meetings that are put off once are put off again. The customer reads it as what it is.

    Fix: Note the meeting under `held` if it took place; otherwise agree on a new day and write it in `next`. How
    often you meet stands in `meetings.every_months`, or for the whole book in `limits.meeting_months`.
    """
    meetings, today = plan.meetings, context.today
    if meetings is None:
        return
    if (planned := planned_meeting(meetings, today)) is not None:
        message = f"the relationship meeting planned for {planned} is {late(planned, today)}, or not noted as held"
        yield ("meetings", "next"), message if planned < today else None
    elif (last := last_meeting(meetings, today)) is not None:
        months = meeting_months(meetings, context.config.limits)
        due, ago = months_later(last, months), days((today - months_later(last, months)).days)
        message = f"the last relationship meeting was on {last}; with one {rhythm(months)} the next was due on {due}, {ago} ago"
        yield ("meetings", "held", last.isoformat()), message if due < today else None


@rule("meetings/held-without-actions", severity=Severity.WARNING, level=Level.WORKING, weight=3)
def held_without_actions(plan: Plan, context: Context) -> Iterator[Finding]:
    """Nothing was agreed to be done in the last relationship meeting. Older ones are history and are left alone.

    Why: A meeting after which nobody does anything was a visit. At the next one there will be nothing to report.

    Fix: Write at least one thing that was promised under its `actions`, with an owner and a date. If nothing was
    promised, call and offer something.
    """
    if plan.meetings is not None and (last := last_meeting(plan.meetings, context.today)) is not None:
        message = f"nothing was agreed to be done in the relationship meeting of {last}"
        yield ("meetings", "held", last.isoformat()), None if plan.meetings.held[last].actions else message


@rule("meetings/promises-overdue", severity=Severity.WARNING, level=Level.WORKING, weight=4)
def promises_overdue(plan: Plan, context: Context) -> Iterator[Finding]:
    """The next relationship meeting is within two weeks, and something promised at an earlier one is overdue.

    Why: It will be the first thing that they ask about. A promise kept late can be explained, one forgotten cannot.

    Fix: Do it before the meeting, or call and agree on a new day: do not bring it along as an excuse.
    """
    meetings, today = plan.meetings, context.today
    planned = None if meetings is None else planned_meeting(meetings, today)
    if meetings is not None and meetings.held and planned is not None and 0 <= (planned - today).days <= _PREPARING_DAYS:
        promised = [action for meeting in meetings.held.values() for action in meeting.actions.values()]
        late_ones = [action for action in promised if action.is_open and action.due is not None and action.due < today]
        message = None
        if late_ones:
            what = quoted(late_ones[0].what) + (f" and {len(late_ones) - 1} more" if len(late_ones) > 1 else "")
            message = f"the next relationship meeting is on {planned}, and what we promised at an earlier one is overdue: {what}"
        yield ("meetings", "next"), message


@rule("meetings/dry-spell", severity=Severity.WARNING, level=Level.WORKING, weight=3)
def dry_spell(plan: Plan, context: Context) -> Iterator[Finding]:
    """A relationship meeting is planned, but none was held for twice as long as the rhythm allows.

    Why: A date in the future looks like a relationship. What counts is the last time that both sides sat down.

    Fix: Do not move the planned meeting again, and talk before it if it is far off. If there was one in between,
    note it under `held`.
    """
    meetings, today = plan.meetings, context.today
    planned = None if meetings is None else planned_meeting(meetings, today)
    if meetings is None or planned is None or planned < today:
        return
    last = last_meeting(meetings, today)
    since = plan.profile.starts if last is None else last
    if since is not None and since <= today:
        months, ago = meeting_months(meetings, context.config.limits), days((today - since).days)
        began = f"since the plan began on {since}, {ago} ago" if last is None else f"since {since}, {ago} ago"
        message = f"no relationship meeting was held {began}; there should be one {rhythm(months)}"
        pointer = ("meetings", "next") if last is None else ("meetings", "held", last.isoformat())
        yield pointer, message if months_later(since, 2 * months) < today else None


@rule("meetings/nobody-named", severity=Severity.ADVICE, level=Level.WORKING, weight=2)
def nobody_named(plan: Plan, context: Context) -> Iterator[Finding]:
    """The next relationship meeting does not say who of the customer takes part.

    Why: Who sits there decides what can be agreed. Left open, it is whoever has time.

    Fix: Name them in `meetings.with`, somebody who decides among them. Ask for them by name when you fix the day.
    """
    if plan.meetings is not None and (planned := planned_meeting(plan.meetings, context.today)) is not None:
        message = f"the relationship meeting planned for {planned} does not say who of the customer takes part"
        yield ("meetings", "with"), None if plan.meetings.with_ else message


@rule("meetings/no-executive", severity=Severity.ADVICE, level=Level.WORKING, weight=3)
def no_executive(plan: Plan, context: Context) -> Iterator[Finding]:
    """Nobody who takes part in the relationship meetings decides or has high influence, as far as the plan says.

    Why: A meeting with those who use our work keeps it running. Goals, money and the next year are decided
    by others, and they hear of it from somebody else.

    Fix: Invite one person who decides, with a topic that is theirs, and add them to `meetings.with`. Ask your own
    executive to write the invitation.
    """
    if plan.meetings is not None:
        last = last_meeting(plan.meetings, context.today)
        attended = plan.meetings.held[last].attended if last is not None else ()
        people = [identifier for identifier in (*plan.meetings.with_, *attended) if identifier in plan.contacts]
        if people:
            roles = buying_roles(plan)
            weighty = any(plan.contacts[one].influence == "high" or "decision_maker" in roles[one] for one in people)
            message = "nobody who takes part in the relationship meetings decides or has high influence"
            yield ("meetings", "with"), None if weighty else message


@rule("meetings/executive-dry-spell", severity=Severity.WARNING, level=Level.WORKING, weight=3)
def executive_dry_spell(plan: Plan, context: Context) -> Iterator[Finding]:
    """Nobody has met a contact for longer than their own cadence allows, or ever.

    Why: Somebody of ours has promised to keep up with them. A quarter without a word is noticed above all by those
    who decide, and by then somebody else has been there.

    Fix: Ask them for half an hour, or take them along to the next relationship meeting. If you met, note it:
    `acctplan log`, or their id in the `attended` of the meeting. If the cadence is too much, change
    `relationship.every_months`.
    """
    for one in executives(plan, context.today):
        yield one.pointer, executive_words(plan, one, context.today) if one.is_dry(context.today) else None
