"""Every action of a plan, and what it was agreed for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from acctplan.diagnostic import Pointer
    from acctplan.model import Action, Plan


class Placed(NamedTuple):
    """An action in its place."""

    pointer: Pointer
    action: Action
    objective: str | None
    """The id of the objective that it serves; None of an action that a meeting agreed on."""
    meeting: date | None
    """The day of the meeting that agreed on it; None of an action of an objective."""


def placed_actions(plan: Plan) -> Iterator[Placed]:
    """The actions of objectives, then those of meetings, in the order of the plan, whatever their status."""
    for objective_key, objective in plan.objectives.items():
        for strategy_key, strategy in objective.strategies.items():
            for key, action in strategy.actions.items():
                pointer = ("objectives", objective_key, "strategies", strategy_key, "actions", key)
                yield Placed(pointer, action, objective_key, None)
    if plan.meetings is not None:
        for day, meeting in plan.meetings.held.items():
            for key, action in meeting.actions.items():
                yield Placed(("meetings", "held", day.isoformat(), "actions", key), action, None, day)


def live_actions(plan: Plan) -> Iterator[Placed]:
    """The actions of open objectives and of meetings: what a closed objective still lists is history."""
    for placed in placed_actions(plan):
        if placed.objective is None or plan.objectives[placed.objective].is_open:
            yield placed
