"""The order of opportunities: a score worked out by hand, ties, currencies and weights."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from acctplan.analysis.ranking import Score, Term, places, rank
from acctplan.config import Config, Weights
from acctplan.errors import UserError
from acctplan.loader import load
from acctplan.model import Plan

X = "\N{MULTIPLICATION SIGN}"
CONFIG = Config()
MERIDIAN = """
profile: {name: Meridian Foods, currency: EUR}
units: {retail: {name: Retail brands}, logistics: {name: Logistics}}
solutions: {platform: {name: Monitoring platform}}
contacts:
  lena-vos: {name: Lena Vos, roles: [decision_maker], stance: neutral, coverage: brief}
  tom-bakker: {name: Tom Bakker, roles: [sponsor], stance: supportive, coverage: in_depth, influences: [lena-vos]}
competitors: {frostline: {name: Frostline}}
opportunities:
  platform-retail:
    name: Monitoring platform for the plants
    kind: new
    unit: retail
    solution: platform
    value: 1_150_000
    importance: {customer: 4, us: 5}
    competition: {position: behind, competitors: [frostline], incumbent: frostline}
  platform-logistics:
    name: Monitoring platform for the cold stores
    status: open
    stage: proposal
    probability: 0.5
    value: 420_000
    margin: 0.38
    importance: {customer: 5, us: 4}
    buying_roles:
      lena-vos: {role: decision_maker}
      tom-bakker: {role: sponsor}
    competition: {position: ahead, competitors: [frostline], incumbent: frostline}
    leads_to: [platform-retail]
  sensors: {name: Sensors, status: won, value: 900_000}
"""


def plan_of(opportunities: dict[str, Any], name: str = "Meridian", currency: str = "EUR") -> Plan:
    named = {key: {"name": key, **fields} for key, fields in opportunities.items()}
    return Plan.model_validate({"profile": {"name": name, "currency": currency}, "opportunities": named})


def ids(scores: list[Score]) -> list[tuple[str, str]]:
    return [(score.plan, score.id) for score in scores]


def test_a_score_worked_out_by_hand():
    loaded = load(MERIDIAN, "plans/meridian.yaml", CONFIG)
    assert loaded.plan is not None
    first, second = rank([("plans/meridian.yaml", loaded.plan)], CONFIG)

    here = ("opportunities", "platform-logistics")
    warm = "Lena Vos: brief coverage, neutral; Tom Bakker, supportive, is one step away"
    assert first.terms == (
        # 159,600 lies 109,600 / 200,000 of the way from 50,000 (0.3) to 250,000 (0.6).
        Term("value", 20, 20, pytest.approx(0.4644), 9.288, f"420,000 EUR {X} 38 % margin", (*here, "value")),
        Term("access", 20, 20, 0.3, 6, warm, ("contacts", "lena-vos")),
        Term("stage", 15, 15, 0.5, 7.5, "50 %, its own", (*here, "probability")),
        Term("competition", 15, 15, 0.75, 11.25, "ahead of Frostline", (*here, "competition", "position")),
        Term("importance_to_customer", 10, 10, 1, 10, "5 of 5", (*here, "importance", "customer")),
        Term("importance_to_us", 10, 10, 0.75, 7.5, "4 of 5", (*here, "importance", "us")),
        # 460,000 lies 210,000 / 750,000 of the way from 250,000 (0.6) to 1,000,000 (0.9).
        Term(
            "lead_in",
            10,
            10,
            pytest.approx(0.684),
            6.84,
            f"leads to Monitoring platform for the plants: 1,150,000 EUR {X} 40 % margin (assumed)",
            (*here, "leads_to"),
        ),
    )
    assert (first.score, first.ceiling) == (58.378, 58.378)
    assert (first.plan, first.account, first.id) == ("plans/meridian.yaml", "Meridian Foods", "platform-logistics")
    assert (first.currency, first.book_value, first.opportunity.status) == ("EUR", Decimal(420_000), "open")

    # 0.684 x 20 + 0.25 x 15 + 0.75 x 10 + 1 x 10; access (20) and stage (15) are unknown.
    assert (second.id, second.score, second.ceiling) == ("platform-retail", 34.93, 69.93)


def test_only_what_can_still_be_won_is_ranked():
    statuses = ("potential", "open", "won", "lost", "dropped")
    plan = plan_of({status: {"status": status} for status in statuses})
    assert {score.id for score in rank([("p", plan)], CONFIG)} == {"potential", "open"}


def test_what_is_unknown_gives_no_points_and_leaves_the_ceiling_up():
    (score,) = rank([("p", plan_of({"a": {}}))], CONFIG)
    unknown = {term.factor for term in score.terms if term.value is None}
    assert unknown == {"value", "access", "stage", "competition", "importance_to_customer", "importance_to_us"}
    assert (score.score, score.ceiling) == (0, 90)
    assert sum(term.out_of for term in score.terms if term.value is None) == 90
    assert score.book_value is None


def test_a_factor_without_weight_is_listed_with_no_points():
    weights = Weights(value=1, access=0, stage=3, competition=0, importance_to_customer=0, importance_to_us=0, lead_in=0)
    (score,) = rank([("p", plan_of({"a": {"probability": "0.5", "importance": {"us": "5"}}}))], CONFIG, weights)
    assert [(term.factor, term.out_of, term.points) for term in score.terms if term.points or term.out_of] == [
        ("value", 25, 0),
        ("stage", 75, 37.5),
    ]
    assert len(score.terms) == 7
    assert (score.score, score.ceiling) == (37.5, 62.5)


def test_the_configured_weights_count_where_no_others_are_given():
    config = Config.model_validate({"ranking": {"weights": {"stage": "85"}}})
    (score,) = rank([("p", plan_of({"a": {"probability": "1"}}))], config)
    assert score.score == 50


def test_ties_go_by_ceiling_then_value_with_unknown_last_then_plan_then_id():
    only_stage = Weights(value=0, access=0, stage=1, competition=1, importance_to_customer=0, importance_to_us=0, lead_in=0)
    first = {
        "b-2": {"probability": "0.5"},
        "a-9": {"probability": "0.5"},
        "rich": {"probability": "0.5", "value": "10"},
        "poor": {"probability": "0.5", "value": "9"},
        "nought": {"probability": "0.5", "value": "0"},
        "settled": {"probability": "0.5", "value": "99", "competition": {"position": "locked_out"}},
        "best": {"probability": "0.6"},
    }
    scores = rank([("z", plan_of({"a": {"probability": "0.5"}})), ("y", plan_of(first))], CONFIG, only_stage)
    order = [("y", "best"), ("y", "rich"), ("y", "poor"), ("y", "nought"), ("y", "a-9"), ("y", "b-2"), ("z", "a"), ("y", "settled")]
    assert ids(scores) == order


def test_scores_that_should_be_equal_are_equal():
    weights = Weights(value=0, access=0, stage=15, competition=0, importance_to_customer=0, importance_to_us=10, lead_in=0)
    plan = plan_of(
        {
            "chance": {"probability": "0.5", "importance": {"us": "1"}, "value": "1"},  # 15 x 0.50 of 25; as floats a hair above 30
            "grade": {"probability": "0", "importance": {"us": "4"}, "value": "2"},  # 10 x 0.75 of 25
        }
    )
    assert [(score.id, score.score) for score in rank([("p", plan)], CONFIG, weights)] == [("grade", 30), ("chance", 30)]


def test_values_compare_across_currencies():
    config = Config.model_validate({"rates": {"JPY": {"rate": "0.006", "as_of": "2026-12-31"}}})
    nothing = {"margin": "0"}  # equal scores, so that the values alone decide
    plans = [("yen", plan_of({"a": {"value": "1_000", **nothing}}, currency="JPY")), ("euro", plan_of({"a": {"value": "900", **nothing}}))]
    euro, yen = rank(plans, config)
    assert (euro.plan, euro.currency, euro.book_value) == ("euro", "EUR", 900)
    assert (yen.plan, yen.currency, yen.book_value) == ("yen", "JPY", 6)


def test_a_plan_without_a_currency_is_in_the_books():
    plan = Plan.model_validate({"profile": {"name": "M"}, "opportunities": {"a": {"name": "A", "value": "5"}}})
    config = Config.model_validate({"currency": "SEK"})
    (score,) = rank([("p", plan)], config)
    assert (score.currency, score.book_value) == ("SEK", 5)


def test_a_missing_rate_is_an_error_of_the_user():
    with pytest.raises(UserError, match="no rate from CHF to EUR"):
        rank([("p", plan_of({"a": {"value": "1"}}, currency="CHF"))], CONFIG)


def test_nothing_to_rank():
    assert rank([], CONFIG) == []
    assert rank([("p", plan_of({}))], CONFIG) == []


@pytest.mark.parametrize("size", [5e-324, 1e-300, 1e308])
def test_weights_of_any_size_count_by_their_proportions(size: float):
    weights = Weights.model_validate(dict.fromkeys(Weights().by_name, size))
    (score,) = rank([("p", plan_of({"a": {"probability": "0.7"}}))], CONFIG, weights)
    assert (score.score, score.ceiling) == (10, pytest.approx(100 * 5.7 / 7, abs=1e-9))


def test_what_nothing_tells_apart_shares_a_rank():
    same = {"value": "100_000"}
    scores = rank([("x", plan_of({"best": {"value": "900_000"}, "b": same, "a": same, "last": {}}))], CONFIG)
    assert [(one.id, places(scores)[one.plan, one.id]) for one in scores] == [("best", 1), ("a", 2), ("b", 2), ("last", 4)]


def test_an_equal_score_of_another_ceiling_is_no_tie():
    sure, hopeful = {"importance": {"customer": "1", "us": "1"}}, {"importance": {"us": "1"}}
    scores = rank([("x", plan_of({"sure": sure, "hopeful": hopeful}))], CONFIG)
    assert scores[0].score == scores[1].score
    assert [(one.id, places(scores)[one.plan, one.id]) for one in scores] == [("hopeful", 1), ("sure", 2)]


def test_no_opportunity_no_place():
    assert places(rank([("x", plan_of({"won": {"status": "won"}}))], CONFIG)) == {}
