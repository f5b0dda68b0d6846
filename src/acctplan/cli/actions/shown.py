"""Actions for people, in groups, and for programs, a row each."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from acctplan.analysis.meetings import ago
from acctplan.cli import console
from acctplan.cli.actions.found import data
from acctplan.cli.console import Column
from acctplan.diagnostic import format_pointer, plan_name
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from acctplan.cli.actions.found import Item

NOBODY = "Nobody"
_TITLES = ("plan", "account", "id", "what", "owner", "due", "status", "late", "from", "objective", "meeting", "pointer")


def show(found: Sequence[Item], by: str) -> None:
    """Groups for people; elsewhere than on a terminal a table in full, in the same order."""
    ordered = _in_order(found, by)
    if not console.is_terminal():
        console.table([Column(title) for title in _TITLES], [_row(item) for item in ordered])
        return
    if not ordered:
        console.write("Nothing of that kind is to be done.\n")
        return
    for number, (title, group) in enumerate(groupby(ordered, key=lambda item: _group(item, by))):
        members = list(group)
        late = sum(item.is_late for item in members)
        console.write("\n" if number else "")
        console.write(console.paint("path", visible(f"{title}: {len(members)}{f', {late} late' if late and by != 'due' else ''}")) + "\n")
        for item in members:
            _one(item, by)
    first = next((item for item in ordered if item.is_late), None)
    if first is not None:
        console.hint(f"\nwhen it is done: acctplan done {plan_name(first.name)} {first.id}")
        console.hint("another day for what is late: --carry-over +2w --diff")


def _one(item: Item, by: str) -> None:
    console.paragraph(visible(f"{item.sign.symbol} {item.placed.action.what}"), indent=2)
    who = [item.owner_words or NOBODY] if by != "owner" else []
    where = [item.plan.profile.name] if by != "plan" else []
    due = item.placed.action.due
    when = f"{item.standing}, {ago(due, item.today)}" if due is not None and item.placed.action.is_open else item.standing
    console.paragraph(visible(" · ".join([when, *who, *where, item.origin, item.id])), indent=4)


def _in_order(found: Sequence[Item], by: str) -> list[Item]:
    """By group, the longest due first, what has no day last. What nobody sees to comes last of the owners."""

    def key(item: Item) -> tuple[bool, str, bool, str, str, tuple[str, ...]]:
        due = item.placed.action.due
        group = "" if by == "due" else _group(item, by).casefold()
        return (by == "owner" and not item.owner_name, group, due is None, str(due), item.name, tuple(map(str, item.placed.pointer)))

    return sorted(found, key=key)


def _group(item: Item, by: str) -> str:
    if by == "owner":
        return item.owner_name or NOBODY
    if by == "plan":
        return f"{item.plan.profile.name} ({plan_name(item.name)})"
    due = item.placed.action.due
    if item.is_late:
        return "Late"
    return "No day" if due is None else f"Due in {due:%Y-%m}"


def _row(item: Item) -> list[str]:
    action, placed = item.placed.action, item.placed
    return [
        item.name,
        item.plan.profile.name,
        item.id,
        action.what,
        item.owner_name,
        "" if action.due is None else action.due.isoformat(),
        item.status,
        "yes" if item.is_late else "no",
        "objective" if placed.meeting is None else "meeting",
        placed.objective or "",
        "" if placed.meeting is None else placed.meeting.isoformat(),
        format_pointer(placed.pointer),
    ]


def document(found: Sequence[Item], by: str, today: date) -> str:
    """The same as JSON."""
    listed = [{"plan": item.name, "account": item.plan.profile.name} | data(item) for item in _in_order(found, by)]
    return json.dumps({"version": 1, "today": today.isoformat(), "actions": listed}, indent=2) + "\n"
