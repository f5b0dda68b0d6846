"""Objectives as a tree for people, as rows and as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from acctplan.analysis.actions import Placed
from acctplan.analysis.progress import SYMBOLS
from acctplan.cli import console
from acctplan.cli.actions.found import Item, data
from acctplan.cli.console import Column
from acctplan.cli.objectives.found import measure_words
from acctplan.diagnostic import format_pointer, plan_name
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from acctplan.analysis.measures import Measured
    from acctplan.cli.objectives.found import Entry

_TITLES = (
    *("plan", "account", "id", "what", "category", "owner", "due", "status", "standing", "why", "done", "actions", "late", "next_due"),
    *("metric", "target", "current", "share", "stated", "unit", "pointer"),
)


def show(found: Sequence[Entry]) -> None:
    """A tree for people; elsewhere than on a terminal a row an objective."""
    if not console.is_terminal():
        console.table([Column(title) for title in _TITLES], [_row(entry) for entry in found])
        return
    if not found:
        console.write("No objective of that kind.\n")
        return
    for number, (_, group) in enumerate(groupby(found, key=lambda entry: entry.name)):
        members = list(group)
        console.write("\n" if number else "")
        console.paragraph(visible(f"{members[0].plan.profile.name} ({plan_name(members[0].name)})"), role="path")
        for entry in members:
            _one(entry)
    counted = Counter(entry.progress.word for entry in found)
    many = "1 objective" if len(found) == 1 else f"{len(found)} objectives"
    console.paragraph(f"\n{many}: " + ", ".join(f"{counted[word]} {word}" for word in SYMBOLS if counted[word]))
    names = {plan_name(entry.name) for entry in found}
    if any(entry.progress.late for entry in found):
        console.hint(f"what is late of it: acctplan actions {names.pop() + ' ' if len(names) == 1 else ''}--late")


def _one(entry: Entry) -> None:
    how = entry.progress
    done = [f"{how.done} of {how.of} done"] if how.of else []
    facts = [entry.category, entry.owner_words or "nobody", entry.due_words, *done, entry.id]
    console.paragraph(visible(entry.objective.what), indent=2, role="path")
    console.paragraph(visible(f"{SYMBOLS[how.word]} {how.word}: {how.why}"), indent=4)
    console.paragraph(visible(" · ".join(facts)), indent=4)
    if entry.measured is not None:
        console.paragraph(visible(measure_words(entry.measured)), indent=4)
    for strategy, items in _strategies(entry):
        console.paragraph(visible(f"→ {entry.objective.strategies[strategy].what}"), indent=4)
        for item in items:
            said = " · ".join([item.placed.action.what, item.owner_words or "nobody", item.standing, item.id])
            console.paragraph(visible(f"{item.sign.symbol} {said}"), indent=8)


def _strategies(entry: Entry) -> Iterator[tuple[str, list[Item]]]:
    """The ways to reach it, by id, each with its actions."""
    for key, strategy in entry.objective.strategies.items():
        above = ("objectives", entry.id, "strategies", key, "actions")
        placed = (Placed((*above, one), action, entry.id, None) for one, action in strategy.actions.items())
        yield key, [Item(entry.name, entry.plan, one, entry.today) for one in placed]


def _row(entry: Entry) -> list[str]:
    objective, standing = entry.objective, entry.progress
    upcoming = [item.placed.action.due for _, items in _strategies(entry) for item in items if item.placed.action.is_open]
    first = min((day for day in upcoming if day is not None), default=None)
    measured = entry.measured
    return [
        entry.name,
        entry.plan.profile.name,
        entry.id,
        objective.what,
        objective.category,
        entry.owner_name,
        "" if objective.due is None else objective.due.isoformat(),
        objective.status,
        standing.word,
        standing.why,
        str(standing.done),
        str(standing.of),
        str(len(standing.late)),
        "" if first is None else first.isoformat(),
        *(("",) * 6 if measured is None else _measure(measured)),
        format_pointer(("objectives", entry.id)),
    ]


def _measure(measured: Measured) -> tuple[str, ...]:
    amounts = (measured.target, measured.current, measured.share, measured.stated)
    return (measured.metric, *("" if amount is None else f"{amount:f}" for amount in amounts), measured.currency or "")


def document(found: Sequence[Entry], today: date) -> str:
    """The tree with every term, as JSON."""
    return json.dumps({"version": 1, "today": today.isoformat(), "objectives": [_data(entry) for entry in found]}, indent=2) + "\n"


def _data(entry: Entry) -> dict[str, Any]:
    objective, standing = entry.objective, entry.progress
    strategies = [
        {"id": key, "what": objective.strategies[key].what, "actions": [data(item) for item in items]} for key, items in _strategies(entry)
    ]
    return {
        "plan": entry.name,
        "account": entry.plan.profile.name,
        "id": entry.id,
        "what": objective.what,
        "category": objective.category,
        "type": objective.type,
        "owner": entry.owner,
        "owner_name": entry.owner_name or None,
        "due": None if objective.due is None else objective.due.isoformat(),
        "days_left": standing.days_left,
        "status": objective.status,
        "standing": standing.word,
        "why": standing.why,
        "done": standing.done,
        "of": standing.of,
        "cancelled": standing.cancelled,
        "share": _text(standing.share),
        "late": [format_pointer(one.pointer) for one in standing.late],
        "measure": None if entry.measured is None else _measure_data(entry.measured, entry.today),
        "opportunities": list(objective.opportunities),
        "contacts": list(objective.contacts),
        "strategies": strategies,
        "pointer": format_pointer(("objectives", entry.id)),
    }


def _measure_data(measured: Measured, today: date) -> dict[str, Any]:
    return {
        "metric": measured.metric,
        "computed_as": measured.computed_as,
        "as_of": None if measured.computed_as is None else today.isoformat(),
        "target": _text(measured.target),
        "current": _text(measured.current),
        "is_at_least": measured.is_at_least,
        "share": _text(measured.share),
        "stated": _text(measured.stated),
        "currency": measured.currency,
        "reason": measured.reason,
        "terms": [
            {"what": term.what, "amount": _text(term.amount), "reason": term.reason, "pointer": format_pointer(term.pointer)}
            for term in measured.terms
        ],
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"
