"""Salesforce's data in every shape in which it comes: reports, relationship columns, archives, workbooks, warehouses, histories."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from exports import Book, account_id, contact_id, extract, long_id, opportunity_id
from hypothesis import given
from hypothesis import strategies as st

from acctplan.errors import UserError
from acctplan.importers import Options, Outcome
from acctplan.importers.records import Activity, Link, Role, Source, StageChange
from acctplan.importers.salesforce import IMPORTER
from acctplan.importers.salesforce.objects import OBJECTS, spellings
from acctplan.importers.salesforce.relations import expanded, plain
from acctplan.importers.tables import read
from hostile import naughty

TODAY = date(2026, 11, 1)
GUID = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"


def of(today: date | None = TODAY, **texts: str):
    """What comes of some CSV files, by their names without the suffix."""
    return extract(*((f"{name}.csv", text.encode()) for name, text in texts.items()), today=today)


def whats(found) -> list[str]:
    return [note.what for note in found.notes]


# Reports, with labels


OPPORTUNITIES = """\
Open opportunities
As of 2026-11-01

"Opportunity Owner","Account Name","Opportunity Name","Stage","Amount Currency","Amount","Probability (%)","Close Date","Next Step","Type"
"Jana Kuhn","Meridian Foods","Cold stores","Negotiation/Review","EUR","420,000.50","90","31/01/2027","Send  offer","Renewal"
"Jana Kuhn","Halden Rail","Signals","Closed Won","EUR","1,000,000.00","100","15/02/2026","","New Customer"
"Jana Kuhn","Halden Rail","Switches","Prospecting","EUR","","10","15/02/2027","","New Customer"

"Grand Totals (3 records)"
"Confidential Information - Do Not Distribute"
"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."
"""


def test_a_report_of_opportunities_is_read_by_its_labels():
    found = of(report=OPPORTUNITIES)
    cold, signals, _ = found.opportunities
    assert (cold.account, cold.stage, cold.status, cold.value, cold.currency) == (
        Link(name="Meridian Foods"),
        "Negotiation/Review",
        "open",
        Decimal("420000.50"),
        "EUR",
    )
    assert (cold.probability, cold.close_date, cold.next_step, cold.kind) == (Decimal("0.9"), date(2027, 1, 31), "Send offer", "Renewal")
    assert (signals.status, signals.stage, signals.probability) == ("won", None, None)
    assert not found.skipped


@pytest.mark.parametrize(("stage", "because"), [("Closed Lost", "Price"), ("Prospecting", None)])
def test_only_what_is_closed_has_a_reason_why(stage, because):
    text = f"Opportunity Name,Account Name,Stage,Loss Reason\nCold,Meridian,{stage},Price\n"
    assert [each.closed_because for each in of(report=text).opportunities] == [because]


def test_a_report_of_contacts_links_by_the_accounts_name():
    text = (
        "First Name,Last Name,Title,Account Name,Mobile,Email,Account Owner,Reports To,Last Activity\n"
        "Lena,Vos,CFO,Meridian Foods,+31 6 1,lena@meridian.example,Jana Kuhn,Henk de Boer,2026-10-01\n"
    )
    (lena,) = of(report=text).contacts
    assert (lena.name, lena.title, lena.account, lena.reports_to) == (
        "Lena Vos",
        "CFO",
        Link(name="Meridian Foods"),
        Link(name="Henk de Boer"),
    )
    assert (lena.email, lena.phone, lena.last_contact, lena.id) == ("lena@meridian.example", "+31 6 1", date(2026, 10, 1), None)
    assert not of(report=text).accounts


JOINED = (
    "\ufeffAccount: Account Name,Account: Type,Account: Industry,Contact: First Name,Contact: Last Name,Contact: Title,Contact: Phone\n"
    "Meridian Foods,Customer,Food,Lena,Vos,CFO,1\n"
    "Meridian Foods,Customer,Food,Henk,de Boer,CEO,2\n"
    "Halden Rail,Customer,Rail\n"
)


def test_a_report_of_accounts_with_contacts_is_about_both():
    found = of(report=JOINED)
    assert [(each.name, each.industry, each.source.row) for each in found.accounts] == [
        ("Meridian Foods", "Food", 2),
        ("Halden Rail", "Rail", 4),
    ]
    assert [(each.name, each.account) for each in found.contacts] == [
        ("Lena Vos", Link(name="Meridian Foods")),
        ("Henk de Boer", Link(name="Meridian Foods")),
    ]
    assert not found.skipped
    book = Book()
    book.bring_in(found)
    assert sorted(book.texts) == ["plans/halden-rail.yaml", "plans/meridian-foods.yaml"]
    assert not any(plan.changes for plan in book.dry_run(found).plans)


def test_an_account_alone_that_was_there_is_skipped_with_a_reason():
    found = of(report=JOINED + "Halden Rail,Customer,Rail\n")
    assert [(row.source.row, row.reason) for row in found.skipped] == [(5, "it has no name, and its account stands in another row")]


def test_a_report_of_opportunities_with_contact_roles_has_each_opportunity_once():
    text = (
        "Opportunity Name,Account Name,Stage,Close Date,First Name,Last Name,Contact Role\n"
        "Cold stores,Meridian Foods,Prospecting,2027-01-31,Lena,Vos,Decision Maker\n"
        "Cold stores,Meridian Foods,Prospecting,2027-01-31,Henk,de Boer,Evaluator\n"
    )
    found = of(report=text)
    assert [each.name for each in found.opportunities] == ["Cold stores"]
    assert found.roles == tuple(
        Role(Source("report.csv", row), Link(name="Cold stores"), Link(name=name), role, account=Link(name="Meridian Foods"))
        for row, name, role in ((2, "Lena Vos", "Decision Maker"), (3, "Henk de Boer", "Evaluator"))
    )


def test_two_opportunities_of_one_name_without_contacts_stay_two():
    row = "Renewal,Meridian,Prospecting,2027-01-31\n"
    found = of(report=f"Opportunity Name,Account Name,Stage,Close Date\n{row}{row}")
    assert len(found.opportunities) == 2


# Relationship columns, Guids


def test_relationship_columns_link_by_name():
    text = "Id,Name,StageName,Account.Name,Owner.Name\n" + f"{opportunity_id(1)},Cold stores,Prospecting,Meridian Foods,Jana\n"
    (deal,) = of(Opportunity=text).opportunities
    assert (deal.id, deal.account) == (opportunity_id(1), Link(name="Meridian Foods"))


def test_composite_columns_link_by_name_and_email():
    text = (
        "FirstName,LastName,Email,Account.$$Name$Site,ReportsTo.$$Email$LastName$FirstName\n"
        "Lena,Vos,lena@m.example,Meridian Foods;Utrecht,henk@m.example;de Boer;Henk\n"
        "Henk,de Boer,henk@m.example,Meridian Foods;Utrecht,\n"
        "Ida,Smit,ida@m.example,Meridian Foods;Utrecht,henk@m.example\n"
    )
    found = of(Contact=text)
    assert {each.account for each in found.contacts} == {Link(name="Meridian Foods")}
    assert [each.reports_to for each in found.contacts] == [
        Link(name="Henk de Boer", email="henk@m.example"),
        None,
        Link(name=None, email="henk@m.example"),
    ]
    assert not found.unused


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("ReportsTo.$$Email$LastName$FirstName", "ReportsTo.Name"),
        ("Account.$$Name", "Account.Name"),
        ("$$Email$LastName", "$$Email$LastName"),
        ("Account.$$", "Account.$$"),
        ("Name", "Name"),
    ],
)
def test_a_composite_header_is_of_what_it_links_to(column, expected):
    assert plain(column) == expected


def test_a_table_without_composite_columns_stays_as_it_is():
    table = read("x.csv", b"Id,Name\n1,2\n")
    assert expanded(table) is table


def test_guids_do_for_ids():
    found = of(Account=f"Id,Name,Industry\n{GUID},Meridian,Food\n", Contact=f"Id,AccountId,LastName\n{GUID[:-1]}2,{GUID},Vos\n")
    assert (found.accounts[0].id, found.contacts[0].account) == (GUID, Link(id=GUID))
    assert Book().bring_in(found).counts[Outcome.NEW] == 2
    assert len(of(Account=f"Id,Name,Industry\n{GUID},Meridian,Food\n{GUID[:-1]}2,Halden,Rail\n").accounts) == 2


def test_a_column_is_known_however_it_is_spelt():
    assert spellings("Contact", "ReportsToId", "Reports To") == (
        "ReportsToId",
        "reports_to_id",
        "Contact: ReportsToId",
        "Reports To",
        "Contact: Reports To",
    )


# Hierarchies and owners


def test_a_subsidiary_names_its_parent_even_where_that_comes_later():
    rows = [
        {"Id": account_id(1), "Name": "Meridian Benelux", "ParentId": account_id(2)},
        {"Id": account_id(2), "Name": "Meridian Group", "Ownership": "Public"},
        {"Id": account_id(3), "Name": "Meridian Iberia", "ParentId": account_id(2)[:15], "Ownership": "Private"},
        {"Id": account_id(4), "Name": "Loner", "ParentId": account_id(4)},
        {"Id": account_id(5), "Name": "Orphan", "ParentId": account_id(9)},
    ]
    text = "Id,Name,ParentId,Ownership\n" + "".join(
        f"{r['Id']},{r['Name']},{r.get('ParentId', '')},{r.get('Ownership', '')}\n" for r in rows
    )
    found = of(Account=text)
    assert [each.ownership for each in found.accounts] == ["subsidiary", "Public", "Private", None, "subsidiary"]
    assert [(note.what, note.source.row) for note in found.notes if note.source] == [
        ("its parent account is Meridian Group", 2),
        ("its parent account is Meridian Group", 4),
        ("ParentId says that it belongs to itself; left out", 5),
        ("its parent account is not in these files", 6),
    ]


def test_owners_are_told_by_the_file_of_users():
    user = long_id("005", 1)
    accounts = f"Id,Name,Industry,OwnerId\n{account_id(1)},Meridian,Food,{user}\n"
    users = f"Id,Username,Name,Email\n{user[:15]},jk@us.example,Jana Kuhn,jk@us.example\n"
    found = of(Account=accounts, User=users)
    assert found.accounts[0].owner == Link(name="Jana Kuhn", email="jk@us.example")
    assert [(file.name, file.kind) for file in found.files] == [("Account.csv", "account"), ("User.csv", None)]
    (column,) = of(Account=accounts).unused
    assert (column.name, column.reason) == ("OwnerId", "give User.csv as well: it says whose id that is")


def test_an_owner_in_the_plans_team_becomes_its_account_manager():
    user = f"Id,Username,FirstName,LastName,Email\n{long_id('005', 1)},x,Jana,Kuhn,JK@us.example\n"
    found = of(Account=f"Id,Name,Industry,OwnerId\n{account_id(1)},Meridian,Food,{long_id('005', 1)}\n", User=user)
    book = Book()
    assert "its owner in Salesforce is Jana Kuhn, and nobody in the plan's team" in [note.what for note in book.bring_in(found).notes]
    for team, manager in (
        ("jana: {name: J. K., email: jk@us.example}", "jana"),
        ("jana: {name: jana  KUHN}", "jana"),
        ("max: {name: Max}", None),
        ("a: {name: Jana Kuhn}\n  b: {name: Jana Kuhn}", None),
    ):
        book = Book({"plans/m.yaml": f"acctplan: 1\nprofile: {{name: Meridian}}\nteam:\n  {team}\n"})
        book.bring_in(found)
        assert book.data("plans/m.yaml")["profile"].get("account_manager") == manager
        assert not any(plan.changes for plan in book.dry_run(found).plans)


# What was done


TASKS = "Id,WhoId,WhatId,Subject,Status,ActivityDate,TaskSubtype,Type\n"


CALL = {"who": contact_id(1), "what": "", "subject": "Call", "status": "Completed", "day": "2026-10-01", "subtype": "Task", "kind": ""}


def task(**cells: str) -> str:
    return f"{TASKS}{long_id('00T', 1)},{','.join((CALL | cells).values())}\n"


def test_a_call_moves_the_last_contact_of_its_contact_on():
    deal = f"Id,AccountId,Name,StageName\n{opportunity_id(1)},{account_id(1)},Cold stores,Prospecting\n"
    (made,) = of(Opportunity=deal, Task=task(what=opportunity_id(1))).activities
    assert made == Activity(
        Source("Task.csv", 2), Link(id=contact_id(1)), date(2026, 10, 1), account=Link(id=account_id(1)), subject="Call", done=True
    )


@pytest.mark.parametrize(("status", "done"), [("Completed", True), ("Not Started", False), ("Waiting on someone else", False), ("", True)])
def test_a_task_that_is_open_was_not_done(status, done):
    assert [each.done for each in of(Task=task(status=status)).activities] == [done]


@pytest.mark.parametrize(("closed", "done"), [("true", True), ("0", False)])
def test_the_flag_of_a_task_goes_before_its_status(closed, done):
    text = f"Id,WhoId,Subject,Status,ActivityDate,IsClosed\n{long_id('00T', 1)},{contact_id(1)},Call,Completed,2026-10-01,{closed}\n"
    assert [each.done for each in of(Task=text).activities] == [done]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"who": ""}, "it names no contact"),
        ({"who": long_id("00Q", 1)}, "it is about a lead, who belongs to no account yet"),
        ({"day": ""}, "it has no date"),
        ({"subject": "Write the offer"}, "it is a task, and nobody was in touch"),
        ({"subtype": "ListEmail"}, "it is an e-mail to a whole list, and nobody was in touch"),
    ],
)
def test_a_task_in_which_nobody_was_in_touch_is_skipped(cells, reason):
    assert [row.reason for row in of(Task=task(**cells)).skipped] == [reason]


@pytest.mark.parametrize("cells", [{"subject": "Price list", "kind": "Call"}, {"subject": "Price list", "subtype": "Email"}, {}])
def test_a_call_or_an_email_is_one_by_type_subtype_or_subject(cells):
    assert len(of(Task=task(**cells)).activities) == 1


def test_an_event_counts_by_the_day_on_which_it_starts():
    cells = (long_id("00U", 1), contact_id(1), account_id(1), "Visit", "2026-10-02T09:00:00.000Z", "")
    text = f"Id,WhoId,WhatId,Subject,StartDateTime,EndDateTime\n{','.join(cells)}\n"
    (made,) = of(Event=text).activities
    assert (made.day, made.done, made.account) == (date(2026, 10, 2), True, Link())
    accounts = f"Id,Name,Industry\n{account_id(1)},Meridian,Food\n"
    assert of(Event=text, Account=accounts).activities[0].account == Link(id=account_id(1), name="Meridian")


def test_stages_have_a_history():
    head = "Id,OpportunityId,CreatedDate,StageName,Amount,IsDeleted\n"
    rows = (
        f"{long_id('008', 1)},{opportunity_id(1)},02/23/26 08:55 PM,Prospecting,1,FALSE\n,{opportunity_id(1)},03/01/26 08:55 AM,,1,FALSE\n"
    )
    found = of(OpportunityHistory=head + rows)
    assert found.stage_changes == (
        StageChange(Source("OpportunityHistory.csv", 2), Link(id=opportunity_id(1)), "Prospecting", date(2026, 2, 23)),
    )
    assert [row.reason for row in found.skipped] == ["it does not say which opportunity came to which stage, and when"]


def test_of_a_field_history_only_the_stage_counts():
    head = "Id,OpportunityId,CreatedDate,Field,OldValue,NewValue\n"
    rows = f"1,{opportunity_id(1)},2026-02-23,StageName,Prospecting,Qualification\n2,{opportunity_id(1)},2026-02-24,Amount,1,2\n"
    found = of(OpportunityFieldHistory=head + rows)
    assert [(each.stage, each.day) for each in found.stage_changes] == [("Qualification", date(2026, 2, 23))]
    assert [row.reason for row in found.skipped] == ["it is about another field than the stage"]


def test_an_opportunity_may_say_itself_since_when_it_is_in_its_stage():
    text = f"Id,AccountId,Name,StageName,LastStageChangeDate\n{opportunity_id(1)},{account_id(1)},Cold stores,Prospecting,2026-09-01\n"
    (change,) = of(Opportunity=text).stage_changes
    assert (change.opportunity, change.stage, change.day) == (Link(opportunity_id(1), "Cold stores"), "Prospecting", date(2026, 9, 1))


# Archives, workbooks, warehouses


def quoted(*rows: str) -> str:
    return "".join(",".join(f'"{cell}"' for cell in row.split(",")) + "\n" for row in rows)


def test_a_weekly_export_is_read_whole():
    accounts = quoted("Id,IsDeleted,Name,ParentId,LastModifiedDate", f"{account_id(1)},0,Meridian,000000000000000AAA,2026-10-02 00:10:41")
    contacts = quoted(
        "Id,IsDeleted,AccountId,LastName,FirstName,ReportsToId",
        f"{contact_id(1)},0,{account_id(1)},Vos,Lena,000000000000000AAA",
        f"{contact_id(2)},1,{account_id(1)},Gone,,",
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Account.csv", accounts)
        archive.writestr("Contact.csv", contacts)
        archive.writestr("Attachments/readme.txt", "x")
        archive.writestr("Product2.csv", '"Id","Name"\n"1","x"\n')
    found = extract(("WE_00D_1.ZIP", packed.getvalue()))
    assert [(each.name, each.as_of, each.ownership) for each in found.accounts] == [("Meridian", date(2026, 10, 2), None)]
    assert [(each.name, each.reports_to) for each in found.contacts] == [("Lena Vos", None)]
    assert [row.reason for row in found.skipped] == ["it is deleted in Salesforce"]
    assert [file.kind for file in found.files] == ["account", "contact", None]


def test_a_workbook_has_a_sheet_for_each_object():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        for name, rows in {
            "Account": [("Id", "Name"), (account_id(1), "Meridian")],
            "Contacts": [("Id", "LastName", "AccountId"), (contact_id(1), "Vos", account_id(1))],
        }.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    found = extract(("export.xlsx", made.getvalue()))
    assert ([each.name for each in found.accounts], [each.name for each in found.contacts]) == (["Meridian"], ["Vos"])


def test_a_warehouse_spells_the_same_in_small_letters():
    found = of(
        account_data=f"_fivetran_synced,billing_city,id,is_deleted,name,number_of_employees\nx,Utrecht,{account_id(1)},false,Meridian,12\n",
        opportunity_data=f"account_id,close_date,id,is_closed,name,stage_name\n9Ccf==,2018-12-19 00:00:00,{opportunity_id(1)},0,X,X\n",
    )
    assert [(each.name, each.headquarters, each.employees) for each in found.accounts] == [("Meridian", "Utrecht", 12)]
    assert [(each.account, each.close_date) for each in found.opportunities] == [(Link(id="9Ccf=="), date(2018, 12, 19))]
    (outcome,) = [row for row in Book().bring_in(found).rows if row.kind == "opportunity"]
    assert outcome.outcome is Outcome.SKIPPED


def test_ids_that_lost_their_zeros_are_told():
    found = of(Account=f"Id,Name,Industry\n{'1'.zfill(15)},Meridian,Food\n", Contact=f"Id,AccountId,LastName\n{contact_id(1)},1,Vos\n")
    assert f"its account's id is 1, which no account has; {'1'.zfill(15)} is meant, probably" in whats(found)


# Whatever comes


CELLS = st.one_of(
    st.sampled_from(
        ["", account_id(1), contact_id(1), opportunity_id(1), "2026-01-01", "31/12/2026", "1,000", "TRUE", "@Ref1", "Lena;Vos"]
    ),
    st.sampled_from([text for text in naughty() if text]),
)
HEADERS = sorted(
    {column for each in OBJECTS.values() for columns in each.columns.values() for column in columns} | {"Account.$$Name$Site", ""}
)


@given(st.data())
def test_no_table_does_harm(data: st.DataObject):
    header = data.draw(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=12))
    rows = data.draw(st.lists(st.lists(CELLS, max_size=len(header) + 1), max_size=4))
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [header, *rows])
    try:
        found = IMPORTER.extract([("Contact.csv", text.encode("utf-8", "surrogatepass"))], Options("d/m/y", TODAY))
    except UserError:
        return
    told = {row.source.row for row in found.skipped}
    records = (*found.accounts, *found.contacts, *found.opportunities, *found.roles, *found.activities, *found.stage_changes)
    assert sum(file.rows for file in found.files if file.kind) == len(told | {record.source.row for record in records})
    Book().bring_in(found)
