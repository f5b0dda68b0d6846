"""Goal, booked, pipeline, forecast and gap: worked out by hand, exact, and with what is unknown on the table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.analysis.revenue import Figures, Term, WinRate, plan_figures, revenue
from acctplan.config import Config, parse
from acctplan.model import Plan

CONFIG = Config()


def plan_of(periods: dict[str, dict[str, str]], opportunities: dict[str, dict[str, Any]] | None = None, **profile: str) -> Plan:
    named = {key: {"name": key, **fields} for key, fields in (opportunities or {}).items()}
    return Plan.model_validate({"profile": {"name": "Acme", **profile}, "revenue": periods, "opportunities": named})


def won(value: str, closes: str) -> dict[str, str]:
    return {"status": "won", "value": value, "close_date": closes}


def opened(value: str, closes: str, probability: str = "0.5") -> dict[str, str]:
    return {"status": "open", "value": value, "close_date": closes, "probability": probability}


def figures_of(periods: dict[str, dict[str, str]], opportunities: dict[str, dict[str, Any]] | None = None, **profile: str):
    found = revenue(plan_of(periods, opportunities, **profile), CONFIG)
    return found.plan, {entry.period.key: entry.figures for entry in found.periods}


def test_the_worked_example_comes_out_to_the_unit():
    closed = {f"won-{number}": won("100000", "2026-02-01") for number in range(3)}
    closed |= {f"lost-{number}": {"status": "lost", "value": "90000"} for number in range(2)}
    plan = plan_of(
        {"FY2026-H1": {"goal": "1_000_000", "actual": "1_000_000"}, "FY2026-H2": {"goal": "1_500_000"}},
        {**closed, "platform": opened("500_000", "2026-09-30", "0.6")},
    )
    found = revenue(plan, CONFIG)
    whole = found.plan
    assert (whole.goal, whole.booked, whole.weighted_pipeline) == (2_500_000, 1_000_000, 300_000)
    assert (whole.forecast, whole.gap, whole.best_case) == (1_300_000, 1_200_000, 1_500_000)
    assert (whole.achieved, whole.expected) == (Decimal("0.4"), Decimal("0.52"))
    assert found.win_rate == WinRate(won=3, lost=2, assumed=Decimal("0.4"))
    assert found.pipeline_to_create == 2_000_000
    assert found.currency == "EUR"


def test_figures_carry_their_terms():
    plan = plan_of(
        {"FY2026": {"goal": "900", "actual": "100"}},
        {"a": {"status": "open", "value": "200", "stage": "proposal", "close_date": "2026-05-01"}, "b": {"value": "50"}},
    )
    whole, year = revenue(plan, CONFIG).plan, revenue(plan, CONFIG).periods[0].figures
    shared = (
        Term("goal", "FY2026", Decimal(900), None, Decimal(900), ("revenue", "FY2026", "goal")),
        Term("actual", "FY2026", Decimal(100), None, Decimal(100), ("revenue", "FY2026", "actual")),
        Term("open", "a", Decimal(200), Decimal("0.75"), Decimal(150), ("opportunities", "a")),
    )
    assert year.terms == shared
    # A potential opportunity without a date may close in any period, so it is the plan's alone.
    assert whole.terms == (*shared, Term("potential", "b", Decimal(50), None, Decimal(50), ("opportunities", "b")))
    assert (whole.potential, year.potential) == (50, 0)
    assert plan_figures(plan, CONFIG) == whole


def test_an_opportunity_s_own_probability_goes_before_that_of_its_stage():
    whole, _ = figures_of({"FY2026": {}}, {"a": {**opened("200", "2026-05-01", "0"), "stage": "proposal"}})
    assert (whole.weighted_pipeline, whole.best_case) == (0, 200)


def test_periods_stand_in_order_the_longer_one_first():
    periods = {key: {} for key in ("FY2026-Q2", "FY2027", "FY2026-M01", "FY2026-Q1", "FY2026", "FY2026-H1")}
    found = revenue(plan_of(periods), CONFIG)
    assert [entry.period.key for entry in found.periods] == ["FY2026", "FY2026-H1", "FY2026-Q1", "FY2026-M01", "FY2026-Q2", "FY2027"]


def test_an_opportunity_belongs_where_its_close_date_lies():
    opportunities = {
        "last-day": opened("100", "2026-06-30", "1"),
        "first-day": opened("200", "2026-07-01", "1"),
        "won": won("50", "2026-09-30"),
    }
    whole, periods = figures_of({"FY2026-Q1": {}, "FY2026-Q2": {}}, opportunities, fiscal_year_starts="4")
    assert (periods["FY2026-Q1"].forecast, periods["FY2026-Q2"].forecast, whole.forecast) == (100, 250, 350)


def test_what_was_won_counts_only_where_no_actual_covers_it():
    opportunities = {"covered": won("100", "2026-02-01"), "not-yet": won("200", "2026-05-01")}
    whole, periods = figures_of({"FY2026-Q1": {"actual": "70"}, "FY2026-Q2": {}}, opportunities)
    assert (periods["FY2026-Q1"].booked, periods["FY2026-Q2"].booked, whole.booked) == (70, 200, 270)


@pytest.mark.parametrize(
    ("periods", "booked"),
    [
        # The year has what its quarters have, and what was won in the others.
        ({"FY2026": {}, "FY2026-Q1": {"actual": "70"}}, {"FY2026": 270, "FY2026-Q1": 70, "": 270}),
        # The year's actual holds all of it. A quarter of its own still has what was won in it.
        ({"FY2026": {"actual": "500"}, "FY2026-Q2": {}}, {"FY2026": 500, "FY2026-Q2": 200, "": 500}),
        ({"FY2026": {"actual": "500"}, "FY2026-Q1": {"actual": "70"}}, {"FY2026": 500, "FY2026-Q1": 70, "": 500}),
        (
            {"FY2026": {}, "FY2026-H1": {"actual": "90"}, "FY2026-Q1": {"actual": "70"}, "FY2026-M05": {}},
            {"FY2026": 90, "FY2026-H1": 90, "FY2026-Q1": 70, "FY2026-M05": 200, "": 90},
        ),
        # Below zero is an actual too: more was credited than sold.
        ({"FY2026-Q1": {"actual": "-70"}, "FY2026": {}}, {"FY2026-Q1": -70, "FY2026": 130, "": 130}),
    ],
)
def test_nothing_is_booked_twice_where_periods_lie_inside_each_other(periods: dict[str, dict[str, str]], booked: dict[str, int]):
    whole, found = figures_of(periods, {"a": won("100", "2026-02-01"), "b": won("200", "2026-05-01")})
    assert {"": whole.booked, **{key: figures.booked for key, figures in found.items()}} == booked


@pytest.mark.parametrize(
    ("periods", "goal"),
    [
        ({"FY2026-Q1": {"goal": "10"}, "FY2026-Q2": {"goal": "20"}}, 30),
        ({"FY2026": {"goal": "100"}, "FY2026-Q1": {"goal": "10"}}, 100),
        ({"FY2026": {"actual": "5"}, "FY2026-Q1": {"goal": "10"}, "FY2026-M01": {"goal": "4"}}, 10),
        ({"FY2026": {"goal": "100"}, "FY2027-Q1": {"goal": "10"}}, 110),
        ({"FY2026": {"goal": "0"}}, 0),
        ({"FY2026": {"actual": "5"}}, None),
        ({}, None),
    ],
)
def test_the_goal_is_that_of_the_outermost_periods(periods: dict[str, dict[str, str]], goal: int | None):
    whole, found = figures_of(periods)
    assert whole.goal == goal
    assert {key: figures.goal for key, figures in found.items()} == {
        key: Decimal(entry["goal"]) if "goal" in entry else None for key, entry in periods.items()
    }


@pytest.mark.parametrize(
    ("periods", "opportunities", "expected"),
    [
        ({"FY2026": {}}, {}, (0, False)),
        ({"FY2026": {}}, {"a": {"status": "won", "close_date": "2026-02-01"}}, (0, False)),
        ({"FY2026": {"actual": "0"}}, {"a": won("5", "2026-02-01")}, (0, True)),
        ({"FY2026": {}}, {"a": won("5", "2026-02-01"), "b": won("2", "2026-03-01")}, (7, True)),
        ({"FY2026-Q1": {"actual": "9"}, "FY2026": {}}, {"a": won("5", "2026-02-01"), "b": won("2", "2026-05-01")}, (2, True)),
    ],
)
def test_what_is_booked_says_where_it_comes_from(
    periods: dict[str, dict[str, str]], opportunities: dict[str, dict[str, Any]], expected: tuple[int, bool]
):
    whole, _ = figures_of(periods, opportunities)
    assert (whole.won, whole.is_booked_known) == expected


def test_without_a_goal_there_is_no_gap_and_without_one_above_nothing_no_share():
    without, _ = figures_of({"FY2026": {"actual": "5"}})
    nothing, _ = figures_of({"FY2026": {"goal": "0", "actual": "5"}})
    assert (without.gap, without.achieved, without.expected) == (None, None, None)
    assert (nothing.gap, nothing.achieved, nothing.expected) == (-5, None, None)


def test_what_is_unknown_adds_nothing_and_is_told():
    plan = plan_of(
        {"FY2026": {"goal": "100"}},
        {
            "no-value": {"status": "open", "close_date": "2026-05-01", "probability": "0.5"},
            "no-odds": {"status": "open", "close_date": "2026-05-01", "value": "40"},
            "won": {"status": "won", "close_date": "2026-05-01"},
            "idea": {},
            "no-date": {"status": "open", "value": "70", "probability": "1"},
            "later": opened("80", "2027-01-01", "1"),
            "won-before": won("90", "2025-12-31"),
            "later-idea": {"value": "60", "close_date": "2027-01-01"},
            "lost": {"status": "lost", "value": "30", "close_date": "2026-05-01"},
            "dropped": {"status": "dropped", "value": "30", "close_date": "2026-05-01"},
        },
    )
    found = revenue(plan, CONFIG)
    assert (found.plan.forecast, found.plan.best_case, found.plan.potential) == (0, 40, 0)
    assert [term.id for term in found.plan.unknown] == ["no-value", "no-odds", "won", "idea"]
    assert [(one.term.id, one.lacks, one.outside) for one in found.left_out] == [
        ("no-value", ("value",), None),
        ("no-odds", ("probability",), None),
        ("won", ("value",), None),
        ("idea", ("value",), None),
        ("no-date", ("close date",), None),
        ("later", (), date(2027, 1, 1)),
        ("won-before", (), date(2025, 12, 31)),
    ]


def test_what_has_to_be_mended_is_pointed_at():
    opportunities = {"later": opened("80", "2027-01-01"), "no-date": {"status": "open", "value": "70"}}
    found = revenue(plan_of({"FY2026": {}}, opportunities), CONFIG)
    assert [(one.pointer, one.is_open) for one in found.left_out] == [
        (("opportunities", "later", "close_date"), True),
        (("opportunities", "no-date"), True),
    ]


def test_what_an_actual_holds_already_is_told():
    opportunities = {"covered": won("100", "2026-02-01"), "not-yet": won("200", "2026-05-01"), "open": opened("1", "2026-02-01")}
    periods = {"FY2026": {}, "FY2026-Q1": {"actual": "70"}, "FY2026-Q2": {}}
    assert [term.id for term in revenue(plan_of(periods, opportunities), CONFIG).covered] == ["covered"]


def test_a_period_knows_what_it_lies_in_and_whether_an_actual_says_how_it_went():
    periods = {"FY2026": {}, "FY2026-H1": {"actual": "5"}, "FY2026-Q1": {}, "FY2026-Q3": {}, "FY2027": {}}
    found = revenue(plan_of(periods), CONFIG)
    assert {one.period.key: (one.depth, one.has_actual) for one in found.periods} == {
        "FY2026": (0, True),
        "FY2026-H1": (1, True),
        "FY2026-Q1": (2, True),
        "FY2026-Q3": (1, False),
        "FY2027": (0, False),
    }


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ({"FY2026-Q1": {"goal": "10", "actual": "4"}, "FY2026-Q4": {"goal": "20"}}, {"FY2026": (30, 54)}),
        ({"FY2026": {"goal": "99"}, "FY2026-Q1": {"goal": "10", "actual": "4"}}, {"FY2026": (99, 54)}),
        ({"FY2026": {"actual": "7"}, "FY2026-Q1": {"goal": "10", "actual": "4"}}, {"FY2026": (10, 57)}),
        ({"FY2026": {"goal": "99"}, "FY2027-H1": {}}, {"FY2026": (99, 50), "FY2027": (None, 1)}),
        ({"FY2025-Q1": {}}, {}),
    ],
)
def test_the_plan_falls_into_fiscal_years(periods: dict[str, dict[str, str]], expected: dict[str, tuple[int | None, int]]):
    opportunities = {"a": opened("100", "2026-11-01"), "b": opened("2", "2027-06-30"), "idea": {"value": "5"}}
    found = revenue(plan_of(periods, opportunities), CONFIG)
    assert {one.period.key: (one.figures.goal, one.figures.forecast) for one in found.years} == expected


def test_fiscal_years_start_where_the_book_says_unless_the_plan_does():
    config = parse("revenue.fiscal_year_starts = 7")
    opportunities = {"a": opened("100", "2026-05-01", "1")}
    book = revenue(plan_of({"FY2025": {}}, opportunities), config)
    own = revenue(plan_of({"FY2025": {}}, opportunities, fiscal_year_starts="1"), config)
    assert (book.plan.forecast, own.plan.forecast) == (100, 0)
    assert (book.periods[0].period.starts.month, own.periods[0].period.starts.month) == (7, 1)


@pytest.mark.parametrize(
    ("rate", "share"),
    [
        (WinRate(3, 2, Decimal("0.4")), "0.6"),
        (WinRate(2, 4, Decimal("0.4")), "0.3333"),
        (WinRate(0, 5, Decimal("0.4")), "0"),
        (WinRate(4, 0, Decimal("0.4")), "0.4"),
    ],
)
def test_the_win_rate_is_the_plan_s_own_as_soon_as_it_says_something(rate: WinRate, share: str):
    assert rate.share == Decimal(share)


@pytest.mark.parametrize(
    ("closed", "expected"),
    [
        # Too few to tell: the rate that is assumed.
        ({"won": 4, "lost": 0}, 250),
        ({"won": 0, "lost": 0}, 250),
        ({"won": 5, "lost": 0}, 100),
        ({"won": 1, "lost": 4}, 500),
        # To the cent, upwards: less would not be enough.
        ({"won": 3, "lost": 4}, Decimal("233.34")),
        ({"won": 0, "lost": 5}, None),
    ],
)
def test_the_pipeline_to_create_follows_the_win_rate(closed: dict[str, int], expected: Decimal | int | None):
    opportunities = {f"{status}-{number}": {"status": status} for status, count in closed.items() for number in range(count)}
    config = parse("revenue = {win_rate = 0.4}")
    found = revenue(plan_of({"FY2026": {"goal": "100"}}, {**opportunities, "x": {"status": "dropped"}}), config)
    assert found.pipeline_to_create == expected
    assert found.win_rate == WinRate(**closed, assumed=Decimal("0.4"))


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ({"FY2026": {"goal": "100", "actual": "100"}}, 0),
        ({"FY2026": {"goal": "100", "actual": "150"}}, 0),
        ({"FY2026": {"actual": "1"}}, None),
    ],
)
def test_without_a_gap_there_is_no_pipeline_to_create(periods: dict[str, dict[str, str]], expected: int | None):
    assert revenue(plan_of(periods), CONFIG).pipeline_to_create == expected


def test_amounts_are_in_the_plan_s_currency_else_in_the_book_s():
    assert revenue(plan_of({}, currency="SEK"), CONFIG).currency == "SEK"
    assert revenue(plan_of({}), parse('currency = "GBP"')).currency == "GBP"


def exact(figures: Figures) -> tuple[Fraction, ...]:
    return (Fraction(figures.booked), Fraction(figures.weighted_pipeline), Fraction(figures.best_case), Fraction(figures.gap or 0))


amounts = st.from_regex(r"[0-9]{1,12}(\.[0-9]{1,11})?", fullmatch=True)
shares = st.from_regex(r"0(\.[0-9]{1,22})?", fullmatch=True)


@given(amounts, st.lists(st.tuples(amounts, shares), max_size=5), st.lists(amounts, max_size=3))
def test_amounts_are_exact_however_long(goal: str, open_ones: list[tuple[str, str]], won_ones: list[str]):
    opportunities = {f"o{number}": opened(value, "2026-05-01", share) for number, (value, share) in enumerate(open_ones)}
    opportunities |= {f"w{number}": won(value, "2026-05-01") for number, value in enumerate(won_ones)}
    whole, _ = figures_of({"FY2026": {"goal": goal}}, opportunities)
    booked = sum((Fraction(value) for value in won_ones), Fraction(0))
    weighted = sum((Fraction(value) * Fraction(share) for value, share in open_ones), Fraction(0))
    full = sum((Fraction(value) for value, _ in open_ones), Fraction(0))
    assert exact(whole) == (booked, weighted, booked + full, Fraction(goal) - booked - weighted)


quarters = st.fixed_dictionaries({}, optional={f"FY2026-Q{number}": st.just({"actual": "10"}) | st.just({}) for number in range(1, 5)})
days = st.integers(1, 12).map(lambda month: f"2026-{month:02}-15")


@given(quarters, st.lists(st.tuples(st.sampled_from(["won", "open", "potential", "lost"]), days), max_size=6))
def test_periods_that_lie_apart_add_up_to_the_plan(periods: dict[str, dict[str, str]], chosen: list[tuple[str, str]]):
    opportunities = {
        f"o{number}": {"status": status, "value": str(2**number), "probability": "0.5", "close_date": closes}
        for number, (status, closes) in enumerate(chosen)
    }
    whole, found = figures_of(periods, opportunities)
    for figure in ("booked", "weighted_pipeline", "forecast", "best_case", "potential"):
        assert getattr(whole, figure) == sum(getattr(figures, figure) for figures in found.values())


def test_a_share_is_rounded_down_so_that_100_means_all():
    whole, _ = figures_of({"FY2026": {"goal": "3000000", "actual": "2999999"}})
    assert (whole.achieved, whole.expected) == (Decimal("0.9999"), Decimal("0.9999"))
