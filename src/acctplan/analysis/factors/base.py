"""What a factor is, what it looks at and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.amounts import currency_of
from acctplan.analysis.relationships.introductions import introducers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet
    from decimal import Decimal

    from acctplan.analysis.factors.money import Contribution
    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan


class Reading(NamedTuple):
    """What a factor says about one opportunity."""

    value: float | None
    """0 to 1; None where the plan does not say enough."""
    reason: str
    """Why, as a short phrase for a table. It quotes the plan: not for customers' eyes."""
    pointer: Pointer
    """What it was read from; where something is missing, the nearest thing that exists."""


@dataclass(frozen=True)
class Account:
    """A plan and the settings to read it with."""

    plan: Plan
    config: Config
    contributions: dict[str, Contribution | None] = field(default_factory=dict, repr=False, compare=False)
    """What was worked out once for each opportunity: a chain of lead-ins asks for the same ones again and again."""

    ahead: dict[str, list[str]] = field(default_factory=dict, repr=False, compare=False)
    """The same of what each opportunity leads to, over all steps."""

    @property
    def currency(self) -> str:
        """What the plan's amounts are in; the book's own currency where the plan names none."""
        return currency_of(self.plan, self.config)

    def with_plan(self, plan: Plan, *, same_amounts: bool) -> Account:
        """The same account with a plan that differs in nothing that leads from one person or opportunity to another.

        Args:
            plan: the other plan.
            same_amounts: whether values and margins are the same, so that what was worked out of them still holds.
        """
        other = Account(plan, self.config, self.contributions if same_amounts else {}, self.ahead)
        other.__dict__["one_step_away"] = self.one_step_away  # as `cached_property` keeps it
        return other

    @cached_property
    def one_step_away(self) -> Mapping[str, AbstractSet[str]]:
        """By contact, who could introduce us: whom they report to, who reports to them, and who influences them."""
        return introducers(self.plan)


class Factor(NamedTuple):
    """One thing that speaks for an opportunity."""

    name: str
    """As in `config.Weights`."""
    summary: str
    """What it asks, for people."""
    evaluate: Callable[[Account, str], Reading]
    """Reads it off an account for the opportunity of that id."""


def percent(share: Decimal) -> str:
    """A share as people write it: `38 %`."""
    return f"{(share * 100).normalize():f} %"
