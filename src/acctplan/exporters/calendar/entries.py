"""What of a plan stands in a calendar: everything that is still to come or still to be done and has a day.

What a relationship meeting's entry says is made from the customer's edition of the plan: such an entry is forwarded to those whom it is
about. All others quote the plan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from shlex import quote
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from acctplan.analysis import overdue
from acctplan.analysis.calendar import months_later
from acctplan.analysis.meetings import executive_words, executives, rhythm
from acctplan.analysis.owners import responsible, responsible_words
from acctplan.analysis.relationships import called
from acctplan.analysis.settling import settling
from acctplan.analysis.white_space import is_ours, white_space
from acctplan.diagnostic import format_pointer, plan_name
from acctplan.model.editions import customer_edition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from acctplan.analysis.overdue import Due
    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan

Kind: TypeAlias = Literal[
    "meeting", "meeting_series", "contact", "action", "next_step", "close_date", "objective", "contract_ends", "review", "plan_ends"
]


class Form(NamedTuple):
    """How a kind of entry is shown."""

    category: str
    alarms: tuple[int, ...]
    """Days before, at which to be reminded."""


FORMS: dict[Kind, Form] = {
    "meeting": Form("Relationship meeting", (7,)),
    "meeting_series": Form("Relationship meeting", (7,)),
    "contact": Form("Contact", (1,)),
    "action": Form("Action", (1,)),
    "next_step": Form("Next step", (1,)),
    "close_date": Form("Close date", (7,)),
    "objective": Form("Objective", (7,)),
    "contract_ends": Form("Contract ends", ()),
    "review": Form("Review", (7,)),
    "plan_ends": Form("Plan ends", (30,)),
}
"""A contract's alarms are the book's `contract_days` before, and half of them."""


_LONGEST = 120
"""Months ahead that a series goes on for at most, however long its plan does."""


class Repeat(NamedTuple):
    """That something comes again on the same day of later months, or on the last day of those that are too short for it."""

    months: int
    until: date
    """The last day on which it may."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A day in a calendar."""

    plan: str
    """What the plan was handed in as."""
    kind: Kind
    place: Pointer
    """What it is known by: the same whatever the day and the words are."""
    day: date
    title: str
    text: str
    """What is behind it, in lines."""
    owner: str | None
    """The id of whoever should see to it, in `team`: where nobody is named, the account manager."""
    alarms: tuple[int, ...]
    """Days before, at which to be reminded."""
    repeat: Repeat | None = None
    is_tentative: bool = False
    """Whether nobody has said yes to the day: it follows from how often there should be one."""


def entries(name: str, plan: Plan, config: Config, today: date) -> Iterator[Entry]:
    """The entries of a plan, by their kind.

    What is late and still open stands on today and says since when: nobody looks for it in the past. Meetings and talks, which come again,
    stay on their days. Contracts and plans that have ended, and what is done, have none.

    Args:
        name: what to call the plan: its path in the book.
        plan: the plan.
        config: the book's settings.
        today: the day it is.
    """
    yield from _meetings(name, plan, config, today)
    internal = _Internal(name, plan, config, today)
    for due in overdue.dated(plan, config.limits, today):
        if due.kind != "meeting":
            yield internal.on_time(internal.due(due))
    yield from internal.contacts()
    yield from internal.contracts()
    if (ends := plan.profile.ends) is not None and ends >= today:
        yield internal.entry("plan_ends", ("profile", "ends"), ends, "The account plan ends", ["Carry what goes on into the next one."])


def _meetings(name: str, plan: Plan, config: Config, today: date) -> Iterator[Entry]:
    """The meeting that is planned, and those that should follow it."""
    due = overdue.next_meeting(plan, config.limits, today)
    if due is None or plan.meetings is None:
        return
    months = overdue.meeting_months(plan.meetings, config.limits)
    is_planned = overdue.planned_meeting(plan.meetings, today) is not None
    until = _last(plan, today)
    title, text = _invitation(plan, months)
    alarms = FORMS["meeting"].alarms
    if is_planned:
        yield Entry(name, "meeting", ("meetings", "next"), due.due, title, text, due.owner, alarms)
    first = due.due if not is_planned else months_later(due.due, months) if due.due <= until else None
    if first is not None and (first <= until or not is_planned):
        place = ("meetings", "every_months")
        again = _again(first, months, until)
        yield Entry(name, "meeting_series", place, first, title, text, due.owner, alarms, again, is_tentative=True)


def _last(plan: Plan, today: date) -> date:
    """Until when series go on: the plan's end; of a plan without one, a year from now."""
    return min(plan.profile.ends or months_later(today, 12), months_later(today, _LONGEST))


def _again(first: date, months: int, until: date) -> Repeat | None:
    """A series, where there is a second time."""
    return Repeat(months, until) if first <= until and months_later(first, months) <= until else None


def _invitation(plan: Plan, months: int) -> tuple[str, str]:
    """What the customer may read of a relationship meeting."""
    edition = customer_edition(plan)
    account, manager = edition.profile.name, edition.profile.account_manager
    people = [edition.contacts[key] for key in edition.meetings.with_] if edition.meetings else []
    theirs = "; ".join(", ".join(filter(None, (one.name, one.title))) for one in people if one.name or one.title)
    ours = edition.team[manager].name if manager else ""
    lines = [
        rhythm(months).capitalize(),
        f"From {account}: {theirs}" if theirs else "",
        f"From our side: {ours}" if ours else "",
    ]
    return f"Relationship meeting · {account}", "\n".join(filter(None, lines))


class _Internal:
    """Makes the entries that are for our eyes."""

    def __init__(self, name: str, plan: Plan, config: Config, today: date) -> None:
        self.name, self.plan, self.config, self.today = name, plan, config, today

    def entry(self, kind: Kind, pointer: Pointer, day: date, title: str, why: Sequence[str], **more: str | None) -> Entry:
        """An entry about the value at a pointer. `more` may name its owner."""
        own = more.get("owner")
        owner = responsible(self.plan, own)
        form = FORMS[kind]
        name = quote(plan_name(self.name))
        settled = settling(kind, name, format_pointer(pointer[:-1]), "".join(map(str, pointer[1:2])))
        lines = [
            *why,
            f"Owner: {responsible_words(self.plan, own)}" if owner else "",
            f"Plan: {self.name}, {format_pointer(pointer)}",
            f"To settle it: {settled.command}",
            f"Done? Then the next one too: {settled.also}" if settled.also else "",
        ]
        limit = self.config.limits.contract_days
        alarms = (limit, limit // 2) if kind == "contract_ends" else form.alarms
        text = "\n".join(filter(None, lines))
        return Entry(self.name, kind, pointer, day, f"{title} · {self.plan.profile.name}", text, owner, alarms)

    def on_time(self, entry: Entry) -> Entry:
        """An entry where it is seen: one that is late stands on today."""
        if entry.day >= self.today:
            return entry
        return replace(entry, day=self.today, text=f"Late since {entry.day}\n{entry.text}")

    def due(self, due: Due) -> Entry:
        """What should be done by a day."""
        subject = due.pointer[:-1]
        if due.kind == "action":
            return self.entry("action", due.pointer, due.due, f"Action: {due.what}", self._agreed(subject), owner=due.owner)
        if due.kind == "next_step":
            opportunity = self.plan.opportunities[str(subject[-1])]
            why = [f"Opportunity: {opportunity.name}"]
            title = f"Next step: {opportunity.next_step or 'agree on one'}"
            return self.entry("next_step", due.pointer, due.due, title, why, owner=due.owner)
        if due.kind == "close_date":
            why = ["Won, lost, or another close date?"]
            return self.entry("close_date", due.pointer, due.due, f"Close date: {due.what}", why, owner=due.owner)
        if due.kind == "objective":
            objective = self.plan.objectives[str(subject[-1])]
            why = [f"Why: {objective.relevance}"] if objective.relevance else []
            return self.entry("objective", due.pointer, due.due, f"Objective: {due.what}", why, owner=due.owner)
        last = overdue.last_review(self.plan, self.today)
        why = [f"Last reviewed on {last}" if last else "Not reviewed yet"]
        return self.entry("review", ("reviews",), due.due, "Review of the account plan", why, owner=due.owner)

    def _agreed(self, action: Pointer) -> list[str]:
        """What an action is for, and with whom."""
        if action[0] == "objectives":
            objective = self.plan.objectives[str(action[1])]
            strategy = objective.strategies[str(action[3])]
            said, contact = f"Objective: {objective.what}", strategy.actions[str(action[-1])].contact
        else:
            held = {day.isoformat(): meeting for day, meeting in (self.plan.meetings.held if self.plan.meetings else {}).items()}
            said, contact = f"Agreed in the relationship meeting of {action[2]}", held[str(action[2])].actions[str(action[-1])].contact
        return [said, *([f"With: {called(self.plan, contact)}"] if contact else ())]

    def contacts(self) -> Iterator[Entry]:
        """The talks with those of whom the plan says how often there should be one."""
        until = _last(self.plan, self.today)
        for one in executives(self.plan, self.today):
            if one.due is None:
                continue
            why = [executive_words(self.plan, one, self.today)]
            title = f"Speak with {called(self.plan, one.contact)}"
            entry = self.entry("contact", one.pointer, one.due, title, why, owner=one.with_)
            yield replace(entry, repeat=_again(one.due, one.every_months, until), is_tentative=True)

    def contracts(self) -> Iterator[Entry]:
        """The contracts that end, ours and others'."""
        matrix = white_space(self.plan, self.config)
        for (unit, solution), cell in matrix.cells.items():
            ends = cell.entry.contract_ends if cell.entry else None
            if cell.entry is None or ends is None or ends < self.today:
                continue
            where = f"{matrix.solutions[solution]}, {self.plan.units[unit].name}"
            holder = self.plan.competitors[cell.entry.competitor].name if cell.entry.competitor else ""
            whose = "ours" if is_ours(self.plan, cell) else holder
            pursued = [self.plan.opportunities[key].name for key in cell.opportunities if self.plan.opportunities[key].is_live]
            why = [f"Opportunity: {'; '.join(pursued)}" if pursued else "No opportunity yet"]
            title = f"Contract ends: {where}{f' ({whose})' if whose else ''}"
            yield self.entry("contract_ends", ("white_space", unit, solution, "contract_ends"), ends, title, why)
