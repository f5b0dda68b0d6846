from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from crm_exports import EXPORTS, extract
from exports import Book

from acctplan.errors import UserError
from acctplan.importers.dynamics import SYSTEM
from acctplan.importers.records import NOBODY, Activity, Link, Role, Source

TODAY = date(2026, 6, 1)
MERIDIAN = Link(name="Meridian Foods GmbH")
OPPORTUNITIES = "Topic,Potential Customer,Status,Status Reason,Est. revenue,Est. close date,Actual Revenue,Actual Close Date,Contact"
APPOINTMENTS = "Subject,Regarding,Required Attendees,Start Time,Status,Owner"


def opportunity(cells: str):
    (found,) = extract("dynamics", opportunities=f"{OPPORTUNITIES}\n{cells}\n").opportunities
    return found


def test_an_account_has_a_name_and_no_id():
    (account,) = extract("dynamics", "accounts").accounts
    assert (account.name, account.id, account.headquarters) == ("Meridian Foods GmbH", None, "Bremen")


def test_the_hidden_column_of_a_row_is_its_id():
    lena, piet = extract("dynamics", "contacts").contacts
    assert (lena.id, lena.as_of) == ("6F9619FF-8B86-D011-B42D-00C04FC964FF", date(2026, 2, 11))
    assert (lena.name, lena.title, lena.phone, lena.reports_to) == ("Lena Vos", "Plant manager", "+49 421 1", Link(name="Piet Vos"))
    assert lena.account == Link(name="Meridian Foods GmbH", domain="https://meridian-foods.example")
    assert (piet.account, piet.reports_to) == (MERIDIAN, None)


def test_an_id_is_the_same_in_capitals_and_small_letters():
    assert SYSTEM.id_key("6F9619FF-8B86") == SYSTEM.id_key("6f9619ff-8b86")


def test_first_and_last_names_do_without_a_full_one():
    text = "Email,Company Name,Business Phone,First Name,Job Title,Last Name\nlena@okavi.example,Okavi Oy,,Lena,,Vos\n"
    (contact,) = extract("dynamics", contacts=text).contacts
    assert (contact.name, contact.account) == ("Lena Vos", Link(name="Okavi Oy"))


@pytest.mark.parametrize(
    ("cells", "status", "value", "close_date", "because"),
    [
        ("Line,Okavi,Open,In Progress,100,2027-01-31,50,2026-01-31,", "Open", 100, date(2027, 1, 31), None),
        ("Line,Okavi,Won,Won,100,2027-01-31,50,2026-01-31,", "Won", 50, date(2026, 1, 31), None),
        ("Line,Okavi,Won,Won,100,2027-01-31,,,", "Won", 100, date(2027, 1, 31), None),
        ("Line,Okavi,Lost,Out-Sold,100,2027-01-31,0,2026-01-31,", "Lost", 100, date(2026, 1, 31), "Out-Sold"),
        ("Line,Okavi,,,,,,,", None, None, None, None),
    ],
)
def test_the_outcome_stands_in_status(cells, status, value, close_date, because):
    found = opportunity(cells)
    assert (found.status, found.value, found.close_date, found.closed_because) == (status, value, close_date, because)


def test_what_is_paid_in_words():
    found = extract("dynamics", "opportunities").opportunities[0]
    assert (found.value, found.currency, found.probability, found.stage) == (Decimal(420_000), "EUR", Decimal("0.4"), "Close")


def test_a_customer_may_be_a_person():
    *_, boiler = extract("dynamics", "accounts", "contacts", "opportunities").opportunities
    assert (boiler.account, boiler.contact) == (NOBODY, Link(name="Lena Vos"))
    assert opportunity("Boiler,Lena Vos,Open,,,,,,").account == Link(name="Lena Vos")


def test_the_contact_of_an_opportunity_has_a_part_in_it():
    roles = extract("dynamics", "opportunities").roles
    assert roles == (Role(Source("opportunities.csv", 2), Link(name="Filling line"), Link(name="Lena Vos"), account=MERIDIAN),)


def test_who_takes_part_is_told_from_colleagues_by_the_contacts_of_the_export():
    extracted = extract("dynamics", "accounts", "contacts", "opportunities", "appointments")
    lena = Link(name="Lena Vos")
    assert extracted.activities == (
        Activity(Source("appointments.csv", 2), lena, date(2026, 3, 2), account=MERIDIAN, subject="Visit"),
        Activity(Source("appointments.csv", 3), lena, date(2026, 4, 2), account=MERIDIAN, subject="Lunch", done=False),
    )


def test_without_contacts_everybody_but_the_owner_may_be_one():
    visit, _, lunch = extract("dynamics", "appointments").activities
    assert [visit.contact.name, lunch.contact.name] == ["Lena Vos", "Lena Vos"]
    assert {each.account for each in (visit, lunch)} == {NOBODY}


def test_emails_go_out_and_come_in():
    out, back = extract("dynamics", "contacts", "opportunities", "emails").activities
    assert (out.contact, out.day, out.account) == (Link(name="Lena Vos"), date(2026, 3, 5), MERIDIAN)
    assert (back.contact, back.day) == (Link(name="Lena Vos"), date(2026, 3, 6))
    assert [each.contact for each in extract("dynamics", "emails").activities] == [
        Link(name="Lena Vos"),
        Link(email="lena.vos@meridian-foods.example"),
    ]


def test_what_two_things_of_one_name_leave_open_stays_open():
    deals = f"{OPPORTUNITIES}\nFilling line,Meridian Foods GmbH,Open,,,,,,\nFilling line,Okavi Oy,Open,,,,,,\n"
    (visit,) = extract(
        "dynamics", opportunities=deals, visits=f"{APPOINTMENTS}\nVisit,Filling line,Lena Vos,2026-03-02,Completed,\n"
    ).activities
    assert visit.account == NOBODY


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("accounts", "Account Name,Main Phone\n,1\n", "it has no name"),
        ("opportunities", f"{OPPORTUNITIES}\n,Okavi,Open,,,,,,\n", "it has no name"),
        ("visits", f"{APPOINTMENTS}\nVisit,Okavi,Ida Holm,2026-03-02,Completed,Ida Holm\n", "it names no contact"),
        ("visits", f"{APPOINTMENTS}\nVisit,Okavi,Lena Vos,,Completed,Ida Holm\n", "it has no date"),
        ("tasks", "Subject,Regarding,Due Date,Activity Type\nWrite,Okavi,2026-03-02,Task\n", "it is a task, and nobody was in touch"),
    ],
)
def test_a_row_that_is_no_record_says_why(name, text, reason):
    assert [(row.source.row, row.reason) for row in extract("dynamics", **{name: text}).skipped] == [(2, reason)]


def test_columns_that_are_not_read_are_told_with_why():
    reasons = {column.name: column.reason for column in extract("dynamics", "accounts", "contacts").unused}
    assert reasons["Owner"] == ""
    assert reasons["Decision influence labels"].startswith("it names no opportunity")
    assert reasons["Annual Revenue"].startswith("it does not say of which year")
    assert reasons["Territory"] == ""


def test_dates_that_can_be_read_in_two_ways_are_asked_for():
    cells = "Line,Okavi,Open,,100,1/2/2027,,,"
    with pytest.raises(UserError, match=r"the dates in Est\. close date can be read"):
        opportunity(cells)
    (found,) = extract("dynamics", opportunities=f"{OPPORTUNITIES}\n{cells}\n", date_format="m/d/y").opportunities
    assert found.close_date == date(2027, 1, 2)


def test_round_trip():
    extracted = extract("dynamics", *(name.removesuffix(".csv") for name in EXPORTS["dynamics"]), today=TODAY)
    book = Book()
    (plan,) = book.bring_in(extracted, today=TODAY).plans
    data = book.data(f"plans/{plan.path}")
    assert {key: deal["status"] for key, deal in data["opportunities"].items()} == {
        "filling-line": "open",
        "spare-parts": "won",
        "boiler": "lost",
    }
    assert data["opportunities"]["filling-line"]["stage"] == "negotiation"
    assert data["contacts"]["lena-vos"]["reports_to"] == "piet-vos"
    assert data["contacts"]["lena-vos"]["last_contact"] == "2026-03-06"
    before = dict(book.texts)
    again = book.bring_in(extracted, today=TODAY)
    assert book.texts == before
    assert not any(plan.changes for plan in again.plans)
