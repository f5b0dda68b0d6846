"""The org chart: everybody in their place, and how we stand with each."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from acctplan.analysis.relationships.org_chart import org_chart
from acctplan.analysis.signs import spoken
from acctplan.analysis.tree import DEEPEST
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.contacts.as_json import cell, chart_json, seat_json
from acctplan.cli.contacts.phrases import counted, coverage_of, in_numbers, influence_of, name, names, percent, remark, stance_of, write
from acctplan.diagnostic import plan_name
from acctplan.report.visible import visible
from acctplan.report.wrapping import Word, words, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acctplan.analysis.relationships.org_chart import OrgChart, Seat
    from acctplan.cli.contacts.asked import Asked
    from acctplan.report import Role

_GUIDES = {"line": "│  ", "blank": "   ", "tee": "├─ ", "corner": "└─ "}
_PASSED = {"tee": "line", "corner": "blank"}
_STEP = 3
"""Columns that a guide takes."""
_STANCE_ROLE: dict[str | None, Role] = {"negative": "error", "supportive": "advice"}


def show(asked: Asked, unit: str | None, *, only_key: bool, as_json: bool) -> None:
    """The chart as a tree with what it adds up to; elsewhere than on a terminal a table, or JSON."""
    width = console.width()
    # The text beside the guides keeps at least half of the terminal.
    deepest = max(1, min(DEEPEST, width // (2 * _STEP))) if width else DEEPEST
    chart = org_chart(asked.plan, asked.config.limits, asked.today, unit, only_key=only_key, deepest=deepest)
    if as_json:
        console.write(chart_json(asked, chart))
    elif console.is_terminal():
        _tree(asked, chart)
        _totals(asked, chart)
        _units(asked, chart)
        _hint(asked, chart)
    else:
        console.table([Column(title) for title in _TITLES], [_row(asked, seat) for seat in chart.asked_for])
    if not chart.asked_for and not as_json:
        console.say("nobody to show: the plan names no such contacts")


def _tree(asked: Asked, chart: OrgChart) -> None:
    write(Word(word, "path") for word in visible(asked.plan.profile.name).split(" "))
    if chart.seats:
        console.write("\n")
    for seat, below in zip_longest(chart.seats, chart.seats[1:]):
        leads = below is not None and len(below.place.guides) > len(seat.place.guides)
        _seat(asked, seat, leads=leads)


def _seat(asked: Asked, seat: Seat, *, leads: bool) -> None:
    """Somebody's name beside the guides; below it, in the same column, what we know of them."""
    painter, guides = console.painter(), seat.place.guides
    first = "".join(_GUIDES[guide] for guide in guides)
    passed = "".join(_GUIDES[_PASSED.get(guide, guide)] for guide in guides)
    rest = passed + (_GUIDES["line"] if leads else _GUIDES["blank"])
    room = max(console.width() - len(rest), 2)
    lines = [*wrap(_who(asked, seat), room, painter, hanging=2)]
    if seat.is_asked_for:
        if standing := _standing(seat):
            lines += wrap(standing, room, painter)
        for line in _lines(asked, seat):
            lines += wrap(line, room, painter, hanging=2)
    for number, text in enumerate(lines):
        margin = rest if number else first
        console.write(f"{painter('dim', margin) if margin else ''}{text}".rstrip() + "\n")


def _who(asked: Asked, seat: Seat) -> list[Word]:
    """Name, title, unit where it is not that of the one above."""
    plan, contact = asked.plan, seat.contact
    role: Role = "path" if seat.is_asked_for else "dim"
    title = contact.title if contact.name is not None else None
    above = None if contact.reports_to is None else plan.contacts[contact.reports_to]
    has_unit = contact.unit is not None and (above is None or above.unit != contact.unit)
    unit = [Word(word, "dim") for word in f"· {visible(plan.units[contact.unit].name)}".split(" ")] if has_unit and contact.unit else []
    parts = [Word(word, role) for word in name(plan, seat.id).split(" ")]
    if title:
        parts[-1] = parts[-1]._replace(tail=",")
        parts += [Word(word, None if seat.is_asked_for else "dim") for word in visible(title).split(" ")]
    return parts + unit


def _standing(seat: Seat) -> list[Word]:
    """What we know of somebody, and what we do not, each in a word or two that stay together."""
    contact = seat.contact
    parts = [Word("★ key player", "warning")] if seat.is_key else []
    parts += [Word(spoken(role)) for role in seat.roles]
    if contact.stance is not None:
        parts.append(Word(stance_of(contact.stance), _STANCE_ROLE.get(contact.stance)))
    if contact.influence is not None:
        parts.append(Word(influence_of(contact.influence)))
    if contact.coverage is not None:
        parts.append(Word(coverage_of(contact.coverage)))
    if contact.last_contact is not None:
        ago = counted(seat.days_since_contact or 0, "day")
        words_for = f"last contact {contact.last_contact}"
        parts.append(Word(f"! {words_for}: {ago} ago", "warning") if seat.is_stale else Word(words_for))
    if unknown := _unknown(seat):
        parts.append(Word(f"? unknown: {', '.join(unknown)}", "dim"))
    return [part._replace(tail=",") for part in parts[:-1]] + parts[-1:]


def _unknown(seat: Seat) -> list[str]:
    """What the plan does not say; of a vacant seat there is nothing to be known yet."""
    contact = seat.contact
    if seat.is_vacant:
        return []
    return [spoken(field) for field in ("stance", "influence", "coverage", "last_contact") if getattr(contact, field) is None]


def _lines(asked: Asked, seat: Seat) -> Iterator[list[Word]]:
    """Lines beside the chart; and the one to whom somebody reports, where the guides no longer say it."""
    contact = seat.contact
    if seat.place.depth > len(seat.place.guides) and contact.reports_to is not None:
        yield words(f"↑ reports to {name(asked.plan, contact.reports_to)}")
    if contact.influences:
        yield words(f"⇢ influences {', '.join(name(asked.plan, one) for one in contact.influences)}")


def _totals(asked: Asked, chart: OrgChart) -> None:
    if not chart.people:
        return
    vacant = sum(asked.plan.contacts[one].name is None for one in chart.people)
    seats = f", {counted(vacant, 'vacant seat')} among them" if vacant else ""
    console.write("\n")
    console.paragraph(f"{counted(len(chart.people), 'contact')}{seats}")
    console.paragraph(in_numbers(chart.coverage))
    if bare := [one for one in chart.coverage.key_players if one not in chart.coverage.covered]:
        remark("○", None, f"Still to cover: {names(asked.plan, bare)}")
    _against(asked, chart)
    if chart.is_single_threaded:
        remark("!", "warning", f"Single-threaded: {_only(asked, chart.known)}")
    for thread in chart.threads:
        opportunity = visible(asked.plan.opportunities[thread.opportunity].name)
        remark("!", "warning", f"Single-threaded in '{opportunity}': {_only(asked, thread.known)}")


def _only(asked: Asked, known: Sequence[str]) -> str:
    return f"we know only {names(asked.plan, known)}" if known else "we know nobody"


def _against(asked: Asked, chart: OrgChart) -> None:
    if not chart.opponents:
        remark("!", "warning", "Nobody here is known to be against us. Ask who would rather have somebody else")
        return
    everywhere = [one.contact for one in chart.opponents if one.opportunity is None]
    if everywhere:
        remark("✕", "error", f"Against us: {names(asked.plan, everywhere)}")
    for one in chart.opponents:
        if one.opportunity is not None:
            remark(
                "✕", "error", f"Against us in '{visible(asked.plan.opportunities[one.opportunity].name)}': {name(asked.plan, one.contact)}"
            )


def _units(asked: Asked, chart: OrgChart) -> None:
    if not any(unit.contacts for unit in chart.units):
        return
    console.write("\n")
    columns = [Column("Unit, with those below it", wraps=True), Column("Contacts", is_number=True), Column("Covered", wraps=True)]
    rows = [
        ["  " * len(unit.place.guides) + asked.plan.units[unit.unit].name, str(unit.contacts), percent(unit.coverage)]
        for unit in chart.units
    ]
    console.table(columns, rows)


def _hint(asked: Asked, chart: OrgChart) -> None:
    if chart.people and not chart.coverage.key_players:
        console.hint("\nwho decides here? Write it with the contact: roles: [decision_maker]")
    bare = [one for one in chart.coverage.key_players if one not in chart.coverage.covered]
    if bare:
        console.hint(f"\nwho can introduce us? acctplan contacts {plan_name(asked.loaded.path)} --path-to {bare[0]}")


_TITLES = (
    *("contact", "name", "title", "vacant", "unit", "depth", "reports_to", "influences", "roles", "stance", "influence", "coverage"),
    *("key_player", "covered", "last_contact", "days_since_contact", "stale", "line"),
)


def _row(asked: Asked, seat: Seat) -> list[str]:
    values = seat_json(asked, seat)
    return [cell(values[title]) for title in _TITLES]
