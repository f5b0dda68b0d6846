from __future__ import annotations

import itertools
import json

from exports import Book, account_id, contact_id, csv_file, extract, opportunity_id

from acctplan.config import Config, parse
from acctplan.importers import ALL, FIELDS, Extract, Preference, Source, as_data, summary
from acctplan.importers.records import Account, Contact, File, Link

HEADING = "Words of Salesforce that no plan knows; say in acctplan.toml what they mean, then import again:"
STANDING = f"""\
profile: {{name: Meridian Foods, crm: {{salesforce: {account_id(1)}}}}}
contacts:
  lena: {{name: Lena Vos, crm: {{salesforce: {contact_id(1)}}}}}
opportunities:
  cold: {{name: Cold stores, status: open, value: 500_000, stage: proposal, crm: {{salesforce: {opportunity_id(1)}}}}}
"""


def imported(**terms):
    book = Book({"plans/meridian.yaml": STANDING, "plans/same.yaml": f"profile: {{name: Same, crm: {{salesforce: {account_id(2)}}}}}\n"})
    deal = {
        "AccountId": account_id(1),
        "Name": "Cold stores",
        "StageName": "Negotiation/Review",
        "Amount": "420000",
        "CurrencyIsoCode": "EUR",
    }
    export = extract(
        csv_file(
            "Account.csv", [{"Name": "Meridian Foods", "Type": "Customer", "AnnualRevenue": "5"}, {"Name": "Same"}, {"Name": "Third"}]
        ),
        ("Lead.csv", b"Id,Company\n1,x\n"),
        contacts=[
            {"AccountId": account_id(1), "Name": "Lena Vos", "Title": "CFO"},
            {"AccountId": account_id(1), "Name": "Tom Bakker"},
            {"AccountId": account_id(3), "Name": "Eve", "IsDeleted": "1"},
            {"AccountId": account_id(3), "Name": "Eva", "IsDeleted": "1"},
        ],
        opportunities=[deal, {**deal, "Id": opportunity_id(7), "AccountId": account_id(3), "StageName": "Legal"}],
    )
    return book.dry_run(export, **terms)


def test_the_lines_say_what_comes_what_stays_and_what_is_left_out():
    assert summary(imported()) == [
        "New plans: 1",
        "  third.yaml: Third, 1 opportunity",
        "Changed plans: 1",
        "  plans/meridian.yaml: 1 contact added, 1 field filled in or changed",
        "    contacts.lena.title: CFO (Contact.csv, row 2)",
        "Nothing to change: 1 plan",
        "Plan and Salesforce differ, and the plan's word stays: 2 fields",
        "  plans/meridian.yaml: opportunities.cold.stage: plan proposal, Salesforce negotiation (Opportunity.csv, row 2)",
        "  plans/meridian.yaml: opportunities.cold.value: plan 500_000, Salesforce 420_000 (Opportunity.csv, row 2)",
        "  to take Salesforce's word: --prefer crm:stage,value",
        "Rows left out: 2",
        "  contact: it is deleted in Salesforce (Contact.csv, rows 4, 5)",
        "File left out: Lead.csv, 1 row: its columns are not those of a Salesforce export",
        "Words of Salesforce that no plan knows; say in acctplan.toml what they mean, then import again:",
        "  [import.salesforce.stages]",
        f'  # each is one of {", ".join(Config().stages)}, or won, lost, dropped, or "" if it says nothing',
        '  "Legal" = "…"  # row 3',
        "Columns that a plan has no place for: 2",
        "  Account.csv: Type, AnnualRevenue",
        "    AnnualRevenue: it does not say of which year; write it in the plan's revenue_history",
        "9 rows: 3 new, 1 changed, 2 same, 1 conflict, 2 skipped",
    ]


def test_what_is_replaced_shows_both_words():
    lines = summary(imported(prefer=Preference(crm=frozenset(FIELDS))))
    assert "    opportunities.cold.value: 500_000 → 420_000 (Opportunity.csv, row 2)" in lines
    assert not any("word stays" in line for line in lines)


def test_long_lists_are_counted():
    export = extract(accounts=[{"Name": f"Account {number}", "NumberOfEmployees": "Many"} for number in range(5)])
    lines = summary(Book().dry_run(export), longest=2)
    assert lines[:5] == ["New plans: 5", "  account-0.yaml: Account 0", "  account-1.yaml: Account 1", "  and 3 more", "To know:"]
    assert "  NumberOfEmployees is not a number; left out: Account.csv, rows 2, 3, 4 and 2 more" in lines
    assert "  account-2.yaml: Account 2" in summary(Book().dry_run(export), longest=4)


def test_one_more_than_fits_is_shown_rather_than_counted():
    export = extract(accounts=[{"Name": f"Account {number}"} for number in range(3)])
    assert summary(Book().dry_run(export), longest=2)[1:4] == [f"  account-{number}.yaml: Account {number}" for number in range(3)]


def test_rows_are_told_in_the_order_of_the_file():
    deals = [{"AccountId": account_id(number), "Name": "x", "StageName": "Legal"} for number in (2, 1)]
    lines = summary(Book().dry_run(extract(accounts=[{"Name": "A"}, {"Name": "B"}], opportunities=deals)))
    assert '  "Legal" = "…"  # row 2 and 1 more' in lines


def test_words_can_be_copied_into_the_settings():
    deals = [
        {"AccountId": account_id(1), "Name": "x", "StageName": 'Signed "off"'},
        {"AccountId": account_id(1), "Name": "y", "Type": "Swap"},
    ]
    lines = summary(Book().dry_run(extract(accounts=[{"Name": "A"}], opportunities=deals)))
    said = "\n".join(itertools.takewhile(lambda line: line.startswith("  "), lines[lines.index(HEADING) + 1 :]))
    config = parse(said.replace('"Swap" = "…"', '"Swap" = "up_sell"').replace("…", "won"))
    assert (config.imports["salesforce"].stages, config.imports["salesforce"].kinds) == ({'Signed "off"': "won"}, {"Swap": "up_sell"})


def test_what_is_left_out_for_one_reason_is_told_once():
    accounts = [{"Id": "", "Name": name} for name in "ABC"]
    given = [csv_file(f"Account{number}.csv", accounts, "Id,Name,NumberOfEmployees,AnnualRevenue") for number in (1, 2, 3)]
    lines = summary(Book().dry_run(extract(*given, *((f"Lead{number}.csv", b"x,y\n1,2\n") for number in range(5)))))
    assert (
        "  account: an account of this name stands in Account1.csv already (Account2.csv, rows 2, 3, 4; Account3.csv, rows 2, 3, 4)"
        in lines
    )
    (files,) = [line for line in lines if line.startswith("File")]
    assert files.startswith("Files left out: Lead0.csv, 1 row; Lead1.csv, 1 row; Lead2.csv, 1 row; and 2 more: ")


def test_what_to_do_is_said_once_for_all_that_it_is_about():
    export = extract(accounts=[{"Name": "A", "Industry": "CafÃ©"}, {"Name": "B", "Description": "CafÃ©"}])
    lines = summary(Book().dry_run(export))
    kept = "looks as if it had been read in the wrong encoding; it was kept: Account.csv, row"
    first = lines.index(f"  Industry {kept} 2")
    assert lines[first + 1] == f"  Description {kept} 3"
    assert lines[first + 2] == "    'CafÃ©' was probably 'Café': correct it in the CRM and in the plan"


def test_a_plan_with_many_changes_does_not_hide_the_others():
    book = Book()
    accounts = [{"Name": f"Account {number}"} for number in range(4)]
    book.bring_in(extract(accounts=accounts))
    lines = summary(book.dry_run(extract(accounts=[{**account, "Industry": "Food", "Website": "x"} for account in accounts])), longest=2)
    assert lines[:8] == [
        "Changed plans: 4",
        "  plans/account-0.yaml: 2 fields filled in or changed",
        "    profile.industry: Food (Account.csv, row 2)",
        "    profile.website: x (Account.csv, row 2)",
        "  plans/account-1.yaml: 2 fields filled in or changed",
        "    profile.industry: Food (Account.csv, row 3)",
        "    profile.website: x (Account.csv, row 3)",
        "  and 2 more",
    ]


def test_many_columns_are_counted():
    header = ",".join(("Id", "Name", "Industry", *(f"C{number}__c" for number in range(33))))
    name, content = csv_file("Account.csv", [{"Name": "A", **{f"C{number}__c": "x" for number in range(33)}}], header)
    (line,) = [line for line in summary(Book().dry_run(extract((name, content)))) if line.startswith("  Account.csv: ")]
    assert line.endswith("C5__c and 27 more")


def test_many_notes_are_counted():
    twice = [{"Id": account_id(number // 2), "Name": f"Account {number // 2}", "Parent Account": f"Group {number}"} for number in range(70)]
    imported = Book().dry_run(extract(csv_file("Account.csv", twice, "Id,Name,Parent Account")))
    lines = summary(imported)
    assert lines.count("  and 20 more") == 1
    assert sum("stands in Account.csv already" in line for line in lines) == 1
    assert sum("its parent account is" in line for line in lines) == 15
    assert len(as_data(imported)["skipped"]) == len(as_data(imported)["notes"]) == 35


def difference(pointer, plan, export, file):
    return {"pointer": pointer, "plan": plan, "export": export, "changed": None, "file": file, "row": 2}


def test_the_data_holds_all_of_it():
    data = json.loads(json.dumps(as_data(imported())))
    assert list(data) == ["version", "system", "files", "counts", "plans", "skipped", "unsure", "notes", "unused_columns"]
    assert (data["version"], data["system"]) == (1, "salesforce")
    assert data["counts"] == {"new": 3, "changed": 1, "same": 2, "kept": 0, "conflict": 1, "unsure": 0, "skipped": 2}
    meridian = next(plan for plan in data["plans"] if plan["path"] == "plans/meridian.yaml")
    assert meridian == {
        "path": "plans/meridian.yaml",
        "name": "Meridian Foods",
        "id": account_id(1),
        "is_new": False,
        "changes": True,
        "counts": {"new": 1, "changed": 1, "same": 1, "kept": 0, "conflict": 1, "unsure": 0, "skipped": 0},
        "taken": [difference("contacts.lena.title", None, "CFO", "Contact.csv")],
        "kept": [],
        "conflicts": [
            difference("opportunities.cold.stage", "proposal", "negotiation", "Opportunity.csv"),
            difference("opportunities.cold.value", "500_000", "420_000", "Opportunity.csv"),
        ],
        "absent": [],
    }
    assert data["skipped"][0] == {"file": "Contact.csv", "row": 4, "kind": "contact", "reason": "it is deleted in Salesforce"}
    assert data["files"][1]["kind"] is None
    assert data["notes"][0]["row"] == 3
    assert data["unused_columns"][0] == {"file": "Account.csv", "name": "Type", "filled": 1, "reason": ""}


def test_nothing_at_all_is_empty_lists():
    data = as_data(Book().dry_run(extract(accounts=[])))
    assert [data[key] for key in ("plans", "skipped", "notes", "unused_columns")] == [[], [], [], []]


def test_words_are_quoted_so_that_one_sees_where_they_end():
    deal = f"{{name: Cold, status: open, next_step: 'Call Ethan', notes: 'It''s on', crm: {{salesforce: {opportunity_id(1)}}}}}"
    account = f"profile: {{name: A, crm: {{salesforce: {account_id(1)}}}}}"
    book = Book({"plans/a.yaml": f"{account}\nopportunities:\n  cold: {deal}\n"})
    row = {"AccountId": account_id(1), "Name": "Cold", "NextStep": "Closed Won. Paperwork attached.", "Description": "Off"}
    lines = summary(book.dry_run(extract(opportunities=[row])))
    head = "  plans/a.yaml: opportunities.cold"
    assert f"{head}.next_step: plan 'Call Ethan', Salesforce 'Closed Won. Paperwork attached.' (Opportunity.csv, row 2)" in lines
    assert f'{head}.notes: plan "It\'s on", Salesforce Off (Opportunity.csv, row 2)' in lines
    taken = summary(book.dry_run(extract(opportunities=[row]), prefer=Preference(crm=frozenset(["next_step"]))))
    assert "    opportunities.cold.next_step: 'Call Ethan' → 'Closed Won. Paperwork attached.' (Opportunity.csv, row 2)" in taken


def test_six_columns_are_all_shown():
    header = ",".join(("Id", "Name", *(f"C{number}__c" for number in range(6))))
    name, content = csv_file("Account.csv", [{"Name": "A", **{f"C{number}__c": "x" for number in range(6)}}], header)
    imported = Book().dry_run(extract((name, content)))
    assert f"  Account.csv: {', '.join(f'C{number}__c' for number in range(6))}" in summary(imported)
    assert len(as_data(imported)["unused_columns"]) == 6


ACCOUNT = {"Name": "Meridian Foods", "Ownership": "Listed by somebody", "Type": "Customer"}
PEOPLE = [{"AccountId": account_id(1), "Name": name} for name in ("Lena Vos", "Tom Bakker", "Eva Smit")]


def test_where_nothing_comes_of_any_row_little_is_said():
    book, export = Book(), extract(accounts=[ACCOUNT], contacts=PEOPLE)
    assert any("Listed by somebody" in line for line in summary(book.bring_in(export)))
    assert summary(book.bring_in(export)) == ["4 rows: 4 same"]
    deleted = extract(accounts=[ACCOUNT], contacts=[*PEOPLE, {"AccountId": account_id(1), "Name": "Odd", "IsDeleted": "1"}])
    assert len(summary(book.bring_in(deleted))) > 3


def test_what_is_not_in_these_files_is_counted_and_named_for_programs():
    book = Book()
    book.bring_in(extract(accounts=[ACCOUNT], contacts=PEOPLE))
    imported = book.bring_in(extract(contacts=PEOPLE[:1]))
    line = "Not in these files, and nothing happens to them: 2 contacts of earlier imports (--json names them)"
    assert summary(imported) == [line, "1 row: 1 same"]
    (plan,) = as_data(imported)["plans"]
    assert plan["absent"] == ["contacts.eva-smit", "contacts.tom-bakker"]


def test_rows_are_counted_not_what_they_are_about():
    rows = [Account(Source("x.csv", 2), "A"), Contact(Source("x.csv", 2), "Lena", account=Link(name="A"))]
    export = Extract(system(), (File("x.csv", 1, 0, "account"),), accounts=rows[:1], contacts=rows[1:])
    assert summary(Book().dry_run(export))[-1] == "1 row with 2 entries: 2 new"


def system():
    return next(each.system for each in ALL if each.system.key == "salesforce")
