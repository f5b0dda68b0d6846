"""`acctplan import salesforce`: files in, plans out, and nothing that a person wrote is lost."""

from __future__ import annotations

import json

import pytest

ACCOUNTS = "Id,Name,Industry\n001A000000aaaaaIAA,Meridian Foods,Food\n001A000000bbbbbIAA,Halden Rail,Rail\n"
CONTACTS = (
    "Id,AccountId,FirstName,LastName,Title,ReportsToId\n"
    "003A000000aaaaaIAA,001A000000aaaaaIAA,Lena,Vos,CFO,003A000000bbbbbIAA\n"
    "003A000000bbbbbIAA,001A000000aaaaaIAA,Henk,de Boer,CEO,\n"
)
DEALS = (
    "Id,AccountId,Name,StageName,Amount,CloseDate\n"
    "006A000000aaaaaIAA,001A000000aaaaaIAA,Cold stores,Proposal/Price Quote,420000,2027-01-31\n"
)


@pytest.fixture(autouse=True)
def _export(tmp_path):
    for name, text in {"Account.csv": ACCOUNTS, "Contact.csv": CONTACTS, "Opportunity.csv": DEALS}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")


FILES = ("Account.csv", "Contact.csv", "Opportunity.csv")


def test_an_empty_book_gets_a_plan_an_account(run, tmp_path):
    answer = run("import", "salesforce", *FILES)
    assert answer.status == 0
    assert sorted(path.name for path in (tmp_path / "plans").iterdir()) == ["halden-rail.yaml", "meridian-foods.yaml"]
    text = (tmp_path / "plans" / "meridian-foods.yaml").read_text(encoding="utf-8")
    assert all(words in text for words in ("reports_to: henk-de-boer", "stage: proposal", "value: 420_000"))
    assert "wrote 2 plans" in answer.err


def test_a_second_run_changes_nothing(run, tmp_path):
    run("import", "salesforce", *FILES)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "plans").iterdir()}
    answer = run("import", "salesforce", *FILES)
    assert "nothing to write: the plans have it all" in answer.err
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "plans").iterdir()} == before


def test_human_words_stay_and_what_is_missing_is_filled_in(run, tmp_path):
    run("import", "salesforce", *FILES)
    path = tmp_path / "plans" / "meridian-foods.yaml"
    text = path.read_text(encoding="utf-8").replace("value: 420_000", "value: 500_000  # she said so").replace("    title: CFO\n", "")
    path.write_text(text, encoding="utf-8")
    answer = run("import", "salesforce", *FILES)
    after = path.read_text(encoding="utf-8")
    assert "value: 500_000  # she said so" in after
    assert "title: CFO" in after
    assert "opportunities.cold-stores.value: plan 500_000, Salesforce 420_000 (Opportunity.csv, row 2)" in answer.err
    run("import", "salesforce", *FILES, "--prefer-crm", "value")
    assert "value: 420_000  # she said so" in path.read_text(encoding="utf-8")


def test_diff_writes_nothing(run, tmp_path):
    answer = run("import", "salesforce", *FILES, "--diff")
    assert not (tmp_path / "plans").exists()
    assert "+++ b/plans/meridian-foods.yaml\n" in answer.out
    assert "New plans: 2" in answer.err


def test_one_account(run, tmp_path):
    run("import", "salesforce", *FILES, "--account", "Halden Rail")
    assert [path.name for path in (tmp_path / "plans").iterdir()] == ["halden-rail.yaml"]


def test_json_on_standard_output_talk_on_standard_error(run):
    answer = run("import", "salesforce", *FILES, "--json")
    assert json.loads(answer.out)["counts"] == {"new": 5, "changed": 0, "same": 0, "kept": 0, "skipped": 0}
    assert "wrote 2 plans" in answer.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere.csv",), "nowhere.csv: cannot be read: no such file or directory"),
        ((*FILES, "--account", "Meridan Foods"), "did you mean Meridian Foods?"),
        ((*FILES, "--prefer-crm", "valu"), "did you mean value?"),
    ],
)
def test_bad_requests(run, arguments, message):
    answer = run("import", "salesforce", *arguments)
    assert (answer.status, message in answer.err) == (2, True)


def test_the_imported_book_can_be_checked_and_ranked(run):
    run("import", "salesforce", *FILES)
    assert run("check", "--fail-on", "error").status == 0
    assert "cold-stores" in run("rank").out
