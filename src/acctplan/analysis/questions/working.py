"""What a plan that people work with should say besides: what is late, whom we do not know, what the ranking would like to know."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from acctplan.analysis import overdue
from acctplan.analysis.actions import live_actions
from acctplan.analysis.questions.ten_minutes import has_goal, next_period, present_period
from acctplan.analysis.ranking.what_would import steps
from acctplan.analysis.relationships import key_players

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from acctplan.analysis.questions.base import Question
    from acctplan.analysis.questions.fields import Asking
    from acctplan.diagnostic import Pointer

LATE = 30.0
"""What is late or past: it makes other answers wrong until it is put right."""
_NO_STEP, _NO_PLAN = 12.0, 8.0
"""An open opportunity without a next step; one that nobody works on."""
_PERSON, _OWNER, _DETAIL = 5.0, 4.0, 2.0
"""A key player of whom we do not know where they stand; what nobody is named for; what is good to know."""


def questions(asking: Asking) -> Iterator[Question]:
    """All of them, in no order; some pointers more than once.

    Raises:
        UserError: the configuration has no rate for the currency of a plan with values.
    """
    yield from _ranking(asking)
    yield from _customer(asking)
    yield from _people(asking)
    yield from _opportunities(asking)
    yield from _work(asking)
    yield from _revenue(asking)


def _ranking(asking: Asking) -> Iterator[Question]:
    """What would move an opportunity up: worth the points that the best answer gives to all that it helps."""
    gains: defaultdict[Pointer, float] = defaultdict(float)
    for found in steps([("", asking.plan)], asking.config).values():
        for step in found:
            if step.kind == "ask":
                # Who decides comes first: where they stand is asked once there is somebody.
                deciding = [change for change in step.changes if change.pointer[-1] == "role"]
                for change in deciding or step.changes:
                    gains[change.pointer] = max(gains[change.pointer], step.total_gain)
    for pointer, gain in gains.items():
        question = asking.about(pointer)
        if question is not None:
            yield replace(question, value=round(gain, 6))


def _customer(asking: Asking) -> Iterator[Question]:
    for key, insight in asking.plan.insights.items():
        if insight.owner is None:
            yield replace(asking.owner_of_insight(key), value=_DETAIL)


def _people(asking: Asking) -> Iterator[Question]:
    oldest = asking.config.limits.contact_days
    told = {who for one in asking.plan.opportunities.values() for who, buyer in one.buying_roles.items() if buyer.stance is not None}
    known = {who for one in asking.plan.opportunities.values() for who, buyer in one.buying_roles.items() if buyer.coverage is not None}
    for who, contact in asking.plan.contacts.items():
        if contact.name is None and contact.notes is None:  # a note says that somebody is finding out, or that the seat is vacant
            yield replace(asking.name(who), value=_PERSON)
    for who, contact in key_players(asking.plan):
        if contact.name is None:
            continue
        if contact.stance is None and who not in told:
            yield replace(asking.stance(who), value=_PERSON)
        if contact.coverage is None and who not in known:
            yield replace(asking.coverage(who), value=_OWNER)
        if contact.coverage != "none":
            ago = None if contact.last_contact is None else (asking.today - contact.last_contact).days
            if ago is None or ago > oldest:
                yield replace(asking.last_contact(who), value=_DETAIL if ago is None else _OWNER)


def _opportunities(asking: Asking) -> Iterator[Question]:
    today = asking.today
    for key, opportunity in asking.plan.opportunities.items():
        if not opportunity.is_live:
            continue
        if opportunity.need is None:
            yield replace(asking.need(key), value=_OWNER)
        if opportunity.unit is None and asking.plan.units:
            yield replace(asking.unit(key), value=_DETAIL)
        rivalry = opportunity.competition
        if rivalry and rivalry.position in ("behind", "locked_out") and not rivalry.competitors and rivalry.incumbent is None:
            yield replace(asking.competitor(key), value=_OWNER)
        if opportunity.status != "open":
            continue
        if opportunity.next_step is None:
            yield replace(asking.next_step(key), value=_NO_STEP)
        elif opportunity.next_step_due is None:
            yield replace(asking.next_step_due(key), value=_NO_STEP)
        elif opportunity.next_step_due < today:
            yield replace(asking.next_step(key), value=LATE)
            yield replace(asking.next_step_due(key), value=LATE)
        if opportunity.close_date is None or opportunity.close_date < today:
            yield replace(asking.close_date(key), value=_PERSON if opportunity.close_date is None else LATE)
        if opportunity.owner is None:
            yield replace(asking.owner(("opportunities", key), opportunity.name, "opportunities/no-owner"), value=_OWNER)


def _work(asking: Asking) -> Iterator[Question]:
    plan = asking.plan
    served = {key for objective in plan.objectives.values() if objective.is_open for key in objective.opportunities}
    for key, opportunity in plan.opportunities.items():
        if opportunity.is_live and key not in served:
            yield replace(asking.new_objective(key), value=_NO_PLAN)
    for key, objective in plan.objectives.items():
        if not objective.is_open:
            continue
        yield from _who_and_when(asking, ("objectives", key), objective.what, objective.owner, objective.due)
        if not objective.strategies:
            yield replace(asking.new_strategy(key), value=_NO_PLAN)
        elif not any(strategy.actions for strategy in objective.strategies.values()):
            yield replace(asking.new_action(key, next(iter(objective.strategies))), value=_NO_PLAN)
    for placed in live_actions(plan):
        if placed.action.is_open:
            yield from _who_and_when(asking, placed.pointer, placed.action.what, placed.action.owner, placed.action.due)
    late = {due.pointer: due for due in overdue.due_actions(plan) if due.due < asking.today}
    for pointer, due in late.items():
        yield replace(asking.is_done(pointer[:-1], due.what, due.due), value=LATE)


def _revenue(asking: Asking) -> Iterator[Question]:
    """Towards the end of a fiscal year the goals of both: of the next, and of the one that ends."""
    period = next_period(asking)
    if period is None:
        return
    if not has_goal(asking, period):
        yield replace(asking.revenue_goal(period), value=_OWNER)
    current = present_period(asking)
    if not has_goal(asking, current):
        yield replace(asking.revenue_goal(current), value=_DETAIL)


def _who_and_when(asking: Asking, pointer: Pointer, what: str, owner: str | None, due: date | None) -> Iterator[Question]:
    if owner is None:
        yield replace(asking.owner(pointer, what, "objectives/not-actionable"), value=_OWNER)
    if due is None:
        yield replace(asking.due(pointer, what, "objectives/not-actionable"), value=_OWNER)
