"""Rules about the account itself: who owns the plan, for how long, and whether we know the customer's business."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.diagnostic import Severity
from acctplan.rules.base import Context, Finding, Level, rule
from acctplan.rules.words import days, listed, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan, Profile

_TREND_YEARS = 2
_REPORTS_ARE_OUT = 7
"""The month by which a company's figures of the year before can be had."""


@rule("profile/no-account-manager", severity=Severity.ADVICE, level=Level.START, weight=4)
def no_account_manager(plan: Plan, _: Context) -> Iterator[Finding]:
    """Nobody is named as the account manager.

    Why: A plan that belongs to everybody is carried out by nobody. The account manager is the one person who
    answers for this customer, and whom the customer may call.

    Fix: Add yourself to `team` and write your id in `profile.account_manager`. If the account is between two
    people, name the one who has it today.
    """
    missing = plan.profile.account_manager is None
    yield ("profile", "account_manager"), "nobody is named as the account manager" if missing else None


@rule("profile/nothing-drives-them", severity=Severity.ADVICE, level=Level.START, weight=5)
def nothing_drives_them(plan: Plan, _: Context) -> Iterator[Finding]:
    """The plan does not say what the customer wants.

    Why: Customers buy what helps them with their own goals, under their own pressures. A plan that knows only what
    we want to sell is a forecast, not a plan.

    Fix: Write one goal or pressure of the customer under `insights`, in their words. A line of `profile.background`
    is a fair start, where you have not asked them yet.
    """
    known = plan.insights or plan.profile.background
    yield ("insights",), None if known else f"nothing here says what {short(plan.profile.name)} wants: no insights and no background"


@rule("profile/no-period", severity=Severity.ADVICE, level=Level.WORKING, weight=3)
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


@rule("profile/period-backwards", severity=Severity.ERROR, level=Level.START, weight=3)
def period_backwards(plan: Plan, _: Context) -> Iterator[Finding]:
    """The plan's period ends before it starts.

    Why: Nothing lies between the two days, so every figure that is counted by period comes out as nothing.

    Fix: Correct `profile.starts` or `profile.ends`. Most often it is the year that is wrong.
    """
    starts, ends = plan.profile.starts, plan.profile.ends
    if starts is not None and ends is not None:
        yield ("profile", "ends"), f"the plan ends on {ends}, before it starts on {starts}" if ends < starts else None


@rule("profile/period-over", severity=Severity.WARNING, level=Level.START, weight=4)
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


@rule("profile/no-rate", severity=Severity.WARNING, level=Level.START, weight=4)
def no_rate(plan: Plan, context: Context) -> Iterator[Finding]:
    """The plan is in a currency of which the settings do not say what it is worth in the book's own.

    Why: One plan without a rate stops every answer over the whole book: `rank`, `book` and `revenue` cannot add up
    what they cannot compare.

    Fix: Look the rate up and write it in acctplan.toml under [rates], with its day. It is what one unit of the plan's
    currency is worth in the book's, not the other way round.
    """
    currency, config = plan.profile.currency, context.config
    if currency is not None and currency != config.currency:
        message = f"no rate from {currency} to {config.currency}: {config.rate_wanted(currency)}"
        yield ("profile", "currency"), None if currency in config.rates else message


@rule("profile/no-currency", severity=Severity.ADVICE, level=Level.REVIEW, weight=1)
def no_currency(plan: Plan, context: Context) -> Iterator[Finding]:
    """There are amounts in the plan, and no currency.

    Why: They count as amounts in the book's own currency. Whoever copies one into an offer or adds up several
    accounts has to know that this is meant.

    Fix: Write the currency that all amounts are in, in `profile.currency`, such as EUR.
    """
    if _has_amounts(plan):
        message = f"there are amounts in this plan and no currency: they count as {context.config.currency}, the book's own"
        yield ("profile", "currency"), None if plan.profile.currency else message


@rule("profile/business-unknown", severity=Severity.ADVICE, level=Level.REVIEW, weight=3)
def business_unknown(plan: Plan, _: Context) -> Iterator[Finding]:
    """The profile leaves out part of the customer's business: industry, background, products, markets, or what moves the markets.

    Why: A vendor knows what a customer buys, an adviser knows how they earn it. Without this you can answer a tender
    but not bring an idea.

    Fix: Fill in what is missing from their website and annual report, a line for each. Then let somebody there correct
    you: people like to explain their business.
    """
    profile = plan.profile
    dynamics = profile.market_dynamics
    parts = {
        "industry": (profile.industry, "industry"),
        "background": (profile.background, "background"),
        "product_lines": (profile.product_lines, "product lines"),
        "target_markets": (profile.target_markets, "target markets"),
        "market_dynamics": (dynamics and (dynamics.opportunities or dynamics.threats), "market dynamics"),
    }
    lacks = {field: f"no {words}" for field, (value, words) in parts.items() if not value}
    message = f"the profile of {short(profile.name)} has {listed(list(lacks.values()))}" if lacks else None
    yield ("profile", next(iter(lacks), "background")), message


@rule("profile/figures-missing", severity=Severity.ADVICE, level=Level.REVIEW, weight=3)
def figures_missing(plan: Plan, _: Context) -> Iterator[Finding]:
    """The customer's own figures lack a trend (revenue of two years), what they aim at, or the source of a figure.

    Why: Whether they grow or shrink, and by how much they mean to, decides what they will spend and on what. A figure
    without a source cannot be quoted to them.

    Fix: Add `revenue_history` of at least two years and `revenue_objectives`, each with its `source`. Of a company that
    publishes nothing, a figure that somebody there named will do.
    """
    lacks = dict(_missing_figures(plan.profile))
    message = f"the figures of {short(plan.profile.name)} lack {listed(list(lacks.values()))}" if lacks else None
    yield next(iter(lacks), ("profile", "revenue_history")), message


@rule("profile/figures-out-of-date", severity=Severity.WARNING, level=Level.WORKING, weight=2)
def figures_out_of_date(plan: Plan, context: Context) -> Iterator[Finding]:
    """The customer's newest figures are older than they need be, or a revenue objective was noted longer ago than the limit.

    Why: They talk about this year, you about the one before the last. Objectives are often changed without
    any announcement.

    Fix: Look up the newest annual report, and ask whether the objective still stands. Write its day in `as_of`;
    how old it may be stands in `limits.fact_days`.
    """
    today, limit = context.today, context.config.limits.fact_days
    history, objectives = plan.profile.revenue_history, plan.profile.revenue_objectives
    if history:
        newest, expected = max(history), str(today.year - (1 if today.month >= _REPORTS_ARE_OUT else 2))
        message = f"the newest figures are those of {newest}; those of {expected} should be out"
        yield ("profile", "revenue_history", newest), message if newest < expected else None
    for year, figures in objectives.items():
        if (noted := figures.as_of) is not None:
            age = (today - noted).days
            message = f"the revenue objective for {year} is of {noted}, {days(age)} ago; the limit is {days(limit)}"
            yield ("profile", "revenue_objectives", year, "as_of"), message if age > limit else None


@rule("profile/no-mutual-value", severity=Severity.ADVICE, level=Level.REVIEW, weight=4)
def no_mutual_value(plan: Plan, _: Context) -> Iterator[Finding]:
    """The charter is missing or has gaps: where both sides meet, the value we bring, how they gain, what we gain.

    Why: It is the one page of the plan that you can put on the customer's table. If you cannot say what they gain,
    they will ask what you cost.

    Fix: Complete `profile.mutual_value` in four sentences, with a figure in at least one. Read it to somebody at the
    customer and ask what they would change.
    """
    charter = plan.profile.mutual_value
    if charter is None:
        yield ("profile", "mutual_value"), "there is no charter: nothing says why both sides should want this"
        return
    parts = {
        "field_of_play": "where both sides meet",
        "value_we_bring": "the value we bring",
        "how_they_gain": "how they gain",
        "what_we_gain": "what we gain",
    }
    lacks = {field: words for field, words in parts.items() if getattr(charter, field) is None}
    message = f"the charter does not say {listed(list(lacks.values()))}" if lacks else None
    yield ("profile", "mutual_value", *list(lacks)[:1]), message


def _has_amounts(plan: Plan) -> bool:
    return (
        any(opportunity.value is not None for opportunity in plan.opportunities.values())
        or any(figures.goal is not None or figures.actual is not None for figures in plan.revenue.values())
        or any(cell.spend is not None for row in plan.white_space.values() for cell in row.values())
        or bool(plan.profile.revenue_history or plan.profile.revenue_objectives)
    )


def _missing_figures(profile: Profile) -> Iterator[tuple[Pointer, str]]:
    history, objectives = profile.revenue_history, profile.revenue_objectives
    if sum(figures.revenue is not None for figures in history.values()) < _TREND_YEARS:
        yield ("profile", "revenue_history"), "revenue of at least two years"
    if all(figures.revenue is None for figures in objectives.values()):
        yield ("profile", "revenue_objectives"), "a revenue objective"
    fields = (("revenue_history", history), ("revenue_objectives", objectives))
    if bare := [(field, year) for field, years in fields for year, figures in years.items() if figures.source is None]:
        yield ("profile", *bare[0]), f"a source for {listed([year for _, year in bare])}"
