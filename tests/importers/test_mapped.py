"""Any table, by what the settings say of its columns."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from exports import Book
from hypothesis import given
from hypothesis import strategies as st

from acctplan.config import Config, parse
from acctplan.errors import UserError
from acctplan.importers import ALL, Options, Outcome
from acctplan.importers.mapped import FIELDS, importers, kind_of, wanted, with_mapping
from acctplan.importers.records import Link, Role, Source
from hostile import naughty

MAVEN = """
[import.maven]
name = "Maven"
stages = {"Engaging" = "qualification"}
constants = {"opportunity.currency" = "USD"}

[import.maven.columns]
"opportunity_id" = "opportunity.id"
"product" = "opportunity.name"
"account" = "account.name"
"deal_stage" = "opportunity.stage"
"close_date" = "opportunity.close_date"
"close_value" = "opportunity.value"
"sector" = "account.industry"
"employees" = "account.employees"
"office_location" = "account.headquarters"
"subsidiary_of" = "account.parent"
"""
PIPELINE = (
    "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
    "A1,Moses Frase,Plus,Cancity,Won,2016-10-20,2017-03-01,1054\n"
    "B2,Darcel Schlecht,Pro,Isdom,Engaging,2016-10-25,,\n"
    "C3,Darcel Schlecht,Special,,Lost,2016-10-25,2017-03-07,0\n"
)
ACCOUNTS = (
    "account,sector,year_established,revenue,employees,office_location,subsidiary_of\n"
    "Cancity,retail,1996,1100.04,2822,United States,\nIsdom,medical,1999,251.41,495,Kenya,Cancity\n"
)


def source(settings: str):
    (found,) = importers(parse(settings), ())
    return found


def extract(settings: str, options: Options | None = None, **texts: str):
    return source(settings).extract([(f"{name}.csv", text.encode()) for name, text in texts.items()], options or Options())


def test_two_tables_of_one_source_become_plans():
    found = extract(MAVEN, pipeline=PIPELINE, accounts=ACCOUNTS)
    assert [(each.name, each.industry, each.headquarters, each.ownership) for each in found.accounts] == [
        ("Cancity", "retail", "United States", None),
        ("Isdom", "medical", "Kenya", "subsidiary"),
    ]
    plus, pro, special = found.opportunities
    assert (plus.id, plus.name, plus.account, plus.stage, plus.value, plus.currency, plus.close_date) == (
        "A1",
        "Plus",
        Link(name="Cancity"),
        "Won",
        Decimal(1054),
        "USD",
        date(2017, 3, 1),
    )
    assert (pro.value, special.account) == (None, Link())
    book = Book(config=parse(MAVEN))
    imported = book.bring_in(found)
    assert sorted(book.texts) == ["plans/cancity.yaml", "plans/isdom.yaml"]
    assert "status: won" in book.texts["plans/cancity.yaml"]
    assert "source: Maven" in book.texts["plans/cancity.yaml"]
    assert "stage: qualification" in book.texts["plans/isdom.yaml"]
    assert (imported.counts[Outcome.NEW], imported.left_out) == (4, 1)
    assert not any(plan.changes for plan in book.dry_run(found).plans)


LEADS = """
[import.leads.columns]
"Company" = "account.name"
"Contact Name" = "contact.name"
"Email" = "contact.email"
"Website" = "account.website"
"""


def test_one_row_is_about_a_contact_and_its_account():
    people = "Acme,Jane Doe,jane@acme.example,acme.example\nAcme,Bo Li,bo@acme.example,acme.example\n"
    text = f"Company,Contact Name,Email,Website\n{people}Solo,,,solo.example\n"
    found = extract(LEADS, leads=text)
    assert [(each.name, each.website, each.source.row) for each in found.accounts] == [
        ("Acme", "acme.example", 2),
        ("Solo", "solo.example", 4),
    ]
    assert [(each.name, each.account) for each in found.contacts] == [
        (name, Link(name="Acme", domain="acme.example")) for name in ("Jane Doe", "Bo Li")
    ]
    assert not found.skipped
    assert len(found.files) == 1


def test_a_deal_names_its_contact_by_parts_and_role():
    settings = (
        '[import.x.columns]\nDeal = "opportunity.name"\nFirst = "contact.first_name"\nLast = "contact.last_name"\nPart = "contact.role"\n'
    )
    found = extract(settings, x="Deal,First,Last,Part\nCold,Lena,Vos,Evaluator\n")
    assert found.opportunities == ()
    assert found.roles == (Role(Source("x.csv", 2), Link(name="Cold"), Link(name="Lena Vos"), "Evaluator"),)
    stage = settings + 'Step = "opportunity.stage"\n'
    found = extract(stage, x="Deal,First,Last,Part,Step\nCold,Lena,Vos,Evaluator,Talks\n")
    assert [each.name for each in found.opportunities] == ["Cold"]
    assert [each.contact for each in found.roles] == [Link(name="Lena Vos")]


def test_an_activity_needs_a_day_and_somebody():
    settings = '[import.x.columns]\nOn = "activity.date"\nWho = "contact.name"\nAt = "account.name"\n'
    found = extract(settings, x="On,Who,At\n2026-01-02,Lena Vos,Acme\n2026-01-02,,Acme\n")
    assert [(each.day, each.contact, each.account) for each in found.activities] == [
        (date(2026, 1, 2), Link(name="Lena Vos"), Link(name="Acme"))
    ]
    assert [row.reason for row in found.skipped] == ["it names no contact"]


@pytest.mark.parametrize(("written", "expected"), [(("0.4", "1"), "0.4"), (("40", "1"), "0.4"), (("40 %", ""), "0.4")])
def test_a_probability_is_a_share_or_per_cent_by_its_column(written, expected):
    settings = '[import.x.columns]\nDeal = "opportunity.name"\nOdds = "opportunity.probability"\n'
    first, *_ = extract(settings, x="Deal,Odds\n" + "".join(f"D,{one}\n" for one in written)).opportunities
    assert first.probability == Decimal(expected)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("OPPORTUNITY_ID,PRODUCT,ACCOUNT", "opportunity"),
        ("account,sector", "account"),
        ("account,something", None),
        ("sector,employees", None),
        ("Id,Name", None),
    ],
)
def test_a_table_is_of_a_source_if_it_has_columns_enough(header, kind):
    assert source(MAVEN).identify(header.split(","), "x.csv") == kind


def test_a_table_without_its_columns_is_refused():
    with pytest.raises(UserError) as caught:
        extract(MAVEN, x="Id,Name\n1,2\n")
    assert caught.value.message == "none of these files has the columns that [import.maven.columns] of acctplan.toml explains"


def test_a_column_that_nobody_explained_is_listed():
    assert [(each.name, each.filled) for each in extract(MAVEN, pipeline=PIPELINE).unused] == [("sales_agent", 3), ("engage_date", 3)]


@pytest.mark.parametrize("table", ["columns", "constants"])
def test_a_field_that_there_is_not_is_refused(table):
    rows = {"columns": '"Deal" = "opportunity.nmae"', "constants": '"opportunity.nmae" = "USD"'}[table]
    settings = (
        f'[import.x.columns]\nDeal = "opportunity.name"\n[import.x.constants]\n{rows}\n'
        if table == "constants"
        else f"[import.x.columns]\n{rows}\n"
    )
    with pytest.raises(UserError) as caught:
        importers(parse(settings), ())
    assert caught.value.message == f"acctplan.toml: import.x.{table}: there is no field opportunity.nmae"
    assert caught.value.hint == "did you mean opportunity.name?"


def test_what_is_said_of_a_crm_that_is_known_makes_no_source():
    settings = parse('[import.pipedrive.columns]\n"Deal - Titel" = "Deal - Title"\n')
    assert importers(settings, [each.system.key for each in ALL]) == ()
    assert importers(Config(), ()) == ()


def test_a_crm_that_is_known_reads_headers_in_another_language():
    (pipedrive,) = [each for each in ALL if each.system.key == "pipedrive"]
    said = {"Deal - Titel": "Deal - Title", "Deal - Wert": "Deal - Value"}
    found = pipedrive.extract([("Deals.csv", b"Deal - Titel,Deal - Wert,Deal - Status\nCold,5,Open\n")], Options(columns=said))
    assert [(each.name, each.value) for each in found.opportunities] == [("Cold", Decimal(5))]


@pytest.mark.parametrize(
    ("fields", "kind", "missing"),
    [
        ("opportunity.name opportunity.stage account.name", "opportunity", "opportunity.name"),
        ("opportunity.stage account.name contact.name", None, "opportunity.name"),
        ("opportunity.name contact.role contact.name", "role", "opportunity.name"),
        ("contact.last_name account.name", "contact", "contact.name"),
        ("contact.email account.name", "account", "contact.name"),
        ("contact.email", None, "contact.name"),
        ("account.name", "account", "account.name"),
        ("activity.date contact.email", "activity", "contact.name"),
        ("activity.date account.name", None, "contact.name"),
        ("activity.subject contact.name", None, "activity.date"),
        ("", None, "account.name"),
    ],
)
def test_the_fields_tell_what_the_rows_are_about(fields, kind, missing):
    assert (kind_of(fields.split()), wanted(fields.split())) == (kind, missing)


# The settings' text


COLUMNS = {"Deal": "opportunity.name", 'Si"ze\\\x7f': "opportunity.value"}


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# mine\ncurrency = 'USD'   # stays\n",
        "currency = 'USD'\r\n[import]\r\nsalesforce.stages = {}\r\n",
        "\ufeffcurrency = 'USD'",
        "[import.b.columns]\nX = 'account.name'\n",
    ],
)
def test_a_mapping_is_added_and_all_else_stays(before):
    after = with_mapping(before, "a", COLUMNS, of="deals\x1b.csv", date_format="d/m/y")
    assert after.startswith(before.rstrip("\r\n"))
    settings = parse(after)
    assert (settings.imports["a"].columns, settings.imports["a"].date_format) == (COLUMNS, "d/m/y")
    assert ("\r\n" in before) == ("\r\n" in after)
    assert settings.imports.keys() - {"a"} == parse(before).imports.keys()
    assert with_mapping(after, "a", COLUMNS, of="deals.csv", date_format=None) == after


def test_more_columns_go_below_those_that_there_are():
    before = "[import.a.columns]   # mine\nDeal = 'opportunity.name'\n# and\n\n[limits]\ncontact_days = 5\n"
    after = with_mapping(before, "a", COLUMNS | {"Won": "opportunity.status"}, of="x", date_format=None)
    assert after.startswith("[import.a.columns]   # mine\nDeal = 'opportunity.name'\n# and\n\"Si")
    assert parse(after).imports["a"].columns == COLUMNS | {"Won": "opportunity.status"}
    assert parse(after).limits.contact_days == 5


@pytest.mark.parametrize(
    ("before", "date_format", "message"),
    [
        ("[import.a.columns]\nDeal = 'account.name'\n", None, "[import.a.columns] takes Deal for account.name already"),
        ("[import]\na.columns = {X = 'account.name'}\n", None, "acctplan.toml names a in a way that nothing can be added to"),
        ("import = {a = {}}\n", None, "acctplan.toml names a in a way that nothing can be added to"),
        ("[import.a.columns]\n", "d/m/y", "[import.a] says nothing of dates in d/m/y"),
        ("currency = 5\n", None, "acctplan.toml:1: currency should be text in quotes"),
    ],
)
def test_what_cannot_be_added_to_is_refused(before, date_format, message):
    with pytest.raises(UserError) as caught:
        with_mapping(before, "a", COLUMNS, of="x", date_format=date_format)
    assert caught.value.message == message


NAMES = st.one_of(st.sampled_from([text for text in naughty() if text]), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))


@given(st.dictionaries(NAMES, st.sampled_from(FIELDS), min_size=1, max_size=5), NAMES)
def test_whatever_columns_are_called_they_can_be_written(columns, of):
    columns = {column: field for column, field in columns.items() if column.isprintable() or "\ud800" not in column}
    try:
        after = with_mapping("currency = 'USD'\n", "a", columns, of=of, date_format=None)
    except UserError:
        return
    assert parse(after).imports["a"].columns == columns


CELLS = st.one_of(
    st.sampled_from(["", "Acme", "Lena Vos", "2026-01-01", "31/12/2026", "40 %", "1,000", "x@y.example"]), st.sampled_from(naughty())
)


@given(
    st.dictionaries(st.sampled_from("ABCDEFG"), st.sampled_from(FIELDS), min_size=1),
    st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=4),
)
def test_no_table_does_harm(columns, rows):
    settings = Config.model_validate({"import": {"x": {"columns": columns, "constants": {"opportunity.currency": "EUR"}}}})
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in ["ABCDEFG", *rows])
    (importer,) = importers(settings, ())
    try:
        found = importer.extract([("x.csv", text.encode("utf-8", "surrogatepass"))], Options("d/m/y"))
    except UserError:
        return
    Book(config=settings).bring_in(found)
