"""Salesforce's objects: what their columns mean, by API name, as a report or a page labels them, and as warehouses spell them."""

from __future__ import annotations

import re

from acctplan.importers.entities import Entity

_NO_YEAR = "it does not say of which year; write it in the plan's revenue_history"
OWNERS = "give User.csv as well: it says whose id that is"
"""Why the ids of owners are not used where nothing says who they are."""


def spellings(of: str, *names: str) -> tuple[str, ...]:
    """Every way in which a column is written: `ReportsToId`, `reports_to_id`, `Contact: ReportsToId`.

    Args:
        of: the object, as a report that joins several names it before its own columns.
        names: API names and labels.
    """
    every = (spelt for name in names for spelt in (name, _snake(name), f"{of}: {name}"))
    return tuple({spelt.casefold(): spelt for spelt in reversed(list(every))}.values())[::-1]


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower() if name.isalnum() else name


def _object(name: str, columns: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {what: spellings(name, *names) for what, names in columns.items()}


_ROW = {"deleted": ("IsDeleted",), "modified": ("LastModifiedDate", "SystemModstamp", "Last Modified Date")}
_COMPANY = {
    "company_id": ("AccountId", "Account.Id", "Account ID", "Account ID (18)"),
    "company": ("Account.Name", "Account Name", "Account: Account Name", "Company / Account"),
    "company_domain": ("Account.Website",),
}
_OPPORTUNITY = {
    "deal_id": ("OpportunityId", "Opportunity ID"),
    "deal": ("Opportunity.Name", "Opportunity Name", "Opportunity: Opportunity Name"),
}
_PERSON = {
    "contact_id": ("ContactId", "Contact ID"),
    "contact": ("Contact.Name", "Contact Name", "Contact: Full Name"),
    "contact_email": ("Contact.Email", "Contact: Email"),
    "contact_first": ("Contact.FirstName", "Contact: First Name", "First Name"),
    "contact_last": ("Contact.LastName", "Contact: Last Name", "Last Name"),
}
_STAGE_OF = {"id": ("Id",), "company_id": ("AccountId",), **_OPPORTUNITY}
_ACTIVITY = {
    "id": ("Id", "Activity ID"),
    **_ROW,
    **_COMPANY,
    "contact_id": ("WhoId", "Contact ID"),
    "contact": ("Who.Name", "Contact", "Name", "Contact Name"),
    "contact_email": ("Who.Email",),
    "related_id": ("WhatId",),
    "related": ("What.Name", "Related To", "Opportunity"),
    "subject": ("Subject",),
    "type": ("Type", "Task Type", "Event Type"),
    "subtype": ("TaskSubtype", "Task Subtype", "EventSubtype"),
}
_LISTED = {
    "industry": ("Industry",),
    "city": ("BillingCity", "Billing City"),
    "state": ("BillingState", "Billing State/Province", "Billing State"),
    "country": ("BillingCountry", "Billing Country"),
    "employees": ("NumberOfEmployees", "Employees", "Number of Employees"),
    "ownership": ("Ownership",),
    "ticker": ("TickerSymbol", "Ticker Symbol"),
    "parent_id": ("ParentId", "Parent Account ID"),
    "parent": ("Parent.Name", "Parent Account", "Parent Account: Account Name"),
}
"""What only an account has, however it is labelled."""

ACCOUNT = Entity(
    name="Account",
    kind="account",
    telling=(),
    columns=_object(
        "Account",
        {
            "id": ("Id", "Account ID", "Account ID (18)"),
            **_ROW,
            "name": ("Name", "Account Name"),
            "currency": ("CurrencyIsoCode", "Account Currency", "Currency"),
            "website": ("Website",),
            **_LISTED,
            "description": ("Description", "Account Description"),
            "owner_id": ("OwnerId",),
            "owner": ("Owner.Name", "Account Owner"),
            "owner_email": ("Owner.Email", "Account Owner: Email"),
        },
    ),
    reasons=dict.fromkeys(spellings("Account", "AnnualRevenue", "Annual Revenue"), _NO_YEAR),
)
_OF_CONTACT = {
    "id": ("Account.Id", "Account: Account ID", "Account ID", "AccountId"),
    "name": ("Account: Account Name", "Account.Name", "Account Name"),
    "website": ("Account: Website", "Account.Website"),
    "kind": ("Account: Type", "Account Type", "Account: Phone", "Account: Rating"),
    **{what: spellings("Account", *names, *(f"Account.{name}" for name in names)) for what, names in _LISTED.items()},
    "description": ("Account: Description", "Account: Account Description", "Account Description"),
    "owner": ("Account.Owner.Name", "Account: Account Owner", "Account Owner"),
}
LINKS_ONLY = frozenset(("id", "name", "website", "owner"))
"""What a row about a contact says of its account without being about the account as well."""
CONTACT = Entity(
    name="Contact",
    kind="contact",
    telling=(),
    columns=_object(
        "Contact",
        {
            "id": ("Id", "Contact ID", "Contact ID (18)"),
            **_ROW,
            **_COMPANY,
            "name": ("Name", "Full Name", "Contact Name"),
            "first_name": ("FirstName", "First Name"),
            "last_name": ("LastName", "Last Name"),
            "title": ("Title",),
            "manager_id": ("ReportsToId", "Reports To ID"),
            "manager": ("ReportsTo.Name", "Reports To", "Reports To: Full Name"),
            "manager_email": ("ReportsTo.Email", "Reports To: Email"),
            "email": ("Email",),
            "phone": ("Phone", "Business Phone", "MobilePhone", "Mobile", "Mobile Phone"),
            "last_contact": ("LastActivityDate", "Last Activity", "Last Activity Date"),
            "description": ("Description", "Contact Description"),
        },
    ),
    also=(Entity(name="Account", kind="account", telling=(), columns=_OF_CONTACT),),
)
OPPORTUNITY = Entity(
    name="Opportunity",
    kind="opportunity",
    telling=(),
    columns=_object(
        "Opportunity",
        {
            "id": ("Id", "Opportunity ID", "Opportunity ID (18)"),
            **_ROW,
            **_COMPANY,
            **_PERSON,
            "role": ("Role", "Contact Role", "Contact Role: Role"),
            "name": ("Name", "Opportunity Name"),
            "stage": ("StageName", "Stage"),
            "day": ("LastStageChangeDate", "Last Stage Change Date"),
            "is_won": ("IsWon", "Won"),
            "is_closed": ("IsClosed", "Closed"),
            "probability": ("Probability", "Probability (%)"),
            "kind": ("Type", "Opportunity Type"),
            "value": ("Amount",),
            "currency": ("CurrencyIsoCode", "Amount Currency", "Opportunity Currency", "Currency"),
            "close": ("CloseDate", "Close Date"),
            "next_step": ("NextStep", "Next Step"),
            "because": ("Loss_Reason__c", "Loss Reason", "Closed Lost Reason"),
            "description": ("Description", "Opportunity Description"),
        },
    ),
)
ROLE = Entity(
    name="OpportunityContactRole",
    kind="role",
    telling=(),
    columns=_object(
        "Contact Role",
        {"id": ("Id",), **_ROW, **_COMPANY, **_OPPORTUNITY, **_PERSON, "role": ("Role", "Contact Role")},
    ),
)
TASK = Entity(
    name="Task",
    kind="activity",
    telling=(),
    columns=_object(
        "Activity",
        {
            **_ACTIVITY,
            "day": ("CompletedDateTime", "Completed Date/Time", "ActivityDate", "Date", "Due Date"),
            "state": ("Status",),
            "is_closed": ("IsClosed", "Closed"),
        },
    ),
)
EVENT = Entity(
    name="Event",
    kind="activity",
    telling=(),
    columns=_object(
        "Activity",
        {**_ACTIVITY, "day": ("ActivityDate", "ActivityDateTime", "StartDateTime", "EndDateTime", "Date", "Start", "Start Date Time")},
    ),
)
STAGES = Entity(
    name="OpportunityHistory",
    kind="stage_change",
    telling=(),
    columns=_object(
        "Opportunity",
        {**_STAGE_OF, "deleted": ("IsDeleted",), "stage": ("StageName", "To Stage"), "day": ("CreatedDate", "Last Modified", "Edit Date")},
    ),
)
CHANGES = Entity(
    name="OpportunityFieldHistory",
    kind="stage_change",
    telling=(),
    columns=_object(
        "Opportunity",
        {
            **_STAGE_OF,
            "deleted": ("IsDeleted",),
            "field": ("Field", "Field / Event"),
            "stage": ("NewValue", "New Value"),
            "day": ("CreatedDate", "Edit Date"),
        },
    ),
)
USER = Entity(
    name="User",
    kind=None,
    telling=(),
    columns=_object(
        "User", {"id": ("Id",), "name": ("Name",), "first_name": ("FirstName",), "last_name": ("LastName",), "email": ("Email",)}
    ),
    why_none="it only says who owns accounts, and was read for that",
)
OBJECTS = {each.name: each for each in (ACCOUNT, CONTACT, OPPORTUNITY, ROLE, TASK, EVENT, STAGES, CHANGES, USER)}


def of_no_use(name: str, why: str = "") -> Entity:
    """An object of which a plan takes nothing."""
    return Entity(name, None, {}, telling=(), why_none=why or f"it holds {name}, of which a plan takes nothing")


PLAN_FILE = of_no_use("plan", "it only says in which order Salesforce loads the other files")
OBJECTS |= {
    "Lead": of_no_use("Lead", "it holds leads: they belong to no account until they are converted"),
    "AccountContactRelation": of_no_use(
        "AccountContactRelation", "it says which contacts belong to other accounts as well; in a plan they belong to their own"
    ),
}
