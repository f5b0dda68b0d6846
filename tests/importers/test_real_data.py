"""Exports that nobody here wrote. See `paths.shared`: skipped where they are not beside the repository."""

from __future__ import annotations

from datetime import date

import pytest
from exports import Book, extract, whats

from acctplan.errors import UserError
from acctplan.importers import Outcome, summary
from paths import shared


def files(folder: str) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in sorted(shared("data", folder).glob("*.csv"))]


@pytest.fixture(scope="module")
def stomita():
    export = extract(*files("sf-native-stomita"))
    book = Book()
    return book, export, book.bring_in(export)


def test_a_whole_export_becomes_plans_that_load(stomita):
    book, _, imported = stomita
    assert len(book.texts) == 83
    assert all(not loaded.diagnostics for loaded in book.plans().values())
    assert imported.counts[Outcome.NEW] == len(imported.rows) == 83 + 133 + 774


def test_people_and_their_lines_are_all_there(stomita):
    plans = [loaded.plan for loaded in stomita[0].plans().values()]
    contacts = [contact for plan in plans for contact in plan.contacts.values()]
    assert (len(contacts), sum(contact.reports_to is not None for contact in contacts)) == (133, 30)
    opportunities = [opportunity for plan in plans for opportunity in plan.opportunities.values()]
    assert len(opportunities) == 774
    assert [sum(each.status == status for each in opportunities) for status in ("won", "lost", "open")] == [640, 39, 95]
    assert sum(each.probability is not None for each in opportunities) == 1


def test_two_accounts_of_one_name_stay_two(stomita):
    assert sorted(path for path in stomita[0].texts if "nissan" in path) == ["plans/nissan-motors-2.yaml", "plans/nissan-motors.yaml"]


def test_the_same_export_again_changes_nothing(stomita):
    book, export, _ = stomita
    again = book.dry_run(export)
    assert not any(plan.changes or plan.kept for plan in again.plans)
    assert again.counts[Outcome.SAME] == 990


def test_what_was_left_out_is_told_in_few_lines(stomita):
    lines = summary(stomita[2])
    assert any(line.strip().startswith('"Listed" = "…"  # row 3 and 51 more') for line in lines)
    assert len(lines) < 50


def test_a_sample_that_excel_has_saved_tells_its_dates_itself():
    export = extract(*files("sf-devorg-powerbi"))
    assert [file.kind for file in export.files] == ["account", "contact", None, "opportunity", "stage_change"]
    assert [note.what for note in export.notes if "dates" in note.what] == [
        f"the dates in {column} are read as month/day/year, all that this row allows"
        for column in ("LastActivityDate", "LastModifiedDate", "CloseDate", "CreatedDate")
    ]
    assert {each.close_date for each in export.opportunities} == {date(2024, 2, 3), date(2026, 3, 31), date(2026, 2, 23)}
    assert [len(each) for each in (export.accounts, export.contacts, export.opportunities, export.stage_changes)] == [18, 25, 36, 48]
    book = Book()
    imported = book.bring_in(export)
    assert len(book.texts) == 18
    assert all(not loaded.diagnostics for loaded in book.plans().values())
    assert not [what for what in whats(imported) if "left out" in what]
    assert imported.counts[Outcome.SKIPPED] == 0
    opportunities = [each for loaded in book.plans().values() for each in loaded.plan.opportunities.values() if each.stage]
    assert {each.stage_since for each in opportunities} == {date(2026, 2, 23), date(2026, 2, 24)}


def test_an_export_without_the_rows_that_tell_asks_for_the_format():
    given = dict(files("sf-devorg-powerbi"))
    lines = given["Opportunity.csv"].splitlines(keepends=True)
    undecided = b"".join(line for line in lines if b"/26," not in line or b"02/03/24" in line)
    with pytest.raises(UserError, match=r"the dates in CloseDate can be read as day/month or as month/day, as in row 2"):
        extract(("Account.csv", given["Account.csv"]), ("Opportunity.csv", undecided))


# Trees of JSON


PLUGIN = ("sf-tree-plugin-data", "test-files", "data-project", "data")


def trees(*parts: str) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in sorted(shared("data", *parts).glob("*.json"))]


def test_a_tree_of_three_files_becomes_plans():
    export = extract(*trees("sf-tree-lwc-recipes"))
    assert [len(each) for each in (export.accounts, export.contacts, export.opportunities, export.skipped)] == [10, 6, 20, 0]
    book = Book()
    imported = book.bring_in(export)
    assert (len(book.texts), imported.counts[Outcome.NEW], imported.left_out) == (10, 36, 0)
    assert not any(plan.changes for plan in book.dry_run(export).plans)


def test_a_report_whose_rows_are_ragged_is_about_accounts_and_contacts():
    export = extract(("Accounts-Contacts.csv", shared("data", "sf-tree-lwc-recipes", "Accounts-Contacts.csv").read_bytes()))
    assert [len(each) for each in (export.files, export.accounts, export.contacts, export.skipped)] == [1, 10, 6, 0]
    assert export.files[0].rows == 14


@pytest.mark.parametrize(
    ("folder", "accounts", "contacts", "opportunities", "left_out"),
    [
        ("commonChild", 2, 0, 1, 2),
        ("deep", 2, 6, 0, 2),
        ("junction", 5, 4, 0, 1),
        ("missingRef", 2, 0, 1, 1),
        ("missingSelfRef", 12, 0, 0, 4),
        ("self-referencing", 12, 0, 0, 4),
        (".", 6, 10, 0, 10),
    ],
)
def test_the_shapes_of_salesforces_own_tool_are_read(folder, accounts, contacts, opportunities, left_out):
    export = extract(*trees(*PLUGIN, folder))
    assert [len(each) for each in (export.accounts, export.contacts, export.opportunities)] == [accounts, contacts, opportunities]
    book = Book()
    imported = book.bring_in(export)
    assert imported.left_out == left_out
    assert all(not loaded.diagnostics for loaded in book.plans().values())
    assert not any(plan.changes for plan in book.dry_run(export).plans)


def test_a_parent_may_be_missing_or_come_later():
    notes = [note.what for note in extract(*trees(*PLUGIN, "self-referencing")).notes]
    assert len(notes) == 2
    assert all(note.startswith("its parent account is ") and "not in these files" not in note for note in notes)
    missing = [note.what for note in extract(*trees(*PLUGIN, "missingSelfRef")).notes]
    assert "its parent account is not in these files" in missing


def test_ten_thousand_records_are_read():
    assert len(extract(*trees(*PLUGIN, "moreThan200")).accounts) == 10_000


def test_tables_of_any_delimiter_are_read():
    folder = shared("data", "sf-tree-plugin-data", "test-files", "csv")
    single = folder / "single-column.csv"
    for path in sorted({*folder.glob("*.csv")} - {single}):
        assert len(extract((path.name, path.read_bytes())).accounts) == 10, path.name
    with pytest.raises(UserError, match="none of these files is a Salesforce export"):
        extract((single.name, single.read_bytes()))


def test_a_warehouses_tables_do_no_harm_and_what_leads_nowhere_is_told():
    export = extract(*files("warehouse-fivetran/salesforce"))
    assert [file.kind for file in export.files] == ["account", "contact", "activity", "opportunity", "activity"]
    imported = Book().bring_in(export)
    assert len(imported.rows) == 10 + 4 + 10 + 10 + 10
    assert imported.counts[Outcome.SKIPPED] == 43
