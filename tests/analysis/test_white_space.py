"""Units by solutions: what they have, what we are after, and whose the money is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from acctplan.analysis.white_space import Wallet, WhiteSpace, known_solutions, opportunities_over, white_space
from acctplan.config import parse
from acctplan.model import Plan

CONFIG = parse('[solutions]\naudit = {name = "Audit service"}\nsensors = {name = "Sensors"}\n')
PLAN: dict[str, Any] = {
    "profile": {"name": "Acme"},
    "units": {"group": {"name": "Group"}, "retail": {"name": "Retail", "target": "true"}, "logistics": {"name": "Logistics"}},
    "solutions": {"platform": {"name": "Platform"}, "sensors": {"name": "Sensor network"}},
    "competitors": {"frostline": {"name": "Frostline"}},
    "white_space": {
        "logistics": {
            "sensors": {"status": "ours", "spend": "180_000"},
            "platform": {"status": "open", "spend": "0"},
            "audit": {"status": "in_house"},
        },
        "retail": {
            "platform": {"status": "competitor", "competitor": "frostline", "spend": "240_000"},
            "audit": {"status": "blocked", "reason": "They do their own"},
        },
    },
    "opportunities": {
        "roll-out": {"name": "Roll-out", "status": "open", "unit": "retail", "solution": "sensors"},
        "more": {"name": "More", "unit": "retail", "solution": "sensors"},
        "pilot": {"name": "Pilot", "status": "won", "unit": "logistics", "solution": "sensors"},
        "lost": {"name": "Lost", "status": "lost", "unit": "logistics", "solution": "platform"},
        "dropped": {"name": "Dropped", "status": "dropped", "unit": "group", "solution": "audit"},
        "everything": {"name": "Everything", "unit": "retail"},
        "nowhere": {"name": "Nowhere", "solution": "audit"},
    },
}


def laid_out(**sections: Any) -> WhiteSpace:
    return white_space(Plan.model_validate({**PLAN, **sections}), CONFIG)


def test_a_cell_has_what_the_plan_says_and_what_we_are_after():
    found = laid_out()
    assert {place: (cell.status, cell.opportunities) for place, cell in found.cells.items()} == {
        ("retail", "platform"): ("competitor", ()),
        ("retail", "audit"): ("blocked", ()),
        ("retail", "sensors"): ("unknown", ("roll-out", "more")),
        ("logistics", "sensors"): ("ours", ("pilot",)),
        ("logistics", "platform"): ("open", ()),
        ("logistics", "audit"): ("in_house", ()),
    }
    assert found.cell("retail", "platform") is found.cells["retail", "platform"]


def test_a_cell_that_is_left_out_is_unknown():
    cell = laid_out().cell("group", "audit")
    assert (cell.unit, cell.solution, cell.status, cell.entry, cell.opportunities) == ("group", "audit", "unknown", None, ())


def test_the_book_s_solutions_come_first_and_the_plan_s_names_win():
    found = laid_out()
    assert list(found.solutions.items()) == [("audit", "Audit service"), ("sensors", "Sensor network"), ("platform", "Platform")]
    assert found.units == ("group", "retail", "logistics")


def test_white_space_is_open_or_a_competitor_s_without_an_opportunity_and_that_of_target_units_comes_first():
    assert [(cell.unit, cell.solution) for cell in laid_out().untapped] == [("retail", "platform"), ("logistics", "platform")]
    first = {"unit": "retail", "solution": "platform"}
    for status, left in (("potential", 1), ("open", 1), ("won", 1), ("lost", 2), ("dropped", 2)):
        assert len(laid_out(opportunities={"one": {"name": "One", "status": status, **first}}).untapped) == left


@pytest.mark.parametrize("status", ["ours", "in_house", "blocked", "not_needed"])
def test_no_other_cell_is_white_space(status: str):
    assert laid_out(white_space={"retail": {"platform": {"status": status}}}, opportunities={}).untapped == ()


def test_the_share_of_wallet_is_ours_of_all_known_spend():
    found = laid_out()
    assert found.wallet == Wallet(ours=Decimal(180_000), known=Decimal(420_000), share=Decimal("0.4286"), unknown=1)
    assert found.wallets == {
        "logistics": Wallet(ours=Decimal(180_000), known=Decimal(180_000), share=Decimal(1), unknown=1),
        "retail": Wallet(ours=Decimal(0), known=Decimal(240_000), share=Decimal(0), unknown=0),
    }


def test_where_no_spend_is_known_the_share_is_unknown():
    cells = {"platform": {"status": "ours"}, "audit": {"status": "competitor"}, "sensors": {"status": "open", "spend": "0"}}
    assert laid_out(white_space={"retail": cells}).wallet == Wallet(ours=Decimal(0), known=Decimal(0), share=None, unknown=2)


def test_an_empty_plan_has_an_empty_matrix():
    found = white_space(Plan.model_validate({"profile": {"name": "Acme"}}), parse(""))
    assert (found.units, dict(found.solutions), dict(found.cells), found.untapped, found.wallets) == ((), {}, {}, (), {})


def test_opportunities_lie_over_the_cell_of_their_unit_and_solution():
    plan = Plan.model_validate(PLAN)
    assert opportunities_over(plan) == {("retail", "sensors"): ("roll-out", "more"), ("logistics", "sensors"): ("pilot",)}
    assert known_solutions(plan) == {"logistics": {"sensors", "platform", "audit"}, "retail": {"platform", "audit", "sensors"}}
