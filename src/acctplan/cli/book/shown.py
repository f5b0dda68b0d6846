"""What `book` was asked for, and the words in which it answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from acctplan.analysis.amounts import short
from acctplan.diagnostic import plan_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from acctplan.analysis.overdue import Due
    from acctplan.config import Rate
    from acctplan.portfolio import Expiring, Hour, Line, Move, Order, Total

NONE_PLANNED = "none planned"
NEVER_REVIEWED = "never reviewed"


@dataclass(frozen=True, slots=True)
class Shown:
    """The accounts that are shown, and what was worked out of all."""

    currency: str
    """The book's."""
    today: date
    lines: tuple[Line, ...]
    """In the order asked for."""
    ranks: Mapping[str, int]
    """Of the best opportunity of each account among all, shown or not."""
    total: Total
    by_hour: tuple[Line, ...]
    """Where an hour pays most first."""
    shows_reasons: bool
    sort: Order = "attention"
    rates: Mapping[str, Rate] = field(default_factory=dict)
    """By currency, what amounts were converted at."""
    at_risk_below: Decimal = Decimal("0.8")
    """An account is at risk where its forecast is less than this share of the goal."""

    @property
    def expiring(self) -> list[tuple[Line, Expiring]]:
        """What cannot wait, over all accounts that are shown, the earliest first."""
        return sorted(((line, one) for line in self.lines for one in line.expiring), key=lambda each: (each[1].due, each[0].plan))

    @property
    def names(self) -> dict[str, str]:
        """By plan, what to call the account: its name, with the plan's where several accounts have it."""
        often = Counter(line.account for line in self.lines)
        return {line.plan: f"{line.account} ({plan_name(line.plan)})" if often[line.account] > 1 else line.account for line in self.lines}

    def worth(self, amount: Decimal) -> str:
        """An amount in the book's currency, in three digits or so."""
        return f"{short(amount)} {self.currency}"

    def meeting(self, due: Due | None) -> str:
        """When the next relationship meeting is."""
        if due is not None and due.due < self.today:
            return f"overdue since {due.due}"
        if due is None:
            return NONE_PLANNED
        return str(due.due) if due.pointer == ("meetings", "next") else f"{NONE_PLANNED}, due by {due.due}"

    def review(self, due: Due | None) -> str:
        """When the next review is."""
        if due is None:
            return NEVER_REVIEWED
        return f"overdue since {due.due}" if due.due < self.today else str(due.due)

    def hour(self, hour: Hour) -> str:
        """The margin that the best steps of an account could move."""
        if hour.amount is None:
            return "no value is known"
        unknown = f" (no value is known of {hour.unknown} of {len(hour.best)} opportunities)" if hour.unknown else ""
        return f"could move {self.worth(hour.amount)} of margin{unknown}"

    def step(self, move: Move) -> str:
        """The best step of an opportunity, and what it could give."""
        facts = [f"up to {points(move.gain)}", *(["its value is not known"] if move.contribution is None else [])]
        return f"{move.words}, for '{move.name}' ({', '.join(facts)})"

    def expiring_words(self, one: Expiring) -> str:
        """What cannot wait, and the money in it."""
        return f"{one.words} ({'no value is known' if one.amount is None else self.worth(one.amount)})"


def points(gain: float) -> str:
    """Points of a score, in whole ones."""
    whole = max(1, round(gain))
    return "1 point" if whole == 1 else f"{whole} points"
