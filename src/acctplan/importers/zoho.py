"""Zoho CRM's own exports: a CSV file a module, with `Record Id` and, beside each lookup, its id (`Account Name.id`).

Modules may be renamed: then the name of a deal stands in `Project Name`, beside `Project Owner.id`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from acctplan.importers import entities
from acctplan.importers.entities import Directory, Entity, Given, rows
from acctplan.importers.records import Importer, System, Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from acctplan.importers.entities import Fields
    from acctplan.importers.entities.gather import Read
    from acctplan.importers.entities.rows import Records
    from acctplan.importers.records import Extract, Options

_PREFIX = "zcrm_"
_ACCOUNTS = ("Account Name", "Company Name", "Organization Name", "Customer Name", "Client Name")
"""What accounts are often renamed to."""
_ACCOUNT_IDS = tuple(f"{name}.id" for name in _ACCOUNTS)
_ACCOUNT_OWNERS = ("Account Owner", *(f"{name.removesuffix(' Name')} Owner.id" for name in _ACCOUNTS))
_ID = {"id": ("Record Id",), "modified": ("Modified Time",)}
_COMPANY = {"company_id": _ACCOUNT_IDS, "company": _ACCOUNTS}
_CONTACT = {"contact_id": ("Contact Name.id",), "contact": ("Contact Name",)}
_RECORD = ("Record Id",)
_OF_OTHERS = ("Closing Date", "Deal Name", "Subject", "Lead Owner", "Lead Owner.id")
_REASONS = {"Annual Revenue": "it does not say of which year; write it in the plan's revenue_history"}

ENTITIES = (
    Entity(
        name="Deals",
        kind="opportunity",
        telling=(_RECORD, ("Closing Date",), ("Stage",)),
        columns={
            **_ID,
            "name": ("Deal Name", "Potential Name", "Opportunity Name"),
            **_COMPANY,
            **_CONTACT,
            "role": ("Contact Role",),
            "stage": ("Stage",),
            "probability": ("Probability (%)", "Probability"),
            "kind": ("Type", "Deal Type"),
            "value": ("Amount",),
            "currency": ("Currency",),
            "close": ("Closing Date",),
            "next_step": ("Next Step",),
            "because": ("Reason For Loss", "Reason For Loss__s"),
            "description": ("Description",),
        },
    ),
    Entity(
        name="Calls",
        kind="activity",
        telling=(_RECORD, ("Call Start Time",), ("Call Type", "Contact Name", "Contact Name.id", "Call Owner")),
        columns={
            **_COMPANY,
            **_CONTACT,
            "related_id": ("Related To.id",),
            "related": ("Related To",),
            "subject": ("Subject",),
            "day": ("Call Start Time",),
            "state": ("Outbound Call Status", "Call Status", "Call Result", "Call Type"),
        },
    ),
    Entity(
        name="Meetings",
        kind="activity",
        telling=(_RECORD, ("Title",), ("From",), ("To",)),
        columns={
            **_COMPANY,
            **_CONTACT,
            "related_id": ("Related To.id",),
            "related": ("Related To",),
            "subject": ("Title",),
            "day": ("From",),
        },
    ),
    Entity(
        name="Contacts",
        kind="contact",
        telling=(_RECORD, ("Last Name", "First Name"), ("Account Name", *_ACCOUNT_IDS, "Contact Owner.id", "Created By.id")),
        never=(*_OF_OTHERS, "Company"),
        columns={
            **_ID,
            "first_name": ("First Name",),
            "last_name": ("Last Name",),
            "name": ("Full Name", "Contact Name"),
            **_COMPANY,
            "title": ("Title",),
            "manager_id": ("Reporting To.id",),
            "manager": ("Reporting To",),
            "email": ("Email",),
            "phone": ("Phone", "Mobile"),
            "last_contact": ("Last Activity Time",),
            "description": ("Description",),
        },
    ),
    Entity(
        name="Accounts",
        kind="account",
        telling=(_RECORD, _ACCOUNTS, (*_ACCOUNT_OWNERS, "Created By.id", "Account Number", "Account Site")),
        never=(*_OF_OTHERS, "Last Name", "Stage", "Call Start Time", "Due Date"),
        columns={
            **_ID,
            "name": _ACCOUNTS,
            "currency": ("Currency",),
            "industry": ("Industry",),
            "website": ("Website",),
            "city": ("Billing City",),
            "state": ("Billing State",),
            "country": ("Billing Country",),
            "employees": ("Employees", "No. of Employees"),
            "ownership": ("Ownership",),
            "ticker": ("Ticker Symbol",),
            "description": ("Description",),
        },
        reasons=_REASONS,
    ),
)


def extract(files: Sequence[tuple[str, bytes]], options: Options) -> Extract:
    """What some files of an export say.

    Args:
        files: name and content of each.
        options: how dates are written, and what day it is.

    Raises:
        UserError: a file cannot be read at all, dates could be read in two ways, or there is nothing here to import.
    """
    named = Directory()
    readers: dict[str, Read] = {
        "Accounts": lambda fields: rows.one(named.add(rows.account(fields))),
        "Contacts": lambda fields: rows.one(named.add(rows.contact(fields))),
        "Deals": lambda fields: rows.with_roles(fields, named.add(rows.opportunity(fields))),
        "Calls": partial(_activity, named),
        "Meetings": partial(_activity, named),
    }
    found = [_renamed(each) for each in entities.given(files, ENTITIES, options.columns)]
    return entities.extract(SYSTEM, found, readers, options)


def _activity(named: Directory, fields: Fields) -> Records:
    company = fields.link("company")
    return rows.activities(fields, fields.links("contact"), named.account(fields.link("related")) if company.is_blank else company)


def _renamed(each: Given) -> Given:
    """Deals under the name that their module was given."""
    entity = each.entity
    if entity is None or entity.name != "Deals":
        return each
    columns = {column.casefold(): column for column in each.table.columns}
    modules = (column[: -len(" owner.id")] for column in columns if column.endswith(" owner.id"))
    own = tuple(columns[f"{module} name"] for module in modules if f"{module} name" in columns)
    return Given(each.table, entity.reading({"name": (*entity.columns["name"], *own)}))


def _id_key(crm_id: str) -> str:
    return crm_id.removeprefix(_PREFIX)


_STAGES: Mapping[str, str] = {
    "Qualification": "qualification",
    "Needs Analysis": "needs-analysis",
    "Value Proposition": "value-proposition",
    **dict.fromkeys(("Identify Decision Makers", "Id. Decision Makers"), "decision-makers"),
    **dict.fromkeys(("Proposal/Price Quote", "Proposal/Quote"), "proposal"),
    "Negotiation/Review": "negotiation",
    "Closed Won": "won",
    **dict.fromkeys(("Closed Lost", "Closed-Lost to Competition"), "lost"),
}
SYSTEM = System(
    "zoho",
    "Zoho CRM",
    id_key=_id_key,
    words=Words(
        stages=_STAGES,
        kinds={"New Business": "new"},
        roles={
            **dict.fromkeys(("Decision Maker", "Economic Decision Maker"), "decision_maker"),
            "Executive Sponsor": "sponsor",
            "Developer/Evaluator": "evaluator",
            "Purchasing": "purchaser",
        },
        ownerships={"Privately Held": "private", "Public Company": "public", "Privately Owned": "private"},
    ),
)
IMPORTER = Importer(SYSTEM, entities.names_of(ENTITIES), extract)
