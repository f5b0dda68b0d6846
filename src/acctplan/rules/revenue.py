"""Rules about revenue: that there is a goal, that the periods add up to it, and that the pipeline can close the gap."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from acctplan.analysis import fiscal
from acctplan.analysis.amounts import currency_of
from acctplan.analysis.revenue import plan_figures, win_rate
from acctplan.diagnostic import Severity
from acctplan.rules.base import Context, Finding, Level, rule
from acctplan.rules.words import days, money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.model import Plan

_DAYS_TO_BOOK = 30
"""How long after a period ends its figure may take."""


@rule("revenue/no-goal", severity=Severity.ADVICE, level=Level.START, weight=5)
def no_goal(plan: Plan, _: Context) -> Iterator[Finding]:
    """There is no revenue goal.

    Why: Without a goal there is no gap, and without a gap no reason to look for more. It is also the first figure
    that your manager will ask for.

    Fix: Write what you want to earn here in a fiscal period: `revenue: {FY2026: {goal: 250_000}}`. A quarter will do
    to begin with.
    """
    some = any(entry.goal is not None for entry in plan.revenue.values())
    yield ("revenue", *list(plan.revenue)[:1]), None if some else "there is no revenue goal"


@rule("revenue/goals-do-not-add-up", severity=Severity.WARNING, level=Level.WORKING, weight=2)
def goals_do_not_add_up(plan: Plan, context: Context) -> Iterator[Finding]:
    """The goals of the fiscal periods overlap, leave a hole, or come to something else than that of the longer period.

    Why: The goal of the plan is the sum of its periods. What is in it twice or not at all makes the gap wrong, and
    with it all that follows.

    Fix: Give goals to periods of one kind, without a hole: four quarters, or one year. If a year has its parts
    beside it, the parts should cover all of it and come to the same.
    """
    start = fiscal.year_starts(plan.profile, context.config)
    goals = {key: fiscal.period(key, start) for key, entry in plan.revenue.items() if entry.goal is not None}
    parts: defaultdict[str, list[fiscal.Period]] = defaultdict(list)
    outermost = []
    for key, period in goals.items():
        outer = next((around for around in fiscal.around(key) if around in goals), None)
        if outer is None:
            outermost.append(period)
        else:
            parts[outer].append(period)
    for outer, inner in parts.items():
        yield _parts_of(plan, context, goals[outer], sorted(inner))
    for before, after in pairwise(sorted(outermost)):
        hole = fiscal.Period(before.after, after.first - before.after, "")
        message = f"there is no goal from {hole.starts} to {hole.ends}, between {before.key} and {after.key}" if hole.months else None
        yield ("revenue", after.key), message


@rule("revenue/outside-plan", severity=Severity.WARNING, level=Level.WORKING, weight=2)
def outside_plan(plan: Plan, context: Context) -> Iterator[Finding]:
    """A fiscal period lies outside the plan's own period.

    Why: Its goal and its actual count towards those of the plan, so that last year's success hides this year's gap.

    Fix: Take it out: what was sold before stays in the old plan. Or correct `profile.starts`, `profile.ends` or the
    month in `profile.fiscal_year_starts`.
    """
    starts, ends, year = plan.profile.starts, plan.profile.ends, fiscal.year_starts(plan.profile, context.config)
    if starts is None or ends is None or ends < starts:
        return
    first, last = fiscal.month_of(starts), fiscal.month_of(ends)
    for key in plan.revenue:
        period = fiscal.period(key, year)
        message = None
        if period.after <= first:
            message = f"{key} ends on {period.ends}, before the plan starts on {starts}"
        elif period.first > last:
            message = f"{key} starts on {period.starts}, after the plan ends on {ends}"
        yield ("revenue", key), message


@rule("revenue/no-actual", severity=Severity.WARNING, level=Level.WORKING, weight=3)
def no_actual(plan: Plan, context: Context) -> Iterator[Finding]:
    """A fiscal period ended more than 30 days ago and has no actual.

    Why: Only what is won counts for it as booked, which is seldom what was invoiced. A plan that does not know how
    last quarter went cannot say how the next one will.

    Fix: Write what came in as the period's `actual`, 0 where nothing did.
    """
    start, this_month = fiscal.year_starts(plan.profile, context.config), fiscal.month_of(context.today)
    covered: defaultdict[str, int] = defaultdict(int)
    """Months of a period that the actuals inside it cover."""
    told: set[str] = set()
    for period in sorted((fiscal.period(key, start) for key in plan.revenue), key=lambda period: period.months):
        outer = [key for key in fiscal.around(period.key) if key in plan.revenue]
        months = period.months if plan.revenue[period.key].actual is not None else covered[period.key]
        if outer:
            covered[outer[0]] += months
        if period.after <= this_month and (ago := (context.today - period.ends).days) > _DAYS_TO_BOOK:
            if months == period.months or any(plan.revenue[key].actual is not None for key in outer):
                yield ("revenue", period.key), None
            elif period.key not in told:
                told.update(outer)  # that a part has none says it of the whole
                yield ("revenue", period.key), f"{period.key} ended on {period.ends}, {days(ago)} ago, and has no actual"


@rule("revenue/thin-pipeline", severity=Severity.WARNING, level=Level.WORKING, weight=4)
def thin_pipeline(plan: Plan, context: Context) -> Iterator[Finding]:
    """The forecast is below the goal, and the potential opportunities are too few to close the gap.

    Why: Few ideas become orders, and none of them at once. What is to close this year's gap has to be in the plan
    well before the year ends.

    Fix: Look for more potential opportunities: white space, contracts that end, what the customer wants to reach. Or
    tell your manager now that the goal is out of reach. They should come to the gap divided by your win rate: that
    of this account from five closed opportunities on, until then `revenue.win_rate`.
    """
    if not any(opportunity.is_live and opportunity.value is not None for opportunity in plan.opportunities.values()):
        return  # nothing to count with yet; that too is said elsewhere
    figures = plan_figures(plan, context.config)
    if figures.goal is not None and figures.gap is not None:
        rate = win_rate(plan, context.config)
        needed = rate.pipeline_to_create(figures.gap)
        message = None
        if needed is None or figures.potential < needed:
            currency = currency_of(plan, context.config)
            gap, goal, potential = (money(amount, currency) for amount in (figures.gap, figures.goal, figures.potential))
            takes = f"; all {rate.lost} that are closed were lost" if needed is None else f" of the {money(needed, currency)} that it takes"
            message = f"the forecast is {gap} below the goal of {goal}, and potential opportunities come to {potential}{takes}"
        yield ("revenue",), message


def _parts_of(plan: Plan, context: Context, whole: fiscal.Period, parts: list[fiscal.Period]) -> Finding:
    """Whether the goals inside a period with a goal come to the same."""
    if sum(part.months for part in parts) < whole.months:
        message = f"{parts[0].key} lies inside {whole.key}, and both have a goal: only that of {whole.key} counts"
        return ("revenue", parts[0].key, "goal"), message
    goals = [plan.revenue[period.key].goal for period in (whole, *parts)]
    goal, *inside = [goal for goal in goals if goal is not None]
    if (total := sum(inside, Decimal(0))) == goal:
        return ("revenue", whole.key, "goal"), None
    currency = currency_of(plan, context.config)
    message = f"the goals inside {whole.key} come to {money(total, currency)}, its own is {money(goal, currency)}"
    return ("revenue", whole.key, "goal"), message
