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
    assert "  the ownership 'Listed' is none that a plan knows; left out: Account.csv, rows 3, 4, 5 and 49 more" in lines
    assert len(lines) < 50


def test_a_sample_that_excel_has_saved_tells_its_dates_itself():
    export = extract(*files("sf-devorg-powerbi"))
    assert [file.kind for file in export.files] == ["account", "contact", None, "opportunity", None]
    assert [note.what for note in export.notes if "dates" in note.what] == [
        "the dates in LastActivityDate are read as month/day/year, all that this row allows",
        "the dates in CloseDate are read as month/day/year, all that this row allows",
    ]
    assert {each.close_date for each in export.opportunities} == {date(2024, 2, 3), date(2026, 3, 31), date(2026, 2, 23)}
    book = Book()
    imported = book.bring_in(export)
    assert len(book.texts) == 18
    assert all(not loaded.diagnostics for loaded in book.plans().values())
    assert not [what for what in whats(imported) if "left out" in what and "MobilePhone" not in what]


def test_an_export_without_the_rows_that_tell_asks_for_the_format():
    given = dict(files("sf-devorg-powerbi"))
    lines = given["Opportunity.csv"].splitlines(keepends=True)
    undecided = b"".join(line for line in lines if b"/26," not in line or b"02/03/24" in line)
    with pytest.raises(UserError, match=r"the dates in CloseDate can be read as day/month or as month/day, as in row 2"):
        extract(("Account.csv", given["Account.csv"]), ("Opportunity.csv", undecided))
