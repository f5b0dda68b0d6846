"""Objectives over a book: each with its plan, how it comes along, and its measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.analysis.amounts import money, percent
from acctplan.analysis.measures import Measured, measured
from acctplan.analysis.meetings import ago
from acctplan.analysis.owners import responsible, responsible_words
from acctplan.analysis.progress import Progress, progress
from acctplan.analysis.signs import spoken

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from acctplan.config import Config
    from acctplan.model import Objective, Plan


@dataclass(frozen=True, slots=True)
class Entry:
    """An objective, and the plan that it is in."""

    name: str
    """What the plan is called: its path."""
    plan: Plan
    id: str
    progress: Progress
    measured: Measured | None
    today: date

    @property
    def objective(self) -> Objective:
        """What the plan says of it."""
        return self.plan.objectives[self.id]

    @property
    def owner(self) -> str | None:
        """The id of who should see to it: its owner, else the account manager."""
        return responsible(self.plan, self.objective.owner)

    @property
    def owner_name(self) -> str:
        """Their name; empty where the plan names nobody."""
        return self.plan.team[self.owner].name if self.owner is not None else ""

    @property
    def owner_words(self) -> str:
        """Their name for people, with why where they do not own it themselves; empty where the plan names nobody."""
        return responsible_words(self.plan, self.objective.owner)

    @property
    def due_words(self) -> str:
        """`due 2027-02-26, in 97 days`."""
        due = self.objective.due
        if due is None:
            return "no day"
        return f"due {due}, {ago(due, self.today)}" if self.objective.is_open else f"due {due}"

    @property
    def category(self) -> str:
        """Of its kind, in words."""
        words = {"business_development": "business development", "cross_account": "cross-account"}
        kind = words.get(self.objective.category, self.objective.category)
        return f"{kind}, {spoken(self.objective.type)}" if self.objective.type else kind


def entries(name: str, plan: Plan, config: Config, today: date) -> Iterator[Entry]:
    """The objectives of a plan, in its order."""
    for identifier, objective in plan.objectives.items():
        yield Entry(name, plan, identifier, progress(plan, identifier, today), measured(plan, objective, config, today), today)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which objectives were asked for."""

    whose: Mapping[str, Collection[str]] | None
    """By plan, ids in its team: who owns it, or has an action in it; None: everybody's."""
    late: bool
    categories: Collection[str]
    is_open: bool
    """Only those still to be reached."""

    def takes(self, entry: Entry) -> bool:
        """Whether an objective is one of them."""
        return (
            (entry.objective.is_open or not self.is_open)
            and (not self.categories or entry.objective.category in self.categories)
            and (not self.late or entry.progress.word == "late" or bool(entry.progress.late))
            and (self.whose is None or bool(_involved(entry) & set(self.whose[entry.name])))
        )


def _involved(entry: Entry) -> set[str | None]:
    actions = (action for strategy in entry.objective.strategies.values() for action in strategy.actions.values())
    return {entry.owner, *(action.owner for action in actions)}


def number(measured: Measured, amount: Decimal) -> str:
    """A value of a measure: money with its currency, else a number."""
    if measured.currency is not None:
        return money(amount, measured.currency)
    return f"{amount.normalize():,f}"


def measure_words(measured: Measured) -> str:
    """`Orders booked: 0 EUR of 612,000 EUR, 0 %; none of 1 opportunity is won`."""
    least = "at least " if measured.is_at_least else ""
    current = "not known" if measured.current is None else f"{least}{number(measured, measured.current)}"
    if measured.target is None:
        reached = f"{current}, no target"
    else:
        target = number(measured, measured.target)
        reached = f"{current}, target {target}" if measured.current is None else f"{current} of {target}"
    share = "" if measured.share is None else f", {percent(measured.share)}"
    differs = f"; the plan says {number(measured, measured.stated)}" if measured.differs and measured.stated is not None else ""
    return f"{measured.metric}: {reached}{share}; {measured.reason}{differs}"
