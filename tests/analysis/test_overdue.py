"""What has a day by which it should be done, and what of it is late."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from acctplan.analysis.actions import live_actions
from acctplan.analysis.overdue import dated, next_meeting, next_review, overdue
from acctplan.config import Limits
from acctplan.diagnostic import format_pointer
from acctplan.model import Plan

TODAY = date(2026, 11, 21)
LIMITS = Limits()


def plan_of(**sections: Any) -> Plan:
    profile = {"name": "Acme", **sections.pop("profile", {})}
    return Plan.model_validate({"profile": profile, "team": {"amira": {"name": "Amira"}, "boss": {"name": "Boss"}}, **sections})


def objective(status: str = "in_progress", **fields: Any) -> dict[str, Any]:
    return {"category": "revenue", "what": "Win", "status": status, **fields}


def acting(status: str, **actions: dict[str, Any]) -> dict[str, Any]:
    return objective(status, strategies={"s": {"what": "So", "actions": actions}})


def late(plan: Plan) -> list[tuple[str, str, str, int]]:
    return [(one.kind, format_pointer(one.pointer), one.what, one.days_late(TODAY)) for one in overdue(plan, LIMITS, TODAY)]


def test_everything_that_is_late_is_listed_the_latest_first():
    plan = plan_of(
        profile={"account_manager": "amira"},
        opportunities={
            "deal": {"name": "Deal", "status": "open", "next_step_due": "2026-11-20", "close_date": "2026-10-21", "owner": "amira"}
        },
        objectives={"win": {**acting("in_progress", call={"what": "Call", "due": "2026-11-01", "owner": "amira"}), "due": "2026-11-11"}},
        meetings={"next": "2026-11-19", "held": {"2026-08-01": {"actions": {"send": {"what": "Send", "due": "2026-08-15"}}}}},
        reviews={"2026-08-01": {"by": "boss"}},
    )
    assert late(plan) == [
        ("action", "meetings.held.2026-08-01.actions.send.due", "Send", 98),
        ("close_date", "opportunities.deal.close_date", "Deal", 31),
        ("review", "reviews.2026-08-01", "", 22),
        ("action", "objectives.win.strategies.s.actions.call.due", "Call", 20),
        ("objective", "objectives.win.due", "Win", 10),
        ("meeting", "meetings.next", "", 2),
        ("next_step", "opportunities.deal.next_step_due", "Deal", 1),
    ]
    assert [one.owner for one in overdue(plan, LIMITS, TODAY)] == [None, "amira", "boss", "amira", None, "amira", "amira"]


def test_what_is_due_today_is_not_late_yet():
    plan = plan_of(
        profile={"starts": "2026-08-23"},
        opportunities={"deal": {"name": "Deal", "status": "open", "next_step_due": "2026-11-21", "close_date": "2026-11-21"}},
        objectives={"win": {**acting("in_progress", call={"what": "Call", "due": "2026-11-21"}), "due": "2026-11-21"}},
        meetings={"next": "2026-11-21"},
    )
    assert [one.days_late(TODAY) for one in dated(plan, LIMITS, TODAY)] == [0] * 6
    assert late(plan) == []


@pytest.mark.parametrize("status", ["potential", "won", "lost", "dropped"])
def test_only_open_opportunities_have_days_to_keep(status: str):
    deal = {"name": "Deal", "status": status, "next_step_due": "2026-01-01", "close_date": "2026-01-01"}
    assert late(plan_of(opportunities={"deal": deal})) == []


@pytest.mark.parametrize("fields", [{"status": "done"}, {"status": "cancelled"}, {"done": "2026-10-01"}, {"due": "2026-12-01"}])
def test_an_action_that_is_settled_or_has_time_is_not_late(fields: dict[str, str]):
    call = {"what": "Call", "due": "2026-01-01", **fields}
    assert late(plan_of(objectives={"win": acting("in_progress", call=call)})) == []


@pytest.mark.parametrize(("status", "counts"), [("not_started", True), ("deferred", True), ("achieved", False), ("cancelled", False)])
def test_of_a_closed_objective_nothing_is_late(status: str, *, counts: bool):
    plan = plan_of(objectives={"win": {**acting(status, call={"what": "Call", "due": "2026-01-01"}), "due": "2026-01-01"}})
    assert [kind for kind, *_ in late(plan)] == (["action", "objective"] if counts else [])
    assert len(list(live_actions(plan))) == counts


@pytest.mark.parametrize(
    ("meetings", "pointer", "due"),
    [
        pytest.param({"next": "2026-12-09"}, "meetings.next", "2026-12-09", id="planned"),
        pytest.param({"next": "2026-06-18"}, "meetings.next", "2026-06-18", id="planned and past"),
        pytest.param({"held": {"2026-08-31": {}}}, "meetings.held.2026-08-31", "2026-11-30", id="by the book's rhythm"),
        pytest.param({"every_months": "1", "held": {"2026-08-31": {}}}, "meetings.held.2026-08-31", "2026-09-30", id="by the plan's"),
        pytest.param({"next": "2026-09-01", "held": {"2026-09-01": {}}}, "meetings.held.2026-09-01", "2026-12-01", id="held as planned"),
        pytest.param({"next": "2026-09-01", "held": {"2026-10-01": {}}}, "meetings.held.2026-10-01", "2027-01-01", id="held later"),
        pytest.param({"next": "2026-12-01", "held": {"2026-12-05": {}}}, "meetings.next", "2026-12-01", id="what is to come was not held"),
    ],
)
def test_when_the_next_meeting_is(meetings: dict[str, Any], pointer: str, due: str):
    found = next_meeting(plan_of(meetings=meetings), LIMITS, TODAY)
    assert found is not None
    assert (format_pointer(found.pointer), str(found.due)) == (pointer, due)


@pytest.mark.parametrize("sections", [{}, {"meetings": {}}, {"meetings": {"every_months": "3"}}])
def test_a_meeting_that_nobody_has_thought_of_has_no_day(sections: dict[str, Any]):
    assert next_meeting(plan_of(**sections), LIMITS, TODAY) is None


@pytest.mark.parametrize(
    ("sections", "pointer", "due"),
    [
        pytest.param(
            {"reviews": {"2026-05-12": {"by": "boss"}, "2026-10-01": {"by": "boss"}}}, "reviews.2026-10-01", "2026-12-30", id="last"
        ),
        pytest.param(
            {"reviews": {"2026-12-01": {"by": "boss"}}, "profile": {"starts": "2026-01-01"}}, "profile.starts", "2026-04-01", id="to come"
        ),
        pytest.param({"profile": {"starts": "2026-11-17"}}, "profile.starts", "2027-02-15", id="never"),
        pytest.param({"profile": {"starts": "9999-12-30"}}, "profile.starts", "9999-12-31", id="at the end of days"),
    ],
)
def test_when_the_next_review_is(sections: dict[str, Any], pointer: str, due: str):
    found = next_review(plan_of(**sections), LIMITS, TODAY)
    assert found is not None
    assert (format_pointer(found.pointer), str(found.due)) == (pointer, due)


def test_a_plan_without_a_beginning_has_no_day_for_its_first_review():
    assert next_review(plan_of(), LIMITS, TODAY) is None


def test_an_empty_plan_has_nothing_dated():
    assert list(dated(plan_of(), LIMITS, TODAY)) == []
