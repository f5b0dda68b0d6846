"""`acctplan actions`: what is to be done, and carrying over what is late."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
PLAN = """\
# Acme, by hand
profile: {name: Acme, account_manager: ines}
team: {ines: {name: Ines}, bram: {name: Bram}}
objectives:
  win:
    category: revenue
    what: Win
    strategies:
      show:
        what: Show them
        actions:
          visit: {what: Visit, owner: bram, due: 2026-11-20, notes: "They said: maybe"}   # call first
          slides: {what: Slides, status: done, done: 2026-11-02}
          dropped: {what: Dropped, status: cancelled, due: 2026-01-01}
          later:
            what: Later
            due: 2026-12-05
            notes: |
              A first line
  over: {category: revenue, what: Over, status: achieved, strategies: {s: {what: S, actions: {history: {what: History, due: 2026-01-01}}}}}
meetings:
  held:
    2026-09-16:
      actions:
        bench: {what: Show the bench, due: 2026-10-01, status: in_progress}
        no-day: {what: No day, owner: bram}
"""


@pytest.fixture
def acme(plan: Callable[..., Path]) -> Path:
    return plan(PLAN, "acme")


def found(run: Run, *arguments: str) -> list[dict[str, Any]]:
    return json.loads(run("actions", *arguments, "--json", *TODAY).out)["actions"]


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ([], ["visit", "no-day", "bench", "later"]),
        (["--by", "due"], ["bench", "visit", "later", "no-day"]),
        (["--by", "plan"], ["bench", "visit", "later", "no-day"]),
        (["--owner", "bram"], ["visit", "no-day"]),
        (["--owner", "ines"], ["bench", "later"]),
        (["--late"], ["visit", "bench"]),
        (["--within", "14d", "--by", "due"], ["bench", "visit", "later"]),
        (["--within", "2w", "--by", "due"], ["bench", "visit", "later"]),
        (["--within", "13", "--by", "due"], ["bench", "visit"]),
        (["--status", "in_progress"], ["bench"]),
        (["--status", "done"], ["slides"]),
        (["--status", "done", "--status", "cancelled", "--by", "due"], ["dropped", "slides"]),
        (["--from", "meeting"], ["no-day", "bench"]),
        (["--from", "objective", "--late"], ["visit"]),
    ],
)
def test_what_was_asked_for(run: Run, acme: Path, arguments: list[str], ids: list[str]):
    assert [one["id"] for one in found(run, *arguments)] == ids


def test_a_program_gets_all_of_it(run: Run, acme: Path):
    visit, *_, bench, _ = found(run)
    assert (visit["owner"], visit["owner_name"], visit["due"], visit["days_late"], visit["objective"]) == (
        "bram",
        "Bram",
        "2026-11-20",
        1,
        "win",
    )
    assert visit["pointer"] == "objectives.win.strategies.show.actions.visit"
    assert (bench["owner"], bench["meeting"], bench["status"], bench["days_late"]) == ("ines", "2026-09-16", "in_progress", 51)


def test_a_person_gets_groups(run: Run, acme: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(200)
    assert run("actions", *TODAY).out == (
        "Bram: 2, 1 late\n"
        "  ! Visit\n"
        "    late, due 2026-11-20, 1 day ago · Acme · for win · visit\n"
        "  ○ No day\n"
        "    not started, no day · Acme · meeting of 2026-09-16 · no-day\n"
        "\n"
        "Ines: 2, 1 late\n"
        "  ! Show the bench\n"
        "    late, due 2026-10-01, 51 days ago · Acme · meeting of 2026-09-16 · bench\n"
        "  ○ Later\n"
        "    not started, due 2026-12-05, in 14 days · Acme · for win · later\n"
    )
    assert [line for line in run("actions", "--by", "due", *TODAY).out.splitlines() if line[:1].strip()] == [
        "Late: 2",
        "Due in 2026-12: 1",
        "No day: 1",
    ]


def test_carrying_over_gives_a_new_day_and_keeps_the_old_one(run: Run, acme: Path):
    answer = run("actions", "--carry-over", "2026-12-01", *TODAY)
    assert answer == (
        0,
        "",
        (
            "plans/acme.yaml: carried over to 2026-12-01\n  Visit (Bram): was due 2026-11-20\n"
            "  Show the bench (Ines, as account manager): was due 2026-10-01\n"
        ),
    )
    before, after = PLAN.splitlines(), acme.read_text("utf-8").splitlines()
    assert after[11].endswith(  # the block of notes takes a line more
        'visit: {what: Visit, owner: bram, due: 2026-12-01, notes: "2026-11-21: was due 2026-11-20 | They said: maybe"}   # call first'
    )
    assert after[-2].endswith(
        "bench: {what: Show the bench, due: 2026-12-01, status: in_progress, notes: '2026-11-21: was due 2026-10-01'}"
    )
    assert [line for number, line in enumerate(after) if number not in (11, len(after) - 2)] == [
        line for number, line in enumerate(before) if number not in (11, len(before) - 2)
    ]
    assert found(run, "--late") == []


def test_the_filters_hold_for_carrying_over(run: Run, acme: Path):
    assert run("actions", "--carry-over", "+2w", "--from", "meeting", *TODAY).err.count("was due") == 1
    assert [one["id"] for one in found(run, "--late")] == ["visit"]


def test_a_block_of_notes_gets_a_line(run: Run, acme: Path):
    run("actions", "acme", "--carry-over", "eoy", "--today", "2026-12-06")
    assert (
        "            due: 2026-12-31\n            notes: |\n              2026-12-06: was due 2026-12-05\n              A first line\n"
        in (acme.read_text("utf-8"))
    )


def test_carrying_over_can_be_looked_at_first(run: Run, acme: Path):
    answer = run("actions", "--carry-over", "+1w", "--diff", *TODAY)
    assert "+          visit: {what: Visit, owner: bram, due: 2026-11-28" in answer.out
    assert (acme.read_text("utf-8"), answer.err) == (PLAN, "")


def test_line_ends_stay(run: Run, plan: Callable[..., Path]):
    path = plan("")
    path.write_bytes(PLAN.replace("\n", "\r\n").encode())
    assert run("actions", "--carry-over", "+1w", *TODAY).status == 0
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n") == PLAN.count("\n")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--carry-over", "yesterday"], 2, "acctplan: 2026-11-20 is past\n"),
        (["--carry-over", "soon"], 2, "acctplan: 'soon' is no day\n"),
        (["--within", "soon"], 2, "acctplan: 'soon' is no time to look ahead\n"),
        (["--diff"], 2, "acctplan: --diff goes with --carry-over\n"),
        (["--carry-over", "+1w", "--status", "done"], 0, "nothing to carry over: nothing of that kind is late\n"),
    ],
)
def test_what_cannot_be_carried_over(run: Run, acme: Path, arguments: list[str], status: int, message: str):
    answer = run("actions", *arguments, *TODAY)
    assert (answer.status, answer.err.splitlines(keepends=True)[0]) == (status, message)
    assert acme.read_text("utf-8") == PLAN
