"""`acctplan drift`: where plans and an export disagree. Nothing is written."""

from __future__ import annotations

import json

import pytest

ACCOUNTS = "Id,Name,Industry\n001A000000aaaaaIAA,Meridian Foods,Food\n"
CONTACTS = "Id,AccountId,LastName,FirstName,Title\n003A000000aaaaaIAA,001A000000aaaaaIAA,Vos,Lena,CFO\n"
FILES = ("Account.csv", "Contact.csv")


@pytest.fixture(autouse=True)
def _book(run, tmp_path):
    (tmp_path / "acctplan.toml").touch()
    (tmp_path / "Account.csv").write_text(ACCOUNTS, encoding="utf-8")
    (tmp_path / "Contact.csv").write_text(CONTACTS, encoding="utf-8")
    run("import", *FILES)


def snapshot(folder) -> dict:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_after_an_import_there_is_none(run):
    answer = run("drift", *FILES)
    assert (answer.status, answer.out, answer.err) == (0, "", "no drift: the plans and Salesforce say the same\n")


@pytest.fixture
def drifted(tmp_path):
    path = tmp_path / "plans" / "meridian-foods.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: CFO", "title: COO"), encoding="utf-8")
    (tmp_path / "Account.csv").write_text(ACCOUNTS.replace(",Food\n", ",Chilled food\n"), encoding="utf-8")
    (tmp_path / "Contact.csv").write_text(f"{CONTACTS}003A000000bbbbbIAA,001A000000aaaaaIAA,Bakker,Tom,\n", encoding="utf-8")


@pytest.mark.usefixtures("drifted")
def test_it_says_which_side_has_changed(run, tmp_path):
    before = snapshot(tmp_path)
    answer = run("drift", *FILES)
    assert answer.out.splitlines() == [
        "plan\tfield\tplan_says\tsalesforce_says\tchanged",
        "plans/meridian-foods.yaml\tprofile.industry\tFood\tChilled food\tSalesforce",
        "plans/meridian-foods.yaml\tcontacts.lena-vos.title\tCOO\tCFO\tplan",
    ]
    assert answer.err.splitlines() == [
        "only in Salesforce: 1 contact",
        "2 fields differ; acctplan import brings what only Salesforce has changed",
    ]
    assert answer.status == 1
    assert snapshot(tmp_path) == before


@pytest.mark.usefixtures("drifted")
def test_the_same_as_data(run):
    answer = run("drift", *FILES, "--json")
    found = json.loads(answer.out)
    assert (answer.status, found["version"], found["system"]) == (1, 1, "salesforce")
    assert [(each["pointer"], each["changed"]) for each in found["fields"]] == [
        ("profile.industry", "source"),
        ("contacts.lena-vos.title", "plan"),
    ]
    assert found["only_there"] == [{"file": "Contact.csv", "row": 3, "kind": "contact"}]


@pytest.mark.usefixtures("drifted")
def test_an_import_leaves_what_people_have_changed_as_drift(run):
    run("import", *FILES)
    assert [line.split("\t")[1] for line in run("drift", *FILES).out.splitlines()[1:]] == ["contacts.lena-vos.title"]
    run("import", *FILES, "--prefer", "crm")
    assert run("drift", *FILES).status == 0


def test_where_every_row_is_left_out_nothing_was_compared(run, tmp_path):
    (tmp_path / "Connections.csv").write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nEva,Smit,,,Nobody Inc,CFO,01 Nov 2026\n", encoding="utf-8"
    )
    answer = run("drift", "Connections.csv")
    assert answer.err.splitlines() == ["1 row was left out: acctplan import --diff says why", "nothing could be compared"]
