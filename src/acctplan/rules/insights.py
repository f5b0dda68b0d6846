"""Rules about what drives the customer: goals, pressures, initiatives, obstacles, and whether one leads to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.diagnostic import Severity
from acctplan.rules.base import Context, Finding, Level, rule
from acctplan.rules.words import days, quoted, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.model import Insight, Plan


@rule("insights/no-goal", severity=Severity.ADVICE, level=Level.REVIEW, weight=4)
def no_goal(plan: Plan, _: Context) -> Iterator[Finding]:
    """No goal of the customer is named among the insights, though something is known of them.

    Why: Budgets follow goals. Without theirs you cannot say why they should spend with you rather than on
    something else.

    Fix: Add an insight of `kind: goal`, with a figure and a year if they have one. Annual reports name goals; the
    person who has to reach one names the real one.
    """
    if plan.insights or plan.profile.background:  # of a plan that knows neither, profile/nothing-drives-them speaks
        known = any(insight.kind == "goal" for insight in plan.insights.values())
        yield ("insights",), None if known else f"no goal of {short(plan.profile.name)} is named"


@rule("insights/no-owner", severity=Severity.ADVICE, level=Level.WORKING, weight=2)
def no_owner(plan: Plan, _: Context) -> Iterator[Finding]:
    """A goal or an initiative does not say who at the customer it belongs to.

    Why: A company has no goals, people have. Who is measured by it is the person who will want to hear from you.

    Fix: Name them in `owner`, an id in `contacts`. If you do not know the person, add the seat with its title.
    """
    for identifier, insight in plan.insights.items():
        if insight.kind in ("goal", "initiative"):
            message = None
            if insight.owner is None:
                message = f"nobody at {short(plan.profile.name)} is named as the owner of the {insight.kind} {quoted(insight.what)}"
            yield ("insights", identifier, "owner"), message


@rule("insights/leads-nowhere", severity=Severity.ADVICE, level=Level.WORKING, weight=3)
def leads_nowhere(plan: Plan, _: Context) -> Iterator[Finding]:
    """An insight leads nowhere: a goal or pressure to no initiative, an initiative to no opportunity, an obstacle blocks nothing.

    Why: Goal, pressure, initiative, opportunity: where this chain breaks, either the customer does nothing about it
    or we do not know what. Both are a question worth asking.

    Fix: Ask what they do about it, then add `leads_to` or `answered_by`; for an obstacle `blocks`. What is answered
    only by lost or dropped opportunities is free for a new idea.
    """
    for identifier, insight in plan.insights.items():
        yield ("insights", identifier), _break(plan, insight)


@rule("insights/not-confirmed", severity=Severity.ADVICE, level=Level.REVIEW, weight=2)
def not_confirmed(plan: Plan, _: Context) -> Iterator[Finding]:
    """The customer has not confirmed an insight.

    Why: What we believe about them is a guess until they have said it. A proposal built on a guess is read as one.

    Fix: Ask in the next talk whether you have understood it, then write `confirmed: true`. Until then a `source` tells
    others how much to trust it.
    """
    for identifier, insight in plan.insights.items():
        message = None
        if not insight.confirmed:
            without = "" if insight.source else ", and has no source"
            message = f"{quoted(insight.what)} is not confirmed by the customer{without}"
        yield ("insights", identifier, "confirmed"), message


@rule("insights/stale", severity=Severity.WARNING, level=Level.WORKING, weight=2)
def stale(plan: Plan, context: Context) -> Iterator[Finding]:
    """An insight is older than the limit. Does not apply where no day is noted.

    Why: Goals change with the budget and with the people. To quote last year's back to them shows that nobody has
    listened since.

    Fix: Ask whether it still holds, and write the day in `as_of`. How many days are too many stands in
    `limits.fact_days`; what is over can be deleted.
    """
    limit = context.config.limits.fact_days
    for identifier, insight in plan.insights.items():
        if (noted := insight.as_of) is not None:
            age = (context.today - noted).days
            message = f"{quoted(insight.what)} is of {noted}, {days(age)} ago; the limit is {days(limit)}"
            yield ("insights", identifier, "as_of"), message if age > limit else None


def _break(plan: Plan, insight: Insight) -> str | None:
    """What the chain lacks at this insight."""
    answers = [plan.opportunities[opportunity] for opportunity in insight.answered_by]
    if any(opportunity.is_live or opportunity.status == "won" for opportunity in answers):
        return None
    if insight.blocks if insight.kind == "obstacle" else insight.leads_to:
        return None
    subject = f"the {insight.kind} {quoted(insight.what)}"
    if answers:
        return f"{subject} is answered only by what was lost or dropped"
    if insight.kind == "obstacle":
        return f"the plan does not say what {subject} stands in the way of"
    if insight.kind == "initiative":
        return f"no opportunity answers {subject}"
    return f"{subject} leads to no initiative, and no opportunity answers it"
