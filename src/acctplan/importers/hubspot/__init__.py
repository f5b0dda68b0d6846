"""HubSpot's own exports of companies, contacts, deals and activities, and the tables of warehouses that are filled from it."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from acctplan.importers import entities
from acctplan.importers.entities import rows
from acctplan.importers.hubspot.columns import ENTITIES
from acctplan.importers.hubspot.warehouse import Warehouse
from acctplan.importers.records import Account, Contact, Importer, Link, Opportunity, Role, StageChange, System, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.importers.entities import Fields
    from acctplan.importers.entities.gather import Read
    from acctplan.importers.entities.rows import Records
    from acctplan.importers.records import Extract, Note, Options

__all__ = ["IMPORTER", "SYSTEM", "extract"]

_Record = TypeVar("_Record", Account, Contact, Opportunity)
_DELETED = "it is deleted in HubSpot"


def extract(files: Sequence[tuple[str, bytes]], options: Options) -> Extract:
    """What some files of an export say.

    Args:
        files: name and content of each.
        options: how dates are written, and what day it is.

    Raises:
        UserError: a file cannot be read at all, dates could be read in two ways, or there is nothing here to import.
    """
    found = entities.given(files, ENTITIES, options.columns)
    warehouse = Warehouse(found)
    export = _Export(warehouse)
    readers: dict[str, Read] = {
        "Companies": _unless_deleted(lambda fields: rows.one(rows.account(fields))),
        "Contacts": _unless_deleted(export.contact),
        "Deals": _unless_deleted(export.deal),
        "Associations of deals and contacts": _role,
        "Stage history": export.stage_change,
        "Activities": lambda fields: rows.activities(fields, fields.links("contact"), fields.link("company")),
        "Engagements": _unless_deleted(export.engagement),
    }
    extracted = entities.extract(SYSTEM, found, readers, options)
    return replace(extracted, notes=(*extracted.notes, *_unresolved(warehouse, extracted, export.engagements)))


def _unless_deleted(read: Read) -> Read:
    return lambda fields: _DELETED if fields.flag("deleted") else read(fields)


class _Export:
    """What one table of an export takes from another.

    Args:
        warehouse: the tables.
    """

    def __init__(self, warehouse: Warehouse) -> None:
        self.stages = warehouse.stages()
        self.kinds = warehouse.kinds()
        self.deal_companies = warehouse.joined("Companies of deals", "deal_id", "company_id")
        self.contact_companies = warehouse.joined("Companies of contacts", "contact_id", "company_id")
        self.engagement_contacts = warehouse.joined("Contacts of engagements", "engagement_id", "contact_id")
        self.engagement_companies = warehouse.joined("Companies of engagements", "engagement_id", "company_id")
        self.engagements: set[str] = set()

    def contact(self, fields: Fields) -> Records:
        contact = rows.contact(fields)
        if not isinstance(contact, str) and contact.account.id is None and (ids := self.contact_companies.get(contact.id or "")):
            contact = replace(contact, account=_first(fields, ids, contact.account))
        return rows.one(contact)

    def deal(self, fields: Fields) -> Records:
        deal = rows.opportunity(fields, percent=False)
        if isinstance(deal, str):
            return deal
        if deal.account.id is None and (ids := self.deal_companies.get(deal.id or "")):
            deal = replace(deal, account=_first(fields, ids, deal.account))
        if stage := self.stages.get(deal.stage or ""):
            deal = replace(deal, stage=stage.label, status=stage.status)
        elif deal.stage and (pipeline := fields.line("pipeline")):  # some exports write `Closed Won (Sales Pipeline)`
            deal = replace(deal, stage=deal.stage.removesuffix(f" ({pipeline})"))
        if fields.flag("is_won") or fields.flag("is_lost"):
            deal = replace(deal, status="won" if fields.flag("is_won") else "lost")
        return rows.with_roles(fields, deal)

    def stage_change(self, fields: Fields) -> Records:
        deal, stage, day = fields.key("deal_id"), fields.line("stage"), fields.day("day")
        if deal is None or stage is None or day is None:
            return "it does not say which deal came to which stage, and when"
        known = self.stages.get(stage)
        return [StageChange(fields.source, Link(deal), known.label if known else stage, day)]

    def engagement(self, fields: Fields) -> Records:
        crm_id = fields.key("id") or ""
        self.engagements.add(crm_id)
        if not fields.line("type") and crm_id in self.kinds and (reason := rows.no_talk(self.kinds[crm_id])):
            return reason
        companies = self.engagement_companies.get(crm_id, [])
        account = Link(companies[0]) if len(companies) == 1 else Link()
        return rows.activities(fields, [Link(contact) for contact in self.engagement_contacts.get(crm_id, [])], account)


def _first(fields: Fields, ids: Sequence[str], said: Link) -> Link:
    if len(ids) > 1:
        fields.note("it belongs to several companies; the first was taken")
    return said._replace(id=ids[0])


def _role(fields: Fields) -> Records:
    deal, contact = fields.key("deal_id"), fields.key("contact_id")
    if deal is None or contact is None:
        return "it names no deal" if deal is None else "it names no contact"
    return [Role(fields.source, Link(deal), Link(contact))]


def _unresolved(warehouse: Warehouse, extracted: Extract, engagements: set[str]) -> Sequence[Note]:
    return tuple(
        chain(
            warehouse.unresolved("Companies of deals", "deal_id", "deal", _ids(extracted.opportunities)),
            warehouse.unresolved("Companies of contacts", "contact_id", "contact", _ids(extracted.contacts)),
            warehouse.unresolved("Contacts of engagements", "engagement_id", "engagement", engagements),
        )
    )


def _ids(records: Sequence[_Record]) -> set[str]:
    return {record.id for record in records if record.id}


SYSTEM = System(
    "hubspot",
    "HubSpot",
    # Its labels and its ids are spelt with the same letters: `Qualified To Buy`, `qualifiedtobuy`.
    words=Words(
        stages={
            "Appointment Scheduled": "prospecting",
            "Qualified To Buy": "qualification",
            "Presentation Scheduled": "value-proposition",
            "Decision Maker Bought-In": "decision-makers",
            "Contract Sent": "negotiation",
            "Closed Won": "won",
            "Closed Lost": "lost",
        },
        kinds={"New Business": "new"},
    ),
)
IMPORTER = Importer(SYSTEM, entities.names_of(ENTITIES), extract)
