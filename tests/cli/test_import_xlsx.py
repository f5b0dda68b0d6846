"""`acctplan export xlsx` and `acctplan import` of what people made of it: the whole way round."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from acctplan.importers import returned
from workbooks import edited, saved, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
PERSON = "karsten-moll"


def exported(run: Run, book: Path) -> Path:
    """The book's workbook."""
    assert run("export", "xlsx", "-o", "plans.xlsx", *TODAY).err == "wrote plans.xlsx\n"
    return book / "plans.xlsx"


def texts(book: Path) -> dict[str, str]:
    """What the plans say."""
    return {path.name: path.read_text("utf-8") for path in (book / "plans").iterdir()}


def test_exporting_twice_is_up_to_date(run: Run, book: Path):
    exported(run, book)
    assert run("export", "xlsx", "-o", "plans.xlsx", *TODAY).err == "plans.xlsx is up to date\n"


@pytest.mark.parametrize("words", [["xlsx"], []])
def test_import_of_an_export_changes_nothing(run: Run, book: Path, words: list[str]):
    path, before = exported(run, book), texts(book)
    path.write_bytes(saved(path.read_bytes()))
    answer = run("import", *words, "plans.xlsx", *TODAY)
    assert (answer.status, answer.out, answer.err) == (0, "", "nothing to write: nobody edited it, or the plans say it already\n")
    assert texts(book) == before


def test_edits_come_back_once_and_keep_the_rest_of_the_plan(run: Run, book: Path):
    path, before = exported(run, book), texts(book)
    path.write_bytes(written(path.read_bytes(), "Contacts", PERSON, Title="Chief executive", Stance="odd"))
    shown = run("import", "xlsx", "plans.xlsx", "--diff", *TODAY)
    assert shown.status == 0
    assert "Chief executive" in shown.out
    assert shown.err.endswith("nothing was written: leave out --diff to write 1 plan\n")
    assert texts(book) == before
    answer = run("import", "plans.xlsx", *TODAY)
    assert answer.status == 0
    assert f"contacts.{PERSON}.title: 'Chief operating officer' → 'Chief executive' (Contacts, cell C3)" in answer.err
    assert "'stance' cannot be 'odd'" in answer.err
    assert answer.err.endswith("wrote 1 plan\n")
    name = "brannhaven-terminals.yaml"
    assert texts(book) == before | {name: before[name].replace("Chief operating officer", "Chief executive")}
    again = run("import", "plans.xlsx", *TODAY)
    assert (again.status, again.err.splitlines()[-1]) == (0, "nothing was written, see above")


def test_what_would_be_written_as_data(run: Run, book: Path):
    path, before = exported(run, book), texts(book)
    path.write_bytes(written(path.read_bytes(), "Contacts", PERSON, Title="Chief executive"))
    answer = run("import", "plans.xlsx", "--diff", "--json", *TODAY)
    (one,) = json.loads(answer.out)["would_write"]
    assert (answer.status, one["path"], "Chief executive" in one["diff"]) == (0, "plans/brannhaven-terminals.yaml", True)
    assert texts(book) == before


def test_the_plan_has_the_last_word_unless_asked_otherwise(run: Run, book: Path):
    path = exported(run, book)
    path.write_bytes(written(path.read_bytes(), "Contacts", PERSON, Title="Chief executive"))
    run("set", "brannhaven-terminals", f"contacts.{PERSON}.title", "Chairman")
    answer = run("import", "plans.xlsx", *TODAY)
    assert f"contacts.{PERSON}.title: plan Chairman, workbook 'Chief executive' (Contacts, cell C3)" in answer.err
    assert "to take the workbook's word: --prefer xlsx:title" in answer.err
    assert "Chairman" in texts(book)["brannhaven-terminals.yaml"]
    assert run("import", "plans.xlsx", "--prefer", "xlsx", "--prefer", "plan:title", *TODAY).err.endswith("see above\n")
    assert run("import", "plans.xlsx", "--prefer", "xlsx:title", *TODAY).status == 0
    assert "Chief executive" in texts(book)["brannhaven-terminals.yaml"]


def test_json_says_all_of_it(run: Run, book: Path):
    path = exported(run, book)
    path.write_bytes(written(path.read_bytes(), "Contacts", PERSON, Title="Chief executive", Stance="odd"))
    data = json.loads(run("import", "plans.xlsx", "--json", *TODAY).out)
    assert (data["version"], data["system"]) == (1, "xlsx")
    assert data["plans"] == [{"path": "plans/brannhaven-terminals.yaml", "changed": 1, "added": 0}]
    assert [one["cell"] for one in data["skipped"]] == ["F3"]


def test_all_left_out_ends_with_1(run: Run, book: Path):
    path = exported(run, book)
    path.write_bytes(written(path.read_bytes(), "Contacts", PERSON, Stance="odd"))
    assert run("import", "plans.xlsx", *TODAY).status == 1


def test_plans_of_one_name_are_told_apart_by_their_paths(run: Run, plan: Callable[..., Path], tmp_path: Path):
    (tmp_path / "plans" / "old").mkdir(parents=True)
    plan("profile: {name: Acme}\ncontacts: {jo: {name: Jo}}\n")
    plan("profile: {name: Acme before}\ncontacts: {jo: {name: Jo}}\n", "old/acme")
    path = exported(run, tmp_path)
    assert returned.plan_names(returned.read("x", path.read_bytes())) == {"plans/acme.yaml", "plans/old/acme.yaml"}

    def edit(book: object) -> None:
        sheet = book["Contacts"]  # type: ignore[index]
        line = next(line for line in sheet.iter_rows(min_row=2) if line[0].value == "Acme before")
        line[1].value = "Joan"

    path.write_bytes(edited(path.read_bytes(), edit))
    assert run("import", "plans.xlsx", *TODAY).status == 0
    assert "Joan" in (tmp_path / "plans" / "old" / "acme.yaml").read_text("utf-8")
    assert "Joan" not in (tmp_path / "plans" / "acme.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["plans.xlsx", "--prefer", "crm"], "--prefer crm: whose word goes first is xlsx or plan", "--prefer xlsx:value,stage"),
        (["plans.xlsx", "--prefer", "xlsx:titel"], "no field titel is in a workbook", "did you mean title?"),
        (["plans.xlsx", "--plan", "tallmo-bruk"], "--plan is for a CRM's exports", "says itself which plans"),
        (["plans.xlsx", "acctplan.toml"], "plans.xlsx was made by acctplan, and the other files were not", "import it alone"),
        (["xlsx", "nowhere.xlsx"], "nowhere.xlsx: ", ""),
    ],
)
def test_what_cannot_be_asked_for(run: Run, book: Path, arguments: list[str], message: str, hint: str):
    exported(run, book)
    answer = run("import", *arguments)
    assert answer.status == 2
    assert message in answer.err
    assert hint in answer.err


def test_another_workbook_goes_the_way_of_a_crm(run: Run, book: Path):
    (book / "other.xlsx").write_bytes(edited(saved_without_mark(run, book), lambda made: made["Team"].append(["more"])))
    answer = run("import", "xlsx", "other.xlsx")
    assert answer.status == 1
    assert "its Id is not a Salesforce id" in answer.err


def saved_without_mark(run: Run, book: Path) -> bytes:
    """A workbook that does not say that acctplan made it."""
    return edited(exported(run, book).read_bytes(), lambda made: made.remove(made["_acctplan"]))
