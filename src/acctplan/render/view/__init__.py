"""A plan as a page shows it: names instead of ids, what follows from `today`, the ranking; everything else left as exact as it was."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from acctplan.analysis.amounts import currency_of
from acctplan.analysis.ranking import rank
from acctplan.render.view import account, execution, pipeline
from acctplan.render.view.asking import Asked, Question, noted_questions, questions
from acctplan.render.view.changes import Changes, changes
from acctplan.render.view.charts import Charts, charts
from acctplan.render.view.names import Names
from acctplan.render.view.people import Person, people
from acctplan.render.view.plain import Plain, plain
from acctplan.render.view.revenue import Revenue, revenue
from acctplan.render.view.summary import Point, summary
from acctplan.render.view.white_space import WhiteSpace, white_space
from acctplan.render.view.words import spoken

if TYPE_CHECKING:
    from datetime import date

    from acctplan.config import Config
    from acctplan.model import Plan

__all__ = ["Figures", "Plain", "PlanView", "plain", "plan_view"]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a reader wants to know first."""

    open_value: Decimal
    """The value of all open opportunities that have one."""
    open_count: int
    open_without_value: int
    potential_count: int
    open_actions: int
    late_actions: int


@dataclass(frozen=True, slots=True)
class PlanView:
    """Everything that a page says of a plan. An empty or missing section is one that the page leaves out."""

    name: str
    """The customer's."""
    today: date
    currency: str
    plan_type: str | None
    starts: date | None
    ends: date | None
    manager: str | None
    """Who owns the plan."""
    figures: Figures
    summary: tuple[Point, ...]
    changes: Changes | None
    """Since an earlier state; None where nobody gave one."""
    customer: account.Customer | None
    insights: tuple[account.InsightGroup, ...]
    revenue: Revenue | None
    opportunities: tuple[pipeline.Opportunity, ...]
    """Those that can still be won, the most worthwhile first."""
    questions: tuple[Question, ...]
    noted_questions: tuple[Asked, ...]
    """What is not known and could lift them, the greatest gain first."""
    closed: tuple[pipeline.Opportunity, ...]
    white_space: WhiteSpace | None
    people: tuple[Person, ...]
    competitors: tuple[account.Competitor, ...]
    objectives: tuple[execution.Objective, ...]
    open_actions: tuple[execution.OpenAction, ...]
    meetings: execution.Meetings | None
    risks: tuple[execution.Risk, ...]
    reviews: tuple[execution.Review, ...]
    team: tuple[account.Member, ...]
    charts: Charts
    """What its pictures are drawn from. Templates see the pictures."""


def plan_view(plan: Plan, config: Config, today: date, earlier: tuple[date, Plan] | None = None) -> PlanView:
    """A plan as a page shows it, as of a day.

    Args:
        plan: the plan.
        config: the book's settings.
        today: the day it is.
        earlier: an earlier state of the plan and its day, to say what changed since.

    Raises:
        UserError: the configuration has no rate for the plan's currency.
    """
    names = Names(plan, config)
    profile = plan.profile
    scores = rank([(profile.name, plan)], config)
    live = pipeline.live(plan, scores, config, names, today)
    actions = execution.open_actions(plan, names, today)
    figures = revenue(plan, config, today)
    return PlanView(
        name=profile.name,
        today=today,
        currency=currency_of(plan, config),
        plan_type=None if profile.plan_type is None else spoken(profile.plan_type),
        starts=profile.starts,
        ends=profile.ends,
        manager=names.member(profile.account_manager),
        figures=_figures(live, actions),
        summary=summary(plan, live, figures, config, names, today),
        changes=changes(plan, config, today, earlier),
        customer=account.customer(plan),
        insights=account.insights(plan, names),
        revenue=figures,
        opportunities=live,
        questions=questions(plan, scores, config, names),
        noted_questions=noted_questions(plan, names),
        closed=pipeline.closed(plan, config, names, today),
        white_space=white_space(plan, config, names),
        people=people(plan, names, today),
        competitors=account.competitors(plan),
        objectives=execution.objectives(plan, names, today),
        open_actions=actions,
        meetings=execution.meetings(plan, config, names, today),
        risks=execution.risks(plan, names),
        reviews=execution.reviews(plan, names),
        team=account.team(plan),
        charts=charts(plan, scores, config, names, today),
    )


def _figures(live: tuple[pipeline.Opportunity, ...], actions: tuple[execution.OpenAction, ...]) -> Figures:
    is_open = [opportunity for opportunity in live if opportunity.status.key == "open"]
    values = [opportunity.value for opportunity in is_open if opportunity.value is not None]
    return Figures(
        open_value=sum(values, Decimal(0)),
        open_count=len(is_open),
        open_without_value=len(is_open) - len(values),
        potential_count=len(live) - len(is_open),
        open_actions=len(actions),
        late_actions=sum(1 for one in actions if one.action.days_late),
    )
