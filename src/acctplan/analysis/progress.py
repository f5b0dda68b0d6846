"""How an objective comes along: what of it is done, what is late, and one word for it with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from acctplan.analysis.actions import Placed, placed_actions
from acctplan.analysis.revenue import EXACT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from acctplan.model import Objective, Plan

Word: TypeAlias = Literal["on track", "at risk", "late", "done", "deferred", "cancelled", "unknown"]

SYMBOLS: dict[Word, str] = {
    "on track": "✓",
    "at risk": "△",
    "late": "!",
    "done": "●",
    "deferred": "»",
    "cancelled": "–",
    "unknown": "?",
}
"""What stands beside each word."""
_SHARE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Progress:
    """How an objective comes along."""

    word: Word
    why: str
    """A sentence without its full stop."""
    done: int
    """Actions that are done."""
    of: int
    """All actions but those cancelled."""
    cancelled: int
    late: tuple[Placed, ...]
    """Open actions whose day is past, the latest first."""
    days_left: int | None
    """Until its day, below 0 once that is past; None where it has none, or is closed."""

    @property
    def share(self) -> Decimal | None:
        """Done ÷ all, rounded down to a hundredth of a percent; None where there is nothing to do."""
        return EXACT.divide(self.done, self.of).quantize(_SHARE, ROUND_FLOOR, context=EXACT) if self.of else None


def is_late(placed: Placed, today: date) -> bool:
    """Whether an action still has to be done and its day is past."""
    return placed.action.is_open and placed.action.due is not None and placed.action.due < today


def progress(plan: Plan, objective: str, today: date) -> Progress:
    """How an objective comes along.

    Args:
        plan: the plan.
        objective: the id of one of its objectives.
        today: the day it is.
    """
    entry = plan.objectives[objective]
    placed = [one for one in placed_actions(plan) if one.objective == objective]
    counted = [one for one in placed if one.action.status != "cancelled"]
    done = [one for one in counted if not one.action.is_open]
    late = sorted((one for one in counted if is_late(one, today)), key=lambda one: str(one.action.due)) if entry.is_open else []
    days_left = (entry.due - today).days if entry.is_open and entry.due is not None else None
    word, why = _standing(entry, counted, late, days_left)
    return Progress(word, why, len(done), len(counted), len(placed) - len(counted), tuple(late), days_left)


def _standing(entry: Objective, counted: Sequence[Placed], late: Sequence[Placed], days_left: int | None) -> tuple[Word, str]:
    """The first thing that is to be said of it."""
    if not entry.is_open:
        return ("done", "it is achieved") if entry.status == "achieved" else ("cancelled", "it was cancelled")
    if days_left is not None and days_left < 0:
        return "late", f"its day was {entry.due}, {_days(-days_left)} ago"
    if entry.status == "deferred":
        return "deferred", "it was put off"
    if late:
        first = late[0].action
        return "at risk", f"{_actions(len(late), len(counted))} late, the longest since {first.due}"
    still = [one for one in counted if one.action.is_open]
    if not still:
        return "at risk" if days_left is not None else "unknown", _nothing_to_do(counted, days_left)
    if entry.due is not None and (after := [one for one in still if one.action.due is not None and one.action.due > entry.due]):
        return "at risk", f"{_actions(len(after), len(counted))} due only after its own day, {entry.due}"
    if entry.due is None and all(one.action.due is None for one in still):
        return "unknown", "neither it nor what is to be done has a day"
    left = "it has no day of its own" if days_left is None else _left(days_left)
    return "on track", f"nothing is late; {left}"


def _nothing_to_do(counted: Sequence[Placed], days_left: int | None) -> str:
    when = ", and it has no day" if days_left is None else f"; {_left(days_left)}"
    return f"{'all its actions are done, and it is not reached' if counted else 'nobody has anything to do for it'}{when}"


def _left(days_left: int) -> str:
    return "its day is today" if not days_left else f"{_days(days_left)} left"


def _actions(count: int, total: int) -> str:
    """`1 of 3 actions is`."""
    return f"{count} of {_many(total)} {'is' if count == 1 else 'are'}"


def _many(count: int) -> str:
    return "1 action" if count == 1 else f"{count} actions"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
