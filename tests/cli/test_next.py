"""`acctplan next`: what presses, whose it is, and the command that settles it."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")


def moves(run: Run, *arguments: str) -> list[dict[str, Any]]:
    return json.loads(run("next", *arguments, "--json", *TODAY).out)["moves"]


def test_the_whole_book_in_one_list_most_pressing_first(run: Run, book: Path):
    found = moves(run)
    assert [move["urgency"] for move in found] == sorted((move["urgency"] for move in found), reverse=True)
    assert {move["account"] for move in found} >= {"Tallmo Bruk", "Brannhaven Terminals"}
    for move in found:
        assert sum(term["points"] for term in move["terms"]) == pytest.approx(move["urgency"])
        assert (book / move["plan"]).read_text("utf-8").splitlines()[move["line"] - 1].strip()


def test_piped_says_the_same(run: Run, book: Path):
    titles, *rows = [line.split("\t") for line in run("next", *TODAY).out.splitlines()]
    assert [dict(zip(titles, row, strict=True))["what"] for row in rows] == [move["what"] for move in moves(run)]


@pytest.mark.parametrize(("whose", "names"), [("bram", {"Bram Okonjo"}), ("ines carv", {"Ines Carvalho"})])
def test_what_is_somebodys(run: Run, book: Path, whose: str, names: set[str]):
    everybody = {move["owner_name"] for move in moves(run)}
    found = {move["owner_name"] for move in moves(run, "--owner", whose, "--within", "90d")}
    assert found <= everybody | names
    assert len(found) == 1


@pytest.mark.parametrize(
    ("meetings", "command"),
    [
        ("held: {2026-06-01: {}}", "acctplan add meeting acme +2w"),
        ("next: 2026-11-25", "acctplan meeting agenda acme"),
        ("next: 2026-11-21", "acctplan meeting hold acme"),
        ("next: 2026-11-18", "acctplan meeting hold acme --on 2026-11-18"),
    ],
)
def test_a_meeting_is_agreed_on_prepared_and_noted(run: Run, plan: Callable[..., Path], meetings: str, command: str):
    plan(f"profile: {{name: Acme}}\nmeetings: {{{meetings}}}\n")
    assert [move["command"] for move in moves(run) if move["kind"] == "meeting"] == [command]


@pytest.mark.parametrize(
    ("objectives", "command"),
    [
        ("{}", 'acctplan add objective acme "…" category=revenue opportunities=cranes'),
        ("{win: {SERVES}}", 'acctplan add strategy acme "…" to=win'),
        ("{win: {SERVES, strategies: {how: {what: How}}}}", 'acctplan add action acme "…" for=cranes'),
        ("{win: {SERVES}, more: {SERVES, strategies: {how: {what: How}}}}", 'acctplan add action acme "…" to=more'),
        ("{win: {SERVES, status: achieved}}", 'acctplan add objective acme "…" category=revenue opportunities=cranes'),
    ],
)
def test_an_opportunity_that_nobody_works_on_gets_what_is_missing_first(run: Run, plan: Callable[..., Path], objectives: str, command: str):
    serves = objectives.replace("SERVES", "category: revenue, what: Win, opportunities: [cranes]")
    plan(f"profile: {{name: Acme}}\nopportunities: {{cranes: {{name: Cranes, status: open}}}}\nobjectives: {serves}\n")
    (move,) = [move for move in moves(run) if move["kind"] == "no_action"]
    assert move["command"] == command
    assert run(*shlex.split(move["command"].replace("…", "Send it"))[1:], "--diff").status == 0


def test_a_late_next_step_is_settled_by_its_day_and_then_by_what_comes_next(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]
):
    plan("profile: {name: Acme}\nopportunities: {cranes: {name: Cranes, status: open, next_step: Call, next_step_due: 2026-11-01}}\n")
    (move,) = [move for move in moves(run) if move["kind"] == "next_step"]
    assert move["command"] == "acctplan set acme opportunities.cranes.next_step_due +2w"
    assert move["also"] == 'acctplan set acme opportunities.cranes.next_step "…"'
    terminal(100)
    assert f"done? also: {move['also']}" in run("next", *TODAY).out
    assert run(*shlex.split(move["command"])[1:], *TODAY).status == 0
    assert "next_step" not in {one["kind"] for one in moves(run, "--within", "3d")}


def test_a_review_is_prepared_where_it_is_held(run: Run, book: Path):
    assert "acctplan review tallmo-bruk" in {move["command"] for move in moves(run) if move["kind"] == "review"}


def test_a_long_title_stands_below_itself_on_a_narrow_terminal(
    run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    terminal(40)
    monkeypatch.setenv("NO_COLOR", "1")
    lines = run("next", *TODAY).out.splitlines()
    assert [line for line in lines if line and not line.startswith("    ") and not re.match(r" ?[0-9]+\. ", line)] == []


def test_mine_is_what_git_says_is_mine(run: Run, plan: Callable[..., Path]):
    plan(
        "profile: {name: Acme, account_manager: tom}\nteam: {amira: {name: Amira Haddad}, tom: {name: Tom}}\nopportunities:\n"
        "  a: {name: A, status: open, close_date: 2026-11-01, owner: amira}\n  b: {name: B, status: open, close_date: 2026-11-01}\n"
    )
    assert {move["subject"] for move in moves(run, "--mine")} == {"opportunities.a"}
    assert "opportunities.b" in {move["subject"] for move in moves(run, "--owner", "tom")}


def test_who_owns_nothing_of_it_sees_to_it_as_account_manager_wherever_it_is_told(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]
):
    plan(
        "profile: {name: Acme, account_manager: nora}\nteam: {nora: {name: Nora Key}, ola: {name: Ola}}\nopportunities:\n"
        "  a: {name: A, status: open, close_date: 2026-11-01, owner: ola}\n  b: {name: B, status: open, close_date: 2026-11-01}\n"
    )
    terminal(200)
    said = run("next", *TODAY).out
    assert " · Nora Key, as account manager · " in said
    assert " · Ola · " in said
    said = run("review", "acme", *TODAY).out
    assert "late, Nora Key, as account manager" in said
    assert "late, Ola" in said


def test_every_command_is_one_that_works(run: Run, book: Path):
    """As it stands, with words where they are to be filled in; --diff writes nothing."""
    for move in moves(run, "--within", "200d"):
        program, command, *arguments = shlex.split(move["command"].replace("…", "Send it"))
        assert program == "acctplan"
        more = ["--diff"] if command in ("add", "done", "set", "log") else []
        more += ["--diff", "--note", "Well"] if arguments[0] == "hold" else []  # on a terminal it asks
        today = TODAY if command != "rank" else ()
        answer = run(command, *arguments, *more, *today)
        assert answer.status in (0, 1), (move["command"], answer.err)
        if "--diff" in more:
            assert answer.out or "nothing to change" in answer.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--owner", "nobody-here"], "nobody in these plans is nobody-here\n  the team: "),
        (["--within", "soon"], "'soon' is no time to look ahead"),
        (["--within", "9999d"], "'9999d' is no time to look ahead"),
        (["--mine", "--owner", "x"], "--mine and --owner are different people"),
    ],
)
def test_what_cannot_be_asked(run: Run, book: Path, arguments: list[str], message: str):
    answer = run("next", *arguments, *TODAY)
    assert answer.status == 2
    assert message in answer.err


def test_a_person_sees_a_screenful_and_how_to_see_the_rest(
    run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(100)
    answer = run("next", *TODAY)
    assert sum(line[:3].strip().rstrip(".").isdigit() for line in answer.out.splitlines()) == 15
    assert "more: acctplan next -n " in answer.err
    first = answer.out.splitlines()
    assert first[0] == " 1. ! Won, lost, or another close date? Renewal of monitoring on KM2, three years"
    assert "Tallmo Bruk · Mats Ekdahl · due 2026-09-30, 52 days late" in first[1]
    assert max(map(len, first)) <= 100


def test_why_shows_the_terms(run: Run, book: Path, terminal: Callable[[int], None]):
    terminal(300)
    assert (
        "urgency 84 of 100: time 50 of 50: due 2026-09-30, 52 days late; kind 27 of 30: close date; money 7"
        in run("next", "--why", *TODAY).out
    )


def test_nothing_presses(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan("profile: {name: Acme}\n")
    assert run("next", *TODAY).out.count("\n") == 1
    terminal(80)
    assert "Nothing presses." in run("next", *TODAY).out
