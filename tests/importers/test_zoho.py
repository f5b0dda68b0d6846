from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from crm_exports import EXPORTS, extract
from exports import Book

from acctplan.importers.records import Activity, Link, Role, Source
from acctplan.importers.zoho import SYSTEM

TODAY = date(2026, 6, 1)
MERIDIAN = Link("zcrm_4001", "Meridian Foods GmbH")
LENA = Link("zcrm_4101", "Lena Vos")


def test_an_account():
    (account,) = extract("zoho", "accounts").accounts
    assert (account.id, account.name, account.website, account.ticker) == (
        "zcrm_4001",
        "Meridian Foods GmbH",
        "meridian-foods.example",
        "MRF",
    )
    assert (account.headquarters, account.employees, account.currency) == ("Bremen, Germany", 1200, "EUR")
    assert (account.ownership, account.as_of) == ("Public Company", date(2026, 2, 11))


def test_a_contact_is_linked_by_the_ids_beside_the_names():
    lena, piet = extract("zoho", "contacts", today=TODAY).contacts
    assert (lena.id, lena.name, lena.title, lena.account) == ("zcrm_4101", "Lena Vos", "Plant manager", MERIDIAN)
    assert (lena.reports_to, lena.last_contact) == (Link("zcrm_4102", "Piet Vos"), date(2026, 3, 1))
    assert piet.reports_to is None


def test_deals():
    filling, boiler = extract("zoho", "deals").opportunities
    assert (filling.id, filling.name, filling.account, filling.contact) == ("zcrm_4201", "Filling line", MERIDIAN, LENA)
    assert (filling.stage, filling.kind, filling.probability) == ("Proposal/Price Quote", "New Business", Decimal("0.4"))
    assert (filling.value, filling.close_date, filling.as_of) == (Decimal(420_000), date(2027, 1, 31), date(2026, 2, 11))
    assert (boiler.stage, boiler.closed_because) == ("Closed Lost", "Too dear")


def test_the_contact_of_a_deal_has_a_part_in_it():
    assert extract("zoho", "deals").roles == (Role(Source("deals.csv", 2), Link("zcrm_4201", "Filling line"), LENA, account=MERIDIAN),)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Deal Name", "Line"),
        ("Project Owner.id,Project Name", "Line"),
        ("PROJECT OWNER.ID,PROJECT NAME", "Line"),
        ("Project Name", None),
    ],
)
def test_a_renamed_module_is_told_by_its_owner(header, name):
    owner = "zcrm_1," if "," in header else ""
    extracted = extract("zoho", deals=f"Record Id,Stage,Closing Date,{header}\nzcrm_1,Qualification,,{owner}Line\n")
    assert [deal.name for deal in extracted.opportunities] == ([name] if name else [])


def test_accounts_under_another_name():
    (deal,) = extract("zoho", "projects").opportunities
    assert (deal.name, deal.account) == ("Oil analysis", MERIDIAN)
    (account,) = extract("zoho", companies="Record Id,Company Owner.id,Company Name\nzcrm_1,zcrm_9,Okavi Oy\n").accounts
    assert account.name == "Okavi Oy"


def test_ids_are_the_same_with_their_prefix_and_without():
    assert SYSTEM.id_key("zcrm_4001") == SYSTEM.id_key("4001") == "4001"


def test_calls_and_meetings():
    extracted = extract("zoho", *(name.removesuffix(".csv") for name in EXPORTS["zoho"]))
    assert extracted.activities == (
        Activity(Source("calls.csv", 2), LENA, date(2026, 3, 2), account=MERIDIAN, subject="First call"),
        Activity(Source("calls.csv", 3), LENA, date(2026, 9, 2), subject="Next call", done=False),
        Activity(Source("meetings.csv", 2), Link("zcrm_4102", "Piet Vos"), date(2026, 3, 9), account=MERIDIAN, subject="Visit"),
    )


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("accounts", "Record Id,Account Owner,Account Name\nzcrm_1,Ida,\n", "it has no name"),
        ("contacts", "Record Id,Last Name,Account Name\nzcrm_1,,Okavi\n", "it has no name"),
        ("deals", "Record Id,Deal Name,Stage,Closing Date\nzcrm_1,,New,\n", "it has no name"),
        ("calls", "Record Id,Call Start Time,Contact Name\nzcrm_1,2026-03-02,\n", "it names no contact"),
        ("calls", "Record Id,Call Start Time,Contact Name\nzcrm_1,,Lena\n", "it has no date"),
    ],
)
def test_a_row_that_is_no_record_says_why(name, text, reason):
    assert [(row.source.row, row.reason) for row in extract("zoho", **{name: text}).skipped] == [(2, reason)]


def test_an_id_with_and_without_its_prefix_is_one():
    text = "Record Id,Account Owner,Account Name\nzcrm_1,Ida,Okavi\n1,Ida,Okavi Oy\n"
    assert [row.reason for row in extract("zoho", accounts=text).skipped] == ["its id stands in accounts.csv, row 2 already"]


def test_round_trip():
    extracted = extract("zoho", *(name.removesuffix(".csv") for name in EXPORTS["zoho"]), today=TODAY)
    book = Book()
    (plan,) = book.bring_in(extracted, today=TODAY).plans
    data = book.data(f"plans/{plan.path}")
    assert data["profile"]["ownership"] == "public"
    deals = data["opportunities"]
    assert {key: deal["status"] for key, deal in deals.items()} == {"filling-line": "open", "boiler": "lost", "oil-analysis": "open"}
    assert (deals["filling-line"]["stage"], deals["filling-line"]["kind"]) == ("proposal", "new")
    assert {key: contact["last_contact"] for key, contact in data["contacts"].items()} == {
        "lena-vos": "2026-03-02",
        "piet-vos": "2026-03-09",
    }
    before = dict(book.texts)
    again = book.bring_in(extracted, today=TODAY)
    assert book.texts == before
    assert not any(plan.changes for plan in again.plans)
