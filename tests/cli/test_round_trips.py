"""What is exported and imported again, and imports in another order: nothing changes, or the same comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from acctplan.config import Config
from acctplan.loader import load

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
EXPORT = {
    "Account.csv": (
        "Id,Name,Industry,Website",
        "0015g0000000001AAA,Meridian Foods,Food,https://meridian.example",
        "0015g0000000002AAA,Halden Rail,Rail,",
        "0015g0000000003AAA,Halden Rail,Rail freight,",
    ),
    "Contact.csv": (
        "Id,AccountId,FirstName,LastName,Title,ReportsToId,Email",
        "0035g0000000001AAA,0015g0000000001AAA,Lena,Vos,CFO,0035g0000000002AAA,lena@meridian.example",
        "0035g0000000002AAA,0015g0000000001AAA,Henk,de Boer,CEO,,",
        "0035g0000000003AAA,0015g0000000002AAA,Lena,Vos,Buyer,,",
        "0035g0000000004AAA,0015g0000000002AAA,Odd,Berg,,0035g0000000003AAA,",
    ),
    "Opportunity.csv": (
        "Id,AccountId,Name,StageName,Amount,CloseDate,Probability,NextStep",
        "0065g0000000001AAA,0015g0000000001AAA,Cold stores,Proposal/Price Quote,420000,2027-01-31,60,Send the offer",
        "0065g0000000002AAA,0015g0000000001AAA,Cold stores,Closed Won,100000,2026-01-31,100,",
        "0065g0000000003AAA,0015g0000000002AAA,Track sensors,Prospecting,,2027-03-31,10,",
    ),
    "OpportunityContactRole.csv": (
        "Id,OpportunityId,ContactId,Role",
        "00K5g0000000001AAA,0065g0000000001AAA,0035g0000000001AAA,Decision Maker",
        "00K5g0000000002AAA,0065g0000000003AAA,0035g0000000004AAA,Influencer",
    ),
}


def write(folder: Path, *, backwards: bool = False) -> list[str]:
    """The files of an export. Returns what they are called."""
    for name, (header, *rows) in EXPORT.items():
        (folder / name).write_text("\n".join([header, *(rows[::-1] if backwards else rows), ""]), encoding="utf-8")
    return list(EXPORT)


def kept(folder: Path) -> dict[str, bytes]:
    """All that an import writes: the plans, and what the source said."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for below in ("plans", ".acctplan")
        for path in (folder / below).rglob("*.*")
        if path.is_file()
    }


def said(files: dict[str, bytes]) -> dict[str, Any]:
    """What files say, in whichever order: what comes later stands behind what is there."""
    return {
        name: load(text.decode(), name, Config()).read().data if name.endswith(".yaml") else text.decode() for name, text in files.items()
    }


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "acctplan.toml").touch()
    return write(tmp_path)


@pytest.fixture
def at_once(run: Run, files: list[str], tmp_path: Path) -> dict[str, bytes]:
    """What one import of all of it leaves."""
    assert run("import", *files, *TODAY).status == 0
    return kept(tmp_path)


STEPS: tuple[Sequence[Sequence[str]], ...] = (
    (["Account.csv"], ["Contact.csv"], ["Opportunity.csv"], ["OpportunityContactRole.csv"]),
    (["Account.csv", "Contact.csv"], ["Opportunity.csv", "OpportunityContactRole.csv"]),
    (["OpportunityContactRole.csv", "Opportunity.csv", "Contact.csv", "Account.csv"],),
)


@pytest.mark.parametrize("steps", STEPS)
def test_in_steps_or_in_another_order_of_files_the_same_comes_of_it(
    run: Run, at_once: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: Sequence[Sequence[str]]
):
    other = tmp_path / "other"
    other.mkdir()
    (other / "acctplan.toml").touch()
    write(other)
    monkeypatch.chdir(other)
    for names in steps:
        assert run("import", *names, *TODAY).status == 0
    assert said(kept(other)) == said(at_once)


@pytest.mark.parametrize("backwards", [False, True])
def test_a_second_import_changes_nothing_whatever_the_order(
    run: Run, at_once: dict[str, bytes], files: list[str], tmp_path: Path, *, backwards: bool
):
    write(tmp_path, backwards=backwards)
    answer = run("import", *reversed(files), "--today", "2027-02-01")
    assert answer.err.splitlines()[-1] == "nothing to write: the plans have it all"
    assert kept(tmp_path) == at_once


@pytest.mark.usefixtures("at_once")
def test_what_is_exported_for_salesforce_comes_back_as_it_is(run: Run, tmp_path: Path):
    before = kept(tmp_path)
    assert run("export", "salesforce", "-o", "out", *TODAY).status == 0
    answer = run("import", "salesforce", "out/Opportunity.csv", *TODAY)
    assert (answer.status, answer.err.splitlines()[-2:]) == (0, ["3 rows: 3 same", "nothing to write: the plans have it all"])
    assert {name: text for name, text in kept(tmp_path).items() if name.startswith("plans")} == {
        name: text for name, text in before.items() if name.startswith("plans")
    }


@pytest.mark.usefixtures("at_once")
def test_what_is_exported_as_a_workbook_comes_back_as_it_is(run: Run, tmp_path: Path):
    before = kept(tmp_path)
    assert run("export", "xlsx", "-o", "plans.xlsx", *TODAY).status == 0
    assert run("import", "plans.xlsx", *TODAY).err == "nothing to write: nobody edited it, or the plans say it already\n"
    assert kept(tmp_path) == before


def test_the_sample_book_comes_back_as_it_is(run: Run, book: Path):
    before = {path.name: path.read_bytes() for path in (book / "plans").iterdir()}
    assert run("export", "salesforce", "-o", "out", *TODAY).status == 0
    run("import", "salesforce", "out/Opportunity.csv", *TODAY)
    assert {path.name: path.read_bytes() for path in (book / "plans").iterdir()} == before


def test_an_edit_of_a_plan_that_went_out_and_came_back_is_not_lost_to_the_next_real_import(
    run: Run, at_once: dict[str, bytes], files: list[str], tmp_path: Path
):
    name = next(name for name, text in at_once.items() if name.startswith("plans") and b"420_000" in text)
    path = tmp_path / name
    path.write_bytes(path.read_bytes().replace(b"420_000", b"475_000"))
    assert run("export", "salesforce", path.stem, "-o", "up", *TODAY).status == 0
    assert "nothing to write" in run("import", "salesforce", "up/Opportunity.csv", *TODAY).err
    run("import", *files, "--today", "2026-12-01")
    assert b"475_000" in path.read_bytes()
