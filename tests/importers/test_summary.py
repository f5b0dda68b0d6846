from __future__ import annotations

import json

from exports import Book, account_id, contact_id, csv_file, extract, opportunity_id

from acctplan.importers import FIELDS, Preference, as_data, summary

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
        "File left out: Lead.csv, 1 row: its columns are not those of Account, Contact, Opportunity or OpportunityContactRole",
        "To know:",
        "  the stage 'Legal' is none of the settings' stages; left out: Opportunity.csv, row 3",
        '    say in acctplan.toml which it is, under [import.salesforce.stages]: "Legal" = "…", then import again',
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
    export = extract(accounts=[{"Name": f"Account {number}", "Ownership": "Listed"} for number in range(5)])
    lines = summary(Book().dry_run(export), longest=2)
    assert lines[:5] == ["New plans: 5", "  account-0.yaml: Account 0", "  account-1.yaml: Account 1", "  and 3 more", "To know:"]
    assert "  the ownership 'Listed' is none that a plan knows; left out: Account.csv, rows 2, 3, 4 and 2 more" in lines
    assert "  account-2.yaml: Account 2" in summary(Book().dry_run(export), longest=4)


def test_one_more_than_fits_is_shown_rather_than_counted():
    export = extract(accounts=[{"Name": f"Account {number}"} for number in range(3)])
    assert summary(Book().dry_run(export), longest=2)[1:4] == [f"  account-{number}.yaml: Account {number}" for number in range(3)]


def test_rows_are_told_in_the_order_of_the_file():
    deals = [{"AccountId": account_id(number), "Name": "x", "StageName": "Legal"} for number in (2, 1)]
    lines = summary(Book().dry_run(extract(accounts=[{"Name": "A"}, {"Name": "B"}], opportunities=deals)))
    assert "  the stage 'Legal' is none of the settings' stages; left out: Opportunity.csv, rows 2, 3" in lines


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
    assert line.endswith("C7__c and 25 more")


def test_many_reasons_and_notes_are_counted():
    twice = [{"Id": account_id(number // 2), "Name": f"Account {number // 2}", "Ownership": f"Kind {number}"} for number in range(70)]
    imported = Book().dry_run(extract(accounts=twice))
    lines = summary(imported)
    assert lines.count("  and 5 more") == 2
    assert sum("stands in Account.csv" in line for line in lines) == 30
    assert sum("the ownership" in line for line in lines) == 30
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


def test_eight_columns_are_all_shown():
    header = ",".join(("Id", "Name", *(f"C{number}__c" for number in range(8))))
    name, content = csv_file("Account.csv", [{"Name": "A", **{f"C{number}__c": "x" for number in range(8)}}], header)
    imported = Book().dry_run(extract((name, content)))
    assert f"  Account.csv: {', '.join(f'C{number}__c' for number in range(8))}" in summary(imported)
    assert len(as_data(imported)["unused_columns"]) == 8
