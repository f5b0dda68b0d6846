"""Dynamics 365's own exports to Excel or CSV: views of accounts, contacts, opportunities and activities.

They link by name; ids stand only in the hidden columns "(Do Not Modify) Account" and so on.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from acctplan.importers import entities
from acctplan.importers.entities import Directory, Entity, rows
from acctplan.importers.entities.fields import parts, person
from acctplan.importers.records import NOBODY, Importer, System, Words
from acctplan.importers.vocabulary import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.importers.entities import Fields
    from acctplan.importers.entities.gather import Read
    from acctplan.importers.entities.rows import Records
    from acctplan.importers.records import Extract, Options

_MODIFIED = ("(Do Not Modify) Modified On", "Modified On")
_CITY = {"city": ("Address 1: City",), "state": ("Address 1: State/Province",), "country": ("Address 1: Country/Region",)}
_NO_YEAR = "it does not say of which year; write it in the plan's revenue_history"
_ROLE = "it names no opportunity; write it as one of the contact's roles in the plan"

ENTITIES = (
    Entity(
        name="Opportunities",
        kind="opportunity",
        telling=(("Topic",), ("Potential Customer", "Est. revenue", "Est. close date", "(Do Not Modify) Opportunity")),
        columns={
            "id": ("(Do Not Modify) Opportunity",),
            "modified": _MODIFIED,
            "name": ("Topic",),
            "company": ("Potential Customer", "Account"),
            "contact": ("Contact",),
            "status": ("Status",),
            "stage": ("Sales Stage", "Pipeline Phase"),
            "probability": ("Probability",),
            "value": ("Est. revenue",),
            "won_value": ("Actual Revenue",),
            "currency": ("Currency",),
            "close": ("Est. close date",),
            "closed": ("Actual Close Date",),
            "because": ("Status Reason",),
            "description": ("Description",),
        },
    ),
    Entity(
        name="Activities",
        kind="activity",
        telling=(("Subject",), ("Regarding",), ("Required Attendees", "Start Time", "Date Sent", "To", "Call To", "Activity Type")),
        columns={
            "subject": ("Subject",),
            "type": ("Activity Type",),
            "state": ("Status", "Activity Status"),
            "day": ("Date Sent", "Start Time", "Actual End", "Due Date"),
            "regarding": ("Regarding",),
            "direction": ("Direction",),
            "to": ("To", "Call To", "Required Attendees", "Optional Attendees"),
            "from": ("From", "Call From"),
            "ours": ("Owner", "Organizer"),
        },
    ),
    Entity(
        name="Contacts",
        kind="contact",
        telling=(
            ("Full Name", "Last Name"),
            ("Company Name", "Account Name", "(Do Not Modify) Contact"),
            (
                "Business Phone",
                "(Do Not Modify) Contact",
                "Website (Company Name) (Account)",
                "Decision influence labels",
                "Decision influence",
            ),
        ),
        never=("Topic", "Record ID", "Subject"),
        columns={
            "id": ("(Do Not Modify) Contact",),
            "modified": _MODIFIED,
            "name": ("Full Name",),
            "first_name": ("First Name",),
            "last_name": ("Last Name",),
            "company": ("Company Name", "Account Name"),
            "company_domain": ("Website (Company Name) (Account)",),
            "title": ("Job Title",),
            "manager": ("Manager",),
            "email": ("Email",),
            "phone": ("Business Phone", "Mobile Phone"),
            "description": ("Description",),
        },
        reasons=dict.fromkeys(("Decision influence labels", "Decision influence", "Role"), _ROLE),
    ),
    Entity(
        name="Accounts",
        kind="account",
        telling=(
            ("Account Name",),
            (*("Main Phone", "Address 1: City", "Address 1: State/Province", "Address 1: Country/Region"), "(Do Not Modify) Account"),
        ),
        never=("Topic", "Last Name", "Full Name", "Subject", "Record ID", "Account ID"),
        columns={
            "id": ("(Do Not Modify) Account",),
            "modified": _MODIFIED,
            "name": ("Account Name",),
            "currency": ("Currency",),
            "industry": ("Industry",),
            "website": ("Website",),
            **_CITY,
            "employees": ("Number of Employees", "No. of Employees"),
            "ownership": ("Ownership",),
            "ticker": ("Ticker Symbol",),
            "description": ("Description",),
        },
        reasons={"Annual Revenue": _NO_YEAR},
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
        "Opportunities": partial(_opportunity, named),
        "Activities": partial(_activity, named),
    }
    return entities.extract(SYSTEM, entities.given(files, ENTITIES, options.columns), readers, options)


def _opportunity(named: Directory, fields: Fields) -> Records:
    deal = rows.opportunity(fields)
    if isinstance(deal, str):
        return deal
    if deal.closed_because and deal.status and folded(deal.closed_because) == folded(deal.status):
        deal = replace(deal, closed_because=None)
    if named.is_contact(deal.account):  # a customer may be a person
        deal = replace(deal, account=NOBODY, contact=deal.contact or deal.account)
    named.add(deal)
    return rows.with_roles(fields, deal)


def _activity(named: Directory, fields: Fields) -> Records:
    regarding = fields.link("regarding")
    ours = {text.casefold() for text in fields.all("ours")}
    side = "from" if folded(fields.line("direction") or "") == "incoming" else "to"
    people = [person(one) for text in fields.all(side) for one in parts(text, ";") if one.casefold() not in ours]
    # Colleagues take part in appointments as well: where the export has the contacts, they tell who is one.
    people = [one for one in people if named.is_contact(one)] or people
    if named.is_contact(regarding) and regarding not in people:
        people = [*people, regarding] if any(map(named.is_contact, people)) else [regarding]
    return rows.activities(fields, people, named.account(regarding))


SYSTEM = System(
    "dynamics",
    "Dynamics 365",
    words=Words(
        stages={
            **dict.fromkeys(("Qualify", "1-Qualify"), "qualification"),
            **dict.fromkeys(("Develop", "2-Develop"), "needs-analysis"),
            **dict.fromkeys(("Propose", "3-Propose"), "proposal"),
            **dict.fromkeys(("Close", "4-Close"), "negotiation"),
        },
        statuses={"Canceled": "dropped"},
    ),
    id_key=str.casefold,
)
IMPORTER = Importer(SYSTEM, entities.names_of(ENTITIES), extract)
