"""What `revenue` was asked about: the figures of the plans, and where each term stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.revenue import EXACT, roll_up
from acctplan.analysis.revenue.roll_up import Account, RollUp
from acctplan.diagnostic import plan_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from acctplan.analysis.revenue import Revenue, Term
    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.loader import Loaded
    from acctplan.model import Plan


class LateForecast(NamedTuple):
    """What of an account's forecast comes from open opportunities whose close date is past."""

    terms: tuple[Term, ...]
    amount: Decimal
    """In the plan's currency."""
    by: date
    """The last of the close dates."""


@dataclass(frozen=True)
class Found:
    """All that was worked out."""

    config: Config
    today: date
    plans: Mapping[str, Plan]
    """By the name that accounts have for them."""
    lines: Mapping[str, Mapping[Pointer, int]]
    """Of everything that a plan's figures point at, from 1."""
    sums: RollUp

    @classmethod
    def of(cls, loaded: Iterable[tuple[Path, Loaded]], config: Config, today: date, *, is_one: bool) -> Found:
        """Work out the figures of some plans.

        Args:
            loaded: sound plans. Each is let go once its figures are known.
            config: the book's settings.
            today: for what is past.
            is_one: one plan was asked for: its amounts stay in its own currency.

        Raises:
            UserError: the settings have no rate for a plan's currency.
        """
        plans, lines, accounts = {}, {}, []
        for _, one in loaded:
            if one.plan is not None:
                account = Account.of(one.path, one.plan, config)
                plans[one.path] = one.plan
                lines[one.path] = {pointer: one.locate(pointer)[0].line for pointer in set(_pointers(account.revenue))}
                accounts.append(account)
        sums = roll_up.alone(accounts[0]) if is_one and accounts else roll_up.roll_up(accounts, config)
        return cls(config, today, plans, lines, sums)

    def late(self, account: Account) -> LateForecast:
        """What of an account's forecast should have closed before today."""
        opportunities = self.plans[account.plan].opportunities
        dates = {
            term: closes
            for term in account.revenue.plan.terms
            if term.kind == "open" and term.amount and (closes := opportunities[term.id].close_date) is not None and closes < self.today
        }
        with localcontext(EXACT):
            amount = sum((term.amount for term in dates if term.amount is not None), Decimal(0))
        return LateForecast(tuple(dates), amount, max(dates.values(), default=self.today))

    @property
    def names(self) -> dict[str, str]:
        """What to call the account of each plan: its name, with the plan's where several accounts have it."""
        from collections import Counter

        often = Counter(account.name for account in self.sums.accounts)
        return {
            account.plan: f"{account.name} ({plan_name(account.plan)})" if often[account.name] > 1 else account.name
            for account in self.sums.accounts
        }

    @property
    def converted(self) -> list[str]:
        """The currencies that amounts were converted from."""
        return sorted({account.revenue.currency for account in self.sums.accounts} - {self.sums.currency})


def _pointers(revenue: Revenue) -> Iterator[Pointer]:
    for figures in (revenue.plan, *(period.figures for period in revenue.periods)):
        yield from (term.pointer for term in figures.terms)
    yield from (term.pointer for term in revenue.covered)
    yield from (one.pointer for one in revenue.left_out)
