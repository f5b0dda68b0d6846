"""Revenue over several plans: the sum of its plans, whatever their order, and every amount exact."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.analysis.revenue.roll_up import Account, RollUp, alone, roll_up
from acctplan.config import Config, parse
from acctplan.errors import UserError
from acctplan.model import Plan

CONFIG = parse("[rates]\nSEK = {rate = 0.0905, as_of = 2026-10-30}\n")
ADDED = ("booked", "weighted_pipeline", "forecast", "best_case", "potential")


def plan_of(periods: dict[str, Any], opportunities: dict[str, Any] | None = None, name: str = "Acme", **profile: str) -> Plan:
    named = {key: {"name": key, **fields} for key, fields in (opportunities or {}).items()}
    return Plan.model_validate({"profile": {"name": name, **profile}, "revenue": periods, "opportunities": named})


def rolled(*plans: Plan, config: Config = CONFIG) -> RollUp:
    return roll_up((Account.of(plan.profile.name, plan, config) for plan in plans), config)


OPEN = {"status": "open", "value": "500", "probability": "0.6", "close_date": "2026-09-30"}
ACME = plan_of({"FY2026": {"goal": "1_000", "actual": "100"}}, {"a": OPEN}, "Acme")
BOLT = plan_of({"FY2026": {"goal": "10_000"}}, {"a": {**OPEN, "value": "2_000.50"}}, "Bolt", currency="SEK")
NO_GOAL = plan_of({"FY2026": {"actual": "70"}}, {}, "Cog")


def test_amounts_are_added_up_in_the_currency_of_the_book():
    found = rolled(ACME, BOLT)
    assert found.currency == "EUR"
    assert (found.total.goal, found.total.booked) == (Decimal(1905), 100)
    assert found.total.weighted_pipeline == 300 + Decimal("2000.50") * Decimal("0.6") * Decimal("0.0905")
    assert found.total.gap == found.total.goal - found.total.forecast
    assert found.accounts[0].revenue.plan.goal == 10_000, "the plan's own figures stay as they are"


def test_every_figure_is_converted_and_no_share():
    krona = plan_of(
        {"FY2026": {"goal": "1_000", "actual": "100"}},
        {"a": OPEN, "idea": {"value": "40"}},
        currency="SEK",
    )
    (account,) = rolled(krona).accounts
    own, there = account.revenue.plan, account.amounts
    for figure in (*ADDED, "goal", "gap"):
        assert getattr(own, figure), figure
        assert getattr(there, figure) == getattr(own, figure) * Decimal("0.0905")
    assert (there.achieved, there.expected) == (own.achieved, own.expected)
    assert account.pipeline_to_create == Decimal(1500) * Decimal("0.0905")
    (year,) = rolled(krona).years
    assert year.amounts.booked == year.parts[0].amounts.booked == Decimal("9.05")
    assert year.parts[0].figures.booked == 100


def test_a_currency_without_a_rate_stops_it():
    with pytest.raises(UserError, match="no rate from SEK to EUR"):
        rolled(ACME, BOLT, config=Config())


def test_one_account_alone_needs_no_rate():
    found = alone(Account.of("bolt", BOLT, Config()))
    assert (found.currency, found.total.goal, found.accounts[0].amounts.goal) == ("SEK", 10_000, 10_000)


def test_the_largest_gap_comes_first_and_those_without_a_goal_last():
    small = plan_of({"FY2026": {"goal": "5"}}, {}, "Small")
    richer = plan_of({"FY2026": {"actual": "71"}}, {}, "Richer")
    assert [account.name for account in rolled(NO_GOAL, small, BOLT, richer, ACME).accounts] == ["Bolt", "Acme", "Small", "Richer", "Cog"]


def test_an_account_without_a_goal_adds_its_forecast_and_is_told():
    found = rolled(ACME, NO_GOAL)
    assert [account.name for account in found.without_goal] == ["Cog"]
    assert (found.total.goal, found.total.forecast, found.total.gap) == (1000, 470, 530)
    assert rolled(NO_GOAL).total.gap is None
    assert rolled(NO_GOAL).pipeline_to_create is None


def test_what_one_account_is_past_its_goal_closes_no_gap_of_another():
    past = plan_of({"FY2026": {"goal": "100", "actual": "600"}}, {}, "Past")
    found = rolled(ACME, past)
    assert (found.total.gap, found.pipeline_to_create) == (100, 1500)


def test_each_account_creates_pipeline_at_its_own_win_rate():
    closed = {f"{status}{number}": {"status": status} for status, count in (("won", 4), ("lost", 1)) for number in range(count)}
    sure = plan_of({"FY2026": {"goal": "800"}}, closed, "Sure")
    hopeless = plan_of({"FY2026": {"goal": "800"}}, {f"l{number}": {"status": "lost"} for number in range(5)}, "Hopeless")
    assert rolled(ACME, sure).pipeline_to_create == 1500 + 1000
    assert rolled(ACME, hopeless).pipeline_to_create is None, "what one account would take is not known"
    past = plan_of({"FY2026": {"goal": "8", "actual": "9"}}, {f"l{number}": {"status": "lost"} for number in range(5)}, "Past")
    assert rolled(ACME, past).pipeline_to_create == 1500, "who is past the goal needs none"
    assert [account.pipeline_to_create for account in rolled(hopeless).accounts] == [None]


def test_plans_share_a_fiscal_year_whatever_periods_they_name():
    quarters = plan_of({"FY2026-Q1": {"goal": "5", "actual": "4"}, "FY2026-Q3": {"goal": "6"}, "FY2027": {"goal": "7"}}, {}, "Quarters")
    found = rolled(ACME, quarters)
    assert [(year.period.key, year.amounts.goal, len(year.parts)) for year in found.years] == [("FY2026", 1011, 2), ("FY2027", 7, 1)]
    assert found.has_one_calendar


def test_fiscal_years_of_different_months_stand_apart():
    april = plan_of({"FY2026": {"goal": "50"}}, {}, "April", fiscal_year_starts="4")
    found = rolled(ACME, april)
    assert [(year.period.key, year.period.starts.month, year.amounts.goal) for year in found.years] == [
        ("FY2026", 1, 1000),
        ("FY2026", 4, 50),
    ]
    assert not found.has_one_calendar


def test_the_book_says_when_fiscal_years_start_of_plans_that_do_not():
    config = parse("revenue.fiscal_year_starts = 4")
    found = rolled(ACME, plan_of({"FY2026": {}}, {"a": {**OPEN, "close_date": "2026-02-01"}}, "Own", fiscal_year_starts="1"), config=config)
    assert [year.period.starts.month for year in found.years] == [1, 4]


def test_nothing_adds_up_to_nothing():
    found = rolled()
    assert (found.accounts, found.years, found.total.goal, found.total.forecast) == ((), (), None, 0)


# What holds of any book

amounts = st.from_regex(r"[1-9][0-9]{0,8}(\.[0-9]{1,6})?", fullmatch=True)
keys = st.sampled_from(["FY2026", "FY2026-H1", "FY2026-Q1", "FY2026-Q4", "FY2026-M07", "FY2027", "FY2027-Q2"])
periods = st.dictionaries(keys, st.fixed_dictionaries({}, optional={"goal": amounts, "actual": amounts}), max_size=4)
opportunities = st.lists(
    st.fixed_dictionaries(
        {"status": st.sampled_from(["open", "won", "lost", "potential"])},
        optional={
            "value": amounts,
            "probability": st.sampled_from(["0", "0.25", "1"]),
            "close_date": st.dates().map(str) | st.just("2026-08-01"),
        },
    ),
    max_size=4,
).map(lambda found: {f"o{number}": one for number, one in enumerate(found)})
plans = st.builds(plan_of, periods, opportunities, currency=st.just("EUR"), fiscal_year_starts=st.sampled_from(["1", "4"]))
books = st.lists(plans, min_size=1, max_size=4).map(
    lambda found: [Account.of(f"plan-{number}", plan, CONFIG) for number, plan in enumerate(found)]
)


@given(books)
def test_the_roll_up_is_the_sum_of_its_plans(accounts: list[Account]):
    found = roll_up(accounts, CONFIG)
    for figure in ADDED:
        assert getattr(found.total, figure) == sum(getattr(account.revenue.plan, figure) for account in accounts)
    goals = [account.revenue.plan.goal for account in accounts if account.revenue.plan.goal is not None]
    assert found.total.goal == (sum(goals) if goals else None)


@given(books)
def test_the_years_are_the_sum_too_but_for_ideas_without_a_date(accounts: list[Account]):
    found = roll_up(accounts, CONFIG)
    for figure in ADDED[:-1]:
        assert getattr(found.total, figure) == sum(getattr(year.amounts, figure) for year in found.years)
    assert (found.total.goal or 0) == sum(year.amounts.goal or 0 for year in found.years)


@given(books, st.randoms(use_true_random=False))
def test_the_order_of_plans_never_matters(accounts: list[Account], random: Any):
    shuffled = random.sample(accounts, len(accounts))
    assert roll_up(shuffled, CONFIG) == roll_up(accounts, CONFIG)


@given(books, plans)
def test_another_account_changes_nothing_that_is_said_of_the_others(accounts: list[Account], another: Plan):
    before, after = (roll_up(some, CONFIG) for some in (accounts, [*accounts, Account.of("another", another, CONFIG)]))
    assert [account for account in after.accounts if account.plan != "another"] == list(before.accounts)
    parts = {year.period: [part for part in year.parts if part.account.plan != "another"] for year in after.years}
    assert {year.period: list(year.parts) for year in before.years} == {period: found for period, found in parts.items() if found}
