"""Actions over a book: each with its plan, and the words that they are shown in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from acctplan.analysis.actions import live_actions
from acctplan.analysis.owners import responsible, responsible_words
from acctplan.analysis.progress import is_late
from acctplan.analysis.relationships import called
from acctplan.analysis.signs import ACTION, Sign
from acctplan.diagnostic import format_pointer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from acctplan.analysis.actions import Placed
    from acctplan.model import Plan

OPEN = ("not_started", "in_progress", "deferred")
"""The statuses of what is still to be done."""


@dataclass(frozen=True, slots=True)
class Item:
    """An action, and the plan that it is in."""

    name: str
    """What the plan is called: its path."""
    plan: Plan
    placed: Placed
    today: date

    @property
    def id(self) -> str:
        """The action's."""
        return str(self.placed.pointer[-1])

    @property
    def is_late(self) -> bool:
        """Whether it still has to be done and its day is past."""
        return is_late(self.placed, self.today)

    @property
    def sign(self) -> Sign:
        """Its status; `late` where it is open and its day is past."""
        return ACTION["late" if self.is_late else self.status]

    @property
    def status(self) -> str:
        """As the plan says it; done where it has a day on which it was."""
        action = self.placed.action
        return "done" if action.done is not None and action.status != "cancelled" else action.status

    @property
    def owner(self) -> str | None:
        """The id of who should see to it: its owner, else the account manager."""
        return responsible(self.plan, self.placed.action.owner)

    @property
    def owner_name(self) -> str:
        """Their name; empty where the plan names nobody."""
        return self.plan.team[self.owner].name if self.owner is not None else ""

    @property
    def owner_words(self) -> str:
        """Their name for people, with why where they do not own it themselves; empty where the plan names nobody."""
        return responsible_words(self.plan, self.placed.action.owner)

    @property
    def origin(self) -> str:
        """What it was agreed for: the id of the objective, or the meeting."""
        return f"for {self.placed.objective}" if self.placed.meeting is None else f"meeting of {self.placed.meeting}"

    @property
    def standing(self) -> str:
        """Status and day: `late, due 2026-11-20`."""
        action = self.placed.action
        if not action.is_open:
            return f"{self.sign.word}{f' on {action.done}' if action.done and self.status == 'done' else ''}"
        return f"{self.sign.word}, {'no day' if action.due is None else f'due {action.due}'}"


def items(name: str, plan: Plan, today: date) -> Iterator[Item]:
    """The actions of a plan that count: those of open objectives and of meetings."""
    return (Item(name, plan, placed, today) for placed in live_actions(plan))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which actions were asked for."""

    whose: Mapping[str, Collection[str]] | None
    """By plan, ids in its team; None: everybody's."""
    late: bool
    until: date | None
    """Due by then; None: whenever."""
    statuses: Collection[str]
    origin: str | None
    """`meeting` or `objective`; None: either."""

    def takes(self, item: Item) -> bool:
        """Whether an action is one of them."""
        action = item.placed.action
        return (
            item.status in self.statuses
            and (self.whose is None or item.owner in self.whose[item.name])
            and (item.is_late or not self.late)
            and (self.until is None or (action.due is not None and action.due <= self.until))
            and self.origin in (None, "meeting" if item.placed.meeting is not None else "objective")
        )


def data(item: Item) -> dict[str, Any]:
    """An action, for programs."""
    action, placed = item.placed.action, item.placed
    return {
        "id": item.id,
        "what": action.what,
        "owner": item.owner,
        "owner_name": item.owner_name or None,
        "due": _day(action.due),
        "status": item.status,
        "done": _day(action.done),
        "days_late": (item.today - action.due).days if item.is_late and action.due is not None else 0,
        "objective": placed.objective,
        "meeting": _day(placed.meeting),
        "contact": action.contact,
        "contact_name": None if action.contact is None else called(item.plan, action.contact),
        "shared": action.shared,
        "notes": action.notes,
        "pointer": format_pointer(placed.pointer),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
