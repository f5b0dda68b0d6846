"""What columns of an unknown file probably mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.importers import tables
from acctplan.importers.mapped import FIELDS, SURE, propose
from acctplan.importers.mapped.proposal import words
from acctplan.importers.mapped.spoken import BY_KIND, SPOKEN
from hostile import naughty
from paths import shared


def proposed(text: str) -> dict[str, str | None]:
    return {each.column: each.field for each in propose(tables.read("x.csv", text.encode()))}


def sure(text: str) -> dict[str, str]:
    return {each.column: each.field for each in propose(tables.read("x.csv", text.encode())) if each.field and each.confidence >= SURE}


PIPELINE = (
    "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
    "A1,Moses Frase,Plus,Cancity,Won,2016-10-20,2017-03-01,1054\nB2,Darcel Schlecht,Pro,Isdom,Engaging,2016-10-25,,\n"
)
ACCOUNTS = (
    "account,sector,year_established,revenue,employees,office_location,subsidiary_of\n"
    "Acme,retail,1996,1100.04,2822,United States,\nIsdom,medical,1999,251.41,495,Kenya,Acme\n"
)


def test_a_pipeline_of_no_known_crm():
    assert proposed(PIPELINE) == {
        "opportunity_id": "opportunity.id",
        "sales_agent": None,
        "product": "opportunity.name",
        "account": "account.name",
        "deal_stage": "opportunity.stage",
        "engage_date": None,
        "close_date": "opportunity.close_date",
        "close_value": "opportunity.value",
    }
    assert "product" not in sure(PIPELINE)


def test_a_list_of_accounts_of_no_known_crm():
    assert sure(ACCOUNTS) == {
        "account": "account.name",
        "sector": "account.industry",
        "employees": "account.employees",
        "office_location": "account.headquarters",
        "subsidiary_of": "account.parent",
    }
    reasons = {each.column: each.reason for each in propose(tables.read("x.csv", ACCOUNTS.encode()))}
    assert reasons["revenue"] == "it does not say of which year; write it in the plan's revenue_history"
    assert reasons["year_established"] == "a plan has no place for it"


def test_a_list_of_leads():
    table = tables.read("x.csv", shared("data", "misc-crm-csv-preflight", "sample_leads.csv").read_bytes())
    found = {each.column: each for each in propose(table)}
    assert {column: each.field for column, each in found.items()} == {
        "Company": "account.name",
        "Contact Name": "contact.name",
        "Email": "contact.email",
        "Title": "contact.title",
        "Phone": "contact.phone",
        "Website": "account.website",
        "LinkedIn": None,
        "Notes": "contact.notes",
    }
    assert found["Company"].samples == ("Acme Robotics LLC", "Acme Robotics", "BrightPath Dental")
    assert all(each.confidence >= SURE for each in found.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Firma;Vorname;Nachname;Funktion;E-Mail;Ort",
            "account.name contact.first_name contact.last_name contact.title contact.email account.city",
        ),
        ("Deal;Kunde;Summe;Währung", "opportunity.name account.name opportunity.value opportunity.currency"),
        ("Deal;Kunde;Waehrung;Gesamtbetrag", "opportunity.name account.name opportunity.currency opportunity.value"),
        ("Deal;Customer;Currency;Total", "opportunity.name account.name opportunity.currency opportunity.value"),
        ("Opportunité;Société;Étape;Montant", "opportunity.name account.name opportunity.stage opportunity.value"),
        ("Empresa;Sector;Empleados;País", "account.name account.industry account.employees account.country"),
        ("Azienda;Nome;Cognome;Telefono", "account.name contact.first_name contact.last_name contact.phone"),
        ("Klant;Fase;Bedrag;Sluitingsdatum", "account.name opportunity.stage opportunity.value opportunity.close_date"),
        ("Subject;Date;Contact;Company", "activity.subject activity.date contact.name account.name"),
        ("Name;Company;Email", "contact.name account.name contact.email"),
        ("Name;Industry;Website", "account.name account.industry account.website"),
        ("Name;Stage;Amount;Status;Notes", "opportunity.name opportunity.stage opportunity.value opportunity.status opportunity.notes"),
        ("dealName;closeDate;dealStage", "opportunity.name opportunity.close_date opportunity.stage"),
    ],
)
def test_headers_are_known_in_the_usual_languages(text, expected):
    assert list(proposed(text + "\n").values()) == expected.split()


def test_a_header_misspelt_is_proposed_and_not_sure():
    assert proposed("Oportunity name;Clos date;Stage\n")["Clos date"] == "opportunity.close_date"
    assert sure("Oportunity name;Clos date;Stage\n") == {"Stage": "opportunity.stage"}


def test_values_tell_where_the_header_does_not():
    found = propose(tables.read("x.csv", b"Company,X,Y,Z\nAcme,a@b.example,www.acme.example,1\nIsdom,c@d.example,isdom.example,2\n"))
    assert [(each.field, each.reason) for each in found[1:]] == [
        ("contact.email", "its values are e-mail addresses"),
        ("account.website", "its values are web addresses"),
        (None, "nothing tells what it means"),
    ]


@pytest.mark.parametrize(
    ("column", "value"), [("Email", "call me"), ("Close date", "soon"), ("Employees", "many"), ("Website", "none yet, sorry")]
)
def test_a_header_whose_values_say_otherwise_is_doubted(column, value):
    (found,) = propose(tables.read("x.csv", f"{column}\n{value}\n".encode()))
    assert found.field
    assert found.confidence < SURE
    assert "but not all of its values are" in found.reason


def test_two_columns_that_mean_one_thing_are_not_both_taken():
    first, second, phone, mobile = propose(tables.read("x.csv", b"Amount,Value,Phone,Mobile\n1,2,3,4\n"))
    assert (first.field, second.field, second.reason) == ("opportunity.value", None, "Amount says opportunity.value already")
    assert phone.field == mobile.field == "contact.phone"


@pytest.mark.parametrize(
    ("header", "expected"),
    [("closeDate", "close date"), ("Close_Date", "close date"), ("Prénom", "prenom"), ("Probability (%)", "probability %"), ("--", "")],
)
def test_a_header_in_plain_words(header, expected):
    assert words(header) == expected


def test_no_word_means_two_fields():
    spoken = [words(word) for fields in SPOKEN.values() for word in fields]
    meant: dict[str, set[str]] = {}
    for field, said in SPOKEN.items():
        for word in said:
            meant.setdefault(words(word), set()).add(field)
    assert not {word: fields for word, fields in meant.items() if len(fields) > 1}
    assert {*SPOKEN, *(field for meanings in BY_KIND.values() for field in meanings.values())} <= {*FIELDS}
    assert all(word == words(word) for word in BY_KIND)
    assert spoken


@given(
    st.lists(st.sampled_from([text for text in naughty() if text]), min_size=1, max_size=6),
    st.lists(st.sampled_from(naughty()), max_size=6),
)
def test_no_header_does_harm(header, cells):
    columns = tuple(dict.fromkeys(header))
    row = tables.Row(2, tuple((cells + [""] * len(columns))[: len(columns)]))
    found = propose(tables.Table("x", columns, (row,)))
    assert [each.column for each in found] == list(columns)
    assert all(0 <= each.confidence <= 100 for each in found)


def test_a_sum_beside_a_currency_is_the_value_of_a_deal():
    text = "Kunde;Deal;Summe;Währung\nAcme;Cold;125.000,50;EUR\nAcme;Warm;7.500,00;EUR\n"
    assert sure(text)["Summe"] == "opportunity.value"
    assert proposed("Kunde;Ort;Summe\nAcme;Kiel;12\n")["Summe"] is None
