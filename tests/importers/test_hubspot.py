from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from crm_exports import EXPORTS, extract
from exports import Book

from acctplan.errors import UserError
from acctplan.importers import Options, Outcome
from acctplan.importers.hubspot import IMPORTER
from acctplan.importers.records import NOBODY, Activity, Link, Role, Source
from paths import shared

TODAY = date(2026, 6, 1)
DEALS = "Deal ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Deal Owner"


def reasons(extracted):
    return [(row.source.row, row.reason) for row in extracted.skipped]


def test_a_company_is_an_account():
    first, second = extract("hubspot", "companies").accounts
    assert (first.id, first.name, first.industry, first.website) == (
        "5001",
        "Meridian Foods GmbH",
        "FOOD_BEVERAGES",
        "meridian-foods.example",
    )
    assert (first.headquarters, first.employees, first.background) == ("Bremen, Germany", 1200, "Makes soups.")
    assert (first.as_of, second.employees) == (date(2026, 2, 11), None)


def test_a_contact_belongs_to_its_first_company_and_that_there_are_several_is_noted():
    extracted = extract("hubspot", "contacts", today=TODAY)
    lena, timo = extracted.contacts
    assert (lena.id, lena.name, lena.title, lena.email) == ("901", "Lena Vos", "Plant manager", "lena.vos@meridian-foods.example")
    assert (lena.phone, lena.last_contact) == ("+49 421 1", date(2026, 3, 1))
    assert lena.account == Link("5001", "Meridian Foods GmbH")
    assert timo.account == Link(name="Okavi Oy")
    assert [(note.what, note.source.row) for note in extracted.notes] == [("Associated Company IDs names several; the first was taken", 2)]


@pytest.mark.parametrize(
    ("column", "cell", "link"),
    [
        ("Associated Company IDs (Primary)", "5001", Link("5001")),
        ("Associated Company ID(s)", "5001", Link("5001")),
        ("Associated Company Domain", "okavi.example", Link(domain="okavi.example")),
        ("Associated Company", "Okavi Oy", Link(name="Okavi Oy")),
        ("Associated Company", "", NOBODY),
        ("Associated Company", "N/A", Link(name="N/A")),
    ],
)
def test_a_contact_says_its_company_in_one_of_several_ways(column, cell, link):
    (contact,) = extract("hubspot", contacts=f"Contact ID,First Name,Last Name,Email,{column}\n901,Lena,Vos,,{cell}\n").contacts
    assert contact.account == link


def test_lists_of_different_lengths_are_not_paired():
    header = "Contact ID,First Name,Last Name,Associated Company IDs,Associated Company"
    (contact,) = extract("hubspot", contacts=f"{header}\n901,Lena,Vos,5001;5002,Okavi; Meridian; and Sons\n").contacts
    assert contact.account == Link("5001")


def test_what_names_several_companies_is_told_by_its_own_name():
    text = "Record ID,First Name,Last Name,Email,Associated Company IDs,Associated Company\n901,Lena,Vos,,,Okavi; Meridian\n"
    assert [note.what for note in extract("hubspot", contacts=text).notes] == ["Associated Company names several; the first was taken"]


def test_a_day_still_to_come_is_no_last_contact():
    text = "Record ID,First Name,Last Name,Email,Last Contacted\n901,Lena,Vos,,2026-06-02\n"
    assert extract("hubspot", contacts=text, today=date(2026, 6, 2)).contacts[0].last_contact == date(2026, 6, 2)
    extracted = extract("hubspot", contacts=text, today=TODAY)
    assert extracted.contacts[0].last_contact is None
    assert [note.what for note in extracted.notes] == ["Last Contacted is a day still to come; left out"]


def test_headers_in_capitals_and_stages_with_their_pipeline():
    filling, spare, boiler = extract("hubspot", "deals").opportunities
    assert (filling.stage, filling.kind, filling.probability) == ("Qualified To Buy", "newbusiness", Decimal("0.4"))
    assert (filling.value, filling.currency, filling.close_date) == (Decimal(420_000), "EUR", date(2027, 1, 31))
    assert (filling.account, filling.contact) == (Link("5001"), Link("901"))
    assert (spare.stage, spare.value) == ("closedwon", Decimal("12500.5"))
    assert (boiler.stage, boiler.closed_because) == ("Closed Lost", "Too dear")


def test_deals_without_ids_of_others_are_linked_by_domain_and_email():
    header = f"{DEALS},Associated Company Domain,Associated Contact Email"
    extracted = extract("hubspot", deals=f"{header}\n1,Line,New,,,,,okavi.example,timo@okavi.example\n")
    (deal,) = extracted.opportunities
    assert (deal.account, deal.contact) == (Link(domain="okavi.example"), Link(email="timo@okavi.example"))
    assert [role.contact for role in extracted.roles] == [Link(email="timo@okavi.example")]


def test_whom_a_deal_is_associated_with_has_a_part_in_it():
    roles = extract("hubspot", "deals").roles
    meridian = Link("5001")
    assert roles[:2] == tuple(
        Role(Source("deals.csv", 2), Link("7001", "Filling line"), Link(one), account=meridian) for one in ("901", "902")
    )
    assert [role.source.row for role in roles] == [2, 2, 4]


@pytest.mark.parametrize(
    ("cell", "probability"), [("0.4", "0.4"), ("40%", "0.4"), ("1", "1"), ("1.0", "1"), ("", None), ("40", None), ("1000", None)]
)
def test_probabilities_are_shares(cell, probability):
    (deal,) = extract("hubspot", deals=f"{DEALS},Deal Probability\n1,Line,New,,,,,{cell}\n").opportunities
    assert deal.probability == (None if probability is None else Decimal(probability))


@pytest.mark.parametrize(("cells", "status"), [("true,", "won"), (",true", "lost"), (",", None), ("FALSE,FALSE", None)])
def test_what_says_how_a_deal_ended_goes_before_its_stage(cells, status):
    (deal,) = extract("hubspot", deals=f"{DEALS},Is Closed Won,Is Closed Lost\n1,Line,New,,,,,{cells}\n").opportunities
    assert deal.status == status


def test_people_in_words_may_have_their_email_behind():
    (deal,) = extract("hubspot", deals=f"{DEALS},Associated Contact\n1,Line,New,,,,,Lena Vos (lena@okavi.example)\n").opportunities
    assert deal.contact == Link(name="Lena Vos", email="lena@okavi.example")


def test_what_two_records_of_a_row_need_is_noted_once():
    deals = f"{DEALS},Associated Company\n1,Line,New,,,,,CafÃ© Meridian\n"
    assert len(extract("hubspot", deals=deals).notes) == 1
    contacted = f"{DEALS},Associated Contact\n1,Line,New,,,,,JosÃ© Vos\n"
    assert len(extract("hubspot", deals=contacted).notes) == 1


def test_activities_say_who_was_in_touch_and_when():
    extracted = extract("hubspot", "activities")
    lena, timo = Link(email="lena.vos@meridian-foods.example"), Link(email="timo@okavi.example")
    assert extracted.activities == (
        Activity(Source("activities.csv", 2), lena, date(2026, 3, 2), subject="First call"),
        Activity(Source("activities.csv", 3), lena, date(2026, 3, 3), subject="Second call", done=False),
        Activity(Source("activities.csv", 4), lena, date(2026, 3, 4), subject="Visit"),
        Activity(Source("activities.csv", 4), timo, date(2026, 3, 4), subject="Visit"),
    )
    assert reasons(extracted) == [(5, "it is a note, and nobody was in touch"), (6, "it names no contact")]


@pytest.mark.parametrize(
    ("outcome", "done"),
    [
        ("Connected", True),
        ("Left voicemail", False),
        ("No answer", False),
        ("Busy", False),
        ("NO_SHOW", False),
        ("Canceled", False),
        ("", True),
    ],
)
def test_an_outcome_says_whether_anybody_was_in_touch(outcome, done):
    text = (
        f"Activity ID,Activity Type,Activity Date,Call Outcome,Associated Contact Email\n1,Call,2026-03-02,{outcome},lena@okavi.example\n"
    )
    assert [each.done for each in extract("hubspot", activities=text).activities] == [done]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("companies", "Record ID,Company name\n1,\n2,#N/A\n", [(2, "it has no name"), (3, "it has no name")]),
        ("contacts", "Record ID,First Name,Last Name,Email\n1,,,a@okavi.example\n", [(2, "it has no name")]),
        ("deals", f"{DEALS}\n1,,New,,,,\n", [(2, "it has no name")]),
        ("deals", f"{DEALS}\n1,A,New,,,,\n1,B,New,,,,\n", [(3, "its id stands in deals.csv, row 2 already")]),
        ("deal", "deal_id,is_deleted,deal_pipeline_stage_id,property_dealname\n1,true,x,Line\n", [(2, "it is deleted in HubSpot")]),
        ("activities", "Activity ID,Activity Type,Activity Date\n1,Call,\n2,Call,soon\n", [(2, "it has no date"), (3, "it has no date")]),
    ],
)
def test_a_row_that_is_no_record_says_why(name, text, expected):
    assert reasons(extract("hubspot", **{name: text})) == expected


def test_columns_that_are_not_read_are_told_with_why():
    unused = {(column.file, column.name): column.reason for column in extract("hubspot", "companies", "deals").unused}
    assert unused == {
        ("companies.csv", "Company owner"): "",
        ("companies.csv", "Annual Revenue"): "it does not say of which year; write it in the plan's revenue_history",
        ("deals.csv", "DEAL OWNER"): "",
    }


def test_files_of_others_are_left_out_and_none_of_its_own_is_an_error():
    extracted = extract("hubspot", "companies", other="Name,Colour\nLena,red\n")
    assert [(file.name, file.kind) for file in extracted.files] == [("companies.csv", "account"), ("other.csv", None)]
    assert extracted.files[1].reason == "its columns are not those of a HubSpot export"
    with pytest.raises(UserError, match="none of these files is a HubSpot export of companies, contacts, deals"):
        extract("hubspot", other="Name,Colour\nLena,red\n")


WAREHOUSE = {
    "company": "id,is_deleted,property_name\n5001,false,Meridian Foods\n5002,false,Okavi\n",
    "contact": "id,property_firstname,property_lastname,property_email\n901,Lena,Vos,lena@meridian.example\n",
    "contact_company": "contact_id,company_id\n901,5001\n999,5001\n",
    "deal": (
        "deal_id,is_deleted,deal_pipeline_id,deal_pipeline_stage_id,property_dealname,property_amount\n"
        "71,false,default,1001,Filling line,420000\n72,false,default,1002,Boiler,\n73,false,default,1003,Pumps,\n"
    ),
    "deal_company": "company_id,deal_id\n5001,71\n5001,71\n5002,72\n5001,72\n5001,79\n",
    "deal_contact": "contact_id,deal_id\n901,71\n,71\n",
    "deal_pipeline_stage": (
        "stage_id,label,pipeline_id,closed_won,is_closed\n1001,Offer,default,FALSE,FALSE\n1002,Done,default,TRUE,TRUE\n1003,Gone,default,FALSE,TRUE\n"
    ),
    "deal_stage": "deal_id,date_entered,value\n71,2026-02-01 10:00:00,1001\n71,,1001\n",
    "engagement": "id,type,portal_id\n1,CALL,9\n2,NOTE,9\n",
    "engagement_call": "engagement_id,property_hs_timestamp\n1,2026-03-01 10:00:00.5\n2,2026-03-02 10:00:00\n",
    "engagement_contact": "contact_id,engagement_id\n901,1\n901,2\n901,3\n",
    "engagement_company": "company_id,engagement_id\n5001,1\n",
}


def test_a_warehouse_keeps_in_tables_what_an_export_has_in_columns():
    extracted = extract("hubspot", **WAREHOUSE)
    assert extracted.contacts[0].account == Link("5001")
    deals = [(deal.account, deal.stage, deal.status) for deal in extracted.opportunities]
    assert deals == [(Link("5001"), "Offer", None), (Link("5002"), "Done", "won"), (NOBODY, "Gone", "lost")]
    assert extracted.roles == (Role(Source("deal_contact.csv", 2), Link("71"), Link("901")),)
    assert [(change.opportunity, change.stage, change.day) for change in extracted.stage_changes] == [
        (Link("71"), "Offer", date(2026, 2, 1))
    ]
    assert extracted.activities == (Activity(Source("engagement_call.csv", 2), Link("901"), date(2026, 3, 1), account=Link("5001")),)
    assert reasons(extracted) == [
        (3, "it names no contact"),
        (3, "it does not say which deal came to which stage, and when"),
        (3, "it is a note, and nobody was in touch"),
    ]


def test_what_a_warehouse_joins_to_nothing_is_told():
    notes = {(note.source.file, note.source.row): note.what for note in extract("hubspot", **WAREHOUSE).notes}
    assert notes == {
        ("deal.csv", 3): "it belongs to several companies; the first was taken",
        ("deal_company.csv", 6): "it is about a deal that is not in these files; left out",
        ("contact_company.csv", 3): "it is about a contact that is not in these files; left out",
        ("engagement_contact.csv", 4): "it is about an engagement that is not in these files; left out",
    }


def test_round_trip():
    extracted = extract("hubspot", *(name.removesuffix(".csv") for name in EXPORTS["hubspot"]), today=TODAY)
    book = Book()
    imported = book.bring_in(extracted, today=TODAY)
    plans = {plan.name: book.data(f"plans/{plan.path}") for plan in imported.plans}
    deals = plans["Meridian Foods GmbH"]["opportunities"]
    assert plans["Meridian Foods GmbH"]["profile"]["crm"] == {"hubspot": "5001"}
    assert (deals["filling-line"]["status"], deals["filling-line"]["stage"], deals["filling-line"]["kind"]) == (
        "open",
        "qualification",
        "new",
    )
    assert deals["spare-parts"]["status"] == "won"
    assert plans["Okavi Oy"]["opportunities"]["boiler"]["status"] == "lost"
    assert plans["Okavi Oy"]["contacts"]["timo-aalto"]["last_contact"] == "2026-03-04"
    before = dict(book.texts)
    again = book.bring_in(extracted, today=TODAY)
    assert book.texts == before
    assert not any(plan.changes for plan in again.plans)


def test_a_real_warehouse_leads_to_nothing_and_says_so():
    files = [(path.name, path.read_bytes()) for path in sorted(shared("data", "warehouse-fivetran", "hubspot").glob("*.csv"))]
    extracted = IMPORTER.extract(files, Options(today=TODAY))
    counts = {name: len(getattr(extracted, name)) for name in ("accounts", "contacts", "opportunities", "roles", "stage_changes")}
    assert counts == {"accounts": 24, "contacts": 22, "opportunities": 44, "roles": 11, "stage_changes": 14}
    records = [*extracted.activities, *extracted.skipped]
    engagements = {file.name: file.rows for file in extracted.files if file.kind == "activity"}
    assert sum(engagements.values()) == len({(record.source.file, record.source.row) for record in records})
    imported = Book().dry_run(extracted, today=TODAY)
    assert {row.outcome for row in imported.rows if row.kind == "opportunity"} <= {Outcome.SKIPPED, Outcome.UNSURE}
