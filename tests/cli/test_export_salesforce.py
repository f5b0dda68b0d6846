"""`acctplan export salesforce`: what is written where, and what is said of it."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")


def test_files_are_written_in_a_folder(run: Run, book: Path):
    answer = run("export", "salesforce", "-o", "out/sf", *TODAY)
    assert answer.status == 0
    assert {path.name for path in (book / "out" / "sf").iterdir()} == {
        *("AccountPlan.csv", "AccountPlanObjective.csv", "AccountPlanObjectiveMeasure.csv", "Opportunity.csv"),
        *("AccountPlan.json", "AccountPlanObjective.json", "AccountPlanObjectiveMeasure.json", "AccountPlan-plan.json"),
    }
    assert "plans/stadtwerke-auenfurt.yaml: no account plan, its account has no Salesforce id" in answer.err
    assert "records: 2 AccountPlan, 7 AccountPlanObjective, 2 AccountPlanObjectiveMeasure, 1 Opportunity" in answer.err


def test_only_what_differs_from_salesforce_is_written(run: Run, book: Path):
    run("export", "salesforce", "-o", "first", *TODAY)
    fresh = book / "first" / "Opportunity.csv"
    text = (
        fresh.read_text("utf-8")
        .replace("Id,AccountId,Name,", "Id,AccountId,Name,StageName,")
        .replace("cranes,", "cranes,Proposal/Price Quote,")
    )
    fresh.write_text(text, encoding="utf-8")
    same = run("export", "salesforce", "-o", "second", "--changed-from", "first/Opportunity.csv", *TODAY)
    assert not (book / "second" / "Opportunity.csv").exists()
    assert "Opportunity" not in same.err.splitlines()[-1]
    fresh.write_text(text.replace("612000", "500000"), encoding="utf-8")
    run("export", "salesforce", "-o", "second", "--changed-from", "first/Opportunity.csv", *TODAY)
    header, row = (book / "second" / "Opportunity.csv").read_text("utf-8").splitlines()
    assert header == "Id,AccountId,Name,Amount"
    assert row.endswith(",Monitoring of all quay and yard cranes,612000")


def test_account_plans_that_salesforce_has_are_not_made_again(run: Run, book: Path):
    run("export", "salesforce", "-o", "first", *TODAY)
    path = book / "first" / "Opportunity.csv"
    path.write_text(path.read_text("utf-8").replace("Name,", "Name,StageName,", 1).replace("cranes,", "cranes,Won,"), encoding="utf-8")
    without = run("export", "salesforce", "-o", "second", "--changed-from", "first/Opportunity.csv", *TODAY)
    assert not list((book / "second").glob("AccountPlan*"))
    line = "account plans are left out: --changed-from AccountPlan.csv, beside it, says which there are, and only the others are written"
    assert line in without.err.splitlines()
    both = ("--changed-from", "first/Opportunity.csv", "--changed-from", "first/AccountPlan.csv")
    nothing = run("export", "salesforce", "-o", "third", *both, *TODAY)
    assert not list((book / "third").glob("AccountPlan*"))
    assert "2 account plans are in Salesforce already, by their names and accounts, and left out with their objectives" in nothing.err
    plans = (book / "first" / "AccountPlan.csv").read_text("utf-8")
    name = next(row["Name"] for row in csv.DictReader(plans.splitlines()) if not row["Name"].startswith("Brannhaven"))
    (book / "AccountPlan.csv").write_text(plans.replace(name, "Another plan"), encoding="utf-8", newline="")
    other = run("export", "salesforce", "-o", "fourth", "--changed-from", "AccountPlan.csv", *TODAY)
    assert "records: 1 AccountPlan, " in other.err
    assert (book / "fourth" / "AccountPlan.csv").read_text("utf-8").splitlines()[1].startswith(name)
    objectives = csv.DictReader((book / "fourth" / "AccountPlanObjective.csv").read_text("utf-8").splitlines())
    assert {row["AccountPlan.Name"] for row in objectives} == {name}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "which folder?"),
        (["-o", "out", "--changed-from", "nowhere.csv"], "nowhere.csv: "),
        (["-o", "out", "--changed-from", "acctplan.toml"], "none of these files is a Salesforce export"),
    ],
)
def test_what_cannot_be_asked_for(run: Run, book: Path, arguments: list[str], message: str):
    answer = run("export", "salesforce", *arguments)
    assert answer.status == 2
    assert message in answer.err
    assert not (book / "out").exists()
