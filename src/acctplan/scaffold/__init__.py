"""Answers to the text of a new plan: ten minutes' worth, every section explained, or the last period's plan rolled forward."""

from __future__ import annotations

from acctplan.scaffold.ci import CI_FILES
from acctplan.scaffold.full import full_plan
from acctplan.scaffold.roll_forward import roll_forward
from acctplan.scaffold.settings import settings_file
from acctplan.scaffold.starter import Answers, starter_plan

__all__ = ["CI_FILES", "Answers", "full_plan", "roll_forward", "settings_file", "starter_plan"]
