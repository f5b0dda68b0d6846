"""Revenue for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from acctplan.analysis.revenue import known
from acctplan.cli.revenue import cells
from acctplan.diagnostic import format_pointer

if TYPE_CHECKING:
    from decimal import Decimal

    from acctplan.analysis.fiscal import Period
    from acctplan.analysis.revenue import Amounts, Figures, LeftOut, PeriodFigures, Term
    from acctplan.analysis.revenue.roll_up import Account, Year
    from acctplan.cli.revenue.found import Found
    from acctplan.diagnostic import Pointer


def document(found: Found) -> str:
    """Every figure with its terms, as JSON. Amounts are strings of exact decimals."""
    sums = found.sums
    rates = {
        currency: {"rate": _amount(found.config.rate(currency)), "as_of": found.config.rates[currency].as_of.isoformat()}
        for currency in found.converted
    }
    said = {
        "version": 1,
        "today": found.today.isoformat(),
        "currency": sums.currency,
        "rates": rates,
        "total": {
            **_figures(
                sums.total,
                booked=any(account.revenue.plan.is_booked_known for account in sums.accounts),
                forecast=any(account.revenue.periods for account in sums.accounts),
            ),
            "pipeline_to_create": _amount(sums.pipeline_to_create),
            "no_pipeline_would_be_enough": [
                account.plan for account in sums.accounts if account.pipeline_to_create is None and account.revenue.plan.goal is not None
            ],
        },
        "years": [_year(found, year) for year in sums.years],
        "accounts": [_account(found, account) for account in sums.accounts],
    }
    return json.dumps(said, indent=2) + "\n"


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else cells.exact(amount)


def _figures(amounts: Amounts, *, booked: bool, forecast: bool) -> dict[str, Any]:
    return {name: _amount(amount) for name, amount in known(amounts, booked=booked, forecast=forecast).items()}


def _period(found: Found, period: Period) -> dict[str, Any]:
    return {
        "period": period.key,
        "starts": period.starts.isoformat(),
        "ends": period.ends.isoformat(),
        "state": period.phase(found.today),
    }


def _year(found: Found, year: Year) -> dict[str, Any]:
    parts = [
        {
            "plan": part.account.plan,
            "account": part.account.name,
            **_figures(part.amounts, booked=part.figures.is_booked_known, forecast=True),
        }
        for part in year.parts
    ]
    booked = any(part.figures.is_booked_known for part in year.parts)
    return {**_period(found, year.period), **_figures(year.amounts, booked=booked, forecast=True), "accounts": parts}


def _account(found: Found, account: Account) -> dict[str, Any]:
    """An account: first in the currency of the whole answer, then in its own."""
    revenue, plan = account.revenue, account.plan
    rate, late, has_periods = revenue.win_rate, found.late(account), bool(revenue.periods)
    return {
        "plan": plan,
        "account": account.name,
        **_figures(account.amounts, booked=revenue.plan.is_booked_known, forecast=has_periods),
        "pipeline_to_create": _amount(account.pipeline_to_create),
        "win_rate": {"rate": _amount(rate.share), "is_known": rate.is_known, "won": rate.won, "lost": rate.lost},
        "rate": _amount(account.rate),
        "own": {
            "currency": revenue.currency,
            **_with_terms(found, plan, revenue.plan, forecast=has_periods),
            "pipeline_to_create": _amount(revenue.pipeline_to_create),
        },
        "periods": [_own_period(found, plan, one) for one in revenue.periods],
        "should_have_closed": {"amount": _amount(late.amount), "opportunities": [term.id for term in late.terms]},
        "not_counted": [_left_out(found, plan, one) for one in revenue.left_out],
        "in_actuals": [_term(found, plan, term) for term in revenue.covered],
    }


def _own_period(found: Found, plan: str, one: PeriodFigures) -> dict[str, Any]:
    figures = _with_terms(found, plan, one.figures, forecast=cells.has_forecast(one, found.today))
    return {**_period(found, one.period), "has_actual": one.has_actual, **figures}


def _with_terms(found: Found, plan: str, figures: Figures, *, forecast: bool) -> dict[str, Any]:
    booked = figures.is_booked_known
    terms = [_term(found, plan, term) for term in figures.terms]
    return {**_figures(figures, booked=booked, forecast=forecast), "booked_known": booked, "terms": terms}


def _term(found: Found, plan: str, term: Term, pointer: Pointer | None = None) -> dict[str, Any]:
    """A term, and where it stands: at its own pointer unless at another."""
    where = pointer or term.pointer
    return {
        "kind": term.kind,
        "id": term.id,
        "value": _amount(term.value),
        "probability": _amount(term.probability),
        "amount": _amount(term.amount),
        "pointer": format_pointer(where),
        "line": found.lines[plan][where],
    }


def _left_out(found: Found, plan: str, one: LeftOut) -> dict[str, Any]:
    outside = None if one.outside is None else one.outside.isoformat()
    return {**_term(found, plan, one.term, one.pointer), "lacks": list(one.lacks), "outside": outside}
