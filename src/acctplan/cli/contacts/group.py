"""The buying group of an opportunity: who has a part in it, how we stand with them, and who or what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from acctplan.analysis.amounts import currency_of, money
from acctplan.analysis.relationships import coverage
from acctplan.analysis.relationships.buying_group import buying_group
from acctplan.analysis.signs import COMPARISON, COVERAGE, INFLUENCE, STANCE, spoken
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.contacts import paths
from acctplan.cli.contacts.as_json import cell, coverage_json, document, path_json
from acctplan.cli.contacts.phrases import counted, coverage_of, heading, in_numbers, name, names, remark, signed
from acctplan.diagnostic import format_pointer, plan_name
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from acctplan.analysis.relationships.buying_group import BuyingGroup, Member
    from acctplan.cli.contacts.asked import Asked
    from acctplan.model import Criterion

_TITLES = (
    *("opportunity", "contact", "name", "title", "roles", "stance", "influence", "coverage", "key_player", "covered", "known"),
    *("last_contact", "criteria", "line"),
)


def show(asked: Asked, identifier: str, *, as_json: bool) -> None:
    """The group with what is missing; elsewhere than on a terminal a table of its people, or JSON."""
    group = buying_group(asked.plan, identifier)
    if as_json:
        console.write(document(asked, _json(asked, group)))
    elif console.is_terminal():
        _people(asked, group)
        _criteria(asked, group)
        _missing(asked, group)
        _paths(asked, group)
    else:
        rows = [_member(asked, group, member) for member in group.members]
        console.table([Column(title) for title in _TITLES], [[cell(row[title]) for title in _TITLES] for row in rows])


def _people(asked: Asked, group: BuyingGroup) -> None:
    opportunity = asked.plan.opportunities[group.opportunity]
    value = "value unknown" if opportunity.value is None else money(opportunity.value, currency_of(asked.plan, asked.config))
    heading(visible(opportunity.name), visible(f"{opportunity.status}, {value} · {asked.plan.profile.name}"))
    console.paragraph(counted(len(group.members), "person has a part in it", "people have a part in it"))
    if group.has_decider:
        console.paragraph(in_numbers(group.coverage))
    elif group.members:
        covered, of = len(group.coverage.covered), counted(len(group.coverage.key_players), "key player")
        so_far = f"{covered} of {of} covered with a known stance" if group.coverage.key_players else "no key player in it"
        console.paragraph(f"{so_far}, and nobody is named as the decision maker")
    if not group.members:
        return
    console.write("\n")
    columns = [
        Column("Role", wraps=True),
        Column("Who", wraps=True),
        Column("Stance"),
        Column("Coverage"),
        Column("Influence"),
        Column("Key player", wraps=True),
        Column("Criteria", wraps=True),
    ]
    has_criteria = any(member.criteria for member in group.members)
    console.table(
        columns if has_criteria else columns[:-1], [_cells(asked, member)[: 7 if has_criteria else 6] for member in group.members]
    )


def _cells(asked: Asked, member: Member) -> list[str]:
    key = ("✓ covered" if member.is_covered else "! not yet") if member.is_key else "-"
    return [
        ", ".join(map(spoken, member.roles)) or "? unknown",
        name(asked.plan, member.id),
        signed(STANCE[member.stance]),
        signed(COVERAGE[member.coverage]),
        signed(INFLUENCE[member.contact.influence]),
        key,
        ", ".join(f"no. {place + 1}" for place in member.criteria) or "-",
    ]


def _criteria(asked: Asked, group: BuyingGroup) -> None:
    if not group.criteria:
        return
    console.write("\n")
    columns = [Column("No.", is_number=True), Column("They decide by", wraps=True), Column("We are"), Column("Held by", wraps=True)]
    console.table(columns, [_criterion(asked, number, one) for number, one in enumerate(group.criteria, 1)])


def _criterion(asked: Asked, number: int, criterion: Criterion) -> list[str]:
    must = " (a must)" if criterion.mandatory else ""
    holders = ", ".join(name(asked.plan, holder) for holder in criterion.held_by)
    return [str(number), f"{criterion.what}{must}", signed(COMPARISON[criterion.position]), holders or "? nobody named"]


def _missing(asked: Asked, group: BuyingGroup) -> None:
    console.write("\n")
    plan = asked.plan
    if not group.members:
        remark("!", "warning", "Nobody is named in it. Add its people under buying_roles")
        return
    if not group.has_decider:
        _decider_missing(asked, group)
    if others := [spoken(role) for role in group.missing_roles if role != "decision_maker"]:
        remark("!", "warning", f"Nobody is named as {_listed(others)}")
    if group.unknown_stances:
        remark("?", "warning", f"Stance unknown: {names(plan, group.unknown_stances)}")
    if group.opponents:
        remark("✕", "error", f"Against us: {names(plan, group.opponents)}")
    else:
        remark("!", "warning", "Nobody in it is known to be against us. Ask who would rather have somebody else")
    if group.is_single_threaded:
        known = f"we know only {names(plan, group.known)}" if group.known else "we know nobody who has a part in it"
        remark("!", "warning", f"Single-threaded: {known}")
    for outsider in group.outsiders:
        held = " and ".join(f"no. {place + 1}" for place in outsider.criteria)
        what = "criterion" if len(outsider.criteria) == 1 else "criteria"
        remark("!", "warning", f"{name(plan, outsider.contact)} holds {what} {held} and has no part in it")


def _decider_missing(asked: Asked, group: BuyingGroup) -> None:
    """Say that nobody in it decides, and who does elsewhere at the account."""
    plan = asked.plan
    if not group.deciders_elsewhere:
        remark("!", "warning", "No decision maker is named. Ask who decides, and write role: decision_maker under buying_roles")
        return
    account = visible(plan.profile.name)
    people = [(name(plan, path.contact), path.ways[0].start if path.ways else None) for path in group.deciders_elsewhere]
    if len(people) == 1:
        ((who, start),) = people
        through = "" if start is None else f" {name(plan, start)} can introduce you"
        remark("!", "warning", f"No decision maker is named. {who} decides at {account}: here too?{through}")
    else:
        those = ", ".join(who if start is None else f"{who} ({name(plan, start)} can introduce you)" for who, start in people)
        remark("!", "warning", f"No decision maker is named. These decide at {account}: {those}. Here too?")


def _listed(parts: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else ""


def _paths(asked: Asked, group: BuyingGroup) -> None:
    opportunity = asked.plan.opportunities[group.opportunity]
    decides = {member.id for member in group.members if "decision_maker" in member.roles}
    # Of those who do not decide, only the ways are worth the space.
    for path in (path for path in group.paths if path.ways or path.contact in decides):
        console.write("\n")
        who = name(asked.plan, path.contact) + (", the decision maker," if path.contact in decides else "")
        level = coverage_of(coverage(asked.plan, opportunity, path.contact))
        known = f"We know {who} and not well yet: {level}" if path.is_known else f"We do not know {who.removesuffix(',')}: {level}"
        console.paragraph(f"{known}. Who can introduce us:" if path.ways else f"{known}.")
        paths.ways(asked, path, opportunity)
    if without := [path.contact for path in group.paths if not path.ways and path.contact not in decides]:
        console.write("\n")
        plan = visible(plan_name(asked.loaded.path))
        console.paragraph(f"No way yet to {names(asked.plan, without)}. What would help: acctplan contacts {plan} --path-to {without[0]}")


def _member(asked: Asked, group: BuyingGroup, member: Member) -> dict[str, Any]:
    return {
        "opportunity": group.opportunity,
        "contact": member.id,
        "name": member.contact.name,
        "title": member.contact.title,
        "vacant": member.contact.name is None,
        "roles": list(member.roles),
        "stance": member.stance,
        "influence": member.contact.influence,
        "coverage": member.coverage,
        "key_player": member.is_key,
        "covered": member.is_covered,
        "known": member.is_known,
        "last_contact": None if member.contact.last_contact is None else member.contact.last_contact.isoformat(),
        "criteria": [place + 1 for place in member.criteria],
        "pointer": format_pointer(member.pointer),
        "line": asked.line(member.pointer),
    }


def _json(asked: Asked, group: BuyingGroup) -> dict[str, Any]:
    opportunity = asked.plan.opportunities[group.opportunity]
    return {
        "opportunity": group.opportunity,
        "name": opportunity.name,
        "status": opportunity.status,
        "members": [_member(asked, group, member) for member in group.members],
        "criteria": [_criterion_json(asked, group.opportunity, place, one) for place, one in enumerate(group.criteria)],
        "coverage": coverage_json(group.coverage) | ({} if group.has_decider else {"percent": None}),
        "has_decision_maker": group.has_decider,
        "missing_roles": list(group.missing_roles),
        "unknown_stances": list(group.unknown_stances),
        "opponents": list(group.opponents),
        "known": list(group.known),
        "single_threaded": group.is_single_threaded,
        "outsiders": [{"contact": one.contact, "criteria": [place + 1 for place in one.criteria]} for one in group.outsiders],
        "paths": [path_json(asked, path, opportunity) for path in group.paths],
        "decision_makers_elsewhere": [path_json(asked, path, opportunity) for path in group.deciders_elsewhere],
    }


def _criterion_json(asked: Asked, opportunity: str, place: int, criterion: Criterion) -> dict[str, Any]:
    pointer = ("opportunities", opportunity, "decision_criteria", place)
    return {
        "number": place + 1,
        "what": criterion.what,
        "mandatory": criterion.mandatory,
        "held_by": list(criterion.held_by),
        "position": criterion.position,
        "pointer": format_pointer(pointer),
        "line": asked.line(pointer),
    }
