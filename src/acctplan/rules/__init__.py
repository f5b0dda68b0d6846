"""The checks: one module a family. `ALL` is every rule there is; `check` checks a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.rules import contacts, insights, meetings, objectives, opportunities, plan, profile, revenue, risks, white_space
from acctplan.rules.base import RULE_FAILED, Context, Finding, Level, Outcome, Result, Rule, rule, run
from acctplan.rules.checkup import Checkup, check
from acctplan.rules.completeness import Completeness, Share
from acctplan.rules.selection import choose, find
from acctplan.rules.waivers import Waiver

if TYPE_CHECKING:
    from acctplan.config import Checks

__all__ = [
    "ALL",
    "RULE_FAILED",
    "Checkup",
    "Completeness",
    "Context",
    "Finding",
    "Level",
    "Outcome",
    "Result",
    "Rule",
    "Share",
    "Waiver",
    "check",
    "choose",
    "configured",
    "find",
    "rule",
    "run",
]

ALL: tuple[Rule, ...] = (
    profile.no_account_manager,
    profile.nothing_drives_them,
    profile.no_period,
    profile.period_backwards,
    profile.period_over,
    profile.no_rate,
    profile.no_currency,
    profile.business_unknown,
    profile.figures_missing,
    profile.figures_out_of_date,
    profile.no_mutual_value,
    insights.no_goal,
    insights.no_owner,
    insights.leads_nowhere,
    insights.not_confirmed,
    insights.stale,
    contacts.no_decision_maker,
    contacts.unknown_stance,
    contacts.not_contacted,
    contacts.no_last_contact,
    contacts.single_threaded,
    contacts.decider_alone_with_us,
    contacts.no_opponent,
    contacts.opponent_left_alone,
    contacts.key_player_unknown,
    contacts.no_relationship_target,
    contacts.empty_seat,
    contacts.nobody_in_unit,
    contacts.no_org_chart,
    contacts.no_unit,
    contacts.no_part,
    contacts.same_person_twice,
    white_space.no_renewal,
    white_space.contract_ending,
    white_space.half_said,
    white_space.unknown,
    white_space.untapped,
    opportunities.none,
    opportunities.no_next_step,
    opportunities.next_step_overdue,
    opportunities.close_date_passed,
    opportunities.stuck,
    opportunities.no_decision_maker,
    opportunities.no_way_in,
    opportunities.no_need,
    opportunities.not_in_forecast,
    opportunities.no_position,
    opportunities.no_competitive_strategy,
    opportunities.losing_criterion,
    opportunities.probability_against_stage,
    opportunities.closes_after_plan,
    opportunities.no_owner,
    opportunities.closed_without_reason,
    opportunities.no_approach,
    opportunities.not_weighed,
    opportunities.not_placed,
    opportunities.scorecard_gate,
    opportunities.scorecard_minimum,
    objectives.no_objective,
    objectives.not_actionable,
    objectives.action_overdue,
    objectives.overdue,
    objectives.nothing_left_to_win,
    objectives.relationship_unclear,
    objectives.loose_action,
    objectives.empty_strategy,
    objectives.done_or_not,
    objectives.shared_inside_unshared,
    objectives.no_measure,
    revenue.no_goal,
    revenue.goals_do_not_add_up,
    revenue.outside_plan,
    revenue.no_actual,
    revenue.thin_pipeline,
    meetings.none_planned,
    meetings.overdue,
    meetings.held_without_actions,
    meetings.promises_overdue,
    meetings.dry_spell,
    meetings.executive_dry_spell,
    meetings.nobody_named,
    meetings.no_executive,
    risks.none,
    risks.unanswered,
    risks.half_said,
    plan.secret,
    plan.left_over_words,
    plan.not_for_sharing,
    plan.shared_names_competitor,
    plan.review_overdue,
    plan.not_approved,
    plan.not_shared,
    plan.no_part_in_it,
)


def configured(settings: Checks) -> tuple[Rule, ...]:
    """The rules that a book's settings choose, of the severities that they give.

    Raises:
        UserError: they name a rule that there is not.
    """
    return choose(ALL, settings.select, settings.ignore, settings.severities)
