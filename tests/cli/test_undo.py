"""`acctplan undo`: how git gives back what a plan said."""

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


def git(*arguments: str) -> str:
    when = {"GIT_COMMITTER_DATE": "2026-11-20T12:00:00", "GIT_AUTHOR_DATE": "2026-11-20T12:00:00"}
    names = ("-c", "user.name=Ann Lee", "-c", "user.email=ann@ours.example")
    command = ["git", *names, *arguments]
    return subprocess.run(command, check=True, capture_output=True, env=os.environ | when, encoding="utf-8").stdout


def text(stance: str) -> str:
    return f"profile: {{name: Acme}}\ncontacts: {{lena: {{name: Lena Vos, stance: {stance}}}}}\n"


@pytest.fixture(autouse=True)
def _book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "acctplan.toml").touch()


@pytest.fixture
def acme(plan: Callable[..., Path]) -> Path:
    """A plan with two commits, the second one with another file."""
    git("init", "-q", "-b", "main")
    path = plan(text("neutral"))
    git("add", "-A")
    git("commit", "-q", "-m", "first")
    plan(text("supportive"))
    plan("profile: {name: Other}\n", "other")
    git("add", "-A")
    git("commit", "-q", "-m", "She likes it")
    return path


def told(run: Run, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("undo", *arguments, "--json").out)
    return found


def do(command: str) -> None:
    """Do what was said, as somebody would who copies it."""
    program, *rest = command.split()
    assert program == "git"
    git(*rest, *(["--no-edit"] if rest[0] == "revert" else []))


def test_what_is_not_committed_is_told_by_meaning_and_its_command_throws_it_away(run: Run, acme: Path):
    acme.write_text(text("negative"), "utf-8")
    (one,) = told(run)["plans"]
    assert (one["plan"], one["changes"]) == ("plans/acme.yaml", ["Lena Vos: supportive → negative"])
    git("add", "-A")
    do(told(run)["plans"][0]["throw_away"])
    assert acme.read_text("utf-8") == text("supportive")


def test_nothing_is_done(run: Run, acme: Path):
    acme.write_text(text("negative"), "utf-8")
    before = git("status", "--porcelain"), git("rev-parse", "HEAD")
    assert run("undo", "acme").status == 0
    assert (git("status", "--porcelain"), git("rev-parse", "HEAD")) == before


def test_the_last_commit_can_be_taken_back_or_this_plan_alone(run: Run, acme: Path):
    (one,) = told(run, "acme")["plans"]
    assert (one["last"]["subject"], one["last"]["author"], one["last"]["day"], one["last"]["files"]) == (
        "She likes it",
        "Ann Lee",
        "2026-11-20",
        2,
    )
    assert (one["is_changed"], one["throw_away"]) == (False, None)
    do(one["before"])
    assert acme.read_text("utf-8") == text("neutral")
    git("checkout", "-q", "HEAD", ".")
    do(one["take_back"])
    assert acme.read_text("utf-8") == text("neutral")
    assert not (acme.parent / "other.yaml").exists()


def test_for_people(run: Run, acme: Path, terminal: Callable[[int], None]):
    acme.write_text(text("negative"), "utf-8")
    terminal(100)
    out = run("undo", "acme").out
    assert "not committed: 1 change\n    ~ Lena Vos: supportive → negative\n" in out
    assert "to throw it away, for good: git restore --staged --worktree -- plans/acme.yaml\n" in out
    assert "by Ann Lee: She likes it\n    first commit or throw away what is not committed; then\n    to take it back: git revert " in out
    assert "(and 1 other file that it changed)\n    this plan alone: git restore --source=" in out


def test_every_plan_as_it_was_committed(run: Run, acme: Path):
    assert run("undo").out == "every plan is as it was committed last\n"
    assert "  as it was committed last\n" in run("undo", "acme").out


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("profile: [", "it has errors now, so its changes can only be told line by line"),
        (text("supportive") + "# a comment\n", "only comments or layout"),
    ],
)
def test_changes_without_a_meaning_are_said_to_be(run: Run, acme: Path, now: str, words: str):
    acme.write_text(now, "utf-8")
    assert words in run("undo").out


def test_what_was_committed_with_errors_is_told_line_by_line(run: Run, acme: Path):
    acme.write_text("profile: [", "utf-8")
    git("commit", "-q", "-am", "broken")
    acme.write_text(text("neutral"), "utf-8")
    assert "what is committed has errors, so the changes can only be told line by line" in run("undo").out


def test_the_first_commit_and_plans_that_git_does_not_know(run: Run, acme: Path, plan: Callable[..., Path]):
    (other,) = told(run, "other")["plans"]
    assert other["take_back"] is not None
    (acme.parent / "new.yaml").write_text(text("neutral"), "utf-8")
    assert (
        "git does not know it yet: nothing keeps what it said before\n  from now on: git add plans/new.yaml && git commit\n"
        in run("undo").out
    )
    assert told(run)["plans"][0]["last"] is None


def test_there_is_nothing_before_the_first_commit(run: Run, plan: Callable[..., Path]):
    git("init", "-q")
    plan(text("neutral"))
    git("add", "-A")
    git("commit", "-q", "-m", "first")
    assert "it is the first one, so nothing is before it" in run("undo", "acme").out


def test_a_merge_is_taken_back_as_a_whole(run: Run, acme: Path):
    git("checkout", "-q", "-b", "hers", "HEAD~1")
    acme.write_text("# a remark\n\n\n" + text("neutral"), "utf-8")
    git("commit", "-q", "-am", "remark")
    git("checkout", "-q", "main")
    git("merge", "-q", "--no-ff", "-m", "both", "hers")
    (one,) = told(run, "acme")["plans"]
    assert (one["last"]["subject"], one["last"]["parents"], one["last"]["files"]) == ("both", 2, 1)
    do(one["take_back"])
    assert acme.read_text("utf-8") == text("supportive")


def test_a_plan_that_was_deleted_can_be_had_back(run: Run, acme: Path):
    acme.unlink()
    assert "plans/acme.yaml: deleted, and not committed" in run("undo").out
    do(told(run)["gone"][0]["command"])
    assert acme.read_text("utf-8") == text("supportive")


@pytest.mark.parametrize(("has_repository", "why"), [(False, "git knows no repository around"), (True, "nothing is committed here yet")])
def test_where_nothing_keeps_the_past_that_is_said_and_how_to_begin(run: Run, plan: Callable[..., Path], has_repository: bool, why: str):
    plan(text("neutral"))
    if has_repository:
        git("init", "-q")
    answer = run("undo")
    assert answer.status == 0
    assert answer.out.startswith(f"Nothing keeps what these plans said before: {why}")
    assert "  git init\n  git add .\n" in answer.out
    assert run("undo", "--json").status == 2


def remembered(folder: Path, what: str) -> Path:
    """What an import keeps of the plan acme."""
    path = folder / ".acctplan" / "imports" / "salesforce" / "acme.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(what, "utf-8")
    return path


def test_what_an_import_remembers_is_taken_back_with_the_plan(run: Run, acme: Path, tmp_path: Path):
    memory = remembered(tmp_path, "1")
    acme.write_text(text("negative"), "utf-8")
    for command in told(run)["plans"][0]["throw_away"].split(" && "):
        do(command)
    assert (acme.read_text("utf-8"), memory.exists()) == (text("supportive"), False)
    remembered(tmp_path, "1")
    git("add", "-A")
    git("commit", "-q", "-m", "imported")
    remembered(tmp_path, "2")
    acme.write_text(text("neutral"), "utf-8")
    git("commit", "-q", "-a", "-m", "imported again")
    acme.write_text(text("negative"), "utf-8")
    remembered(tmp_path, "3")
    do(told(run)["plans"][0]["throw_away"])
    assert (acme.read_text("utf-8"), memory.read_text("utf-8")) == (text("neutral"), "2")
    do(told(run, "acme")["plans"][0]["before"])
    assert (acme.read_text("utf-8"), memory.read_text("utf-8")) == (text("supportive"), "1")


@pytest.mark.usefixtures("acme")
def test_a_plan_that_an_import_has_made_can_be_deleted(run: Run, plan: Callable[..., Path], tmp_path: Path):
    made, memory = plan(text("neutral"), "new"), remembered(tmp_path, "1").rename(tmp_path / ".acctplan/imports/salesforce/new.json")
    command = "git clean -f -- plans/new.yaml .acctplan/imports/salesforce/new.json"
    assert f"an import made it; to delete it, for good: {command}\n" in run("undo").out
    do(command)
    assert (made.exists(), memory.exists()) == (False, False)


def test_a_plan_that_no_import_has_made_is_not_said_to_be_deletable(run: Run, acme: Path):
    (acme.parent / "new.yaml").write_text(text("neutral"), "utf-8")
    assert "git clean" not in run("undo").out


def test_of_many_plans_there_is_one_command_for_all(run: Run, acme: Path, plan: Callable[..., Path], tmp_path: Path):
    remembered(tmp_path, "1")
    git("add", "-A")
    git("commit", "-q", "-m", "imported")
    remembered(tmp_path, "2")
    acme.write_text(text("negative"), "utf-8")
    acme.with_name("other.yaml").unlink()
    for number in range(5):
        plan(text("neutral"), f"new-{number}")
        remembered(tmp_path, "1").rename(tmp_path / f".acctplan/imports/salesforce/new-{number}.json")
    remembered(tmp_path, "2")
    plan(text("neutral"), "by-hand")
    lines = run("undo").out.splitlines()
    assert lines == [
        "plans/acme.yaml: 1 change that is not committed",
        "plans/by-hand.yaml: new, and git does not know it yet",
        *(f"plans/new-{number}.yaml: new, an import made it" for number in range(5)),
        "plans/other.yaml: deleted",
        "to throw all of that away, for good, with what imports remember of it:",
        "  git restore --staged --worktree -- plans .acctplan/imports",
        "  git clean -i -- plans .acctplan/imports",
        "  the second one asks which of the new files to delete",
        "to see one of them, and its own commands: acctplan undo PLAN",
    ]
    do(lines[9].strip())
    assert acme.read_text("utf-8") == text("supportive")
    assert (tmp_path / ".acctplan/imports/salesforce/acme.json").read_text("utf-8") == "1"
    assert git("clean", "-n", "--", "plans", ".acctplan/imports").count("Would remove") == 11
    assert "git clean -f -- plans/new-0.yaml .acctplan/imports/salesforce/new-0.json" in run("undo", "new-0").out


def test_many_plans_without_an_import_need_no_folder_of_one(run: Run, acme: Path, plan: Callable[..., Path]):
    for number in range(6):
        plan(text("neutral"), f"p{number}")
    git("add", "-A")
    git("commit", "-q", "-m", "more")
    for number in range(6):
        plan(text("negative"), f"p{number}")
    out = run("undo").out
    assert "  git restore --staged --worktree -- plans\n" in out
    assert "git clean" not in out
    assert "imports" not in out


def test_what_an_import_remembers_is_named_where_it_has_changed(run: Run, acme: Path, tmp_path: Path):
    remembered(tmp_path, "1")
    acme.write_text(text("negative"), "utf-8")
    assert "    with what an import remembers of it: .acctplan/imports/salesforce/acme.json\n" in run("undo", "acme").out
    assert told(run)["plans"][0]["memories"] == [".acctplan/imports/salesforce/acme.json"]
    git("add", "-A")
    git("commit", "-q", "-m", "imported")
    assert "import remembers" not in run("undo", "acme").out
