"""Contacts into a plan, with their reporting lines and when somebody was last in touch with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.importers.linking import Nowhere
from acctplan.importers.outcome import Outcome
from acctplan.importers.reconcile.base import Keyed, Part, Target, filled, heavier
from acctplan.importers.records import Activity, Contact, Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from acctplan.edit import Value

FIELDS = ("name", "title", "reports_to", "email", "phone", "last_contact", "notes")
"""What of a contact can come from a CRM, in the plan's words."""


def merge(target: Target) -> Part:
    """The account's contacts into its plan."""
    part = Part()
    lines = _reporting_lines(target, part)
    talks = _last_talks(target, part)
    for keyed in target.rows.contacts:
        if part.leave(target, keyed, target.contacts):
            continue
        identifier = target.contacts.ids[keyed.key]
        talk = talks.pop(identifier, None)
        _merge(target, part, keyed, lines.get(keyed.key), talk[0].day if talk else None)
        for activity in talk or ():
            part.done(activity, Outcome.SAME if identifier in target.entries("contacts") else Outcome.NEW)
    _only_talks(target, part, talks)
    _doubles(target, part)
    return part


def _merge(target: Target, part: Part, keyed: Keyed[Contact], chief: str | None, talk: date | None) -> None:
    contact, system = keyed.record, target.terms.system
    identifier = target.contacts.ids[keyed.key]
    last = max(filter(None, (contact.last_contact, talk)), default=None)
    values: dict[str, Value] = {
        "name": contact.name,
        "title": contact.title,
        "reports_to": chief,
        "email": contact.email,
        "phone": contact.phone,
    }
    later: dict[str, Value] = {"last_contact": last, "notes": contact.notes}
    at = ("contacts", keyed.key)
    known = part.remember(target, at, identifier, values | later, as_of=contact.as_of)
    standing = target.entries("contacts").get(identifier)
    if standing is None:
        crm = {system.key: contact.id} if contact.id else None
        part.added[identifier] = filled({**values, "crm": crm, **target.provenance(contact.as_of), **later})
        part.notes.extend(target.about_new("contacts", contact))
        part.done(contact, Outcome.NEW)
        return
    pointer = ("contacts", identifier)
    outcome = part.identify(target, pointer, standing, contact.id, contact.source)
    compared = part.compare(target, pointer, standing, known, contact.source, at=at)
    part.done(contact, part.refresh(target, pointer, standing, contact.as_of, contact.source, heavier(outcome, compared)))


def _last_talks(target: Target, part: Part) -> dict[str, list[Activity]]:
    """The activities that say when somebody was in touch, by contact, the latest first; the others are accounted for."""
    found: dict[str, list[Activity]] = {}
    for activity in target.rows.activities:
        contact = target.contact(activity.contact)
        if not activity.done:
            part.done(activity, Outcome.SKIPPED, "it is not done yet")
        elif target.terms.today is not None and activity.day > target.terms.today:
            part.done(activity, Outcome.SKIPPED, "its day is still to come")
        elif activity.contact.is_blank:
            part.done(activity, Outcome.SKIPPED, "it names no contact")
        elif isinstance(contact, Nowhere):
            part.done(activity, Outcome.SKIPPED, f"its contact {'' if contact.is_several else 'is '}{contact.why}")
        else:
            found.setdefault(contact, []).append(activity)
    for activities in found.values():
        activities.sort(key=lambda each: (each.day, -each.source.row), reverse=True)
    return found


def _only_talks(target: Target, part: Part, talks: Mapping[str, list[Activity]]) -> None:
    """Activities with contacts that are not in the export themselves."""
    for identifier, activities in talks.items():
        pointer, latest = ("contacts", identifier), activities[0]
        standing = target.entries("contacts")[identifier]
        at = ("activities", identifier)
        known = part.remember(target, at, identifier, {"last_contact": latest.day})
        outcome = part.compare(target, pointer, standing, known, latest.source, at=at)
        part.done(latest, outcome)
        for activity in activities[1:]:
            part.done(activity, Outcome.SAME)


def _doubles(target: Target, part: Part) -> None:
    """Rows about somebody whom an earlier row is about: what becomes of that one is what becomes of them."""
    first = {row.source: row for row in part.outcomes if row.kind == "contact"}
    for record, source in target.rows.doubles:
        found = first[source]
        if found.outcome in (Outcome.UNSURE, Outcome.SKIPPED):
            part.done(record, found.outcome, found.reason)
        else:
            part.done(record, Outcome.SAME, f"the same as {source.file}, row {source.row}")
            part.notes.append(Note("is about somebody whom an earlier row is about; the two were taken together", "", record.source))


def _reporting_lines(target: Target, part: Part) -> dict[str, str]:
    """Whom contacts report to, by the key of the record: lines within the account only, and none that closes a circle."""
    above = {identifier: contact.reports_to for identifier, contact in target.entries("contacts").items() if contact.reports_to}
    lines: dict[str, str] = {}
    waiting: list[tuple[Keyed[Contact], str, str]] = []
    for keyed in target.rows.contacts:
        contact = keyed.record
        identifier = target.contacts.ids.get(keyed.key)
        if contact.reports_to is None or contact.reports_to.is_blank or identifier is None:
            continue
        chief = target.contact(contact.reports_to)
        if isinstance(chief, Nowhere):
            part.notes.append(Note(f"reports to {_whom(chief)}; the line was left out", "", contact.source))
        elif above.get(identifier) == chief:
            lines[keyed.key] = chief
        else:
            waiting.append((keyed, identifier, chief))
    waiting.sort(key=lambda each: each[0].key)  # of lines that close a circle the same ones come, whatever the order of the rows
    tried = -1
    while len(waiting) != tried:  # a line may only fit once another has been turned, so until none fits any more
        tried, again = len(waiting), waiting
        waiting = []
        for keyed, identifier, chief in again:
            if _stays(target, keyed, chief):
                lines[keyed.key] = chief  # only to be compared: the plan's own line stays
            elif identifier in _chain(above, chief):
                waiting.append((keyed, identifier, chief))
            else:
                above[identifier] = lines[keyed.key] = chief
    part.notes.extend(
        Note("reports to somebody who reports to them; the line was left out", "", keyed.record.source) for keyed, _, _ in waiting
    )
    return lines


def _stays(target: Target, keyed: Keyed[Contact], chief: str) -> bool:
    """Whether the plan's own line, or its lack, goes before the one that comes."""
    standing = target.entries("contacts").get(target.contacts.ids[keyed.key])
    if standing is None:
        return False
    trial = Part()
    values: dict[str, Value] = {"reports_to": chief}
    at = ("contacts", keyed.key)
    known = trial.remember(target, at, "", values, as_of=keyed.record.as_of)
    pointer = ("contacts", target.contacts.ids[keyed.key])
    return trial.compare(target, pointer, standing, known, keyed.record.source, at=at) is not Outcome.CHANGED


def _whom(nowhere: Nowhere) -> str:
    if nowhere.is_several:
        return "somebody who can be one of several"
    return "a contact of another account" if nowhere.why == "of another account" else f"somebody who is {nowhere.why}"


def _chain(above: Mapping[str, str], start: str) -> Iterator[str]:
    """Somebody, and everybody whom they report to. What stands in a plan has no circles, nor has what was added so far."""
    step: str | None = start
    while step is not None:
        yield step
        step = above.get(step)
