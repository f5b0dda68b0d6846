"""What an opportunity can be expected to bring, by itself and by what it leads to."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import Any

import pytest

from acctplan.analysis.factors import Account
from acctplan.analysis.ranking.expected import Part, expected, parts
from acctplan.config import Config, Rate
from acctplan.errors import UserError
from acctplan.model import Plan

X = "\N{MULTIPLICATION SIGN}"


def account(opportunities: dict[str, Any], currency: str = "EUR", config: Config | None = None) -> Account:
    named = {key: {"name": key, "status": "open", **fields} for key, fields in opportunities.items()}
    plan = Plan.model_validate({"profile": {"name": "Meridian", "currency": currency}, "opportunities": named})
    return Account(plan, config or Config())


def test_it_is_probability_times_value_times_margin():
    found = expected(account({"a": {"value": "420_000", "margin": "0.38", "probability": "0.5"}}), "a")
    assert found is not None
    assert (found.amount, found.ahead, found.not_counted, found.margin_assumed) == (Decimal(79_800), 0, 0, False)


@pytest.mark.parametrize("lacks", ["value", "probability"])
def test_without_value_or_probability_it_is_not_known(lacks: str):
    fields = {"value": "420_000", "probability": "0.5"}
    del fields[lacks]
    assert expected(account({"a": fields}), "a") is None


def test_the_stage_gives_the_probability_and_the_settings_the_margin():
    found = expected(account({"a": {"value": "1000", "stage": "proposal"}}), "a")
    assert found is not None
    assert (found.amount, found.margin_assumed) == (Decimal(300), True)  # 0.75 x 1,000 x 0.4


def test_what_it_leads_to_counts_over_all_steps_once_and_times_its_own_probability():
    sure = {"margin": "1", "probability": "0.5"}
    meridian = account(
        {
            "door": {**sure, "value": "10", "leads_to": ["left", "right"]},
            "left": {**sure, "value": "100", "leads_to": ["house"]},
            "right": {**sure, "value": "1000", "leads_to": ["house", "gone"]},
            "house": {"value": "10_000", "margin": "0.2", "probability": "0.1"},
            "gone": {**sure, "value": "1_000_000", "status": "lost"},
        }
    )
    assert parts(meridian, "door") == (
        [
            Part("door", Decimal("0.5"), Decimal(10), f"10 EUR {X} 100 % margin", False, Decimal(5)),
            Part("house", Decimal("0.1"), Decimal(2000), f"10,000 EUR {X} 20 % margin", False, Decimal(100)),
            Part("left", Decimal("0.5"), Decimal(100), f"100 EUR {X} 100 % margin", False, Decimal(25)),
            Part("right", Decimal("0.5"), Decimal(1000), f"1,000 EUR {X} 100 % margin", False, Decimal(250)),
        ],
        [],
    )
    found = expected(meridian, "door")
    assert found is not None
    assert (found.amount, found.ahead) == (380, 375)


def test_what_it_leads_to_and_that_cannot_be_counted_adds_nothing_and_is_told():
    meridian = account(
        {"door": {"value": "10", "margin": "1", "probability": "1", "leads_to": ["a", "b"]}, "a": {"value": "5"}, "b": {"probability": "1"}}
    )
    found = expected(meridian, "door")
    assert found is not None
    assert (found.amount, found.not_counted) == (10, 2)
    assert parts(meridian, "door")[1] == ["a", "b"]


def test_it_is_in_the_currency_of_the_book():
    config = Config(rates={"SEK": Rate(rate=Decimal("0.09"), as_of="2026-10-30")})
    found = expected(account({"a": {"value": "1000", "margin": "1", "probability": "0.5"}}, "SEK", config), "a")
    assert found is not None
    assert found.amount == 45
    with pytest.raises(UserError, match="no rate from SEK to EUR"):
        expected(account({"a": {"value": "1000", "probability": "0.5"}}, "SEK"), "a")


def test_the_longest_numbers_stay_exact():
    found = expected(account({"a": {"value": "9" * 24, "margin": "0." + "1" * 22, "probability": "0." + "1" * 22}}), "a")
    assert found is not None
    with localcontext(prec=200):
        assert found.amount == Decimal((10**24 - 1) * int("1" * 22) ** 2).scaleb(-44)
