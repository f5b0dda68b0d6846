"""Every action of a plan, in its place."""

from __future__ import annotations

from datetime import date

from acctplan.analysis.actions import placed_actions
from acctplan.model import Plan


def test_actions_of_objectives_and_meetings_come_with_their_place():
    strategies = {"s": {"what": "So", "actions": {"a": {"what": "A", "status": "done"}, "b": {"what": "B"}}}}
    plan = Plan.model_validate(
        {
            "profile": {"name": "Acme"},
            "objectives": {"o": {"category": "revenue", "what": "Win", "status": "cancelled", "strategies": strategies}},
            "meetings": {"held": {"2026-09-01": {"actions": {"m": {"what": "M"}}}}},
        }
    )
    assert [(placed.pointer, placed.action.what, placed.objective, placed.meeting) for placed in placed_actions(plan)] == [
        (("objectives", "o", "strategies", "s", "actions", "a"), "A", "o", None),
        (("objectives", "o", "strategies", "s", "actions", "b"), "B", "o", None),
        (("meetings", "held", "2026-09-01", "actions", "m"), "M", None, date(2026, 9, 1)),
    ]


def test_a_plan_without_objectives_and_meetings_has_none():
    assert list(placed_actions(Plan.model_validate({"profile": {"name": "Acme"}}))) == []
