"""The revenue chart: bars as tall as their amounts, and words that do not run into each other."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.render.pictures.revenue_chart import Period, revenue_chart

AMOUNTS = st.decimals(0, 10**13, places=2)


def period(goal: int | None, booked: int, forecast: int, label: str = "FY2026 Q1", *, is_current: bool = False) -> Period:
    return Period(label, None if goal is None else Decimal(goal), Decimal(booked), Decimal(forecast), is_current)


def bars(drawn: str, kind: str) -> list[float]:
    """The heights of bars, without those of the legend."""
    found = [node.attrib for node in ET.fromstring(drawn).iter("rect") if node.attrib["class"] == kind and node.attrib["y"] != "4"]
    return [float(bar["height"]) for bar in found]


def texts(drawn: str, kind: str | None = None) -> list[str]:
    return [node.text or "" for node in ET.fromstring(drawn).iter("text") if kind in (None, node.attrib.get("class"))]


def test_bars_are_as_tall_as_their_amounts():
    drawn = revenue_chart([period(100, 50, 75), period(50, 0, 0)], "EUR")
    goal, other = bars(drawn, "bar-goal")
    (hope,) = bars(drawn, "bar-forecast")
    assert other == pytest.approx(goal / 2, abs=0.02)
    assert bars(drawn, "bar-booked") == [pytest.approx(goal / 2, abs=0.02), 0]
    assert hope == pytest.approx(goal / 4, abs=0.02)


@pytest.mark.parametrize(
    ("goal", "forecast", "said"),
    [(100, 57, ["\N{MINUS SIGN}43 %"]), (100, 109, ["+9 %"]), (100, 100, ["on goal"]), (None, 50, []), (0, 50, [])],
)
def test_the_forecast_is_told_against_the_goal(goal: int | None, forecast: int, said: list[str]):
    drawn = revenue_chart([period(goal, 0, forecast)], "EUR")
    assert [text for text in texts(drawn) if text.endswith(" %") or text == "on goal"] == said


@pytest.mark.parametrize(
    ("most", "ticks"),
    [(620_000, ["0", "200", "400", "600", "800"]), (4, ["0", "1", "2", "3", "4"]), (9_000_000, ["0", "2.5", "5", "7.5", "10"])],
)
def test_the_axis_has_round_numbers(most: int, ticks: list[str]):
    assert texts(revenue_chart([period(most, 0, 0)], "EUR"), "soft")[:-1][: len(ticks)] == ticks


def test_the_current_period_is_marked():
    drawn = revenue_chart([period(5, 0, 0, "FY2026 Q1"), period(5, 0, 0, "FY2026 Q2", is_current=True)], "EUR")
    assert texts(drawn, "now") == ["FY2026 Q2", "now"]


def test_labels_that_would_run_into_each_other_are_left_out():
    drawn = revenue_chart([period(5, 0, 0, f"FY{2000 + number} Q1") for number in range(40)], "EUR")
    shown = [text for text in texts(drawn) if text.startswith("FY")]
    assert 5 < len(shown) < 20
    assert len(bars(drawn, "bar-goal")) == 40


@given(st.lists(st.builds(Period, st.just("FY2026"), st.none() | AMOUNTS, AMOUNTS, AMOUNTS, st.booleans()), min_size=1, max_size=30))
def test_any_amounts_are_drawn_inside_the_picture(periods: list[Period]):
    drawn = revenue_chart(periods, "EUR")
    if drawn:
        for node in ET.fromstring(drawn).iter("rect"):
            assert 0 <= float(node.attrib["y"]) <= float(node.attrib["y"]) + float(node.attrib["height"]) <= 300


def test_a_loss_is_no_bar():
    assert bars(revenue_chart([period(100, -50, -50)], "EUR"), "bar-booked") == [0]


@pytest.mark.parametrize("periods", [[], [period(None, 0, 0)], [period(0, -5, -5)]])
def test_nothing_to_compare_no_chart(periods: list[Period]):
    assert revenue_chart(periods, "EUR") == ""
