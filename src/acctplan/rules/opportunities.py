"""Rules about what we could win: that there is something, that it moves, and that we know who decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.relationships import deciders
from acctplan.diagnostic import Severity
from acctplan.rules.base import Context, Finding, Level, rule
from acctplan.rules.words import days, late, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.model import Opportunity, Plan


@rule("opportunities/none", severity=Severity.ADVICE, level=Level.START)
def none(plan: Plan, _: Context) -> Iterator[Finding]:
    """There is nothing to win: no potential and no open opportunity.

    Why: A plan needs something to work towards. One good idea of what this customer could buy next is enough to
    begin with.

    Fix: Write your best idea under `opportunities`: a name is enough, a rough value is better. It starts as
    potential, so nobody will count on it yet.
    """
    some = any(opportunity.is_live for opportunity in plan.opportunities.values())
    yield ("opportunities",), None if some else "there is no opportunity to work on, neither potential nor open"


@rule("opportunities/no-next-step", severity=Severity.ADVICE, level=Level.START)
def no_next_step(plan: Plan, _: Context) -> Iterator[Finding]:
    """An open opportunity has no next step, or the next step has no date.

    Why: A deal without a dated next step does not move, however good it looks. It is the first thing to ask about
    any deal.

    Fix: Write what happens next in `next_step` and by when in `next_step_due`. The best next step is one that the
    customer has agreed to.
    """
    for identifier, opportunity in _open(plan):
        name = quoted(opportunity.name)
        if opportunity.next_step is None:
            yield ("opportunities", identifier, "next_step"), f"{name} is open and has no next step"
        elif opportunity.next_step_due is None:
            yield ("opportunities", identifier, "next_step_due"), f"the next step of {name} has no date"
        else:
            yield ("opportunities", identifier, "next_step"), None


@rule("opportunities/next-step-overdue", severity=Severity.WARNING, level=Level.START)
def next_step_overdue(plan: Plan, context: Context) -> Iterator[Finding]:
    """The next step of an open opportunity is overdue.

    Why: Either it was done and the plan does not say so, or the deal has stopped. Both are worth knowing today.

    Fix: Do it, or write the new next step and its date. If the date keeps moving, ask whether the customer wants
    this as much as we do.
    """
    for identifier, opportunity in _open(plan):
        if (due := opportunity.next_step_due) is not None:
            message = f"the next step of {quoted(opportunity.name)} was due on {due}, {late(due, context.today)}"
            yield ("opportunities", identifier, "next_step_due"), message if due < context.today else None


@rule("opportunities/close-date-passed", severity=Severity.WARNING, level=Level.START)
def close_date_passed(plan: Plan, context: Context) -> Iterator[Finding]:
    """An open opportunity should have closed by now.

    Why: The forecast counts it in a period that is behind us. A passed close date is the most common reason why a
    forecast is wrong.

    Fix: Set a new `close_date`, or close it with `status: won`, `lost` or `dropped`. Ask the customer for the date:
    by when do they need it, and what has to happen before?
    """
    for identifier, opportunity in _open(plan):
        if (closes := opportunity.close_date) is not None:
            ago = days((context.today - closes).days)
            message = f"{quoted(opportunity.name)} should have closed on {closes}, {ago} ago, and is still open"
            yield ("opportunities", identifier, "close_date"), message if closes < context.today else None


@rule("opportunities/no-decision-maker", severity=Severity.ADVICE, level=Level.WORKING)
def no_decision_maker(plan: Plan, _: Context) -> Iterator[Finding]:
    """An open opportunity does not name who decides on it.

    Why: Whoever decides on the account need not decide on this deal. Until you know who does, you cannot know how
    you stand.

    Fix: Add the person to its `buying_roles` with `role: decision_maker`. Somebody with that role in `contacts`
    needs only to be listed.
    """
    for identifier, opportunity in _open(plan):
        message = f"{quoted(opportunity.name)} is open and does not name who decides on it"
        yield ("opportunities", identifier, "buying_roles"), None if deciders(plan, opportunity) else message


def _open(plan: Plan) -> Iterator[tuple[str, Opportunity]]:
    for identifier, opportunity in plan.opportunities.items():
        if opportunity.status == "open":
            yield identifier, opportunity
