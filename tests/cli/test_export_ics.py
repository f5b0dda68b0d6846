"""`acctplan export ics`: whose days, how far ahead, and where to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")


def titles(text: str) -> list[str]:
    return [str(event["summary"]) for event in Calendar.from_ical(text).walk("VEVENT")]


def test_the_whole_book_is_one_calendar(run: Run, book: Path):
    answer = run("export", "ics", *TODAY)
    assert (answer.status, answer.err) == (0, "")
    accounts = {title.rpartition(" · ")[2] for title in titles(answer.out)}
    assert accounts >= {"Tallmo Bruk", "Brannhaven Terminals", "Stadtwerke Auenfurt"}
    assert "X-WR-CALNAME:Account plans\r\n" in answer.out
    assert "X-WR-CALNAME:Account plan: Tallmo Bruk\r\n" in run("export", "ics", "tallmo-bruk", *TODAY).out


def test_a_plan_is_called_the_same_from_wherever_it_is_exported(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch):
    whole = run("export", "ics", "tallmo-bruk", *TODAY).out
    monkeypatch.chdir(book / "plans")
    assert run("export", "ics", "tallmo-bruk.yaml", *TODAY).out == whole


@pytest.mark.parametrize("whose", [["--owner", "amira"], ["--owner", "haddad"], ["--mine"]])
def test_what_is_somebodys(run: Run, plan: Callable[..., Path], whose: list[str]):
    plan(
        "profile: {name: Acme, account_manager: tom}\nteam: {amira: {name: Amira Haddad}, tom: {name: Tom}}\nopportunities:\n"
        "  a: {name: A, status: open, close_date: 2026-12-01, owner: amira}\n  b: {name: B, status: open, close_date: 2026-12-01}\n"
    )
    assert titles(run("export", "ics", *whose, *TODAY).out) == ["Close date: A · Acme"]
    assert titles(run("export", "ics", "--owner", "tom", *TODAY).out) == ["Close date: B · Acme"]


@pytest.mark.parametrize(("within", "shown"), [("9d", []), ("10d", ["A"]), ("+2w", ["A"]), ("1m", ["A", "B"]), ("2m", ["A", "B", "C"])])
def test_no_further_ahead_than_asked_for(run: Run, plan: Callable[..., Path], within: str, shown: list[str]):
    days = {"A": "2026-12-01", "B": "2026-12-21", "C": "2026-12-22"}
    opportunities = ", ".join(f"{name.lower()}: {{name: {name}, status: open, close_date: {day}}}" for name, day in days.items())
    plan(f"profile: {{name: Acme}}\nopportunities: {{{opportunities}}}\n")
    answer = run("export", "ics", "--within", within, *TODAY)
    assert titles(answer.out) == [f"Close date: {name} · Acme" for name in shown]
    assert answer.err == ("" if shown else "nothing has a day to come\n")


def test_a_file_keeps_the_line_ends_of_calendars(run: Run, book: Path):
    assert run("export", "ics", "-o", "plans.ics", *TODAY).err == "wrote plans.ics\n"
    assert (book / "plans.ics").read_bytes().count(b"\r\n") == (book / "plans.ics").read_bytes().count(b"\n")
    assert run("export", "ics", "-o", "plans.ics", *TODAY).err == "plans.ics is up to date\n"
    assert run("export", "ics", "-o", "plans/tallmo-bruk.yaml", *TODAY).status == 2


def test_a_plan_with_errors_is_left_out_and_said(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme, ends: 2026-12-31}\n")
    plan("profile: {nmae: Broken}\n", "broken")
    answer = run("export", "ics", *TODAY)
    assert (answer.status, titles(answer.out)) == (1, ["The account plan ends · Acme"])
    assert answer.err == "plans/broken.yaml: left out, it has errors: acctplan check plans/broken.yaml\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--owner", "nobody-here"], "nobody in these plans is nobody-here\n  the team: "),
        (["--mine", "--owner", "x"], "--mine and --owner are different people"),
    ],
)
def test_what_cannot_be_asked(run: Run, book: Path, arguments: list[str], message: str):
    answer = run("export", "ics", *arguments, *TODAY)
    assert answer.status == 2
    assert message in answer.err
