"""The checks: one module a family. `ALL` is every rule there is; `check` checks a plan."""

from __future__ import annotations

from acctplan.rules import contacts, meetings, objectives, opportunities, profile
from acctplan.rules.base import RULE_FAILED, Context, Finding, Level, Outcome, Result, Rule, rule, run
from acctplan.rules.checkup import Checkup, check
from acctplan.rules.completeness import Completeness, Share
from acctplan.rules.selection import choose, find
from acctplan.rules.waivers import Waiver

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
    contacts.no_decision_maker,
    contacts.unknown_stance,
    contacts.not_contacted,
    opportunities.none,
    opportunities.no_next_step,
    opportunities.next_step_overdue,
    opportunities.close_date_passed,
    opportunities.no_decision_maker,
    objectives.no_objective,
    objectives.not_actionable,
    objectives.action_overdue,
    meetings.none_planned,
    meetings.overdue,
    meetings.held_without_actions,
)
