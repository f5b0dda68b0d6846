"""What to do next: everything that presses is there, once, in an order that can be explained."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.analysis.next_moves import Move, next_moves
from acctplan.config import Config
from acctplan.loader import load

if TYPE_CHECKING:
    from acctplan.model import Plan

TODAY = date(2026, 11, 21)
CONFIG = Config()


def plan(text: str) -> Plan:
    loaded = load(
        f"profile: {{name: Acme, account_manager: ines}}\nteam: {{ines: {{name: Ines}}, tom: {{name: Tom}}}}\n{text}", "x.yaml", CONFIG
    )
    assert loaded.plan is not None, [one.message for one in loaded.diagnostics]
    return loaded.plan


def moves(text: str, within: int = 14, **more: str) -> list[Move]:
    plans = {"acme": plan(text)} | {name: plan(other) for name, other in more.items()}
    return next_moves(plans.items(), CONFIG, TODAY, within)


def kinds(found: list[Move]) -> list[tuple[str, str]]:
    return [(move.kind, move.what) for move in found]


ACTION = """
opportunities: {{sensors: {{name: Sensors, status: open, value: 500_000}}}}
objectives:
  win:
    category: revenue
    what: Win
    opportunities: [sensors]
    strategies: {{s: {{what: S, actions: {{visit: {{what: Visit, owner: tom, due: {due}, status: {status}}}}}}}}}
"""


@pytest.mark.parametrize(
    ("due", "status", "is_there"),
    [
        ("2026-11-21", "not_started", True),
        ("2026-12-05", "in_progress", True),
        ("2026-12-06", "in_progress", False),
        ("2026-01-01", "in_progress", True),
        ("2026-01-01", "done", False),
        ("2026-01-01", "cancelled", False),
    ],
)
def test_actions_that_are_late_or_due_soon(due: str, status: str, is_there: bool):
    found = [move for move in moves(ACTION.format(due=due, status=status)) if move.kind == "action"]
    assert [(move.what, move.owner) for move in found] == ([("Visit", "tom")] if is_there else [])


def test_looking_further_ahead_shows_more():
    text = ACTION.format(due="2027-01-10", status="in_progress")
    assert [move.kind for move in moves(text, 14)].count("action") == 0
    assert [move.kind for move in moves(text, 60)].count("action") == 1


def test_next_steps_and_close_dates_of_open_opportunities():
    found = moves(
        "opportunities: {a: {name: A, status: open, next_step: Send it, next_step_due: 2026-11-20, close_date: 2026-11-01},"
        " b: {name: B, status: won, next_step_due: 2026-11-20, close_date: 2026-11-01}}"
    )
    assert ("close_date", "Won, lost, or another close date? A") in kinds(found)
    assert ("next_step", "Send it (A)") in kinds(found)
    assert not [move for move in found if "b" in map(str, move.pointer)]


def test_meetings_are_due_by_their_cadence_and_by_their_plan():
    held = "meetings: {every_months: 3, held: {2026-08-01: {actions: {a: {what: X, status: done, done: 2026-08-02}}}}}"
    (found,) = [move for move in moves(held) if move.kind == "meeting"]
    assert (found.day, found.pointer) == (date(2026, 11, 1), ("meetings", "held", "2026-08-01"))
    (planned,) = [move for move in moves("meetings: {next: 2026-11-25}") if move.kind == "meeting"]
    assert planned.why == "due 2026-11-25, in 4 days"


def test_a_meeting_that_agreed_on_nothing():
    assert "minutes" in [move.kind for move in moves("meetings: {held: {2026-11-01: {}}}")]
    assert "minutes" not in [move.kind for move in moves("meetings: {held: {2026-11-01: {actions: {a: {what: X}}}}}")]


@pytest.mark.parametrize(
    ("contact", "is_there"),
    [
        ("roles: [decision_maker], last_contact: 2026-08-01", True),
        ("roles: [decision_maker], last_contact: 2026-11-01", False),
        ("roles: [user], last_contact: 2026-01-01", False),
        ("influence: high, last_contact: 2026-08-28", True),
    ],
)
def test_key_players_who_have_not_heard_from_us(contact: str, is_there: bool):
    found = [move.what for move in moves(f"contacts: {{lena: {{name: Lena Vos, {contact}}}}}") if move.kind == "contact"]
    assert found == (["Speak with Lena Vos"] if is_there else [])


SPACE = """
units: {plant: {name: Plant}}
solutions: {sensors: {name: Sensors}}
competitors: {rival: {name: Rival}}
white_space: {plant: {sensors: {status: %s, contract_ends: %s}}}
"""


@pytest.mark.parametrize(
    ("contact", "why", "day"),
    [
        ("last_contact: 2026-09-01, relationship: {with: tom, every_months: 3}", "whom Tom should meet every 3 months", "2026-12-01"),
        ("last_contact: 2026-09-05, relationship: {with: tom, every_months: 3}", "whom Tom should meet every 3 months", "2026-12-05"),
        ("last_contact: 2026-09-06, relationship: {with: tom, every_months: 3}", None, None),
        ("influence: high, last_contact: 2026-06-01, relationship: {every_months: 12}", None, None),  # their own cadence holds
        ("influence: high, last_contact: 2026-11-01, relationship: {every_months: 1}", "whom we should meet every month", "2026-12-01"),
        ("relationship: {every_months: 3}", "was never met", None),
    ],
)
def test_executives_are_met_as_often_as_was_agreed(contact: str, why: str | None, day: str | None):
    found = [move for move in moves(f"contacts: {{lena: {{name: Lena, {contact}}}}}\n") if move.kind == "contact"]
    if why is None:
        assert found == []
        return
    (move,) = found
    assert why in move.why
    assert (move.what, None if move.day is None else move.day.isoformat()) == ("Speak with Lena", day)
    assert move.subject == ("contacts", "lena")


@pytest.mark.parametrize(
    ("status", "ends", "what"),
    [
        ("ours", "2027-01-31", "Renew before somebody else does: Sensors, Plant"),
        ("competitor, competitor: rival", "2027-01-31", "Be there when their contract ends: Sensors, Plant"),
        ("ours", "2028-01-31", None),
        ("ours", "2026-01-31", None),
    ],
)
def test_contracts_that_end(status: str, ends: str, what: str | None):
    assert [move.what for move in moves(SPACE % (status, ends)) if move.kind == "contract"] == ([] if what is None else [what])


def test_facts_gone_stale_and_opportunities_that_nobody_works_on():
    found = moves(
        "insights: {old: {kind: goal, what: Grow, as_of: 2024-01-01}, new: {kind: goal, what: Save, as_of: 2026-10-01}}\n"
        "opportunities: {a: {name: A, value: 100_000}, b: {name: B, value: 90_000, next_step: Call, next_step_due: 2027-06-01}}"
    )
    assert [move.what for move in found if move.kind == "fact"] == ["Does it still hold? Grow"]
    assert [move.what for move in found if move.kind == "no_action"] == ["Plan an action: A"]


def test_the_best_question_is_asked_once_over_all_plans():
    found = moves("opportunities: {a: {name: A}}", other="opportunities: {b: {name: B, value: 900_000}}")
    assert [move.kind for move in found].count("question") == 1


def test_what_is_later_presses_more_and_so_does_what_has_more_money_behind_it():
    late, soon = (moves(ACTION.format(due=due, status="in_progress"))[0].urgency for due in ("2026-11-01", "2026-11-30"))
    assert late > soon
    rich, poor = (
        next(
            move
            for move in moves(f"opportunities: {{a: {{name: A, status: open, value: {value}, close_date: 2026-11-01}}}}")
            if move.kind == "close_date"
        )
        for value in ("1_000_000", "10_000")
    )
    assert rich.urgency > poor.urgency


@given(st.integers(-400, 400), st.integers(0, 60))
def test_an_urgency_is_the_sum_of_its_terms_and_stays_within_100(days: int, within: int):
    due = TODAY + timedelta(days=days)
    for move in moves(ACTION.format(due=due.isoformat(), status="in_progress"), within):
        assert move.urgency == pytest.approx(sum(term.points for term in move.terms))
        assert all(0 <= term.points <= term.out_of for term in move.terms)
        assert 0 <= move.urgency <= 100


def test_the_order_of_plans_never_matters():
    texts: dict[str, Any] = {
        name: plan(ACTION.format(due=f"2026-11-{10 + number}", status="in_progress")) for number, name in enumerate("abc")
    }
    one = next_moves(texts.items(), CONFIG, TODAY, 14)
    assert one == next_moves(list(texts.items())[::-1], CONFIG, TODAY, 14)


def test_nothing_presses():
    assert moves("") == []
