"""The next relationship meetings, for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from acctplan.analysis.meetings import DrySpell, Upcoming, ago, rhythm
from acctplan.analysis.progress import is_late
from acctplan.analysis.relationships import called
from acctplan.cli import console
from acctplan.cli.actions.found import Item, data
from acctplan.cli.console import Column
from acctplan.diagnostic import format_pointer, plan_name
from acctplan.model import Plan
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date


class Found(NamedTuple):
    """The next relationship meeting of a plan."""

    name: str
    """What the plan is called: its path."""
    plan: Plan
    upcoming: Upcoming
    today: date

    @property
    def when(self) -> str:
        """Its day, and how far that is."""
        found = self.upcoming
        if found.day is None:
            return "no day"
        if found.day < self.today:
            return f"{'not noted as held' if found.is_planned else 'overdue'} since {found.day}"
        return f"{found.day}, {ago(found.day, self.today)}{'' if found.is_planned else ', no day agreed'}"

    @property
    def with_whom(self) -> list[str]:
        """Who of the customer takes part, or has to be met."""
        return [called(self.plan, one.contact) for one in self.upcoming.guests if one.part != "not met"]

    @property
    def ours(self) -> list[str]:
        """Who of us."""
        return [self.plan.team[one].name for one in self.upcoming.ours]

    @property
    def late(self) -> int:
        """How much of what meetings agreed on is late."""
        return sum(is_late(one, self.today) for one in self.upcoming.still_open)

    @property
    def dry(self) -> list[str]:
        """Whom nobody met for too long; the account itself as a whole."""
        return [self.plan.profile.name if one.contact is None else called(self.plan, one.contact) for one in self.upcoming.dry_spells]


def table(found: Iterable[Found]) -> None:
    """A line a plan, the earliest first, what has no day last."""
    ordered = sorted(found, key=lambda one: (one.upcoming.day is None, str(one.upcoming.day), one.name))
    if not console.is_terminal():
        titles = ("plan", "account", "day", "planned", "every_months", "last", "with", "ours", "still_open", "late", "dry_spells", "why")
        console.table([Column(title) for title in titles], [_row(one) for one in ordered])
        return
    columns = [
        Column("Account", wraps=True),
        Column("Next meeting", wraps=True),
        Column("With", wraps=True),
        Column("To do", wraps=True),
        Column("Dry spell", wraps=True),
    ]
    console.table(columns, [_line(one) for one in ordered])
    if ordered:
        console.hint(f"in full: acctplan meeting next {plan_name(ordered[0].name)}")


def _line(one: Found) -> list[str]:
    many = len(one.upcoming.still_open)
    to_do = f"{many}{f', {one.late} late' if one.late else ''}" if many else "–"
    dry = [_dry(spell) if spell.contact is None else called(one.plan, spell.contact) for spell in one.upcoming.dry_spells]
    return [one.plan.profile.name, one.when, ", ".join(one.with_whom) or "nobody named", to_do, ", ".join(dry) or "no"]


def _dry(spell: DrySpell) -> str:
    return "none held yet" if spell.since is None else f"since {spell.since}"


def _row(one: Found) -> list[str]:
    found = one.upcoming
    return [
        one.name,
        one.plan.profile.name,
        "" if found.day is None else found.day.isoformat(),
        "yes" if found.is_planned else "no",
        str(found.every_months),
        "" if found.last is None else found.last.isoformat(),
        ", ".join(one.with_whom),
        ", ".join(one.ours),
        str(len(found.still_open)),
        str(one.late),
        ", ".join(one.dry),
        "; ".join(found.why),
    ]


def in_full(one: Found) -> None:
    """Everything about the next meeting of a plan."""
    found, name = one.upcoming, plan_name(one.name)
    console.paragraph(visible(f"{one.plan.profile.name}: the next relationship meeting"), role="path")
    whose = "" if found.is_own_cadence else ", as the book has it"
    console.paragraph(visible(f"{one.when}; {rhythm(found.every_months)}{whose}"), indent=2)
    _section("Why", (f"{sentence[:1].upper()}{sentence[1:]}." for sentence in found.why))
    invited = [guest for guest in found.guests if guest.part != "not met"]
    _section("With", (_guest(one, guest.contact, guest.why, guest.last) for guest in invited))
    _section("Nobody has met lately", (_guest(one, guest.contact, guest.why, None) for guest in found.guests if guest.part == "not met"))
    _section("From us", one.ours)
    _section("Still to do of earlier meetings", map(todo_words, _items(one)))
    console.hint(f"\nthe agenda: acctplan meeting agenda {name}")
    console.hint(f"afterwards: acctplan meeting hold {name}")
    if not found.is_planned:
        console.hint(f"agree on a day: acctplan add meeting {name} +2w")


def todo_words(item: Item) -> str:
    """An action, who sees to it and by when."""
    return f"{item.sign.symbol} {item.placed.action.what} · {item.owner_name or 'nobody'} · {item.standing}"


def _guest(one: Found, contact: str, why: str, last: date | None) -> str:
    entry = one.plan.contacts[contact]
    title = f", {entry.title}" if entry.name and entry.title else ""
    met = "" if last is None else f"; last spoken with on {last}"
    return f"{called(one.plan, contact)}{title}: {why}{met}"


def _section(title: str, lines: Iterable[str]) -> None:
    shown = list(lines)
    if shown:
        console.write(f"\n{console.paint('path', title)}\n")
    for line in shown:
        console.paragraph(visible(line), indent=2)


def _items(one: Found) -> list[Item]:
    return [Item(one.name, one.plan, placed, one.today) for placed in one.upcoming.still_open]


def document(found: Sequence[Found], today: date) -> str:
    """The same as JSON."""
    return json.dumps({"version": 1, "today": today.isoformat(), "meetings": [_data(one) for one in found]}, indent=2) + "\n"


def _data(one: Found) -> dict[str, Any]:
    found = one.upcoming
    return {
        "plan": one.name,
        "account": one.plan.profile.name,
        "day": _day(found.day),
        "is_planned": found.is_planned,
        "every_months": found.every_months,
        "is_own_cadence": found.is_own_cadence,
        "last": _day(found.last),
        "why": list(found.why),
        "guests": [
            {
                "contact": guest.contact,
                "name": called(one.plan, guest.contact),
                "part": guest.part,
                "why": guest.why,
                "last": _day(guest.last),
            }
            for guest in found.guests
        ],
        "ours": [{"id": key, "name": one.plan.team[key].name} for key in found.ours],
        "still_open": [data(item) for item in _items(one)],
        "dry_spells": [
            {"contact": spell.contact, "since": _day(spell.since), "why": spell.why, "pointer": format_pointer(spell.pointer)}
            for spell in found.dry_spells
        ],
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
