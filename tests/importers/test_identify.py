"""A table is of the system that wrote it, and of no other."""

from __future__ import annotations

import csv

import pytest
from crm_exports import EXPORTS
from exports import HEADERS

from acctplan.importers import ALL

TOLD = [
    ("hubspot", "companies.csv", "Companies"),
    ("hubspot", "contacts.csv", "Contacts"),
    ("hubspot", "deals.csv", "Deals"),
    ("hubspot", "activities.csv", "Activities"),
    ("dynamics", "accounts.csv", "Accounts"),
    ("dynamics", "contacts.csv", "Contacts"),
    ("dynamics", "opportunities.csv", "Opportunities"),
    ("dynamics", "appointments.csv", "Activities"),
    ("dynamics", "emails.csv", "Activities"),
    ("pipedrive", "organizations.csv", "Organizations"),
    ("pipedrive", "people.csv", "People"),
    ("pipedrive", "deals.csv", "Deals"),
    ("pipedrive", "activities.csv", "Activities"),
    ("pipedrive", "sample-import.csv", "Deals"),
    ("zoho", "accounts.csv", "Accounts"),
    ("zoho", "contacts.csv", "Contacts"),
    ("zoho", "deals.csv", "Deals"),
    ("zoho", "projects.csv", "Deals"),
    ("zoho", "calls.csv", "Calls"),
    ("zoho", "meetings.csv", "Meetings"),
]
OLDER = [
    "Company ID,Company Name,Company Domain Name,Industry,Number of Employees,Annual Revenue,Website,Create Date,Company Owner",
    "Contact ID,First Name,Last Name,Email,Phone Number,Job Title,Lifecycle Stage,Lead Status,Contact Owner,Associated Company Domain",
    "Deal ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,Deal Owner,Associated Company Domain,Associated Contact Email",
    "Record ID,First Name,Last Name,Email",
    "Record ID,Company name,Phone Number",
    "id,is_deleted,_fivetran_synced,property_name,property_industry",
    "id,property_email,property_firstname,property_lastname,property_jobtitle",
    "deal_id,is_deleted,deal_pipeline_id,deal_pipeline_stage_id,property_dealname,property_amount,property_closedate",
]
NOBODYS = [
    "",
    "id,First Name,Last Name,Email",
    "Contact ID,First Name,Last Name,Email",
    "id,Company name,City",
    "Company ID,Company Name,City",
    "Name",
    "First Name,Last Name,Email",
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
    "account,sector,year_established,revenue,employees,office_location,subsidiary_of",
    "Lead - Title,Lead - Owner,Person - Name,Organization - Name",
    "Record Id,Lead Owner.id,Lead Owner,Company,First Name,Last Name,Email,Lead Status",
    "Topic,Name,Company Name,Business Phone,Status Reason",
    "Opportunity Name,Account Name,Stage,Amount,Close Date,Opportunity Owner",
    "Account Name,Account ID,Account Owner,Billing City,Last Activity",
    "Subject,Due Date,Status,Assigned To",
]


def header(text: str) -> list[str]:
    return next(csv.reader([text]), [])


def takers(columns: list[str], name: str = "export.csv") -> dict[str, str]:
    """By system: what it takes the rows for."""
    return {each.system.key: found for each in ALL if (found := each.identify(columns, name)) is not None}


@pytest.mark.parametrize(("system", "file", "name"), TOLD)
def test_each_export_is_taken_by_its_own_system_alone(system, file, name):
    columns = header(EXPORTS[system][file].partition("\n")[0])
    assert takers(columns) == {system: name}
    assert takers([column.upper() for column in columns]) == {system: name}


def test_every_export_is_in_the_table():
    assert {(system, file) for system, file, _ in TOLD} == {(system, file) for system, files in EXPORTS.items() for file in files}


@pytest.mark.parametrize("columns", OLDER)
def test_other_shapes_are_hubspots_as_well(columns):
    assert list(takers(header(columns))) == ["hubspot"]


@pytest.mark.parametrize("file", HEADERS)
def test_salesforces_exports_are_salesforces(file):
    assert list(takers(header(HEADERS[file]), file)) == ["salesforce"]


@pytest.mark.parametrize("columns", NOBODYS)
def test_what_others_write_is_left_to_them(columns):
    assert not takers(header(columns)).keys() & EXPORTS.keys()
