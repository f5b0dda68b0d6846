"""`acctplan diff`: what changed in plans since their last review, on a day, or since a revision."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
ACME = """\
profile: {name: Acme, currency: EUR}
team: {ines: {name: Ines}}
contacts: {lena: {name: Lena Vos, stance: STANCE}}
opportunities:
  cranes: {name: All cranes, value: VALUE}
"""


def acme(stance: str = "neutral", value: int = 100, more: str = "") -> str:
    return ACME.replace("STANCE", stance).replace("VALUE", str(value)) + more


def git(*arguments: str, day: str = "2026-10-01") -> None:
    when = {"GIT_COMMITTER_DATE": f"{day}T12:00:00", "GIT_AUTHOR_DATE": f"{day}T12:00:00"}
    names = ("-c", "user.name=Ann", "-c", "user.email=ann@ours.example")
    subprocess.run(["git", *names, *arguments], check=True, capture_output=True, env=os.environ | when)


def commit(day: str) -> None:
    git("add", "-A")
    git("commit", "-q", "-m", day, day=day)


@pytest.fixture(autouse=True)
def _repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "acctplan.toml").touch()
    git("init", "-q")


def said(run: Run, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("diff", *TODAY, *arguments, "--json").out)
    return found


def sentences(run: Run, *arguments: str) -> list[str]:
    return [change["sentence"] for one in said(run, *arguments)["plans"] for change in one["changes"]]


REVIEWS = "reviews: {2026-10-01: {by: ines}, 2026-12-24: {by: ines}}\n"


def test_the_last_review_is_compared_with_the_file_as_it_stands(run: Run, plan: Callable[..., Path]):
    for day, stance in (("2026-09-15", "negative"), ("2026-10-01", "neutral"), ("2026-10-02", "supportive")):
        plan(acme(stance, more=REVIEWS))
        commit(day)
    plan(acme("supportive", 150, REVIEWS))
    assert sentences(run) == ["Lena Vos: neutral → supportive", "All cranes: value 100 → 150 EUR (+50 %)"]
    (one,) = said(run)["plans"]
    assert (one["since"], one["committed"], one["first_that_git_knows"]) == ({"review": "2026-10-01"}, "2026-10-01", False)


def test_a_plan_that_is_younger_in_git_than_its_review_is_compared_with_the_first_that_git_knows(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]
):
    (plan("profile: {name: Other}\n", "other"), commit("2026-08-01"))
    (plan(acme("neutral", more=REVIEWS)), commit("2026-10-10"))
    (plan(acme("negative", more=REVIEWS)), commit("2026-10-20"))
    assert sentences(run, "acme") == ["Lena Vos: neutral → negative"]
    assert said(run, "acme")["plans"][0]["first_that_git_knows"] is True
    terminal(200)
    words = "1 change since 2026-10-10, the first that git knows of it (the last review is of 2026-10-01)"
    assert words in run("diff", "acme", *TODAY).out


def test_a_plan_without_a_review_is_compared_with_the_last_commit(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    (plan(acme("neutral")), commit("2026-10-01"))
    (plan(acme("supportive")), commit("2026-10-02"))
    assert sentences(run) == []
    plan(acme("negative"))
    assert sentences(run) == ["Lena Vos: supportive → negative"]
    terminal(200)
    assert "1 change since the last commit (2026-10-02)" in run("diff", *TODAY).out


@pytest.mark.parametrize(
    ("since", "told"),
    [
        ("2026-10-02", ["Lena Vos: neutral → negative"]),
        ("2026-10-03", ["Lena Vos: supportive → negative"]),
        ("HEAD~1", ["Lena Vos: neutral → negative"]),
        ("begin", ["Lena Vos: neutral → negative"]),
        ("HEAD", ["Lena Vos: supportive → negative"]),
    ],
)
def test_since_is_the_end_of_a_day_or_a_revision(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], since: str, told: list[str]
):
    (plan(acme("neutral")), commit("2026-10-01"))
    git("tag", "begin")
    (plan(acme("supportive")), commit("2026-10-03"))
    plan(acme("negative"))
    assert sentences(run, "--since", since) == told
    terminal(200)
    assert f": 1 change since {since}" in run("diff", "--since", since).out


def test_values_are_complete_and_have_their_places(run: Run, plan: Callable[..., Path]):
    (plan(acme()), commit("2026-10-01"))
    plan(
        acme(value=150)
        .replace("lena: {name: Lena Vos, stance: neutral}", "")
        .replace("value: 150", "value: 1_50.00, close_date: 2026-12-01")
    )
    found = {change.pop("pointer"): change for change in said(run)["plans"][0]["changes"]}
    assert list(found) == ["opportunities.cranes.value", "opportunities.cranes.close_date", "contacts.lena"]
    worth, close, lena = found.values()
    assert (worth["before"], worth["after"], worth["kind"], worth["line"]) == ("100", "150.00", "changed", 5)
    assert (close["before"], close["after"], close["kind"], close["line"]) == (None, "2026-12-01", "added", 5)
    assert lena == {
        "section": "contacts",
        "id": "lena",
        "entry": "Lena Vos",
        "line": None,
        "kind": "removed",
        "importance": 40,
        "implied": False,
        "sentence": "contact removed: Lena Vos",
        "before": {"name": "Lena Vos", "stance": "neutral"},
        "after": None,
    }


def test_piped_it_is_a_row_a_change(run: Run, plan: Callable[..., Path]):
    (plan(acme()), commit("2026-10-01"))
    plan(acme(more="  oil: {name: Oil, value: 5, shared: true}\n"))
    titles, row = (line.split("\t") for line in run("diff", *TODAY).out.splitlines())
    found = dict(zip(titles, row, strict=True))
    assert (found["plan"], found["committed"], found["pointer"]) == ("plans/acme.yaml", "2026-10-01", "opportunities.oil")
    assert (found["kind"], found["sentence"], found["before"]) == ("added", "new opportunity: Oil (5 EUR)", "")
    assert json.loads(found["after"]) == {"name": "Oil", "status": "potential", "value": "5", "shared": True}


def test_on_a_terminal_it_is_entry_by_entry(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    actions = "objectives: {o: {category: revenue, what: Win, strategies: {s: {what: S, actions: {a: {what: Ask Pavel%s}}}}}}\n"
    (plan(acme(more=actions % "")), commit("2026-10-01"))
    (plan("profile: {name: Quiet}\n", "quiet"), commit("2026-10-02"))
    plan(acme("supportive", 150, "  oil: {name: Oil}\n" + actions % ", status: done, done: 2026-11-20"))
    plan("profile: {name: New}\n", "new")
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(80)
    assert (
        run("diff", *TODAY).out
        == """\
Acme: 4 changes since the last commit (2026-10-02)
  Lena Vos
    ~ neutral → supportive
  All cranes
    ~ value 100 → 150 EUR (+50 %)
  Win
    + 'Ask Pavel': done on 2026-11-20
  + new opportunity: Oil

Quiet (plans/quiet.yaml): nothing changed since the last commit (2026-10-02)
New (plans/new.yaml): git does not know it yet: once it is committed, changes
can be told
"""
    )


def test_many_plans_with_nothing_to_tell_are_told_in_a_line(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    for number in range(6):
        plan(f"profile: {{name: Quiet {number}}}\n", f"quiet-{number}")
    commit("2026-10-01")
    for number in range(6):
        plan(f"profile: {{name: New {number}}}\n", f"new-{number}")
    terminal(100)
    assert run("diff", *TODAY).out.splitlines() == [
        "6 plans: nothing changed since the last commit (2026-10-01)",
        "6 plans: git does not know it yet: once it is committed, changes can be told",
    ]


def test_what_was_not_there_and_what_is_gone(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    source = plan("profile: {name: Gone}\n", "gone")
    (plan("profile: {name: Same}\n", "same"), commit("2026-10-01"))
    source.unlink()
    (plan(acme()), commit("2026-10-05"))
    found = said(run, "--since", "2026-10-01")
    assert found["gone"] == ["plans/gone.yaml"]
    assert {one["account"]: (one["not_compared"], one["changes"]) for one in found["plans"]} == {
        "Acme": ("not there yet", []),
        "Same": (None, []),
    }
    assert said(run, "same", "--since", "2026-10-01")["gone"] == []
    assert run("diff", *TODAY, "--since", "2026-09-01").err == (
        "plans/acme.yaml: was not there yet on 2026-09-01\nplans/same.yaml: was not there yet on 2026-09-01\n"
    )
    answer = run("diff", *TODAY, "--since", "2026-10-01")
    assert answer.err == "plans/acme.yaml: was not there yet on 2026-10-01\nplans/gone.yaml: was there then, and is gone\n"
    assert answer.status == 0
    terminal(200)
    assert "plans/gone.yaml: was there then, and is gone\n" in run("diff", *TODAY, "--since", "2026-10-01").out


@pytest.mark.parametrize("text", ["profile: [", "profile: {nmae: Acme}\n", "- no plan\n"])
def test_a_plan_that_had_errors_is_not_compared(run: Run, plan: Callable[..., Path], text: str):
    (plan(text), commit("2026-10-01"))
    plan(acme())
    answer = run("diff", *TODAY)
    assert (answer.status, answer.out.count("\n")) == (1, 1)
    assert answer.err == "plans/acme.yaml: had errors at the last commit (2026-10-01), so it cannot be compared\n"


def test_a_plan_that_has_errors_is_left_out(run: Run, plan: Callable[..., Path]):
    (plan(acme()), plan("profile: {name: Same}\n", "same"), commit("2026-10-01"))
    plan("profile: {nmae: Acme}\n")
    answer = run("diff", *TODAY)
    assert answer.status == 1
    assert answer.err == "plans/acme.yaml: left out, it has errors: acctplan check plans/acme.yaml\n"


def test_a_list_is_told_in_full(run: Run, plan: Callable[..., Path]):
    (plan(acme().replace("stance: neutral", "roles: [user]")), commit("2026-10-01"))
    plan(acme().replace("stance: neutral", "roles: [user, sponsor]"))
    (change,) = said(run)["plans"][0]["changes"]
    assert (change["before"], change["after"]) == (["user"], ["user", "sponsor"])


def test_a_stage_that_the_settings_no_longer_have_does_not_matter(run: Run, plan: Callable[..., Path]):
    text = acme().replace("value", "stage: offer, value")
    (plan(text), commit("2026-10-01"))
    plan(text.replace("offer", "proposal"))
    assert sentences(run) == ["All cranes: stage offer → proposal"]


@pytest.mark.parametrize("width", [0, 200])
def test_plan_text_does_nothing_to_a_terminal(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, width: int
):
    (plan(acme()), commit("2026-10-01"))
    plan(acme(more='  "bad": {name: "[red]x[/red] \\e[31m\\u202e\\t\\n", next_step: "\\e]0;title\\a"}\n').replace("Lena Vos", '"=cmd|x"'))
    monkeypatch.setenv("NO_COLOR", "1")
    if width:
        terminal(width)
    out = run("diff", *TODAY).out
    assert "[red]x[/red] <U+001B>[31m<U+202E>" in out
    assert [one for one in out if not one.isprintable() and one not in "\n\t"] == []
    assert ("\t'=cmd|x" in out) == (width == 0)


def test_a_link_is_the_plan_that_it_leads_to(run: Run, plan: Callable[..., Path], tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    source = plan(acme())
    source = source.rename(tmp_path / "elsewhere" / "acme.yaml")
    (tmp_path / "plans" / "acme.yaml").symlink_to("../elsewhere/acme.yaml")
    commit("2026-10-01")
    source.write_text(acme("negative"), "utf-8")
    assert sentences(run) == ["Lena Vos: neutral → negative"]


def test_no_repository_no_commit_no_such_day(run: Run, plan: Callable[..., Path], tmp_path: Path):
    plan(acme())
    assert run("diff").err == "acctplan: nothing is committed here yet\n  commit the book first: git add . and git commit\n"
    answer = run("diff", "--since", "2026-02-30")
    assert answer.err == "acctplan: there is no day 2026-02-30\n  a date like 2026-12-31, or a revision such as HEAD~1, is wanted\n"
    (tmp_path / ".git").rename(tmp_path / "git")
    answer = run("diff")
    assert answer.status == 2
    assert answer.err.endswith("\n  start one there: git init, git add . and git commit\n")


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1899-12-31"])
def test_a_day_out_of_reach_is_told(run: Run, book: Path, day: str):
    answer = run("diff", "--since", day)
    assert answer.status == 2
    assert f"the day {day} is out of reach" in answer.err
