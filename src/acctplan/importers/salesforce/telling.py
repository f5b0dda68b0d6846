"""Which of Salesforce's objects a table holds: its columns tell, and where they do not, what the file or the sheet is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.importers.salesforce.relations import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True)
class Shape:
    """Columns that tell an object's table. Their spelling counts, but for tables in capitals: small letters are for other programs."""

    name: str
    needs: tuple[tuple[str, ...], ...]
    """One of each of these."""
    never: tuple[str, ...] = ()


_OF_OTHERS = ("Record Id", "Record ID", "Company", "Company name", "Company Name", "Main Phone", "Deal Name", "Closing Date", "Topic")
_ACCOUNT_LINKS = ("AccountId", "Account.Name", "Account.Id")
_ACCOUNTS_ONLY = ("AnnualRevenue", "NumberOfEmployees", "TickerSymbol", "ParentId", "Parent.Name", "BillingCity", "BillingState")
_NO_ACCOUNT = (*_ACCOUNT_LINKS, "Company", "IsConverted", "StageName", "Username", "Subject", "LastName", "CampaignId")
_PEOPLE = ("Last Name", "Contact Name", "Full Name", "Contact: Last Name", "Contact: Full Name", "Contact: Contact Name")
_ACCOUNT_LABELS = ("Account Name", "Account: Account Name", "Account ID")
_OPPORTUNITY_LABELS = ("Opportunity Name", "Opportunity: Opportunity Name", "Opportunity ID")

SHAPES = (
    Shape("User", (("Id",), ("Username", "ProfileId", "UserRoleId"), ("Name", "LastName", "Email"))),
    Shape("Lead", (("Id",), ("LastName",), ("Company",))),
    Shape("AccountContactRelation", (("AccountId",), ("ContactId",), ("IsDirect", "Roles", "IsActive")), ("OpportunityId", "Subject")),
    Shape("OpportunityFieldHistory", (("OpportunityId",), ("Field",), ("NewValue",))),
    Shape("OpportunityFieldHistory", (_OPPORTUNITY_LABELS, ("Field / Event",), ("New Value",))),
    Shape("OpportunityHistory", (("OpportunityId",), ("StageName",), ("CreatedDate",)), ("ContactId",)),
    Shape("OpportunityHistory", (_OPPORTUNITY_LABELS, ("To Stage",), ("Last Modified", "Edit Date"))),
    Shape("OpportunityContactRole", (("OpportunityId", "Opportunity.Name"), ("ContactId", "Contact.Name"), ("Role", "IsPrimary"))),
    Shape("Task", (("Subject",), ("WhoId", "WhatId", "Who.Name", "What.Name"), ("Status", "TaskSubtype"), ("ActivityDate",))),
    Shape("Event", (("Subject",), ("WhoId", "WhatId", "Who.Name", "What.Name"), ("ActivityDate", "ActivityDateTime", "StartDateTime"))),
    Shape("Opportunity", (("StageName",), ("Name",)), ("OpportunityId",)),
    Shape("Opportunity", (_OPPORTUNITY_LABELS[:2], ("Stage", "Close Date", "Probability (%)", "Opportunity: Stage")), _OF_OTHERS),
    Shape("OpportunityContactRole", (_OPPORTUNITY_LABELS, (*_PEOPLE, "Contact ID"), ("Role", "Contact Role")), _OF_OTHERS),
    Shape(
        "Contact",
        (_ACCOUNT_LINKS, ("LastName", "Name"), ("FirstName", "LastName", "Email", "Title", "ReportsToId", "ReportsTo.Name")),
        ("Company", "OpportunityId", "StageName", "Subject", "Username", "CaseNumber"),
    ),
    Shape(
        "Contact",
        (
            _PEOPLE,
            _ACCOUNT_LABELS,
            (
                *("Account Owner", "Contact Owner", "Contact ID", "Account ID", "Reports To", "Mailing City", "Contact: Last Name"),
                *("Contact: Full Name", "Contact: Contact Name", "Account: Account Name", "Mailing State/Province"),
            ),
        ),
        (*_OF_OTHERS, "Stage", "Subject", "Opportunity Name"),
    ),
    Shape(
        "Account", (("Id",), ("Name",), (*_ACCOUNTS_ONLY, "Industry", "Website", "BillingCountry", "Ownership")), (*_NO_ACCOUNT, "Status")
    ),
    Shape("Account", (("Name",), _ACCOUNTS_ONLY), (*_NO_ACCOUNT, "Status", "Id")),
    Shape(
        "Account",
        (
            ("Account Name", "Account: Account Name"),
            (
                *("Account Owner", "Account ID", "Billing City", "Billing State/Province", "Parent Account", "Account: Account Owner"),
                *("Account: Type", "Account: Industry", "Account: Billing City"),
            ),
        ),
        (*_OF_OTHERS, *_PEOPLE, "Stage", "Subject", "Opportunity Name", "Case Number"),
    ),
    Shape(
        "Task",
        (
            ("Subject",),
            ("Date", "Due Date"),
            ("Company / Account", "Related To", "Opportunity"),
            ("Contact", "Name", "Assigned", "Assigned To"),
        ),
        (*_OF_OTHERS, "Regarding"),
    ),
    Shape("Account", (("id",), ("name",), ("is_deleted", "_fivetran_active"), ("annual_revenue", "number_of_employees", "billing_city"))),
    Shape("Contact", (("id",), ("account_id",), ("last_name", "reports_to_id")), ("what_id", "stage_name")),
    Shape("Opportunity", (("id",), ("account_id",), ("stage_name",), ("name",)), ("opportunity_id",)),
    Shape("OpportunityHistory", (("opportunity_id",), ("stage_name",), ("created_date",))),
    Shape("OpportunityContactRole", (("opportunity_id",), ("contact_id",), ("role", "is_primary"))),
    Shape("Event", (("who_id", "what_id"), ("start_date_time", "end_date_time"), ("activity_date", "start_date_time"), ("subject",))),
    Shape("Task", (("who_id", "what_id"), ("activity_date",), ("status",), ("subject",))),
)
_NAMED = {"Account": ("Id", "Name"), "Contact": ("Id", "LastName")}
"""What is enough where the file is named like the object."""


def identify(columns: Sequence[str], name: str) -> str | None:
    """Which of Salesforce's objects a table holds; None where it is none of them.

    Args:
        columns: its header.
        name: of the file, and the sheet where there are several; it only decides where the columns do not.
    """
    header = [plain(column) for column in columns if column]
    # Some programs write all headers in capitals. Small letters are no spelling of API names: warehouses have names of their own.
    shouted = all(column.isupper() for column in header)
    have = _folded(header) if shouted else frozenset(header)
    spelt = _folded if shouted else frozenset[str]
    for shape in SHAPES:
        if all(spelt(group) & have for group in shape.needs) and not spelt(shape.never) & have:
            return shape.name
    stem = _letters(re.split(r"[/\\]|, sheet |: ", name)[-1].removesuffix(".csv").removesuffix(".CSV"))
    for each, needs in _NAMED.items():
        if stem in (each.casefold(), each.casefold() + "s") and spelt(needs) <= have:
            return each
    return None


def _folded(columns: Iterable[str]) -> frozenset[str]:
    return frozenset(column.casefold() for column in columns)


def _letters(text: str) -> str:
    return re.sub("[^a-z]", "", text.casefold())
