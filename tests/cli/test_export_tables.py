"""`acctplan export csv`, `json`, `sqlite`, `duckdb`, `parquet`: what is written where, and of which state of the plans."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from acctplan.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
NAMES = {table.name for table in TABLES}


def test_csv_is_a_file_for_each_table(run: Run, book: Path):
    answer = run("export", "csv", "-o", "out/tables", *TODAY)
    assert (answer.status, answer.out, answer.err) == (0, "", f"wrote out/tables/: {len(NAMES)} files\n")
    assert {path.name for path in (book / "out" / "tables").iterdir()} == {f"{name}.csv" for name in NAMES}
    assert run("export", "csv", "-o", "out/tables", *TODAY).err == "out/tables/ is up to date\n"
    (book / "out" / "tables" / "team.csv").unlink()
    assert run("export", "csv", "-o", "out/tables", *TODAY).err == f"wrote out/tables/: 1 file; {len(NAMES) - 1} were up to date\n"


def test_one_table_goes_to_standard_output(run: Run, book: Path):
    (row, *_) = csv.DictReader(io.StringIO(run("export", "csv", "tallmo-bruk", "--table", "team").out, newline=""))
    assert (row["plan"], row["account"], row["id"], row["name"]) == ("tallmo-bruk", "Tallmo Bruk", "mats", "Mats Ekdahl")
    tabs = run("export", "csv", "tallmo-bruk", "--table", "team", "--tsv").out
    assert tabs.startswith("plan\taccount\tid\tpointer\tname\t")
    assert run("export", "csv", "--table", "team", "--excel", "-o", "team.csv").err == "wrote team.csv\n"
    assert (book / "team.csv").read_bytes().startswith(b"\xef\xbb\xbfplan,account,")


def test_a_formula_is_guarded_unless_asked_otherwise(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan('profile: {name: Acme}\ncontacts: {a: {name: "=1+1", notes: "one\\ttwo\\u202e"}}\n')
    assert ",'=1+1," in run("export", "csv", "--table", "contacts").out
    assert ",=1+1," in run("export", "csv", "--table", "contacts", "--raw").out
    terminal(80)
    shown = run("export", "csv", "--table", "contacts").out
    assert "one\ttwo<U+202E>" in shown


@pytest.mark.parametrize("output", [["-o", "plans.json"], []])
def test_json_is_one_document(run: Run, book: Path, output: list[str]):
    answer = run("export", "json", *output, *TODAY)
    text = (book / "plans.json").read_text("utf-8") if output else answer.out
    document = json.loads(text)
    assert (document["version"], document["exported_on"], set(document["tables"])) == (1, "2026-11-21", NAMES - {"exports"})
    assert text.isascii()


def test_databases_are_files(run: Run, book: Path):
    assert run("export", "sqlite", "-o", "plans.sqlite", *TODAY).err == "wrote plans.sqlite\n"
    with closing(sqlite3.connect(book / "plans.sqlite")) as database:
        assert database.execute("SELECT plans, exported_on FROM exports").fetchall() == [(3, "2026-11-21")]
    pytest.importorskip("duckdb")
    assert run("export", "duckdb", "-o", "plans.duckdb", *TODAY).err == "wrote plans.duckdb\n"
    assert run("export", "parquet", "-o", "parquet", *TODAY).err == f"wrote parquet/: {len(NAMES)} files\n"
    assert {path.name for path in (book / "parquet").iterdir()} == {f"{name}.parquet" for name in NAMES}


def exported(run: Run) -> tuple[str | None, bool | None]:
    document = json.loads(run("export", "json").out)
    return document["revision"], document["is_changed"]


def test_the_revision_is_gits_and_whether_plans_changed_since(run: Run, plan: Callable[..., Path], tmp_path: Path):
    path = plan("profile: {name: Acme}\n")
    assert exported(run) == (None, None)
    git = ["git", "-C", str(tmp_path), "-c", "user.name=A", "-c", "user.email=a@b.example"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "All"]):
        subprocess.run([*git, *command], check=True)
    head = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    (tmp_path / "notes.txt").write_text("of no plan")
    assert exported(run) == (head, False)
    path.write_text("profile: {name: Acme Works}\n")
    assert exported(run) == (head, True)


def test_two_plans_of_one_name_are_called_by_their_paths(run: Run, plan: Callable[..., Path], tmp_path: Path):
    for folder in ("north", "south"):
        (tmp_path / "plans" / folder).mkdir(parents=True)
        plan("profile: {name: Acme}\n", f"{folder}/acme")
    plan("profile: {name: Other}\n", "other")
    rows = csv.DictReader(io.StringIO(run("export", "csv", "--table", "accounts").out, newline=""))
    assert [row["plan"] for row in rows] == ["plans/north/acme.yaml", "other", "plans/south/acme.yaml"]


def test_a_plan_with_errors_is_left_out_and_said(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme}\n")
    plan("profile: {nmae: Broken}\n", "broken")
    for arguments in (["csv", "-o", "tables"], ["json"], ["sqlite", "-o", "x.sqlite"]):
        answer = run("export", *arguments)
        assert answer.status == 1
        assert answer.err.startswith("plans/broken.yaml: left out, it has errors: acctplan check plans/broken.yaml\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["csv"], "which table, or which folder?"),
        (["csv", "--table", "contcts"], "no table 'contcts'\n  did you mean contacts?"),
        (["csv", "--table", "zzz"], "no table 'zzz'\n  one of exports, accounts, "),
        (["csv", "-o", "-"], "these are many files"),
        (["csv", "-o", "acctplan.toml"], "acctplan.toml is a file"),
        (["csv", "-o", "acctplan.toml/below"], "acctplan.toml/below cannot be made a folder"),
        (["parquet"], "which folder?"),
        (["sqlite", "-o", "plans/tallmo-bruk.yaml"], "plans/tallmo-bruk.yaml is named like a plan or settings; nothing was written"),
        (["json", "meridan"], "no plan meridan"),
    ],
)
def test_what_cannot_be_done(run: Run, book: Path, arguments: list[str], message: str):
    answer = run("export", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(f"acctplan: {message}")


def test_a_terminal_is_shown_no_database(run: Run, book: Path, terminal: Callable[[int], None]):
    terminal(80)
    assert run("export", "sqlite").err.endswith(
        "acctplan: a terminal cannot show such a file\n  name a file for it with -o, or pipe it into a program\n"
    )
