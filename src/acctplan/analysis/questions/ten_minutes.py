"""What the ten-minute plan says: what they want, who decides, our best opportunity, its next step, the next meeting, the revenue goal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis import fiscal, overdue
from acctplan.analysis.ranking import rank
from acctplan.analysis.relationships import buying_roles, deciders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from acctplan.analysis.questions.base import Question
    from acctplan.analysis.questions.fields import Asking
    from acctplan.model import Plan

LEFT_OVER = "our best opportunity"
"""What a new plan calls what it does not know yet, whatever the case."""


_YEAR_ENDS = timedelta(days=90)
"""So long before its end a fiscal year is nearly over, and one talks about the next."""


class Item(NamedTuple):
    """One thing that the ten-minute plan says."""

    question: Question
    is_known: bool


def items(asking: Asking) -> list[Item]:
    """All of them, in the order of a conversation. How many depends on what is known: nobody has a stance before they have a name.

    Raises:
        UserError: the configuration has no rate for the currency of a plan with values.
    """
    return [Item(replace(item.question, is_counted=True), item.is_known) for item in _items(asking)]


def best(asking: Asking) -> str | None:
    """The id of the opportunity to talk about: the one that is ranked first."""
    ranked = rank([("", asking.plan)], asking.config)
    return ranked[0].id if ranked else None


def _items(asking: Asking) -> Iterator[Item]:
    plan = asking.plan
    key = best(asking)
    yield Item(asking.goal(), bool(plan.insights or plan.profile.background))
    yield from _people(asking, key)
    if key is None:
        yield Item(asking.new_opportunity(), is_known=False)
    else:
        yield from _opportunity(asking, key)
    yield Item(asking.manager(), plan.profile.account_manager is not None)
    is_planned = (
        plan.meetings is not None and (day := overdue.planned_meeting(plan.meetings, asking.today)) is not None and day >= asking.today
    )
    yield Item(asking.meeting(), is_planned)
    yield Item(
        asking.revenue_goal(next_period(asking) or present_period(asking)), any(entry.goal is not None for entry in plan.revenue.values())
    )


def _people(asking: Asking, key: str | None) -> Iterator[Item]:
    plan = asking.plan
    who = _decider(plan, key)
    if who is None:
        yield Item(asking.new_decider() if key is None else asking.decider(key), is_known=False)
        return
    contact = plan.contacts[who]
    yield Item(asking.name(who), contact.name is not None)
    yield Item(asking.title(who), contact.title is not None)
    if contact.name is not None:
        own = None if key is None else plan.opportunities[key].buying_roles.get(who)
        yield Item(asking.stance(who), contact.stance is not None or (own is not None and own.stance is not None))
        yield Item(asking.coverage(who), contact.coverage is not None or (own is not None and own.coverage is not None))


def _decider(plan: Plan, key: str | None) -> str | None:
    """Who decides: on the best opportunity, else on the account."""
    if key is not None and (found := deciders(plan, plan.opportunities[key])):
        return found[0]
    return next((who for who, roles in buying_roles(plan).items() if "decision_maker" in roles), None)


def _opportunity(asking: Asking, key: str) -> Iterator[Item]:
    opportunity = asking.plan.opportunities[key]
    yield Item(asking.name_of_opportunity(key), opportunity.name.casefold() != LEFT_OVER)
    yield Item(asking.need(key), opportunity.need is not None)
    yield Item(asking.worth(key), opportunity.value is not None)
    yield Item(asking.stage(key), opportunity.stage is not None or opportunity.probability is not None)
    yield Item(asking.close_date(key), opportunity.close_date is not None and not _is_late(asking, key, opportunity.close_date))
    is_late = opportunity.next_step_due is not None and _is_late(asking, key, opportunity.next_step_due)
    yield Item(asking.next_step(key), opportunity.next_step is not None and not is_late)
    if opportunity.next_step is not None:
        yield Item(asking.next_step_due(key), opportunity.next_step_due is not None and not is_late)


def _is_late(asking: Asking, key: str, day: date) -> bool:
    """Whether a day of an opportunity that we pursue is past. What is only potential has no days to keep."""
    return asking.plan.opportunities[key].status == "open" and day < asking.today


def present_period(asking: Asking) -> str:
    """The fiscal period that a goal is asked for: the one in the plan that today lies in, else its first, else this fiscal year."""
    holding = _holding(asking, asking.today)
    return _in_plan(asking, holding) or next(iter(asking.plan.revenue), holding[-1])


def next_period(asking: Asking) -> str | None:
    """In the last days of a fiscal year the period after it that a goal is asked for: the one in the plan, else the next fiscal year.

    None before those days, and where the plan ends with the year.
    """
    starts = fiscal.year_starts(asking.plan.profile, asking.config)
    after = fiscal.period(_holding(asking, asking.today)[-1], starts).ends + timedelta(days=1)
    ends = asking.plan.profile.ends
    if after - asking.today > _YEAR_ENDS or (ends is not None and ends < after):
        return None
    holding = _holding(asking, after)
    return _in_plan(asking, holding) or holding[-1]


def has_goal(asking: Asking, period: str) -> bool:
    """Whether the plan has a goal for a fiscal period, or for a part of it."""
    return any(entry.goal is not None for key, entry in asking.plan.revenue.items() if key == period or period in fiscal.around(key))


def _holding(asking: Asking, day: date) -> tuple[str, ...]:
    return fiscal.holding(day, fiscal.year_starts(asking.plan.profile, asking.config))


def _in_plan(asking: Asking, holding: tuple[str, ...]) -> str | None:
    """The longest of some periods that the plan has."""
    return next((period for period in reversed(holding) if period in asking.plan.revenue), None)
