"""LinkedIn's list of connections: only those at companies of the book matter."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from exports import Book
from hypothesis import example, given
from hypothesis import strategies as st

from acctplan.errors import UserError
from acctplan.importers import ALL, Options, Outcome, Source, summary
from acctplan.importers.records import Link

COLUMNS = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
PREAMBLE = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing. ""Why?"", you may ask,\n'
    'and read it here: https://help.example/a/261"\n\n'
)
LENA = {
    "First Name": "Lena",
    "Last Name": "Vos",
    "URL": "https://www.linkedin.example/in/lena",
    "Company": "Meridian Foods GmbH",
    "Position": "Head of IT",
    "Connected On": "15 Jan 2023",
}
(IMPORTER,) = [each for each in ALL if each.system.key == "linkedin"]


def connections(*rows, columns=COLUMNS, preamble=PREAMBLE):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return "Connections.csv", (preamble + out.getvalue()).encode()


def extract(*files):
    return IMPORTER.extract(files, Options(today=date(2026, 6, 1)))


@pytest.mark.parametrize("columns", [COLUMNS, COLUMNS[::-1], tuple(column.upper() for column in COLUMNS), (*COLUMNS[:2], *COLUMNS[4:])])
def test_a_list_is_told_by_its_columns_in_any_order(columns):
    assert IMPORTER.identify(columns, "any.csv") == "Connections"


@pytest.mark.parametrize(
    "columns",
    [
        (),
        ("First Name", "Last Name", "Company", "Position"),
        ("Id", "AccountId", "FirstName", "LastName"),
        ("First Name", "Last Name", "Email", "Connected On"),
        ("Record ID", "First Name", "Last Name", "Job Title", "Company name"),
    ],
)
def test_other_tables_are_not_taken_for_one(columns):
    assert IMPORTER.identify(columns, "Connections.csv") is None
    assert not IMPORTER.sniff("Connections.csv", ",".join(columns).encode())


@pytest.mark.parametrize("columns", [COLUMNS, COLUMNS[::-1]])
@pytest.mark.parametrize(("preamble", "row"), [(PREAMBLE, 5), ("", 2), ("\ufeff" + PREAMBLE, 5), ("\ufeff", 2)])
def test_a_connection_is_a_contact_of_the_company_it_names(columns, preamble, row):
    (lena,) = extract(connections(LENA, columns=columns, preamble=preamble)).contacts
    assert lena.source == Source("Connections.csv", row)
    assert (lena.name, lena.title, lena.email) == ("Lena Vos", "Head of IT", None)
    assert lena.account == Link(name="Meridian Foods GmbH")
    assert (lena.id, lena.last_contact, lena.as_of) == (None, None, None)


def test_commas_quotes_and_accents_stay():
    ana = {
        "First Name": 'Ana "Ani"',
        "Last Name": "Sá, PMP",
        "Company": "Tallmo, Bruk AB",
        "Position": "CTO, EMEA",
        "Email Address": "a@x.example",
    }
    (contact,) = extract(connections(ana)).contacts
    assert (contact.name, contact.title, contact.email) == ('Ana "Ani" Sá, PMP', "CTO, EMEA", "a@x.example")
    assert contact.account.name == "Tallmo, Bruk AB"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"Company": "Meridian Foods", "Connected On": "15 Jan 2023"}, "it has no name"),
        ({"First Name": "Lena", "Last Name": "Vos", "Position": "Freelance"}, "it names no company"),
    ],
)
def test_rows_that_are_nobody_s_are_skipped(row, reason):
    found = extract(connections(LENA, row))
    assert [(skipped.source.row, skipped.reason) for skipped in found.skipped] == [(6, reason)]
    assert len(found.contacts) == 1


def test_what_is_not_read_is_said_and_the_preamble_is_not():
    found = extract(connections(LENA))
    assert {column.name: column.filled for column in found.unused} == {"URL": 1, "Connected On": 1}
    assert not found.notes


def test_a_file_beside_it_is_left_out():
    found = extract(connections(LENA), ("Skills.csv", b"Name\nForklift\n"))
    assert [(file.name, file.kind, bool(file.reason)) for file in found.files] == [
        ("Connections.csv", "contact", False),
        ("Skills.csv", None, True),
    ]


@pytest.mark.parametrize("content", [b"", b"Name\nForklift\n", b"\0\0\0", b"PK\x03\x04 no archive"])
def test_files_that_are_none_are_refused(content):
    with pytest.raises(UserError):
        extract(("Connections.csv", content))


@example(b"")
@given(st.binary(max_size=200))
def test_damage_is_never_worse_than_a_refusal(damage):
    _, content = connections(LENA, LENA)
    for broken in (damage, content[:220] + damage + content[220:], damage + content):
        try:
            extract(("Connections.csv", broken))
        except UserError:
            continue


@pytest.fixture
def book():
    return Book({"plans/meridian.yaml": "acctplan: 1\n\nprofile:\n  name: Meridian Foods\n  website: https://www.meridian.example\n"})


def test_a_second_import_changes_nothing(book):
    export = extract(connections(LENA))
    assert book.bring_in(export).counts[Outcome.NEW] == 1
    (contact,) = book.data("plans/meridian.yaml")["contacts"].values()
    assert (contact["name"], contact["title"]) == ("Lena Vos", "Head of IT")
    before = dict(book.texts)
    assert book.bring_in(export).counts[Outcome.SAME] == 1
    assert book.texts == before


def test_thousands_at_other_companies_are_one_line(book):
    others = [{**LENA, "First Name": f"Person {number}", "Company": f"{number * 7919:x} Unrelated"} for number in range(500)]
    imported = book.bring_in(extract(connections(LENA, *others)))
    assert imported.counts[Outcome.NEW] == 1
    assert imported.counts[Outcome.SKIPPED] == 500
    assert list(book.texts) == ["plans/meridian.yaml"]
    assert len([line for line in summary(imported) if line.startswith("  contact: ")]) == 1


def test_a_plan_that_was_asked_for_gets_only_its_own(book):
    strangers = [{**LENA, "First Name": "Tom", "Company": "Unrelated"}, {**LENA, "First Name": "Eva", "Company": ""}]
    imported = book.bring_in(extract(connections(LENA, *strangers)), plan="plans/meridian.yaml")
    assert imported.counts[Outcome.NEW] == 1
    assert len(book.data("plans/meridian.yaml")["contacts"]) == 1
