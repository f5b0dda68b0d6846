"""Contacts into a plan, with their reporting lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.importers.outcome import Outcome
from acctplan.importers.reconcile.base import Part, Target, filled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from acctplan.edit import Value
    from acctplan.importers.records import Contact

from acctplan.importers.records import Note

FIELDS = ("name", "title", "reports_to", "email", "phone", "last_contact", "notes")
"""What of a contact can come from a CRM, in the plan's words."""


def merge(target: Target) -> Part:
    """The account's contacts into its plan."""
    part = Part()
    lines = _reporting_lines(target, part)
    system = target.terms.system
    for contact in target.rows.contacts:
        key = system.id_key(contact.id)
        identifier = target.contact_ids[key]
        values: dict[str, Value] = {
            "name": contact.name,
            "title": contact.title,
            "reports_to": lines.get(key),
            "email": contact.email,
            "phone": contact.phone,
        }
        later: dict[str, Value] = {"last_contact": contact.last_contact, "notes": contact.notes}
        standing = target.entries("contacts").get(identifier)
        if standing is None:
            part.added[identifier] = filled({**values, "crm": {system.key: contact.id}, **later})
            part.notes.extend(target.about_new("contacts", contact))
            part.done(contact, Outcome.NEW)
        else:
            pointer = ("contacts", identifier)
            part.done(contact, part.compare(target, pointer, standing, values | later, contact.source, {}))
    return part


def _reporting_lines(target: Target, part: Part) -> dict[str, str]:
    """Whom contacts report to, by the key of their id: lines within the account only, and none that closes a circle."""
    id_key, ids = target.terms.system.id_key, target.contact_ids
    above = {identifier: contact.reports_to for identifier, contact in target.entries("contacts").items() if contact.reports_to}
    lines: dict[str, str] = {}
    waiting: list[tuple[Contact, str, str]] = []
    for contact in target.rows.contacts:
        if contact.reports_to is None:
            continue
        identifier, chief = ids[id_key(contact.id)], ids.get(id_key(contact.reports_to))
        if chief is None:
            part.notes.append(_unknown_chief(target, contact))
        elif identifier in above and "reports_to" not in target.terms.prefer:
            lines[id_key(contact.id)] = chief  # only to be compared: the plan's own line stays
        else:
            waiting.append((contact, identifier, chief))
    tried = -1
    while len(waiting) != tried:  # a line may only fit once another has been turned, so until none fits any more
        tried, again = len(waiting), waiting
        waiting = []
        for contact, identifier, chief in again:
            if identifier in _chain(above, chief):
                waiting.append((contact, identifier, chief))
            else:
                above[identifier] = lines[id_key(contact.id)] = chief
    part.notes.extend(Note("reports to somebody who reports to them; the line was left out", "", each[0].source) for each in waiting)
    return lines


def _unknown_chief(target: Target, contact: Contact) -> Note:
    assert contact.reports_to is not None
    is_elsewhere = target.terms.system.id_key(contact.reports_to) in target.terms.contact_accounts
    who = "a contact of another account" if is_elsewhere else "somebody who is not in the export, nor in the plan"
    return Note(f"reports to {who}; the line was left out", "", contact.source)


def _chain(above: Mapping[str, str], start: str) -> Iterator[str]:
    """Somebody, and everybody whom they report to. What stands in a plan has no circles, nor has what was added so far."""
    step: str | None = start
    while step is not None:
        yield step
        step = above.get(step)
