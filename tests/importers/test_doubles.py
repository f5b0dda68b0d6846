"""The same person twice in one source."""

from __future__ import annotations

from datetime import date

import pytest
from exports import Book

from acctplan.importers import ALL, Extract, Outcome, Source, reconcile
from acctplan.importers.reconcile.doubles import taken_together
from acctplan.importers.records import Contact, File, Link

SALESFORCE = next(each.system for each in ALL if each.system.key == "salesforce")
MERIDIAN = Link(name="Meridian Foods")


def person(row: int, name: str = "Lena Vos", **said) -> Contact:
    return Contact(Source("Contact.csv", row), name, account=MERIDIAN, **said)


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ({"email": "lena@x.example"}, {"email": "LENA@x.example "}, True),
        ({"email": "lena@x.example"}, {"name": "Vos, Léna", "email": "lena@x.example"}, True),
        ({"email": "lena@x.example", "id": "1"}, {"email": "lena@x.example"}, True),
        ({"email": "lena@x.example", "id": "1"}, {"email": "lena@x.example", "id": "2"}, False),
        ({"email": "lena@x.example"}, {"email": "lv@x.example"}, False),
        ({"email": "lena@x.example"}, {}, True),
        ({"id": "1"}, {}, True),
        ({"id": "1"}, {"email": "lena@x.example"}, True),
        ({"id": "1"}, {"id": "2"}, False),
        ({"id": "1"}, {"id": "2", "email": "lena@x.example"}, False),
        ({}, {}, False),
        ({"email": "office@x.example"}, {"name": "Tom Bakker", "email": "office@x.example"}, False),
    ],
)
def test_rows_are_one_where_that_is_sure(one, other, are_one):
    people, doubles = taken_together([person(2, **one), person(3, **other)], str)
    assert (len(people), [(each.record.source.row, each.first.row) for each in doubles]) == ((1, [(3, 2)]) if are_one else (2, []))


def test_somebody_without_an_e_mail_is_none_of_two():
    several = [person(2, email="lena@x.example"), person(3), person(4, email="lv@x.example")]
    assert taken_together(several, str) == (several, [])


def test_the_first_row_gets_what_only_later_ones_say():
    (both,), _ = taken_together(
        [
            person(2, email="lena@x.example", title="CFO", last_contact=date(2026, 1, 1)),
            person(3, email="lena@x.example", title="COO", phone="1", id="7", last_contact=date(2026, 6, 1)),
        ],
        str,
    )
    assert both == person(2, email="lena@x.example", title="CFO", phone="1", id="7", last_contact=date(2026, 6, 1))


def test_later_rows_count_as_the_same():
    rows = (person(2, email="lena@x.example"), person(3, email="Lena@x.example", title="CFO"))
    book = Book({"plans/meridian.yaml": "profile: {name: Meridian Foods}\n"})
    export = Extract(SALESFORCE, (File("Contact.csv", 2, 0, "contact"),), contacts=rows)
    imported = reconcile(book.plans(), export, book.config)
    assert [(row.outcome, row.reason) for row in imported.rows] == [(Outcome.NEW, ""), (Outcome.SAME, "the same as Contact.csv, row 2")]
    assert "title: CFO" in (imported.plans[0].edited or "")
