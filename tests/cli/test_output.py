"""What commands print: JSON and tab-separated values for programs, tables and colour for people, and plan text always as it is."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from processes import PROGRAM, process

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
ANSI = re.compile(r"\x1b\[[0-9;]*m")
QUIET = """\
profile: {name: Quiet, account_manager: amira, background: Sells quiet, starts: 2026-01-01, ends: 2026-12-31}
team: {amira: {name: Amira}}
"""
ANSWERS = pytest.mark.parametrize(
    ("arguments", "lists"),
    [
        (["check", *TODAY], ["diagnostics"]),
        (["rank"], ["opportunities"]),
        (["rank", "--capacity", "60d"], ["choices", "not_weighed"]),
        (["rank", "--segment"], ["segments"]),
        (["rank", "--group-by", "unit"], ["groups"]),
        (["rank", "--robust"], ["robust", "opportunities"]),
        (["rank", "--what-would"], ["what_would", "best_question"]),
        (["score"], ["opportunities"]),
        (["revenue", *TODAY], ["accounts", "years"]),
        (["health", *TODAY], ["plans"]),
        (["objectives", *TODAY], ["objectives"]),
        (["actions", *TODAY], ["actions"]),
        (["meeting", "next", *TODAY], ["meetings"]),
        (["book", *TODAY], ["accounts", "where_an_hour_pays_most"]),
        (["review", "tallmo-bruk", *TODAY], ["last_review", "health", "opportunities", "late", "questions"]),
        (["review", *TODAY], ["plans"]),
        (["show", "tallmo-bruk", *TODAY], ["opportunities", "people", "findings"]),
        (["contacts", "tallmo-bruk", *TODAY], ["contacts", "units"]),
        (["score", "crane-rollout", "--card", "factors", *TODAY], ["cards"]),
        (["score", "--cards"], ["cards"]),
        (["explain"], ["rules"]),
        (["templates"], ["documents"]),
        (["interview", "tallmo-bruk", "--list", *TODAY], ["questions"]),
        (["questions", "tallmo-bruk", *TODAY], ["questions"]),
    ],
    ids=lambda given: " ".join(one for one in given if one not in TODAY),
)


@ANSWERS
def test_json_is_one_versioned_object(run: Run, book: Path, arguments: list[str], lists: list[str]):
    answer = run(*arguments, "--json")
    said = json.loads(answer.out)
    assert said["version"] == 1
    assert all(said[name] for name in lists)
    assert answer.out.isascii()
    assert answer.out.endswith("}\n")
    assert answer.err == ""


def test_json_without_an_answer_is_an_empty_list(run: Run, plan: Callable[..., Path]):
    plan(QUIET)
    assert json.loads(run("rank", "--json").out) == {"version": 1, "opportunities": []}
    assert json.loads(run("check", "--json", "--select", "contacts/unknown-stance").out)["diagnostics"] == []


def test_json_keeps_amounts_exact_and_unknowns_apart(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme}\nopportunities:\n  a: {name: A, value: 1_200_000.10}\n  b: {name: B}\n")
    first, second = json.loads(run("rank", "--json").out)["opportunities"]
    assert (first["value"], second["value"]) == ("1200000.10", None)
    (stage,) = [term for term in first["terms"] if term["factor"] == "stage"]
    assert (stage["value"], stage["points"], stage["pointer"], stage["line"]) == (None, 0.0, "opportunities.a", 3)
    assert "stage" in first["unknown"]


TABLES = pytest.mark.parametrize(
    "arguments",
    [
        ["rank"],
        ["rank", "--explain"],
        ["rank", "--capacity", "60d"],
        ["rank", "--group-by", "unit"],
        ["rank", "--by", "access"],
        ["rank", "--robust"],
        ["rank", "--what-would"],
        ["revenue", "--explain"],
        ["review", *TODAY],
        ["health", *TODAY],
        ["meeting", "next", *TODAY],
        ["score", "--cards"],
        ["explain"],
        ["templates"],
        ["questions", *TODAY],
    ],
    ids=lambda arguments: " ".join(one for one in arguments if one not in TODAY),
)


@TABLES
def test_piped_tables_are_tab_separated_and_complete(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]):
    monkeypatch.setenv("COLUMNS", "20")
    answer = run(*arguments)
    rows = [line.split("\t") for line in answer.out.splitlines()]
    assert len({len(row) for row in rows}) == 1
    assert all(re.fullmatch("[a-z_]+", title) for title in rows[0])
    assert len(set(rows[0])) == len(rows[0])
    assert len(rows) >= 3
    assert answer.err == ""


def test_a_ranking_without_opportunities_has_its_titles(run: Run, plan: Callable[..., Path]):
    plan(QUIET)
    answer = run("rank")
    assert answer.out.startswith("rank\tusual_rank\tscore\t")
    assert (answer.out.count("\n"), answer.err) == (1, "no opportunity is potential or open\n")


COMMANDS = pytest.mark.parametrize(
    "arguments",
    [
        ["check", *TODAY],
        ["rank"],
        ["rank", "--explain"],
        ["rank", "--capacity", "60d"],
        ["rank", "--segment"],
        ["rank", "--group-by", "unit"],
        ["rank", "--by", "access"],
        ["rank", "--robust"],
        ["rank", "--what-would"],
        ["revenue"],
        ["health", *TODAY],
        ["objectives", *TODAY],
        ["actions", *TODAY],
        ["meeting", "next", *TODAY],
        ["meeting", "next", "tallmo-bruk", *TODAY],
        ["meeting", "agenda", "tallmo-bruk", *TODAY],
        ["book", *TODAY],
        ["review", "tallmo-bruk", *TODAY],
        ["show", "tallmo-bruk", *TODAY],
        ["contacts", "tallmo-bruk"],
        ["interview", "tallmo-bruk", "--list", *TODAY],
        ["questions", "tallmo-bruk", *TODAY],
        ["score", "crane-rollout", "--card", "tas"],
        ["explain"],
        ["explain", "contacts/no-decision-maker"],
    ],
    ids=lambda arguments: " ".join(one for one in arguments if one not in TODAY),
)


@COMMANDS
def test_colour_is_for_terminals(run: Run, book: Path, terminal: Callable[[int], None], arguments: list[str]):
    assert not ANSI.search(run(*arguments).out)
    terminal(200)
    assert ANSI.search(run(*arguments).out)


@COMMANDS
@pytest.mark.parametrize("setting", ["NO_COLOR=1", "TERM=dumb"])
def test_there_is_none_where_it_is_not_wanted(
    run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, arguments: list[str], setting: str
):
    terminal(200)
    monkeypatch.setenv(*setting.split("="))
    answer = run(*arguments)
    assert not ANSI.search(answer.out + answer.err)


@pytest.mark.parametrize("arguments", [["check", *TODAY], ["new", "Acme", "--diff"]], ids=["check", "new --diff"])
def test_colour_can_be_forced(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert ANSI.search(run(*arguments).out)


@TABLES
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_table_fits_its_terminal_and_leaves_nothing_out(
    run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, arguments: list[str], columns: int
):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(1000 if columns >= 110 else 109)  # from 110 on, pictures stand beside the words
    wide = run(*arguments).out
    terminal(columns)
    narrow = run(*arguments).out
    assert max(len(line) for line in narrow.splitlines() if not re.match(r"\d+\. |plans/", line)) <= columns
    assert sorted(re.sub(r"[\s─]", "", narrow)) == sorted(re.sub(r"[\s─]", "", wide))


def test_a_person_is_told_what_to_do_next_and_a_program_is_not(run: Run, book: Path, terminal: Callable[[int], None]):
    assert run("rank").err == ""
    terminal(200)
    assert "why is it first? acctplan rank brannhaven-terminals --explain crane-rollout" in run("rank").err


HOSTILE = """\
profile:
  name: "[red]Acme[/red] [net]"
opportunities:
  first:
    name: "[/red] :smile: \\e[31m \\u202e[link=http://a.example]b[/link]\\e]0;title\\a \\t \\n"
"""
SHOWN = "[/red] :smile: <U+001B>[31m <U+202E>[link=http://a.example]b[/link]<U+001B>]0;title<U+0007>"


@pytest.mark.parametrize(
    "arguments",
    [
        ["rank"],
        ["rank", "--explain"],
        ["rank", "--capacity", "60d"],
        ["rank", "--segment"],
        ["rank", "--group-by", "account"],
        ["rank", "--by", "access"],
        ["rank", "--robust"],
        ["revenue"],
        ["revenue", "--explain"],
        ["check", *TODAY],
        ["health", *TODAY, "--list"],
        ["book", *TODAY, "--at-risk"],
        ["show", "acme", *TODAY],
        ["score"],
        ["score", "first", "--card", "factors"],
        ["objectives", *TODAY],
        ["actions", *TODAY],
        ["meeting", "next", "acme", *TODAY],
        ["meeting", "agenda", "acme", *TODAY],
        ["meeting", "agenda", "acme", "--internal", *TODAY],
        ["meeting", "agenda", "acme", "--internal", "--format", "md", *TODAY],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("columns", [0, 400], ids=["piped", "terminal"])
def test_plan_text_does_nothing_to_a_terminal(
    run: Run,
    plan: Callable[..., Path],
    terminal: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    columns: int,
):
    plan(HOSTILE)
    monkeypatch.setenv("NO_COLOR", "1")
    if columns:
        terminal(columns)
    out = run(*arguments).out
    assert [one for one in out if not one.isprintable() and one not in "\n\t"] == []


def test_plan_text_comes_out_literally(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan(HOSTILE)
    assert SHOWN in run("rank").out
    terminal(400)
    assert SHOWN in run("rank").out
    assert "[red]Acme[/red] [net]" in run("rank").out
    assert "[red]Acme[/red] [net]" in run("health").out
    assert SHOWN in run("book").out
    assert SHOWN in run("rank", "--explain").out


@pytest.mark.parametrize(
    "arguments", [["rank"], ["revenue", "--by", "account"], ["health", *TODAY], ["book"]], ids=["rank", "revenue", "health", "book"]
)
def test_plan_text_is_no_formula_in_a_spreadsheet(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], arguments: list[str]
):
    plan("profile: {name: '=cmd|x'}\nopportunities: {first: {name: '\"First'}}\n")
    assert "\t'=cmd|x\t" in run(*arguments).out
    assert '\t"' not in run(*arguments).out
    terminal(400)
    assert "'=cmd|x" not in run(*arguments).out


def test_what_a_diff_shows_is_visible_too(run: Run, plan: Callable[..., Path]):
    source = plan("profile: {name: Acme}  # a remark\u202e\n")
    assert "# a remark<U+202E>" in run("new", "--from", source, "--starts", "2027-01-01", "--diff").out


def test_a_terminal_that_speaks_less_than_the_plan_still_gets_an_answer(plan: Callable[..., Path], tmp_path: Path):
    plan("profile: {name: Łódź 東京}\nopportunities: {first: {name: Erste}}\n")
    done = process([*PROGRAM, "rank"], tmp_path, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u0141\\xf3d\\u017a \\u6771\\u4eac" in done.stdout


def test_a_page_is_the_same_for_any_terminal(book: Path):
    done = process([*PROGRAM, "render", "tallmo-bruk", "--format", "md", "-o", "-", *TODAY], book, NO_COLOR="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Göran Hellqvist" in done.stdout
