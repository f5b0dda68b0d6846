"""Pipedrive's exports and import files: columns called `Deal - Title`, `Person - Name`, in one table for all or a table each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from acctplan.importers import entities, texts
from acctplan.importers.entities import Entity, Given, rows
from acctplan.importers.records import Account, Contact, Importer, System, Words
from acctplan.importers.vocabulary import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acctplan.importers.entities import Fields
    from acctplan.importers.entities.gather import Read
    from acctplan.importers.entities.rows import Records
    from acctplan.importers.records import AnyRecord, Extract, Options
    from acctplan.importers.tables import Row, Table

_NOTE = {"note": ("Note - Content",)}
_IDS = ("ID", "Pipedrive System ID")
_ORGANIZATION = {
    "company_id": ("Organization - ID", "Organization - Pipedrive System ID", "Organization ID"),
    "company": ("Organization - Name", "Organization", "Organization name"),
}
_PERSON = {
    "contact_id": ("Person - ID", "Person - Pipedrive System ID", "Contact person ID"),
    "contact": ("Person - Name", "Contact person"),
    "contact_email": ("Person - Email", "Person - Email (Work)", "Person - Email - Work"),
}


def _of(entity: str, *fields: str) -> tuple[str, ...]:
    return tuple(f"{entity} - {each}" for each in fields)


_DEAL = {
    "id": _of("Deal", *_IDS),
    "modified": _of("Deal", "Update time"),
    "name": _of("Deal", "Title"),
    "company_id": (*_of("Deal", "Organization ID"), *_ORGANIZATION["company_id"]),
    "company": (*_of("Deal", "Organization"), *_ORGANIZATION["company"]),
    "contact_id": (*_of("Deal", "Contact person ID"), *_PERSON["contact_id"]),
    "contact": (*_of("Deal", "Contact person", "Person"), *_PERSON["contact"]),
    "contact_email": _PERSON["contact_email"],
    "status": _of("Deal", "Status"),
    "stage": _of("Deal", "Stage"),
    "stage_in_pipeline": _of("Deal", "Stage (pipeline)"),
    "probability": _of("Deal", "Probability"),
    "value": _of("Deal", "Value"),
    "currency": _of("Deal", "Currency of value", "Currency", "Value currency"),
    "close": _of("Deal", "Expected close date"),
    "won": _of("Deal", "Won time"),
    "lost": _of("Deal", "Lost time"),
    "closed": _of("Deal", "Closed on", "Deal closed on"),
    "because": _of("Deal", "Lost reason"),
    "description": _NOTE["note"],
}
_ACTIVITY = {
    "subject": _of("Activity", "Subject"),
    "type": _of("Activity", "Type"),
    "day": _of("Activity", "Marked as done time", "Due date"),
    "state": _of("Activity", "Done", "Status"),
    "company_id": (*_of("Activity", "Organization ID"), *_ORGANIZATION["company_id"]),
    "company": (*_of("Activity", "Organization"), *_ORGANIZATION["company"]),
    "contact_id": (*_of("Activity", "Contact person ID"), *_PERSON["contact_id"]),
    "contact": (*_of("Activity", "Contact person", "Person"), *_PERSON["contact"]),
    "contact_email": _PERSON["contact_email"],
}
_CONTACT = {
    "id": _of("Person", *_IDS),
    "modified": _of("Person", "Update time"),
    "name": _of("Person", "Name"),
    "first_name": _of("Person", "First name"),
    "last_name": _of("Person", "Last name"),
    "company_id": (*_of("Person", "Organization ID"), *_ORGANIZATION["company_id"]),
    "company": (*_of("Person", "Organization", "Organization name"), *_ORGANIZATION["company"]),
    "title": _of("Person", "Job title"),
    "email": _of("Person", *(f"Email{kind}" for kind in ("", " (Work)", " - Work", " (Home)", " - Home", " (Other)", " - Other"))),
    "phone": _of("Person", *(f"Phone{kind}" for kind in ("", " (Work)", " - Work", " (Mobile)", " - Mobile", " (Home)", " - Home"))),
    "last_contact": _of("Person", "Last activity date"),
    "description": _of("Person", "Notes"),
    **_NOTE,
}
_ADDRESS = "of Address"
_ACCOUNT = {
    "id": _of("Organization", *_IDS),
    "modified": _of("Organization", "Update time"),
    "name": _of("Organization", "Name"),
    "industry": _of("Organization", "Industry"),
    "website": _of("Organization", "Website"),
    "city": _of("Organization", f"City/town/village/locality {_ADDRESS}"),
    "state": _of("Organization", f"State/county {_ADDRESS}"),
    "country": _of("Organization", f"Country {_ADDRESS}"),
    "address": _of("Organization", "Address", f"Full/combined address {_ADDRESS}"),
    "employees": _of("Organization", "Number of employees", "Employee count"),
    "description": _of("Organization", "Notes"),
    **_NOTE,
}
_NAMES = frozenset(("id", "name", "first_name", "last_name", "company_id", "company", "note"))
"""What a table that only links to organizations or people has of them."""
_LEAD = ("Lead - Title", "Lead - ID")
_ORGANIZATIONS = Entity("Organizations", "account", _ACCOUNT, telling=(_ACCOUNT["name"],), never=_LEAD)
_PEOPLE = Entity("People", "contact", _CONTACT, telling=((*_CONTACT["name"], *_CONTACT["last_name"]),), never=_LEAD, also=(_ORGANIZATIONS,))
_ACTIVITIES = Entity("Activities", "activity", _ACTIVITY, telling=(_ACTIVITY["subject"],), never=_LEAD, also=(_ORGANIZATIONS, _PEOPLE))
_DEALS = Entity("Deals", "opportunity", _DEAL, telling=(_DEAL["name"],), never=_LEAD, also=(_ORGANIZATIONS, _PEOPLE, _ACTIVITIES))
ENTITIES = (_DEALS, _ACTIVITIES, _PEOPLE, _ORGANIZATIONS)
"""What a row is about: the first of these that it names."""


def extract(files: Sequence[tuple[str, bytes]], options: Options) -> Extract:
    """What some files of an export say.

    Args:
        files: name and content of each.
        options: how dates are written, and what day it is.

    Raises:
        UserError: a file cannot be read at all, dates could be read in two ways, or there is nothing here to import.
    """
    found = [part for each in entities.given(files, ENTITIES, options.columns) for part in _parts(each)]
    export = _Export()
    readers: dict[str, Read] = {
        "Organizations": export.organization,
        "People": export.person,
        "Deals": export.deal,
        "Activities": export.activity,
    }
    return entities.extract(SYSTEM, found, readers, options)


def _parts(each: Given) -> Iterator[Given]:
    """A table of several things in parts, each of whose rows are about one of them."""
    table, entity = each
    if entity is None:
        yield each
        return
    there = [one.in_table(table.columns) for one in ENTITIES]
    rows_of: dict[str, list[Row]] = {one.name: [] for one in there}
    for row in table.rows:
        about = next((one.name for one in there if _is_about(table, row, one)), entity.name)
        rows_of[about].append(row)
    rest = replace(table, rows=(), bad=(), blank=0, asides=(), remarks=())
    for one in ENTITIES:
        own = tuple(rows_of[one.name])
        if one is entity:
            yield Given(replace(table, rows=own), one)
        elif own:
            yield Given(replace(rest, rows=own), one)


def _is_about(table: Table, row: Row, entity: Entity) -> bool:
    columns = (
        column for what in ("name", "subject", "first_name", "last_name") if what in entity.columns for column in entity.columns[what]
    )
    positions = map(table.position, columns)
    return any(position is not None and texts.is_name(row.cells[position]) for position in positions)


@dataclass
class _Export:
    """What an export has named by now: in a table for all, an organization stands in the row of each of its deals."""

    named: set[tuple[str, str]] = field(default_factory=set)

    def organization(self, fields: Fields) -> Records:
        account = rows.account(fields)
        if isinstance(account, str):
            return account
        self._is_new(account)
        return [replace(account, background=account.background or fields.paragraphs("note"))]

    def person(self, fields: Fields) -> Records:
        contact = rows.contact(fields)
        if isinstance(contact, str):
            return contact
        self._is_new(contact)
        return [replace(contact, notes=contact.notes or fields.paragraphs("note")), *self._also(fields)]

    def deal(self, fields: Fields) -> Records:
        if folded(fields.line("status") or "") == "deleted":
            return "it is deleted in Pipedrive"
        deal = rows.opportunity(fields)
        if not isinstance(deal, str) and deal.stage is None:
            deal = replace(deal, stage=_without_pipeline(fields.line("stage_in_pipeline")))
        records = rows.with_roles(fields, deal)
        return records if isinstance(records, str) else [*records, *self._also(fields)]

    def activity(self, fields: Fields) -> Records:
        records = _talks(fields)
        return records if isinstance(records, str) else [*records, *self._also(fields)]

    def _also(self, fields: Fields) -> Iterator[AnyRecord]:
        """What else a row is about. Where a table has no more of it than a name, it only links."""
        for name, other in fields.also().items():
            if name == _ACTIVITIES.name:
                yield from self._talks(other)
            elif other.can_say_more_than(_NAMES):
                record = rows.account(other) if name == _ORGANIZATIONS.name else rows.contact(other)
                if not isinstance(record, str) and self._is_new(record):
                    yield record

    @staticmethod
    def _talks(fields: Fields) -> Iterator[AnyRecord]:
        if fields.line("subject") is not None:
            records = _talks(fields)
            if isinstance(records, str):
                fields.note(f"its activity was left out: {records}")
            else:
                yield from records

    def _is_new(self, record: Account | Contact) -> bool:
        """Whether it was not named before: by its id, or, of one without, by its name and e-mail."""
        email = record.email if isinstance(record, Contact) else None
        kind, name = type(record).__name__, f"{folded(record.name)} {(email or '').casefold()}"
        is_new = (kind, record.id or name) not in self.named
        self.named.update(((kind, record.id or name), (kind, name)))
        return is_new


def _talks(fields: Fields) -> Records:
    return rows.activities(fields, fields.links("contact"), fields.link("company"))


def _without_pipeline(stage: str | None) -> str | None:
    """`Proposal Made` of `Proposal Made (Sales)`."""
    return None if stage is None else re.sub(r"(?<=\S) \([^()]*\)\Z", "", stage)


SYSTEM = System(
    "pipedrive",
    "Pipedrive",
    words=Words(
        stages={
            "Lead In": "prospecting",
            **dict.fromkeys(("Qualified", "Contact Made"), "qualification"),
            "Demo Scheduled": "value-proposition",
            "Proposal Made": "proposal",
            "Negotiations Started": "negotiation",
        },
    ),
)
IMPORTER = Importer(SYSTEM, entities.names_of(ENTITIES), extract)
