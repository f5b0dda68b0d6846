"""White space, the best first, and the terms that say why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from acctplan.analysis.white_space.openings import WEIGHTS, Opening, ends_soon, openings
from acctplan.config import parse
from acctplan.errors import UserError
from acctplan.model import Plan

TODAY = date(2026, 11, 21)
CONFIG = parse("[rates]\nSEK = {rate = 0.1, as_of = 2026-10-30}\n")
PLAN: dict[str, Any] = {
    "profile": {"name": "Acme"},
    "units": {
        "group": {"name": "Group"},
        "retail": {"name": "Retail", "parent": "group", "target": "true"},
        "logistics": {"name": "Logistics", "parent": "group", "target": "false"},
        "labs": {"name": "Labs"},
    },
    "solutions": {"platform": {"name": "Platform"}, "audit": {"name": "Audit"}, "sensors": {"name": "Sensors"}},
    "competitors": {"frostline": {"name": "Frostline"}},
}


def found(cells: dict[str, Any], **sections: Any) -> tuple[Opening, ...]:
    return openings(Plan.model_validate({**PLAN, "white_space": cells, **sections}), CONFIG, TODAY)


def reading(factor: str, cells: dict[str, Any], **sections: Any) -> tuple[float | None, str, tuple[str | int, ...]]:
    """The term of the first opening."""
    opening = found(cells, **sections)[0]
    (term,) = [term for term in opening.terms if term.factor == factor]
    return term.value, term.reason, term.pointer


def names(cells: dict[str, Any], **sections: Any) -> list[tuple[str, str]]:
    return [(opening.cell.unit, opening.cell.solution) for opening in found(cells, **sections)]


def test_the_weights_are_points_of_a_hundred():
    assert sum(WEIGHTS.values()) == 100


def test_half_of_the_points_are_for_a_target_unit_so_that_they_come_first_whatever_else():
    assert WEIGHTS["target"] >= sum(weight for name, weight in WEIGHTS.items() if name != "target")
    rich = {"status": "competitor", "competitor": "frostline", "spend": "9_000_000", "contract_ends": "2026-12-01"}
    assert names({"logistics": {"platform": rich}, "retail": {"audit": {"status": "open", "spend": "0"}}}) == [
        ("retail", "audit"),
        ("logistics", "platform"),
    ]


def test_a_target_unit_is_before_one_that_could_be_a_target_where_scores_are_equal():
    contacts = {
        "a": {"unit": "labs", "roles": ["decision_maker"], "stance": "supportive"},
        "b": {"unit": "retail", "roles": ["decision_maker"], "stance": "negative"},
    }
    cells = {
        "labs": {"audit": {"status": "ours"}, "platform": {"status": "competitor", "spend": "99_000_000", "contract_ends": "2026-11-22"}},
        "logistics": {"platform": {"status": "ours"}},
        "retail": {"sensors": {"status": "competitor", "spend": "0"}},
    }
    first, second = found(cells, contacts=contacts)
    assert (first.cell.unit, first.score, first.ceiling) == ("retail", 50, 60)
    assert (second.cell.unit, second.score, second.ceiling) == ("labs", 50, 100)


def test_the_points_add_up_and_what_is_unknown_raises_the_ceiling():
    (opening,) = found({"labs": {"platform": {"status": "competitor"}}})
    assert [term.value for term in opening.terms] == [None, None, None, 0, None]
    assert (opening.score, opening.ceiling) == (0, 90)
    (opening,) = found({"retail": {"platform": {"status": "open", "spend": "0"}}})
    assert opening.score == sum(term.points for term in opening.terms) == 55
    assert opening.ceiling == 65


@pytest.mark.parametrize(
    ("unit", "value", "reason", "pointer"),
    [
        ("retail", 1, "target unit", ("units", "retail", "target")),
        ("logistics", 0, "not a unit that we want to sell to", ("units", "logistics", "target")),
        ("labs", None, "nothing says if this is a target unit", ("units", "labs")),
    ],
)
def test_target(unit: str, value: float | None, reason: str, pointer: tuple[str, ...]):
    assert reading("target", {unit: {"platform": {"status": "open"}}}) == (value, reason, pointer)


@pytest.mark.parametrize(
    ("cell", "value", "reason"),
    [
        ({"status": "open"}, None, "spend unknown"),
        ({"status": "competitor", "competitor": "frostline"}, None, "spend with Frostline unknown"),
        ({"status": "open", "spend": "0"}, 0, "nothing spent on it today"),
        (
            {"status": "competitor", "competitor": "frostline", "spend": "125_000"},
            0.3,
            "125,000 EUR a year with Frostline, at an assumed margin of 40 %",
        ),
        ({"status": "competitor", "spend": "99_000_000"}, 1, "99,000,000 EUR a year, at an assumed margin of 40 %"),
    ],
)
def test_spend_is_read_off_the_scale_of_the_ranking(cell: dict[str, str], value: float | None, reason: str):
    assert reading("spend", {"retail": {"platform": cell}})[:2] == (value, reason)


def test_spend_in_another_currency_is_converted():
    profile = {"name": "Acme", "currency": "SEK"}
    cells = {"retail": {"platform": {"status": "competitor", "spend": "1_250_000"}}}
    said = "1,250,000 SEK (about 125,000 EUR) a year, at an assumed margin of 40 %"
    assert reading("spend", cells, profile=profile)[:2] == (0.3, said)
    with pytest.raises(UserError, match="no rate from NOK"):
        found(cells, profile={"name": "Acme", "currency": "NOK"})


@pytest.mark.parametrize(
    ("cell", "value", "reason"),
    [
        ({"status": "open"}, 0.5, "no contract in the way"),
        ({"status": "competitor"}, None, "contract end unknown"),
        ({"status": "competitor", "contract_ends": "2026-11-20"}, 1, "contract ended on 2026-11-20"),
        ({"status": "competitor", "contract_ends": "2026-11-21"}, 1, "contract ends today"),
        ({"status": "competitor", "contract_ends": "2026-11-22"}, 1, "contract ends 2026-11-22, in 1 day"),
        ({"status": "competitor", "contract_ends": "2027-05-20"}, 1, "contract ends 2027-05-20, in 180 days"),
        ({"status": "competitor", "contract_ends": "2027-11-16"}, 0.5, "contract ends 2027-11-16, in 360 days"),
    ],
)
def test_timing_falls_with_the_days_that_a_contract_has_left(cell: dict[str, str], value: float | None, reason: str):
    assert reading("timing", {"retail": {"platform": cell}})[:2] == (value, reason)


@pytest.mark.parametrize(
    ("cells", "value", "reason"),
    [
        ({}, 0, "nothing of ours here, and this nowhere in the account"),
        ({"retail": {"audit": {"status": "ours"}}}, 0.5, "ours here: Audit"),
        ({"labs": {"platform": {"status": "ours"}}}, 0.5, "they have it from us at Labs"),
        (
            {"retail": {"audit": {"status": "ours"}}, "labs": {"platform": {"status": "ours"}}},
            1,
            "ours here: Audit; they have it from us at Labs",
        ),
        ({"labs": {"audit": {"status": "ours"}}}, 0, "nothing of ours here, and this nowhere in the account"),
    ],
)
def test_a_foothold_is_something_of_ours_in_the_unit_or_this_of_ours_elsewhere(cells: dict[str, Any], value: float, reason: str):
    cells = {**cells, "retail": {**cells.get("retail", {}), "platform": {"status": "open"}}}
    assert reading("foothold", cells)[:2] == (value, reason)


@pytest.mark.parametrize(("status", "value"), [("won", 0.5), ("open", 0), ("lost", 0)])
def test_what_we_won_is_a_foothold_too(status: str, value: float):
    won = {"a": {"name": "A", "unit": "retail", "solution": "audit", "status": status}}
    assert reading("foothold", {"retail": {"platform": {"status": "open"}}}, opportunities=won)[0] == value


def test_a_reason_names_a_few_and_counts_the_rest():
    solutions = {f"s{number}": {"name": f"S{number}"} for number in range(6)}
    cells = {"retail": {**{f"s{number}": {"status": "ours"} for number in range(5)}, "s5": {"status": "open"}}}
    assert reading("foothold", cells, solutions=solutions)[1] == "ours here: S0, S1, S2, 2 more"


BOSS = {"name": "Boss", "roles": ["decision_maker"]}
HEAD = {"name": "Head", "influence": "high"}


@pytest.mark.parametrize(
    ("contacts", "value", "reason"),
    [
        ([], None, "no key player named"),
        ([{"name": "Clerk", "unit": "retail", "stance": "supportive"}], None, "no key player named"),
        ([{**BOSS, "unit": "retail", "stance": "supportive"}], 1, "Boss supports us"),
        ([{**BOSS, "unit": "retail", "stance": "negative"}], 0, "0 of 1 key players support us"),
        ([{**BOSS, "unit": "retail"}], None, "where Boss stands is unknown"),
        ([{**BOSS, "unit": "retail"}, {**HEAD, "unit": "retail"}], None, "where Boss, Head stand is unknown"),
        ([{**BOSS, "unit": "retail"}, {**HEAD, "unit": "retail", "stance": "supportive"}], 0.5, "1 of 2 key players support us: Head"),
        ([{**BOSS, "unit": "group", "stance": "supportive"}], 1, "Boss of Group supports us"),
        ([{**BOSS, "stance": "supportive"}], 1, "Boss of the account supports us"),
        ([{**BOSS, "unit": "labs", "stance": "supportive"}], None, "no key player named"),
        (
            [{**BOSS, "unit": "group", "stance": "supportive"}, {**HEAD, "unit": "retail", "stance": "neutral"}],
            0,
            "0 of 1 key players support us",
        ),
    ],
)
def test_support_is_that_of_the_unit_s_key_players_or_of_those_above(contacts: list[dict[str, Any]], value: float | None, reason: str):
    people = {f"c{number}": contact for number, contact in enumerate(contacts)}
    assert reading("support", {"retail": {"platform": {"status": "open"}}}, contacts=people)[:2] == (value, reason)


def test_what_was_tried_before_is_told():
    past = {status: {"name": status, "unit": "retail", "solution": "platform", "status": status} for status in ("lost", "dropped")}
    past["elsewhere"] = {"name": "Elsewhere", "unit": "labs", "solution": "platform", "status": "lost"}
    (opening,) = found({"retail": {"platform": {"status": "open"}}}, opportunities=past)
    assert opening.tried == ("lost", "dropped")


def test_equal_scores_are_in_the_order_of_target_then_money_then_the_plan():
    cells = {
        "retail": {
            "audit": {"status": "open", "spend": "0"},
            "sensors": {"status": "open"},
            "platform": {"status": "open", "spend": "0"},
        }
    }
    # Unknown spend could turn out well: it has the higher ceiling.
    assert names(cells) == [("retail", "sensors"), ("retail", "audit"), ("retail", "platform")]
    top = {"status": "competitor", "contract_ends": "2026-12-01"}
    cells = {"retail": {"audit": {**top, "spend": "50_000_000"}, "platform": {**top, "spend": "90_000_000"}}}
    assert names(cells) == [("retail", "platform"), ("retail", "audit")]


@pytest.mark.parametrize(("day", "soon"), [("2026-01-01", True), ("2027-05-20", True), ("2027-05-21", False), (None, False)])
def test_a_contract_ends_soon_within_the_limit_or_when_it_is_over(day: str | None, *, soon: bool):
    cell = {"status": "ours", **({"contract_ends": day} if day else {})}
    plan = Plan.model_validate({**PLAN, "white_space": {"retail": {"platform": cell}}})
    assert ends_soon(plan.white_space["retail"]["platform"], CONFIG, TODAY) is soon
    assert not ends_soon(None, CONFIG, TODAY)
