"""Revenue over several plans, in the book's currency: by account and by fiscal year.

Every figure is the sum of those of the plans, each times the rate of its currency, exact. So nothing depends on the order of the plans,
and no account changes what is said of another.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.revenue import EXACT, Amounts, revenue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from acctplan.analysis.fiscal import Period
    from acctplan.analysis.revenue import Figures, Revenue
    from acctplan.config import Config
    from acctplan.model import Plan


@dataclass(frozen=True, slots=True)
class Account:
    """The revenue of one plan, and what it is in the currency of the roll-up."""

    plan: str
    """What to call the plan."""
    name: str
    """The account's."""
    revenue: Revenue
    """In the plan's own currency."""
    rate: Decimal = Decimal(1)
    """What one unit of the plan's currency is worth in that of the roll-up."""

    @classmethod
    def of(cls, name: str, plan: Plan, config: Config) -> Account:
        """The revenue of a plan, not converted yet.

        Args:
            name: what to call the plan.
            plan: the plan.
            config: what `revenue` needs.
        """
        return cls(name, plan.profile.name, revenue(plan, config))

    @property
    def amounts(self) -> Amounts:
        """The figures of the plan as a whole."""
        return converted(self.revenue.plan, self.rate)

    @property
    def pipeline_to_create(self) -> Decimal | None:
        """By the plan's own win rate. None without a goal, and where no pipeline would be enough."""
        needed = self.revenue.pipeline_to_create
        return None if needed is None else EXACT.multiply(needed, self.rate)


class Part(NamedTuple):
    """What an account adds to a fiscal year."""

    account: Account
    amounts: Amounts
    figures: Figures
    """The same in the plan's currency, with terms."""


class Year(NamedTuple):
    """A fiscal year over several plans. Those whose fiscal years start in different months share none."""

    period: Period
    amounts: Amounts
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class RollUp:
    """The revenue of several plans."""

    currency: str
    accounts: tuple[Account, ...]
    """By gap, the largest first; those without a goal last, by forecast."""
    total: Amounts
    pipeline_to_create: Decimal | None
    """What all accounts together have to find. One that is past its goal closes no gap of another. None where no account has a goal, and
    where an account has a gap that no pipeline would be enough to close."""
    years: tuple[Year, ...]
    """By their start."""

    @property
    def without_goal(self) -> tuple[Account, ...]:
        """Accounts that have no goal. What they forecast is a part of the total."""
        return tuple(account for account in self.accounts if account.revenue.plan.goal is None)

    @property
    def has_one_calendar(self) -> bool:
        """Whether the fiscal years of all plans start in the same month, so that their keys say all."""
        return len({year.period.first % 12 for year in self.years}) <= 1


def roll_up(accounts: Iterable[Account], config: Config) -> RollUp:
    """The revenue of several accounts, in the book's currency.

    Args:
        accounts: in any order and in their own currencies.
        config: names the book's currency and the rates.

    Raises:
        UserError: the settings have no rate for the currency of an account.
    """
    return _added_up([replace(account, rate=config.rate(account.revenue.currency)) for account in accounts], config.currency)


def alone(account: Account) -> RollUp:
    """One account, in its own currency: no rate is needed."""
    return _added_up([account], account.revenue.currency)


def _added_up(accounts: Iterable[Account], currency: str) -> RollUp:
    parts: defaultdict[Period, list[Part]] = defaultdict(list)
    ordered = sorted(accounts, key=_order)
    for account in ordered:
        for year in account.revenue.years:
            parts[year.period].append(Part(account, converted(year.figures, account.rate), year.figures))
    needed = [account.pipeline_to_create for account in ordered if account.revenue.plan.goal is not None]
    with localcontext(EXACT):
        return RollUp(
            currency=currency,
            accounts=tuple(ordered),
            total=added(account.amounts for account in ordered),
            pipeline_to_create=_total_if_known(needed),
            years=tuple(Year(period, added(part.amounts for part in parts[period]), tuple(parts[period])) for period in sorted(parts)),
        )


def _order(account: Account) -> tuple[bool, Decimal, str, str]:
    amounts = account.amounts
    return amounts.gap is None, -(amounts.forecast if amounts.gap is None else amounts.gap), account.name.casefold(), account.plan


def converted(figures: Amounts, rate: Decimal) -> Amounts:
    """Figures in another currency, exact.

    Args:
        figures: in the one.
        rate: what one unit of it is worth in the other.
    """
    with localcontext(EXACT):
        return Amounts(
            goal=None if figures.goal is None else figures.goal * rate,
            booked=figures.booked * rate,
            weighted_pipeline=figures.weighted_pipeline * rate,
            forecast=figures.forecast * rate,
            best_case=figures.best_case * rate,
            gap=None if figures.gap is None else figures.gap * rate,
            potential=figures.potential * rate,
        )


def added(figures: Iterable[Amounts]) -> Amounts:
    """Figures in one currency, added up. The gap is what all forecasts together leave of all goals; None where nothing has a goal."""
    every = list(figures)
    goals = [one.goal for one in every if one.goal is not None]
    with localcontext(EXACT):
        goal, forecast = _total(goals) if goals else None, _total(one.forecast for one in every)
        return Amounts(
            goal=goal,
            booked=_total(one.booked for one in every),
            weighted_pipeline=_total(one.weighted_pipeline for one in every),
            forecast=forecast,
            best_case=_total(one.best_case for one in every),
            gap=None if goal is None else goal - forecast,
            potential=_total(one.potential for one in every),
        )


def _total_if_known(amounts: list[Decimal | None]) -> Decimal | None:
    """The sum; None where one is not known, or there is none."""
    known = [amount for amount in amounts if amount is not None]
    return _total(known) if known and len(known) == len(amounts) else None


def _total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
