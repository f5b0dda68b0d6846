"""Rules about objectives and what carries them out: strategies and actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.actions import live_actions
from acctplan.analysis.overdue import due_actions, due_objectives
from acctplan.diagnostic import Severity
from acctplan.rules.base import Context, Finding, Level, rule
from acctplan.rules.words import late, listed, person, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.diagnostic import Pointer
    from acctplan.model import Action, Objective, Plan, Strategy

_ENOUGH_ACTIONS = 2


@rule("objectives/no-objective", severity=Severity.ADVICE, level=Level.WORKING, weight=4)
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


@rule("objectives/not-actionable", severity=Severity.ADVICE, level=Level.WORKING, weight=4)
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
            message = f"{quoted(objective.what)} lacks {listed(lacks)}" if lacks else None
            yield ("objectives", identifier), message


@rule("objectives/action-overdue", severity=Severity.WARNING, level=Level.START, weight=4)
def action_overdue(plan: Plan, context: Context) -> Iterator[Finding]:
    """An action of an open objective or of a meeting is overdue.

    Why: A plan is what gets done. What was promised in a meeting weighs double: the customer remembers it.

    Fix: Do it and write `status: done`, or agree on a new `due` date. What nobody will do any more is `cancelled`.
    """
    for _, pointer, what, owner_id, due in due_actions(plan):
        message = None
        if due < context.today:
            owner = "nobody's" if owner_id is None else plan.team[owner_id].name
            message = f"{quoted(what)} ({owner}) was due on {due}, {late(due, context.today)}"
        yield pointer, message


@rule("objectives/overdue", severity=Severity.WARNING, level=Level.WORKING, weight=3)
def overdue(plan: Plan, context: Context) -> Iterator[Finding]:
    """An objective should have been reached by now.

    Why: Its day has passed without anybody deciding anything. An objective that is quietly late is the first to be
    quietly forgotten.

    Fix: Close it with `status: achieved` or `cancelled`, or give it a new `due` date. With a new date, say what will
    be different this time.
    """
    for _, pointer, what, _, due in due_objectives(plan):
        message = f"{quoted(what)} was due on {due}, {late(due, context.today)}"
        yield pointer, message if due < context.today else None


@rule("objectives/nothing-left-to-win", severity=Severity.WARNING, level=Level.WORKING, weight=2)
def nothing_left_to_win(plan: Plan, _: Context) -> Iterator[Finding]:
    """A revenue or business development objective is still open, though all its opportunities are closed.

    Why: Either it was reached or missed, and the plan does not say so. Its actions cost time that other deals could
    use.

    Fix: Close it with `status: achieved` or `cancelled`. If there is more to win, name the next opportunity in
    its `opportunities`.
    """
    for identifier, objective in plan.objectives.items():
        if objective.is_open and objective.category in ("revenue", "business_development") and objective.opportunities:
            left = any(plan.opportunities[opportunity].is_live for opportunity in objective.opportunities)
            message = f"{quoted(objective.what)} is still open, though all its opportunities are closed"
            yield ("objectives", identifier, "opportunities"), None if left else message


@rule("objectives/relationship-unclear", severity=Severity.ADVICE, level=Level.WORKING, weight=3)
def relationship_unclear(plan: Plan, _: Context) -> Iterator[Finding]:
    """A relationship objective does not say with whom, or what is in it for them.

    Why: A relationship is with a person, and that person has to want it too. "Get closer to finance" is nobody's
    diary entry.

    Fix: Name the person in its `contacts`, and write in `relevance` why they should care. What they are after in
    general belongs into the contact's `personal_agenda`.
    """
    for identifier, objective in plan.objectives.items():
        if objective.is_open and objective.type == "relationship":
            contacts = [person(contact, plan.contacts[contact]) for contact in objective.contacts]
            wanted = objective.relevance or any(plan.contacts[contact].personal_agenda for contact in objective.contacts)
            if not contacts:
                message: str | None = f"{quoted(objective.what)} does not say with whom: it names no contact"
            else:
                message = None if wanted else f"{quoted(objective.what)} does not say what is in it for {listed(contacts)}"
            yield ("objectives", identifier, "relevance" if contacts else "contacts"), message


@rule("objectives/loose-action", severity=Severity.ADVICE, level=Level.WORKING, weight=2)
def loose_action(plan: Plan, _: Context) -> Iterator[Finding]:
    """An action has no owner or no date, in a meeting or in an objective that is otherwise ready to be worked on.

    Why: What nobody owns is not done, and what has no date is never late, so no list will ever bring it up.

    Fix: Give it an `owner` and a `due` date. If nobody will take it, cancel it: that is a decision too.
    """
    for pointer, action in _actions(plan, only_ready=True):
        if action.is_open:
            lacks = [words for value, words in ((action.owner, "no owner"), (action.due, "no date")) if value is None]
            yield pointer, f"{quoted(action.what)} has {listed(lacks)}" if lacks else None


@rule("objectives/empty-strategy", severity=Severity.ADVICE, level=Level.WORKING, weight=1)
def empty_strategy(plan: Plan, _: Context) -> Iterator[Finding]:
    """A strategy of an open objective has no action, while others of the same objective have.

    Why: A strategy without an action is a good intention. Either it is not needed, or the objective hangs on
    something that nobody is doing.

    Fix: Add the first action, small enough to be done in two weeks, or take the strategy out.
    """
    for identifier, objective in plan.objectives.items():
        if objective.is_open:
            acted_on = {key: _is_acted_on(strategy) for key, strategy in objective.strategies.items()}
            if any(acted_on.values()):  # where no strategy has an action the objective itself is not actionable
                for key, acted in acted_on.items():
                    message = f"the strategy {quoted(objective.strategies[key].what)} has no action"
                    yield ("objectives", identifier, "strategies", key), None if acted else message


@rule("objectives/done-or-not", severity=Severity.WARNING, level=Level.WORKING, weight=1)
def done_or_not(plan: Plan, context: Context) -> Iterator[Finding]:
    """An action has a day on which it was done that its status denies, or that is still to come.

    Why: A thing is done or it is not. Whoever reads the plan takes the answer that they prefer.

    Fix: Write `status: done` if it is done, otherwise take `done` out. A day to come belongs into `due`.
    """
    for pointer, action in _actions(plan):
        if (done := action.done) is not None:
            message = None
            if done > context.today:
                message = f"{quoted(action.what)} was done on {done}, a day that is still to come"
            elif action.status in ("in_progress", "deferred", "cancelled"):
                message = f"{quoted(action.what)} was done on {done}, and its status is {action.status.replace('_', ' ')}"
            yield (*pointer, "done"), message


@rule("objectives/shared-inside-unshared", severity=Severity.WARNING, level=Level.START, weight=1)
def shared_inside_unshared(plan: Plan, _: Context) -> Iterator[Finding]:
    """An action is shared with the customer, and its objective is not, so the customer does not see it.

    Why: Actions stand below their objectives in the mutual plan. Somebody decided that the customer should see this
    one, and will believe that they do.

    Fix: Write `shared: true` at the objective, too, if the customer may read it. Otherwise take it out at the action.
    """
    for placed in live_actions(plan):
        if placed.objective is not None and placed.action.shared:
            objective = plan.objectives[placed.objective]
            message = (
                f"{quoted(placed.action.what)} is shared, but its objective {quoted(objective.what)} is not: the customer sees neither"
            )
            yield (*placed.pointer, "shared"), None if objective.shared else message


@rule("objectives/no-measure", severity=Severity.ADVICE, level=Level.REVIEW, weight=2)
def no_measure(plan: Plan, _: Context) -> Iterator[Finding]:
    """An open revenue objective has no measure, or the measure has no target.

    Why: Without a figure, whether it was reached is a matter of opinion. With one, everybody can see in the middle
    of the year how far it is.

    Fix: Write `measure: {metric: ..., target: ...}`. Of a revenue objective that is mostly orders or revenue, in
    the plan's currency.
    """
    for identifier, objective in plan.objectives.items():
        if objective.is_open and objective.category == "revenue":
            measure = objective.measure
            lacks = "no measure" if measure is None else "a measure without a target" if measure.target is None else None
            yield ("objectives", identifier, "measure"), f"{quoted(objective.what)} has {lacks}" if lacks else None


def _lacks(objective: Objective) -> Iterator[str]:
    if objective.owner is None:
        yield "an owner"
    if objective.due is None:
        yield "a due date"
    if (ready := _ready_actions(objective)) < _ENOUGH_ACTIONS:
        yield "two actions with owner and date" if ready == 0 else "a second action with owner and date"


def _ready_actions(objective: Objective) -> int:
    actions = (action for strategy in objective.strategies.values() for action in strategy.actions.values())
    return sum(action.owner is not None and action.due is not None and action.status != "cancelled" for action in actions)


def _is_acted_on(strategy: Strategy) -> bool:
    return any(action.status != "cancelled" for action in strategy.actions.values())


def _actions(plan: Plan, *, only_ready: bool = False) -> Iterator[tuple[Pointer, Action]]:
    """The actions of open objectives and of meetings.

    Where only those that are ready are asked for, objectives without enough actions that have owner and date are left out.
    """
    ready = {identifier for identifier, objective in plan.objectives.items() if _ready_actions(objective) >= _ENOUGH_ACTIONS}
    for pointer, action, objective_id, _ in live_actions(plan):
        if objective_id is None or not only_ready or objective_id in ready:
            yield pointer, action
