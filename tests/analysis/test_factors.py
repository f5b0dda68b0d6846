"""What each factor answers, and why."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from acctplan.analysis.factors import ALL, Account, Factor, Reading, on_scale
from acctplan.config import Config, Weights
from acctplan.errors import UserError
from acctplan.model import Plan

if TYPE_CHECKING:
    from acctplan.diagnostic import Pointer

X = "\N{MULTIPLICATION SIGN}"
HERE = ("opportunities", "deal")
EVALUATE = {factor.name: factor.evaluate for factor in ALL}


def read(factor: str, opportunity: dict[str, Any], config: Config | None = None, **sections: Any) -> Reading:
    opportunities = {"deal": {"name": "Deal", **opportunity}, **sections.pop("opportunities", {})}
    plan = Plan.model_validate({"profile": {"name": "Meridian"}, "opportunities": opportunities, **sections})
    return EVALUATE[factor](Account(plan, config or Config()), "deal")


def test_the_factors_are_those_that_have_a_weight_in_that_order():
    assert [factor.name for factor in ALL] == list(Weights().by_name)


@pytest.mark.parametrize("factor", ALL, ids=lambda factor: factor.name)
def test_a_factor_says_what_0_and_1_mean(factor: Factor):
    assert re.search(r"^ *0 .*\b1 ", factor.evaluate.__doc__ or "", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    ("opportunity", "value", "reason", "pointer"),
    [
        ({}, None, "needs a value", HERE),
        ({"margin": "0.5"}, None, "needs a value", HERE),
        ({"value": "0"}, 0, f"0 EUR {X} 40 % margin (assumed)", (*HERE, "value")),
        ({"value": "420_000", "margin": "0.38"}, 0.4644, f"420,000 EUR {X} 38 % margin", (*HERE, "value")),
        ({"value": "420_000", "margin": "0"}, 0, f"420,000 EUR {X} 0 % margin", (*HERE, "value")),
        ({"value": "625_000"}, 0.6, f"625,000 EUR {X} 40 % margin (assumed)", (*HERE, "value")),
        ({"value": "1250.50", "margin": "0.385"}, 0.0048144, f"1,250.50 EUR {X} 38.5 % margin", (*HERE, "value")),
        ({"value": "9_000_000_000", "margin": "1"}, 1, f"9,000,000,000 EUR {X} 100 % margin", (*HERE, "value")),
    ],
)
def test_value(opportunity: dict[str, Any], value: float | None, reason: str, pointer: Pointer):
    assert read("value", opportunity) == (pytest.approx(value, abs=1e-6), reason, pointer)


def test_value_is_read_in_the_currency_of_the_book():
    config = Config.model_validate({"rates": {"USD": {"rate": "0.50", "as_of": "2026-12-31"}}})
    reading = read("value", {"value": "500_000", "margin": "0.2"}, config, profile={"name": "Meridian", "currency": "USD"})
    assert reading == (pytest.approx(0.3), f"500,000 USD {X} 20 % margin, at 0.5 EUR per USD of 2026-12-31", (*HERE, "value"))


def test_the_assumed_margin_is_the_configured_one():
    config = Config.model_validate({"ranking": {"assumed_margin": "0.25"}})
    assert read("value", {"value": "200_000"}, config) == (pytest.approx(0.3), f"200,000 EUR {X} 25 % margin (assumed)", (*HERE, "value"))


@pytest.mark.parametrize("factor", ["value", "lead_in"])
def test_a_missing_rate_is_an_error_of_the_user(factor: str):
    opportunities = {"next": {"name": "Next", "value": "1"}}
    with pytest.raises(UserError, match="no rate from CHF to EUR"):
        read(
            factor,
            {"value": "1", "leads_to": ["next"]},
            profile={"name": "Meridian", "currency": "CHF"},
            opportunities=opportunities,
        )


@pytest.mark.parametrize(("amount", "expected"), [(-1, 0.2), (100, 0.2), (150, 0.35), (200, 0.5), (300, 0.5), (400, 0.5), (401, 0.5)])
def test_a_scale_is_linear_between_its_anchors_and_flat_outside(amount: int, expected: float):
    ranking = Config.model_validate({"ranking": {"value_scale": [["100", 0.2], ["200", 0.5], ["400", 0.5]]}}).ranking
    assert on_scale(Decimal(amount), ranking.value_scale) == pytest.approx(expected)


LENA = {"name": "Lena Vos"}
TOM = {"name": "Tom Bakker", "stance": "supportive", "coverage": "brief"}
DECIDES = {"buying_roles": {"lena": {"role": "decision_maker"}}}


@pytest.mark.parametrize(
    ("coverage", "stance", "value", "reason"),
    [
        ("none", None, 0, "Lena Vos: no coverage"),
        ("none", "supportive", 0, "Lena Vos: no coverage"),
        ("brief", "supportive", 1 / 3, "Lena Vos: brief coverage, supportive"),
        ("brief", "neutral", 0.2, "Lena Vos: brief coverage, neutral"),
        ("brief", "negative", 0.2 / 3, "Lena Vos: brief coverage, negative"),
        ("multiple", "neutral", 0.4, "Lena Vos: multiple coverage, neutral"),
        ("in_depth", "supportive", 1, "Lena Vos: in-depth coverage, supportive"),
        ("in_depth", None, None, "Lena Vos: stance unknown"),
        (None, "supportive", None, "Lena Vos: coverage unknown"),
        (None, None, None, "Lena Vos: coverage and stance unknown"),
    ],
)
def test_access_is_coverage_times_stance_of_who_decides(coverage: str | None, stance: str | None, value: float | None, reason: str):
    lena = {**LENA, **({"coverage": coverage} if coverage else {}), **({"stance": stance} if stance else {})}
    expected = (None if value is None else pytest.approx(value), reason, ("contacts", "lena"))
    assert read("access", DECIDES, contacts={"lena": lena}) == expected


@pytest.mark.parametrize(
    ("contact", "buyer", "value", "reason", "pointer"),
    [
        ({"roles": ["decision_maker"]}, {}, 2 / 3, "Lena Vos: multiple coverage, supportive", ("contacts", "lena")),
        ({"roles": ["decision_maker"]}, {"role": "sponsor"}, None, "nobody named who decides", (*HERE, "buying_roles")),
        ({"roles": ["sponsor"]}, {}, None, "nobody named who decides", (*HERE, "buying_roles")),
        (
            {},
            {"role": "decision_maker", "stance": "neutral"},
            0.4,
            "Lena Vos: multiple coverage, neutral",
            (*HERE, "buying_roles", "lena"),
        ),
        (
            {},
            {"role": "decision_maker", "coverage": "in_depth"},
            1,
            "Lena Vos: in-depth coverage, supportive",
            (*HERE, "buying_roles", "lena"),
        ),
    ],
)
def test_what_the_opportunity_leaves_out_comes_from_the_contact(
    contact: dict[str, Any], buyer: dict[str, str], value: float | None, reason: str, pointer: Pointer
):
    contacts = {"lena": {**LENA, "coverage": "multiple", "stance": "supportive", **contact}}
    expected = (None if value is None else pytest.approx(value), reason, pointer)
    assert read("access", {"buying_roles": {"lena": buyer}}, contacts=contacts) == expected


def test_a_decision_maker_of_the_account_does_not_decide_where_no_buying_roles_are_given():
    contacts = {"lena": {**LENA, "roles": ["decision_maker"], "coverage": "in_depth", "stance": "supportive"}}
    assert read("access", {}, contacts=contacts) == (None, "nobody named who decides", HERE)


@pytest.mark.parametrize(
    ("henk", "value", "reason"),
    [
        ({"coverage": "multiple", "stance": "neutral"}, 0.4, "Henk de Boer: multiple coverage, neutral"),
        ({"coverage": "none"}, 0.2, "Lena Vos: brief coverage, neutral"),
        ({"coverage": "in_depth"}, 0.2, "Lena Vos: brief coverage, neutral"),
        ({"coverage": "brief", "stance": "neutral"}, 0.2, "Henk de Boer: brief coverage, neutral"),
    ],
    ids=["better", "worse", "unknown", "equal: the first by id"],
)
def test_the_decision_maker_whom_we_serve_best_counts(henk: dict[str, str], value: float | None, reason: str):
    contacts = {"lena": {**LENA, "coverage": "brief", "stance": "neutral"}, "henk": {"name": "Henk de Boer", **henk}}
    roles = {key: {"role": "decision_maker"} for key in contacts}
    reading = read("access", {"buying_roles": roles}, contacts=contacts)
    assert (reading.value, reading.reason) == (pytest.approx(value), reason)


def test_unknown_about_every_decision_maker_is_unknown():
    contacts = {"seat": {"title": "Category buyer", "coverage": "brief"}, "lena": LENA, "zed": {"stance": "neutral"}}
    reading = read("access", {"buying_roles": {key: {"role": "decision_maker"} for key in contacts}}, contacts=contacts)
    reason = "Lena Vos: coverage and stance unknown; Category buyer: stance unknown; zed: coverage unknown"
    assert reading == (None, reason, ("contacts", "lena"))


@pytest.mark.parametrize(
    ("lena", "tom"),
    [({"reports_to": "tom"}, {}), ({}, {"reports_to": "lena"}), ({}, {"influences": ["lena"]})],
    ids=["she reports to him", "he reports to her", "he influences her"],
)
def test_somebody_supportive_one_step_away_opens_the_door(lena: dict[str, Any], tom: dict[str, Any]):
    contacts = {"lena": {**LENA, "coverage": "none", **lena}, "tom": {**TOM, **tom}}
    reason = "Lena Vos: no coverage; Tom Bakker, supportive, is one step away"
    assert read("access", DECIDES, contacts=contacts) == (0.3, reason, ("contacts", "lena"))


@pytest.mark.parametrize(
    ("tom", "in_opportunity"),
    [
        ({"stance": "neutral"}, {}),
        ({"coverage": "none"}, {}),
        ({"reports_to": "ann"}, {}),
        ({}, {"stance": "negative"}),
        ({}, {"coverage": "none"}),
    ],
    ids=["neutral", "not covered", "two steps away", "against this one", "not covered in this one"],
)
def test_who_does_not_open_the_door(tom: dict[str, Any], in_opportunity: dict[str, str]):
    contacts = {"lena": {**LENA, "coverage": "none", "influences": ["tom"]}, "ann": {"reports_to": "lena"}}
    contacts["tom"] = {**TOM, "reports_to": "lena", **tom}
    opportunity = {"buying_roles": {**DECIDES["buying_roles"], "tom": {"role": "sponsor", **in_opportunity}}}
    assert read("access", opportunity, contacts=contacts)[:2] == (0, "Lena Vos: no coverage")


@pytest.mark.parametrize(
    ("coverage", "stance", "value", "says"),
    [
        ("brief", "negative", 0.3, "brief coverage, negative; Tom Bakker, supportive, is one step away"),
        ("brief", "neutral", 0.3, "brief coverage, neutral; Tom Bakker, supportive, is one step away"),
        ("brief", "supportive", 1 / 3, "brief coverage, supportive"),
        ("multiple", "neutral", 0.4, "multiple coverage, neutral"),
    ],
)
def test_the_open_door_counts_until_we_are_better_placed_ourselves(
    coverage: str | None, stance: str | None, value: float | None, says: str
):
    contacts = {"lena": {**LENA, "coverage": coverage, "stance": stance, "reports_to": "tom"}, "tom": TOM}
    assert read("access", DECIDES, contacts=contacts)[:2] == (pytest.approx(value), f"Lena Vos: {says}")


def test_the_introducer_whom_we_cover_best_is_named():
    contacts = {"lena": {**LENA, "coverage": "none"}, "ann": {**TOM, "name": "Ann", "reports_to": "lena"}}
    contacts["tom"] = {**TOM, "coverage": "multiple", "reports_to": "lena"}
    assert read("access", DECIDES, contacts=contacts).reason == "Lena Vos: no coverage; Tom Bakker, supportive, is one step away"


@pytest.mark.parametrize(
    ("opportunity", "value", "reason", "pointer"),
    [
        ({}, None, "needs a stage or a probability", HERE),
        ({"stage": "proposal"}, 0.75, "75 %, stage proposal", (*HERE, "stage")),
        ({"stage": "proposal", "probability": "0.505"}, 0.505, "50.5 %, its own", (*HERE, "probability")),
        ({"probability": "0"}, 0, "0 %, its own", (*HERE, "probability")),
        ({"probability": "1"}, 1, "100 %, its own", (*HERE, "probability")),
    ],
)
def test_stage(opportunity: dict[str, Any], value: float | None, reason: str, pointer: Pointer):
    assert read("stage", opportunity) == (value, reason, pointer)


COMPETITORS = {key: {"name": key.title()} for key in ("frostline", "kold", "brrr")}


@pytest.mark.parametrize(
    ("competition", "value", "reason"),
    [
        ({"position": "sole"}, 1, "sole, nobody else competes"),
        ({"position": "ahead", "competitors": ["frostline"], "incumbent": "frostline"}, 0.75, "ahead of Frostline"),
        ({"position": "level", "competitors": ["frostline", "kold"]}, 0.5, "level with Frostline and Kold"),
        ({"position": "behind", "competitors": ["frostline", "kold"], "incumbent": "brrr"}, 0.25, "behind Frostline and 2 others"),
        ({"position": "locked_out", "incumbent": "brrr"}, 0, "locked out by Brrr"),
        ({"position": "locked_out"}, 0, "locked out, no competitor named"),
    ],
)
def test_competition(competition: dict[str, Any], value: float | None, reason: str):
    reading = read("competition", {"competition": competition}, competitors=COMPETITORS)
    assert reading == (value, reason, (*HERE, "competition", "position"))


UNIT = {"units": {"logistics": {"name": "Logistics"}}, "solutions": {"sensors": {"name": "Sensors"}}}
CELL = {"unit": "logistics", "solution": "sensors"}


@pytest.mark.parametrize(
    ("opportunity", "cell", "reason"),
    [
        ({"kind": "renewal"}, None, "renewal, no competitor named: taken as sole"),
        ({"kind": "up_sell"}, None, "up-sell, no competitor named: taken as sole"),
        ({"kind": "up_sell", "competition": {"strategy": "Stay close"}}, None, "up-sell, no competitor named: taken as sole"),
        ({"kind": "renewal", **CELL}, None, "renewal, no competitor named: taken as sole"),
        ({"kind": "renewal", **CELL}, "ours", "renewal, no competitor named: taken as sole"),
        ({"kind": "renewal", **CELL}, "open", "renewal, no competitor named: taken as sole"),
        ({"kind": "renewal", "unit": "logistics"}, "competitor", "renewal, no competitor named: taken as sole"),
    ],
)
def test_more_of_what_we_have_is_ours_alone_unless_somebody_is_named(opportunity: dict[str, Any], cell: str | None, reason: str):
    white_space = {"logistics": {"sensors": {"status": cell}}} if cell else {}
    assert read("competition", opportunity, **UNIT, white_space=white_space) == (1, reason, (*HERE, "kind"))


@pytest.mark.parametrize(
    ("opportunity", "cell", "reason", "pointer"),
    [
        ({}, None, "needs a position against the competition", HERE),
        ({"kind": "new"}, None, "needs a position against the competition", HERE),
        ({"kind": "cross_sell"}, "ours", "needs a position against the competition", HERE),
        ({"kind": "renewal", **CELL}, "competitor", "needs a position against the competition", HERE),
        ({"kind": "up_sell", **CELL}, "in_house", "needs a position against the competition", HERE),
        (
            {"kind": "renewal", "competition": {"competitors": ["kold"]}},
            None,
            "needs a position against Kold",
            (*HERE, "competition"),
        ),
        (
            {"kind": "up_sell", "competition": {"incumbent": "frostline"}},
            None,
            "needs a position against Frostline",
            (*HERE, "competition"),
        ),
    ],
)
def test_competition_without_a_position(opportunity: dict[str, Any], cell: str | None, reason: str, pointer: Pointer):
    white_space = {"logistics": {"sensors": {"status": cell}}} if cell else {}
    assert read("competition", opportunity, **UNIT, competitors=COMPETITORS, white_space=white_space) == (None, reason, pointer)


@pytest.mark.parametrize(("grade", "value"), [("1", 0), ("2", 0.25), ("3", 0.5), ("4", 0.75), ("5", 1)])
@pytest.mark.parametrize(("factor", "side"), [("importance_to_customer", "customer"), ("importance_to_us", "us")])
def test_importance(factor: str, side: str, grade: str, value: float | None):
    assert read(factor, {"importance": {side: grade}}) == (value, f"{grade} of 5", (*HERE, "importance", side))


@pytest.mark.parametrize(("factor", "other"), [("importance_to_customer", "us"), ("importance_to_us", "customer")])
def test_importance_to_one_side_says_nothing_about_the_other(factor: str, other: str):
    assert read(factor, {"importance": {other: "5"}}) == (None, "needs a grade from 1 to 5", (*HERE, "importance"))
    assert read(factor, {}) == (None, "needs a grade from 1 to 5", HERE)


def deal(value: str = "", *leads_to: str, status: str = "open", margin: str = "0.5") -> dict[str, Any]:
    given = {"value": value, "margin": margin} if value else {}
    return {"name": "Roll-out", "status": status, "leads_to": list(leads_to), **given}


@pytest.mark.parametrize(
    ("others", "value", "reason"),
    [
        ({"a": deal("100_000")}, 0.3, f"leads to Roll-out: 100,000 EUR {X} 50 % margin"),
        ({"a": {"name": "A", "value": "125_000"}}, 0.3, f"leads to A: 125,000 EUR {X} 40 % margin (assumed)"),
        ({"a": deal("100_000", status="potential")}, 0.3, f"leads to Roll-out: 100,000 EUR {X} 50 % margin"),
        ({"a": deal()}, None, "what it leads to needs a value"),
        ({"a": deal("", "b"), "b": deal()}, None, "what it leads to needs a value"),
        ({"a": deal("100_000", "b"), "b": deal("400_000")}, 0.6, "leads to 2 others: 250,000 EUR of margin"),
        ({"a": deal("", "b"), "b": deal("500_000")}, 0.6, "leads to 2 others: 250,000 EUR of margin, 1 without a value"),
        (
            {"a": deal("400_000", "b"), "b": {"name": "B", "value": "125_000"}},
            0.6,
            "leads to 2 others: 250,000 EUR of margin (partly assumed)",
        ),
        (
            {"a": {"name": "A", "value": "500_000", "leads_to": ["b"]}, "b": {"name": "B", "value": "125_000"}},
            0.6,
            "leads to 2 others: 250,000 EUR of margin (assumed)",
        ),
        ({"a": deal("0")}, 0, f"leads to Roll-out: 0 EUR {X} 50 % margin"),
        ({"a": deal("900_000", status="won")}, 0, "what it leads to is closed"),
        ({"a": deal("900_000", "b", status="lost"), "b": deal("900_000")}, 0, "what it leads to is closed"),
        ({"a": deal("100_000", "b"), "b": deal("900_000", status="dropped")}, 0.3, f"leads to Roll-out: 100,000 EUR {X} 50 % margin"),
    ],
)
def test_lead_in(others: dict[str, Any], value: float | None, reason: str):
    reading = read("lead_in", {"leads_to": ["a"]}, opportunities=others)
    assert reading == (None if value is None else pytest.approx(value), reason, (*HERE, "leads_to"))


def test_a_lead_in_to_nothing_is_known_to_be_one():
    assert read("lead_in", {"value": "1_000_000"}) == (0, "leads to nothing else", HERE)


def test_what_is_reached_on_two_ways_counts_once():
    others = {"a": deal("100_000", "c"), "b": deal("100_000", "c"), "c": deal("300_000")}
    reading = read("lead_in", {"value": "9_000_000", "leads_to": ["a", "b", "a"]}, opportunities=others)
    assert reading.reason == "leads to 3 others: 250,000 EUR of margin"
