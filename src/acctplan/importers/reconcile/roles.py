"""Who plays which part in an opportunity, into a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.importers.linking import Nowhere
from acctplan.importers.outcome import Outcome
from acctplan.importers.reconcile.base import Part, Target, shown
from acctplan.importers.records import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from acctplan.edit import Value
    from acctplan.importers.records import Role


def first_roles(target: Target, part: Part) -> dict[str, dict[str, Role]]:
    """By opportunity and contact, the role to bring in: the first that the export names, as a contact has one in an opportunity."""
    found: dict[str, dict[str, Role]] = {}
    for role in target.rows.roles:
        opportunity, contact = target.opportunity(role.opportunity), target.contact(role.contact)
        if isinstance(opportunity, Nowhere):
            is_behind = role.opportunity.id is not None and _is_left_behind(target, role.opportunity.id)
            where = "stands in the plan of an earlier period" if is_behind else _told(opportunity)
            part.done(role, Outcome.SKIPPED, f"its opportunity {where}")
            continue
        buyers = found.setdefault(opportunity, {})
        if isinstance(contact, Nowhere):
            part.done(role, Outcome.SKIPPED, f"its contact {_told(contact)}")
        elif contact in buyers:
            part.done(role, Outcome.SKIPPED, f"its contact has a role in this opportunity already, by row {buyers[contact].source.row}")
        else:
            buyers[contact] = role
    return found


def _is_left_behind(target: Target, crm_id: str) -> bool:
    return target.terms.standing.get(("opportunities", target.terms.system.id_key(crm_id))) in target.earlier


def _told(nowhere: Nowhere) -> str:
    return nowhere.why if nowhere.is_several else f"is {nowhere.why}"


def merge_roles(target: Target, opportunity: str, buyers: Mapping[str, Role], part: Part) -> dict[str, Value]:
    """The roles in an opportunity that the plan does not have yet."""
    made: dict[str, Value] = {}
    for contact, role in buyers.items():
        made[contact] = values = _values(target, role, part)
        part.remember(target, _at(opportunity, contact), contact, values)
        part.done(role, Outcome.NEW)
    return made


def merge_standing_roles(target: Target, opportunity: str, buyers: Mapping[str, Role], part: Part) -> None:
    """Roles in an opportunity that stands in the plan."""
    for contact, role in buyers.items():
        pointer, at = ("opportunities", opportunity, "buying_roles", contact), _at(opportunity, contact)
        values, base = _values(target, role, part), target.memory.of(*at)
        standing = target.entries("opportunities")[opportunity].buying_roles.get(contact)
        known = part.remember(target, at, contact, values)
        if standing is not None:
            part.done(role, part.compare(target, pointer, standing, known, role.source, at=at))
        elif base is not None:
            part.done(role, Outcome.SKIPPED, "it was taken out of the plan; it stays out")
        else:
            part.take(pointer, None, values, role.source)
            part.done(role, Outcome.NEW)


def _at(opportunity: str, contact: str) -> tuple[str, str]:
    return "roles", f"{opportunity} {contact}"


def _values(target: Target, role: Role, part: Part) -> dict[str, Value]:
    """What a role says. A word that nobody knows is noted, and the contact takes part without one."""
    if role.role is None:
        return {}
    words = target.terms.vocabulary
    word = words.word("roles", role.role)
    if word is None and words.is_silent("roles", role.role):
        return {}
    if word is None:
        what = f"the role '{shown(role.role)}' is none that a plan knows; left out"
        line = words.line("roles", role.role)
        hint = f"plans know {', '.join(words.known('roles'))}: say in acctplan.toml which it is, {line}"
        part.notes.append(Note(what, hint, role.source, word=words.unknown("roles", role.role)))
        return {}
    return {"role": word}
