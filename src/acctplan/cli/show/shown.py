"""What `show` tells of: a plan, and everything that was worked out about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from acctplan import rules
from acctplan.render.view import plan_view
from acctplan.render.view.standing import standing

if TYPE_CHECKING:
    from datetime import date

    from acctplan.config import Config
    from acctplan.diagnostic import Diagnostic
    from acctplan.loader import Loaded
    from acctplan.model import Plan
    from acctplan.render.view import PlanView
    from acctplan.render.view.standing import Standing


@dataclass(frozen=True)
class Shown:
    """A plan on a day."""

    loaded: Loaded
    plan: Plan
    config: Config
    today: date

    @cached_property
    def view(self) -> PlanView:
        """The plan as its page shows it."""
        return plan_view(self.plan, self.config, self.today)

    @cached_property
    def standing(self) -> Standing:
        """How it is doing."""
        return standing(self.loaded, self.plan, self.config, self.today)

    @cached_property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What `check` finds, the gravest first."""
        chosen = rules.configured(self.config.check)
        found = rules.check(self.loaded, chosen, rules.Context(self.config, self.today)).diagnostics
        return tuple(sorted(found, key=lambda one: (one.severity.rank, one.location.line)))
