"""Our team by key players: what we are to each, and what we want to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from acctplan.analysis.relationships.team_coverage import team_coverage
from acctplan.analysis.signs import spoken
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.contacts.as_json import cell, document
from acctplan.cli.contacts.phrases import counted, name, remark, write
from acctplan.diagnostic import format_pointer
from acctplan.report.visible import columns as wide_as
from acctplan.report.visible import visible
from acctplan.report.wrapping import Word, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.analysis.relationships.team_coverage import Relationship, TeamCoverage
    from acctplan.cli.contacts.asked import Asked

_GAP = 2
"""Columns of a terminal between two of a table."""
_TITLES = ("contact", "name", "title", "held_by", "held_by_name", "now", "target", "coverage", "stance", "line")


def show(asked: Asked, unit: str | None, *, as_json: bool) -> None:
    """A matrix where it has room, else a list by who of us holds whom; elsewhere than on a terminal a table, or JSON."""
    found = team_coverage(asked.plan, unit)
    if as_json:
        console.write(document(asked, _json(asked, found)))
        return
    if not console.is_terminal():
        console.table([Column(title) for title in _TITLES], [_row(asked, one) for one in found.relationships])
        return
    if not found.relationships:
        console.say("no key players: nobody is known to decide, to speak for us or to have high influence")
        return
    titles, rows = _matrix(asked, found)
    widths = [max(wide_as(visible(line[place])) for line in (titles, *rows)) + _GAP for place in range(len(titles))]
    if found.holding and sum(widths) <= console.width():
        console.table([Column(title) for title in titles], rows)
        console.write("\n")
    else:
        _list(asked, found)
    _nobody(asked, found)


def _row(asked: Asked, one: Relationship) -> list[str]:
    values = _relationship(asked, one)
    return [cell(values[title]) for title in _TITLES]


def _matrix(asked: Asked, found: TeamCoverage) -> tuple[list[str], list[list[str]]]:
    titles = ["Key player", *(asked.plan.team[member].name for member in found.holding)]
    rows = [
        [name(asked.plan, one.id), *(_change(one) if one.keeper == member else "" for member in found.holding)]
        for one in found.relationships
    ]
    return titles, rows


def _change(one: Relationship) -> str:
    """`vendor → trusted advisor`."""
    now = "unknown" if one.now is None else spoken(one.now)
    if one.target is None:
        return f"{now} → no target"
    return f"{now}, as wanted" if one.now == one.target else f"{now} → {spoken(one.target)}"


def _list(asked: Asked, found: TeamCoverage) -> None:
    for member in found.holding:
        held, entry = found.held_by(member), asked.plan.team[member]
        role = f"{visible(entry.role)} · " if entry.role else ""
        parts = words(f"{role}{counted(len(held), 'key player')}")
        write([Word(visible(entry.name), "path", "," if role else " ·"), *parts], hanging=2)
        for one in held:
            write([Word(name(asked.plan, one.id), None, ":"), *words(_change(one))], indent=2, hanging=4)
        console.write("\n")


def _nobody(asked: Asked, found: TeamCoverage) -> None:
    """Key players whom nobody of us holds, and who of us holds none."""
    if left := found.held_by(None):
        remark("!", "warning", f"Held by nobody of us: {counted(len(left), 'key player')}")
        for one in left:
            title = f", {visible(one.contact.title)}" if one.contact.title and one.contact.name is not None else ""
            change = f" ({_change(one)})" if one.now or one.target else ""
            console.paragraph(f"{name(asked.plan, one.id)}{title}{change}", indent=2)
    if found.idle:
        console.paragraph(f"Without a key player: {_members(asked, found.idle)}")


def _members(asked: Asked, members: Sequence[str]) -> str:
    return ", ".join(visible(asked.plan.team[member].name) for member in members)


def _relationship(asked: Asked, one: Relationship) -> dict[str, Any]:
    pointer = ("contacts", one.id, "relationship") if one.contact.relationship else ("contacts", one.id)
    return {
        "contact": one.id,
        "name": one.contact.name,
        "title": one.contact.title,
        "held_by": one.keeper,
        "held_by_name": None if one.keeper is None else asked.plan.team[one.keeper].name,
        "now": one.now,
        "target": one.target,
        "coverage": one.contact.coverage,
        "stance": one.contact.stance,
        "pointer": format_pointer(pointer),
        "line": asked.line(pointer),
    }


def _json(asked: Asked, found: TeamCoverage) -> dict[str, Any]:
    team = asked.plan.team
    return {
        "team": [
            {"member": member, "name": team[member].name, "role": team[member].role, "holds": [one.id for one in found.held_by(member)]}
            for member in team
        ],
        "key_players": [_relationship(asked, one) for one in found.relationships],
        "held_by_nobody": [one.id for one in found.held_by(None)],
    }
