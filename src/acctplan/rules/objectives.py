"""Rules about objectives and what carries them out: strategies and actions."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from acctplan.diagnostic import Severity
from acctplan.rules.base import Context, Finding, Level, rule
from acctplan.rules.words import late, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.diagnostic import Pointer
    from acctplan.model import Action, Objective, Plan

_ENOUGH_ACTIONS = 2


@rule("objectives/no-objective", severity=Severity.ADVICE, level=Level.WORKING)
def no_objective(plan: Plan, _: Context) -> Iterator[Finding]:
    """No objective takes an opportunity further: business development while it is potential, revenue once it is open.

    Why: An opportunity is a wish until somebody sets out to get it. A potential one has to be qualified first; an
    open one has to be won.

    Fix: Add an objective of the category that is asked for, and name the opportunity in its `opportunities`. One
    objective may serve several opportunities.
    """
    served = {
        (objective.category, opportunity)
        for objective in plan.objectives.values()
        if objective.status != "cancelled"
        for opportunity in objective.opportunities
    }
    for identifier, opportunity in plan.opportunities.items():
        pointer, name = ("opportunities", identifier), quoted(opportunity.name)
        if opportunity.status == "potential":
            missing = ("business_development", identifier) not in served
            yield pointer, f"no business development objective sets out to qualify {name}" if missing else None
        elif opportunity.status == "open":
            missing = ("revenue", identifier) not in served
            yield pointer, f"no revenue objective sets out to win {name}" if missing else None


@rule("objectives/not-actionable", severity=Severity.ADVICE, level=Level.WORKING)
def not_actionable(plan: Plan, _: Context) -> Iterator[Finding]:
    """An open objective lacks an owner, a date, or two actions that have both. One put off (`deferred`) may.

    Why: An objective is reached by what people do by a day. One action is a start; it takes the second to see
    whether there is a way.

    Fix: Give the objective an owner and a due date, and at least two actions with the same. Small ones are best:
    what can be done within two weeks?
    """
    for identifier, objective in plan.objectives.items():
        if objective.is_open and objective.status != "deferred":
            lacks = list(_lacks(objective))
            message = f"{quoted(objective.what)} lacks {_listed(lacks)}" if lacks else None
            yield ("objectives", identifier), message


@rule("objectives/action-overdue", severity=Severity.WARNING, level=Level.START)
def action_overdue(plan: Plan, context: Context) -> Iterator[Finding]:
    """An action of an open objective or of a meeting is overdue.

    Why: A plan is what gets done. What was promised in a meeting weighs double: the customer remembers it.

    Fix: Do it and write `status: done`, or agree on a new `due` date. What nobody will do any more is `cancelled`.
    """
    for pointer, action in chain(_objective_actions(plan), _meeting_actions(plan)):
        if action.is_open and action.due is not None:
            owner = "nobody's" if action.owner is None else plan.team[action.owner].name
            message = f"{quoted(action.what)} ({owner}) was due on {action.due}, {late(action.due, context.today)}"
            yield (*pointer, "due"), message if action.due < context.today else None


def _lacks(objective: Objective) -> Iterator[str]:
    if objective.owner is None:
        yield "an owner"
    if objective.due is None:
        yield "a due date"
    actions = [action for strategy in objective.strategies.values() for action in strategy.actions.values()]
    ready = sum(action.owner is not None and action.due is not None and action.status != "cancelled" for action in actions)
    if ready < _ENOUGH_ACTIONS:
        yield "two actions with owner and date" if ready == 0 else "a second action with owner and date"


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _objective_actions(plan: Plan) -> Iterator[tuple[Pointer, Action]]:
    for identifier, objective in plan.objectives.items():
        if objective.is_open:
            for strategy_id, strategy in objective.strategies.items():
                for action_id, action in strategy.actions.items():
                    yield ("objectives", identifier, "strategies", strategy_id, "actions", action_id), action


def _meeting_actions(plan: Plan) -> Iterator[tuple[Pointer, Action]]:
    if plan.meetings is not None:
        for day, meeting in plan.meetings.held.items():
            for action_id, action in meeting.actions.items():
                yield ("meetings", "held", day.isoformat(), "actions", action_id), action
