from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from crm_exports import extract
from exports import Book

from acctplan.importers.records import Activity, Link, Role, Source

TODAY = date(2026, 6, 1)
MERIDIAN = Link(name="Meridian Foods GmbH")
EXPORTED = ("organizations", "people", "deals", "activities")
DEALS = "Deal - Title,Deal - Status,Deal - Expected close date,Deal - Won time,Deal - Lost time,Deal - Closed on,Deal - Lost reason"


def reasons(extracted):
    return [(row.source.row, row.kind, row.reason) for row in extracted.skipped]


def test_an_organization_is_an_account():
    (account,) = extract("pipedrive", "organizations").accounts
    assert (account.id, account.name, account.headquarters) == ("11", "Meridian Foods GmbH", "Werftstrasse 1, Bremen")


def test_a_person_is_a_contact_with_the_first_of_their_emails():
    extracted = extract("pipedrive", "people")
    (lena,) = extracted.contacts
    assert (lena.id, lena.name, lena.title, lena.account) == ("21", "Lena Vos", "Plant manager", MERIDIAN)
    assert lena.email == "lena.vos@meridian-foods.example"
    assert [note.what for note in extracted.notes] == ["there are several e-mail addresses, and a plan has one; the first was taken"]


def test_deals_that_are_open_won_lost_and_deleted():
    extracted = extract("pipedrive", "deals")
    filling, spare, boiler = extracted.opportunities
    assert (filling.id, filling.status, filling.stage, filling.probability) == ("31", "Open", "Proposal Made", Decimal("0.4"))
    assert (filling.value, filling.currency, filling.close_date) == (Decimal(420_000), "EUR", date(2027, 1, 31))
    assert (filling.account, filling.contact) == (MERIDIAN, Link(name="Lena Vos"))
    assert (spare.status, spare.close_date, spare.closed_because) == ("Won", date(2026, 1, 15), None)
    assert (boiler.status, boiler.close_date, boiler.closed_because) == ("Lost", date(2026, 2, 15), "Too dear")
    assert reasons(extracted) == [(5, "opportunity", "it is deleted in Pipedrive")]
    assert extracted.roles[0] == Role(Source("deals.csv", 2), Link("31", "Filling line"), Link(name="Lena Vos"), account=MERIDIAN)


@pytest.mark.parametrize(
    ("cells", "close_date"),
    [
        ("Open,2027-01-31,2026-01-01,2026-01-02,2026-01-03", date(2027, 1, 31)),
        ("Won,2027-01-31,2026-01-01,2026-01-02,2026-01-03", date(2026, 1, 1)),
        ("Lost,2027-01-31,2026-01-01,2026-01-02,2026-01-03", date(2026, 1, 2)),
        ("Lost,2027-01-31,,,2026-01-03", date(2026, 1, 3)),
        ("Lost,2027-01-31,,,", date(2027, 1, 31)),
        ("Won,,,,", None),
        ("Won,,45631,,", date(2024, 12, 5)),
    ],
)
def test_a_deal_is_closed_when_it_was_won_or_lost(cells, close_date):
    (deal,) = extract("pipedrive", deals=f"{DEALS}\nLine,{cells},\n").opportunities
    assert deal.close_date == close_date


@pytest.mark.parametrize(
    ("header", "link"),
    [
        ("Organization", Link(name="Okavi Oy")),
        ("Deal - Organization", Link(name="Okavi Oy")),
        ("Organization - Name", Link(name="Okavi Oy")),
        ("Organization - ID", Link("Okavi Oy")),
    ],
)
def test_a_deal_says_its_organization_in_one_of_several_ways(header, link):
    extracted = extract("pipedrive", deals=f"Deal - Title,{header}\nLine,Okavi Oy\n")
    assert extracted.opportunities[0].account == link
    assert not extracted.accounts


def test_activities_say_who_was_in_touch_and_when():
    extracted = extract("pipedrive", "activities")
    lena = Link(name="Lena Vos")
    assert extracted.activities == (
        Activity(Source("activities.csv", 2), lena, date(2026, 3, 2), account=MERIDIAN, subject="Visit"),
        Activity(Source("activities.csv", 3), lena, date(2026, 9, 2), account=MERIDIAN, subject="Next visit", done=False),
    )
    assert reasons(extracted) == [(4, "activity", "it is a task, and nobody was in touch")]


def test_a_row_of_an_import_file_is_about_several_things_each_of_which_comes_once():
    extracted = extract("pipedrive", "sample-import", today=TODAY)
    assert [(each.source.row, each.name) for each in extracted.accounts] == [
        (5, "Brannhaven Terminals"),
        (4, "Okavi Oy"),
        (2, "Meridian Foods GmbH"),
    ]
    assert [(each.source.row, each.name, each.notes) for each in extracted.contacts] == [
        (4, "Timo Aalto", "Likes trains"),
        (2, "Lena Vos", None),
    ]
    assert [(each.source.row, each.name, each.notes) for each in extracted.opportunities] == [
        (2, "Filling line", "Likes soup"),
        (3, "Spare parts", None),
    ]
    assert [(each.contact.name, each.day) for each in extracted.activities] == [("Lena Vos", date(2024, 12, 5))]
    assert reasons(extracted) == [(6, "opportunity", "it has no name")]
    assert [(file.name, file.kind, file.rows) for file in extracted.files] == [
        ("sample-import.csv", "opportunity", 3),
        ("sample-import.csv", "contact", 1),
        ("sample-import.csv", "account", 1),
    ]


def test_ids_of_people_and_deals_are_not_one_anothers():
    text = "Deal - Title,Deal - ID,Person - Name,Person - ID,Person - Email\nLine,5,,,\n,,Lena Vos,5,lena@okavi.example\n"
    extracted = extract("pipedrive", mixed=text)
    assert not extracted.skipped
    assert ([each.id for each in extracted.opportunities], [each.id for each in extracted.contacts]) == (["5"], ["5"])


def test_who_is_named_again_beside_a_deal_is_not_brought_again():
    deals = "Deal - Title,Person - Name,Person - Email\nLine,Lena Vos,lena@okavi.example\n"
    people = "Person - Name,Person - ID,Person - Email\nLena Vos,21,lena@okavi.example\n"
    assert [each.source.file for each in extract("pipedrive", deals=deals, people=people).contacts] == ["people.csv"]


def test_an_activity_beside_a_deal_that_is_none_is_noted():
    text = "Deal - Title,Contact person,Activity - Subject,Activity - Due date\nLine,Lena Vos,Call back,\n"
    extracted = extract("pipedrive", deals=text)
    assert len(extracted.opportunities) == 1
    assert [note.what for note in extracted.notes] == ["its activity was left out: it has no date"]


def test_a_column_that_is_not_read_is_told_once_for_a_table_of_several_things():
    text = "Deal - Title,Person - Name,Colour\nLine,,red\n,Lena Vos,blue\n"
    assert [(column.name, column.filled) for column in extract("pipedrive", mixed=text).unused] == [("Colour", 2)]


def test_round_trip():
    extracted = extract("pipedrive", *EXPORTED, today=TODAY)
    book = Book()
    (plan,) = book.bring_in(extracted, today=TODAY).plans
    data = book.data(f"plans/{plan.path}")
    assert data["profile"]["crm"] == {"pipedrive": "11"}
    assert {key: deal["status"] for key, deal in data["opportunities"].items()} == {
        "filling-line": "open",
        "spare-parts": "won",
        "boiler": "lost",
    }
    assert data["opportunities"]["filling-line"]["stage"] == "proposal"
    assert data["contacts"]["lena-vos"]["last_contact"] == "2026-03-02"
    before = dict(book.texts)
    again = book.bring_in(extracted, today=TODAY)
    assert book.texts == before
    assert not any(plan.changes for plan in again.plans)


def test_round_trip_of_an_import_file():
    extracted = extract("pipedrive", "sample-import", today=TODAY)
    book = Book()
    plans = book.bring_in(extracted, today=TODAY).plans
    assert sorted(plan.name for plan in plans) == ["Brannhaven Terminals", "Meridian Foods GmbH", "Okavi Oy"]
    before = dict(book.texts)
    book.bring_in(extracted, today=TODAY)
    assert book.texts == before
