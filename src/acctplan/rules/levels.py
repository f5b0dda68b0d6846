"""How far along a plan is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.rules.base import Level

if TYPE_CHECKING:
    from acctplan.config import Checks
    from acctplan.model import Plan

_BEYOND_TEN_MINUTES = ("insights", "units", "competitors", "white_space", "objectives", "risks")
_WORKED_WITH = 2
"""Sections beyond the ten-minute plan that make a plan one that people work with."""


def level_of(plan: Plan, checks: Checks) -> Level:
    """What to expect of a plan: what it says itself, else what the settings say, else what it has grown to.

    A plan that a manager has reviewed is held to `review`; one with objectives, or with two other sections beyond the ten-minute plan, to
    `working`.
    """
    if plan.profile.level is not None:
        return Level(plan.profile.level)
    if checks.level != "auto":
        return Level(checks.level)
    if plan.reviews:
        return Level.REVIEW
    begun = sum(bool(getattr(plan, section)) for section in _BEYOND_TEN_MINUTES)
    return Level.WORKING if plan.objectives or begun >= _WORKED_WITH else Level.START
