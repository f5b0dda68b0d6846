"""Opportunities by unit, solution, owner or account."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from acctplan.analysis.ranking import places, rank
from acctplan.analysis.ranking.groups import By, Group, Key, groups
from acctplan.config import Config, Rate, SolutionSettings
from acctplan.model import Plan

CONFIG = Config(solutions={"oil": SolutionSettings(name="Oil analysis")}, rates={"SEK": Rate(rate=Decimal("0.1"), as_of="2026-10-30")})


def plan_of(opportunities: dict[str, dict[str, Any]], currency: str = "EUR", **sections: Any) -> Plan:
    named = {key: {"name": key, "status": "open", **fields} for key, fields in opportunities.items()}
    return Plan.model_validate({"profile": {"name": f"Account in {currency}", "currency": currency}, "opportunities": named, **sections})


def grouped(by: By, **plans: Plan) -> list[Group]:
    scores = rank(plans.items(), CONFIG)
    return groups(scores, plans, CONFIG, by, places(scores))


def members(found: list[Group]) -> dict[Key, list[str]]:
    return {group.key: [member.score.id for member in group.members] for group in found}


FIRST = plan_of(
    {
        "a": {"unit": "plant", "solution": "oil", "owner": "ines", "value": "1000", "probability": "0.5"},
        "b": {"unit": "plant", "solution": "own", "owner": "mats", "value": "500"},
        "c": {"solution": "same"},
    },
    units={"plant": {"name": "Plant"}},
    solutions={"own": {"name": "Own"}, "same": {"name": "Training"}},
    team={"ines": {"name": "Ines Carvalho"}, "mats": {"name": "Mats Ekdahl"}},
)
SECOND = plan_of(
    {
        "d": {"unit": "plant", "solution": "oil", "owner": "i", "value": "9000", "probability": "0.9"},
        "e": {"solution": "training", "owner": "mats", "value": "10", "probability": "0.1"},
    },
    "SEK",
    units={"plant": {"name": "Plant"}},
    solutions={"training": {"name": "Training"}, "oil": {"name": "Their oil"}},
    team={"i": {"name": "Ines Carvalho"}, "mats": {"name": "Another Mats"}},
)


def test_a_unit_is_its_plans_own():
    assert members(grouped("unit", first=FIRST, second=SECOND)) == {
        Key("second", "plant", "Plant"): ["d"],
        Key("first", "plant", "Plant"): ["a", "b"],
        Key(None, None, None): ["e", "c"],
    }


def test_a_solution_of_the_book_is_shared_by_id_and_one_of_plans_by_name():
    assert members(grouped("solution", first=FIRST, second=SECOND)) == {
        Key(None, "oil", "Oil analysis"): ["d", "a"],
        Key(None, None, "Training"): ["e", "c"],
        Key(None, None, "Own"): ["b"],
    }


def test_the_same_name_is_the_same_person_and_the_same_id_need_not_be():
    assert members(grouped("owner", first=FIRST, second=SECOND)) == {
        Key(None, None, "Ines Carvalho"): ["d", "a"],
        Key(None, None, "Another Mats"): ["e"],
        Key(None, None, "Mats Ekdahl"): ["b"],
        Key(None, None, None): ["c"],
    }


def test_an_account_is_a_plan():
    assert members(grouped("account", first=FIRST, second=SECOND)) == {
        Key("second", None, "Account in SEK"): ["d", "e"],
        Key("first", None, "Account in EUR"): ["a", "b", "c"],
    }


def test_a_group_has_its_sums_in_the_books_currency_and_counts_what_is_unknown():
    second, first = grouped("account", first=FIRST, second=SECOND)
    # 9,000 x 0.1 x 0.9 and 10 x 0.1 x 0.1; 1,000 x 0.5.
    assert (second.value, second.weighted, second.without_value, second.without_weighted) == (901, Decimal("810.1"), 0, 0)
    assert (first.value, first.weighted, first.without_value, first.without_weighted) == (1500, 500, 1, 2)
    assert [(member.value, member.probability, member.weighted) for member in first.members] == [
        (1000, Decimal("0.5"), 500),
        (500, None, None),
        (None, None, None),
    ]
    assert (second.best_rank, first.best_rank) == (1, 2)


def test_the_greatest_weighted_value_comes_first_then_the_best_rank_and_nobodys_last():
    team = {name: {"name": name} for name in ("x", "y", "z")}
    plan = plan_of(
        {
            "best": {"owner": "x", "importance": {"us": "5", "customer": "5"}},
            "next": {"owner": "y", "importance": {"us": "5"}},
            "large": {"owner": "z", "value": "50", "probability": "0.5"},
            "largest": {"value": "900", "probability": "0.9"},
        },
        team=team,
    )
    assert [group.key.name for group in grouped("owner", plan=plan)] == ["z", "x", "y", None]


@pytest.mark.parametrize("by", ["unit", "solution", "owner", "account"])
def test_every_opportunity_is_in_one_group(by: By):
    found = grouped(by, first=FIRST, second=SECOND)
    assert sorted(member.score.id for group in found for member in group.members) == ["a", "b", "c", "d", "e"]


def test_no_opportunities_make_no_groups():
    assert grouped("unit", plan=plan_of({})) == []
