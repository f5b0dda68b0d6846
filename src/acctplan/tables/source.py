"""What tables are filled from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from acctplan import rules
from acctplan.analysis import ranking

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from acctplan.analysis.ranking import Score
    from acctplan.config import Config
    from acctplan.diagnostic import Diagnostic
    from acctplan.loader import Loaded
    from acctplan.model import Plan


class Stamp(NamedTuple):
    """Which state of the plans is exported."""

    on: date
    """The day as of which everything is worked out."""
    revision: str | None
    """The full name of the commit; None where the book is not in git or nothing is committed."""
    is_changed: bool | None
    """Whether plans differ from that commit; None without one."""


class Account(NamedTuple):
    """A plan that is exported."""

    name: str
    """A different one for each."""
    loaded: Loaded
    plan: Plan


@dataclass(frozen=True)
class Source:
    """The plans, with what is worked out over all of them."""

    accounts: Sequence[Account]
    config: Config
    stamp: Stamp

    @cached_property
    def scores(self) -> list[Score]:
        """The opportunities that can still be won, ranked."""
        return ranking.rank(((one.name, one.plan) for one in self.accounts), self.config)

    @cached_property
    def places(self) -> dict[tuple[str, str], tuple[int, Score]]:
        """By plan and opportunity, its rank and its score."""
        places = ranking.places(self.scores)
        return {(one.plan, one.id): (places[one.plan, one.id], one) for one in self.scores}

    def findings(self, account: Account) -> Sequence[Diagnostic]:
        """What `check` says of a plan."""
        chosen = rules.configured(self.config.check)
        return rules.check(account.loaded, chosen, rules.Context(self.config, self.stamp.on)).diagnostics
