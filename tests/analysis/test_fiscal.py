"""Fiscal periods: their days, and which lie inside which."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.analysis.fiscal import Period, around, holding, month_of, period

PARTS = ["", "-H1", "-H2", *(f"-Q{number}" for number in range(1, 5)), *(f"-M{number:02}" for number in range(1, 13))]


@pytest.mark.parametrize(
    ("key", "year_starts", "starts", "ends"),
    [
        ("FY2026", 1, date(2026, 1, 1), date(2026, 12, 31)),
        # Named for the calendar year in which it starts.
        ("FY2026", 4, date(2026, 4, 1), date(2027, 3, 31)),
        ("FY2026", 12, date(2026, 12, 1), date(2027, 11, 30)),
        ("FY2026-H1", 4, date(2026, 4, 1), date(2026, 9, 30)),
        ("FY2026-H2", 4, date(2026, 10, 1), date(2027, 3, 31)),
        ("FY2026-Q1", 1, date(2026, 1, 1), date(2026, 3, 31)),
        ("FY2026-Q3", 7, date(2027, 1, 1), date(2027, 3, 31)),
        ("FY2026-Q4", 4, date(2027, 1, 1), date(2027, 3, 31)),
        ("FY2026-M07", 1, date(2026, 7, 1), date(2026, 7, 31)),
        ("FY2023-M11", 4, date(2024, 2, 1), date(2024, 2, 29)),
        # No calendar has these years; a plan that names one is still a plan.
        ("FY0000", 1, date.min, date.min),
        ("FY0001", 1, date.min, date(1, 12, 31)),
        ("FY9999", 1, date(9999, 1, 1), date(9999, 12, 31)),
        ("FY9999-Q4", 4, date.max, date.max),
    ],
)
def test_a_period_has_a_first_and_a_last_day(key: str, year_starts: int, starts: date, ends: date):
    found = period(key, year_starts)
    assert (found.starts, found.ends, found.key) == (starts, ends, key)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("FY2026-M12", ("FY2026-Q4", "FY2026-H2", "FY2026")),
        ("FY2026-M04", ("FY2026-Q2", "FY2026-H1", "FY2026")),
        ("FY2026-Q3", ("FY2026-H2", "FY2026")),
        ("FY2026-H1", ("FY2026",)),
        ("FY2026", ()),
    ],
)
def test_a_period_lies_in_longer_ones(key: str, expected: tuple[str, ...]):
    assert around(key) == expected


@pytest.mark.parametrize(
    ("day", "year_starts", "expected"),
    [
        (date(2026, 11, 21), 1, ("FY2026-M11", "FY2026-Q4", "FY2026-H2", "FY2026")),
        (date(2026, 3, 31), 4, ("FY2025-M12", "FY2025-Q4", "FY2025-H2", "FY2025")),
        (date(2026, 4, 1), 4, ("FY2026-M01", "FY2026-Q1", "FY2026-H1", "FY2026")),
        (date(1, 1, 1), 4, ("FY0000-M10", "FY0000-Q4", "FY0000-H2", "FY0000")),
    ],
)
def test_a_day_lies_in_a_period_of_each_kind(day: date, year_starts: int, expected: tuple[str, ...]):
    assert holding(day, year_starts) == expected


@given(st.dates(date(2, 1, 1), date(9998, 1, 1)), st.integers(1, 12))
def test_a_day_lies_in_exactly_the_periods_that_hold_it(day: date, year_starts: int):
    year = holding(day, year_starts)[-1]
    periods = [period(year + part, year_starts) for part in PARTS]
    assert {found.key for found in periods if found.starts <= day <= found.ends} == set(holding(day, year_starts))
    assert [found.first <= month_of(day) < found.after for found in periods] == [found.starts <= day <= found.ends for found in periods]


@given(st.integers(1990, 2100), st.integers(1, 12), st.sampled_from(PARTS), st.sampled_from(PARTS))
def test_one_period_lies_around_another_where_its_days_do(year: int, year_starts: int, inner: str, outer: str):
    one, other = period(f"FY{year}{inner}", year_starts), period(f"FY{year}{outer}", year_starts)
    assert (other.key in around(one.key)) == (one != other and other.starts <= one.starts and one.ends <= other.ends)


@given(st.integers(1990, 2100), st.integers(1, 12))
def test_periods_of_a_kind_follow_each_other_without_a_hole(year: int, year_starts: int):
    quarters = [period(f"FY{year}-Q{number}", year_starts) for number in range(1, 5)] + [period(f"FY{year + 1}-Q1", year_starts)]
    for before, after in pairwise(quarters):
        assert after.starts == before.ends + timedelta(days=1)
        assert after.first == before.after


def test_a_hole_between_periods_has_days_too():
    assert (Period(2026 * 12 + 3, 3, "").starts, Period(2026 * 12 + 3, 3, "").ends) == (date(2026, 4, 1), date(2026, 6, 30))


@pytest.mark.parametrize("starts", [1, 4, 12])
@pytest.mark.parametrize("key", ["FY2026", "FY2026-H2", "FY2026-Q4", "FY2026-M11"])
def test_a_period_knows_its_fiscal_year(key: str, starts: int):
    found = period(key, starts)
    assert (found.year, found.year_starts) == ("FY2026", starts)


@pytest.mark.parametrize(
    ("today", "phase"),
    [
        (date(2026, 6, 30), "to come"),
        (date(2026, 7, 1), "current"),
        (date(2026, 9, 30), "current"),
        (date(2026, 10, 1), "past"),
    ],
)
def test_a_period_is_past_current_or_to_come(today: date, phase: str):
    assert period("FY2026-Q2", 4).phase(today) == phase
