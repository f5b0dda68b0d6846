"""Rules about the account itself: who owns the plan, what it is for, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.diagnostic import Severity
from acctplan.rules.base import Context, Finding, Level, rule
from acctplan.rules.words import days, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.model import Plan


@rule("profile/no-account-manager", severity=Severity.ADVICE, level=Level.START)
def no_account_manager(plan: Plan, _: Context) -> Iterator[Finding]:
    """Nobody is named as the account manager.

    Why: A plan that belongs to everybody is carried out by nobody. The account manager is the one person who
    answers for this customer, and whom the customer may call.

    Fix: Add yourself to `team` and write your id in `profile.account_manager`. If the account is between two
    people, name the one who has it today.
    """
    missing = plan.profile.account_manager is None
    yield ("profile", "account_manager"), "nobody is named as the account manager" if missing else None


@rule("profile/nothing-drives-them", severity=Severity.ADVICE, level=Level.START)
def nothing_drives_them(plan: Plan, _: Context) -> Iterator[Finding]:
    """The plan does not say what the customer wants.

    Why: Customers buy what helps them with their own goals, under their own pressures. A plan that knows only what
    we want to sell is a forecast, not a plan.

    Fix: Write one goal or pressure of the customer under `insights`, in their words. A line of `profile.background`
    is a fair start, where you have not asked them yet.
    """
    known = plan.insights or plan.profile.background
    yield ("insights",), None if known else f"nothing here says what {short(plan.profile.name)} wants: no insights and no background"


@rule("profile/no-period", severity=Severity.ADVICE, level=Level.WORKING)
def no_period(plan: Plan, _: Context) -> Iterator[Finding]:
    """The plan does not say from when to when it runs.

    Why: Goals, forecast and gap are those of a period. Without its first and last day nobody can tell what counts,
    or when the plan has to be written anew.

    Fix: Write the first and the last day in `profile.starts` and `profile.ends`. Most plans run for a year, from
    the start of the fiscal year.
    """
    missing = [field for field in ("starts", "ends") if getattr(plan.profile, field) is None]
    words = {"starts": "first day", "ends": "last day"}
    message = f"the plan's period has no {' and no '.join(words[field] for field in missing)}" if missing else None
    yield ("profile", missing[0] if missing else "starts"), message


@rule("profile/period-backwards", severity=Severity.ERROR, level=Level.START)
def period_backwards(plan: Plan, _: Context) -> Iterator[Finding]:
    """The plan's period ends before it starts.

    Why: Nothing lies between the two days, so every figure that is counted by period comes out as nothing.

    Fix: Correct `profile.starts` or `profile.ends`. Most often it is the year that is wrong.
    """
    starts, ends = plan.profile.starts, plan.profile.ends
    if starts is not None and ends is not None:
        yield ("profile", "ends"), f"the plan ends on {ends}, before it starts on {starts}" if ends < starts else None


@rule("profile/period-over", severity=Severity.WARNING, level=Level.START)
def period_over(plan: Plan, context: Context) -> Iterator[Finding]:
    """The plan's period is over.

    Why: A plan for last year still reads as if it were valid, and its open opportunities no longer count towards
    any goal.

    Fix: Set `profile.starts` and `profile.ends` to the new period. Take what is still true over into it, and close
    what was won or lost.
    """
    if (ends := plan.profile.ends) is not None:
        message = f"the plan's period ended on {ends}, {days((context.today - ends).days)} ago"
        yield ("profile", "ends"), message if ends < context.today else None
