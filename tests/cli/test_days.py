"""Days as people say them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.cli.days import day_said

SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("today", SATURDAY),
        ("Tomorrow", date(2026, 11, 22)),
        ("yesterday", date(2026, 11, 20)),
        ("+10d", date(2026, 12, 1)),
        ("+2w", date(2026, 12, 5)),
        ("-1w", date(2026, 11, 14)),
        ("+3m", date(2027, 2, 21)),
        ("+1y", date(2027, 11, 21)),
        ("fri", date(2026, 11, 27)),
        ("sat", date(2026, 11, 28)),
        ("sun", date(2026, 11, 22)),
        ("Wednesday", date(2026, 11, 25)),
        ("thurs", date(2026, 11, 26)),
        ("eow", date(2026, 11, 27)),
        ("eom", date(2026, 11, 30)),
        ("eoq", date(2026, 12, 31)),
        ("eoy", date(2026, 12, 31)),
        ("2027-02", date(2027, 2, 28)),
        ("2027-Q1", date(2027, 3, 31)),
        ("2027q4", date(2027, 12, 31)),
        ("31.3.2027", date(2027, 3, 31)),
        ("01.04.2027", date(2027, 4, 1)),
        ("last friday", date(2026, 11, 20)),
        ("Last  Fri", date(2026, 11, 20)),
        ("last sat", date(2026, 11, 14)),
        ("in 3 days", date(2026, 11, 24)),
        ("in 1 week", date(2026, 11, 28)),
        ("2 weeks ago", date(2026, 11, 7)),
        ("3 days ago", date(2026, 11, 18)),
        ("1 month ago", date(2026, 10, 21)),
        ("in 2 years", date(2028, 11, 21)),
        ("end of march", date(2027, 3, 31)),
        ("end of Nov", date(2026, 11, 30)),
        ("end of month", date(2026, 11, 30)),
        ("end of quarter", date(2026, 12, 31)),
        ("end of year", date(2026, 12, 31)),
        ("end of week", date(2026, 11, 27)),
    ],
)
def test_what_is_meant(said: str, meant: date):
    assert day_said(said, SATURDAY) == meant


@pytest.mark.parametrize(
    "said",
    [
        *(
            "",
            "soon",
            "2026-02-30",
            "30.2.2026",
            "12.31.2026",
            "31.12.26",
            "in 3 days ago",
            "3 days",
            "end of ma",
            "end of x",
            "last",
            "2026-13",
            "2027-Q5",
            "+2",
            "2w",
            "+99999d",
            "+9999y",
            "friend",
        ),
        *("0026-11-20", "9999-12", "+980y"),
    ],
)
def test_what_could_mean_anything_is_no_day(said: str):
    assert day_said(said, SATURDAY) is None


def test_the_end_of_a_quarter_is_in_it():
    for month in range(1, 13):
        end = day_said("eoq", date(2026, month, 1))
        assert end is not None
        assert (end.month - 1) // 3 == (month - 1) // 3


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
def test_a_weekday_is_within_the_next_seven_days(today: date, name: str):
    day = day_said(name, today)
    assert day is not None
    assert 1 <= (day - today).days <= 7
    assert day.strftime("%a").casefold() == name


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
def test_a_weekday_of_what_is_past_is_within_the_last_seven_days(today: date, name: str):
    day, last = day_said(name, today, is_past=True), day_said(f"last {name}", today, is_past=True)
    assert day is not None
    assert last is not None
    assert 0 <= (today - day).days <= 6
    assert 1 <= (today - last).days <= 7
    assert day.strftime("%a").casefold() == last.strftime("%a").casefold() == name


@given(st.text(max_size=12))
def test_any_text_is_a_day_or_none(said: str):
    assert day_said(said, SATURDAY) is None or isinstance(day_said(said, SATURDAY), date)
