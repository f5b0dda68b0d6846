"""`acctplan init`: a book of its own, or what is missing in a repository that stands."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from acctplan.config import Config, parse
from acctplan.schema import json_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Run

FILES = [".acctplan/plan.schema.json", ".gitattributes", ".gitignore", "acctplan.toml"]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_empty_folder_becomes_a_book(run: Run, tmp_path: Path):
    answer = run("init")
    assert (answer.status, answer.out) == (0, "")
    assert sorted(answer.err.splitlines()) == sorted(f"wrote {name}" for name in FILES)
    assert list(contents(tmp_path)) == FILES
    assert (tmp_path / "plans").is_dir()
    assert parse((tmp_path / "acctplan.toml").read_text("utf-8")) == Config()
    assert json.loads((tmp_path / FILES[0]).read_text("utf-8")) == json_schema()


def test_a_folder_that_is_missing_is_made(run: Run, tmp_path: Path):
    answer = run("init", "books/mine", "--currency", "USD")
    assert answer.status == 0
    assert sorted(answer.err.splitlines()) == sorted(f"wrote books/mine/{name}" for name in FILES)
    assert parse((tmp_path / "books/mine/acctplan.toml").read_text("utf-8")).currency == "USD"


def test_a_first_plan_is_found_and_sound_at_once(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    answer = run("init", "my-book", "--plan", "Meridian Foods", "--currency", "CHF")
    assert answer.err.splitlines()[-1] == "wrote my-book/plans/meridian-foods.yaml"
    assert "currency: CHF" in (tmp_path / "my-book/plans/meridian-foods.yaml").read_text("utf-8")
    assert "name: Amira Haddad" in (tmp_path / "my-book/plans/meridian-foods.yaml").read_text("utf-8")
    monkeypatch.chdir(tmp_path / "my-book")
    checked = run("check", "meridian-foods")
    assert checked.status == 0
    assert " error " not in checked.out
    assert " warning " not in checked.out


@pytest.mark.parametrize("arguments", [[], ["--plan", "Meridian Foods"]], ids=["bare", "with a plan"])
def test_a_second_run_changes_nothing(run: Run, tmp_path: Path, arguments: list[str]):
    run("init", *arguments)
    before = contents(tmp_path)
    answer = run("init", *arguments, "--currency", "USD")
    assert answer.status == 0
    assert [line for line in answer.err.splitlines() if not line.endswith(" stays as it is")] == []
    assert contents(tmp_path) == before
    assert run("init", *arguments, "--diff") == (0, "", "")


def test_diff_shows_it_all_and_writes_nothing(run: Run, tmp_path: Path):
    answer = run("init", "my-book", "--plan", "Meridian Foods", "--diff")
    assert (answer.status, answer.err) == (0, "")
    assert [line for line in answer.out.splitlines() if line.startswith("+++ ")] == [
        f"+++ b/my-book/{name}"
        for name in (".acctplan/plan.schema.json", "acctplan.toml", ".gitignore", ".gitattributes", "plans/meridian-foods.yaml")
    ]
    assert "name: Amira Haddad" in answer.out
    assert list(tmp_path.iterdir()) == []


STANDING = {
    "README.md": b"# ours\n",
    ".gitignore": b"*.log\r\n/site/\r\n",
    ".gitattributes": b"* text=auto",
    "acctplan.toml": b'currency = "SEK"\nplans = "accounts"  # for years\n',
    "accounts/nordic.yaml": b"profile: {name: Nordic}\n",
    "plans/not-ours.txt": b"\xff\x00",
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name, content in STANDING.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    return tmp_path


def outside_git(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in contents(folder).items() if not name.startswith(".git/")}


def test_in_a_repository_that_stands_only_lines_that_are_missing_are_added(run: Run, repository: Path):
    answer = run("init", "--plan", "Volvo")
    assert answer.status == 0
    after = outside_git(repository)
    assert after.pop(".gitignore") == STANDING[".gitignore"] + b"# acctplan\r\n.*.acctplan-tmp\r\n.acctplan.lock\r\n"
    assert after.pop(".gitattributes") == (
        b'* text=auto\n# acctplan: plans are text, with one kind of line end in the repository\n"accounts/**/*.yaml" text\n'
    )
    assert b"currency: SEK" in after.pop("accounts/volvo.yaml")
    after.pop(".acctplan/plan.schema.json")
    assert after == {name: content for name, content in STANDING.items() if not name.startswith(".git")}
    assert "acctplan.toml stays as it is" in answer.err.splitlines()


def test_lines_that_stand_in_another_order_are_enough(run: Run, tmp_path: Path):
    (tmp_path / ".gitignore").write_bytes(b"/site/\n.acctplan.lock  \n*.log\n.*.acctplan-tmp")
    assert ".gitignore stays as it is" in run("init").err.splitlines()


def test_what_was_added_is_what_git_means_by_it(run: Run, repository: Path):
    run("init")
    ignored = ["site/a.html", "accounts/.nordic.yaml.0123abcd.acctplan-tmp", ".acctplan.lock"]
    kept = ["accounts/nordic.yaml", "acctplan.toml", ".acctplan/plan.schema.json"]
    said = subprocess.run(["git", "check-ignore", *ignored, *kept], cwd=repository, capture_output=True, text=True, check=False)
    assert said.stdout.split() == ignored
    asked = ["git", "check-attr", "text", "accounts/nordic.yaml", "accounts/north/nordic.yaml", "README.md"]
    values = subprocess.run(asked, cwd=repository, capture_output=True, text=True, check=True).stdout.splitlines()
    assert values == ["accounts/nordic.yaml: text: set", "accounts/north/nordic.yaml: text: set", "README.md: text: auto"]


def test_a_diff_in_a_repository_shows_the_lines_that_would_be_added(run: Run, repository: Path):
    before = outside_git(repository)
    out = run("init", "--diff").out
    assert "--- a/.gitignore\n+++ b/.gitignore\n" in out
    assert "+.acctplan.lock\n" in out
    assert "b/acctplan.toml" not in out
    assert outside_git(repository) == before


@pytest.mark.parametrize(
    ("arguments", "spoil", "message"),
    [
        (["acctplan.toml"], {"acctplan.toml": b""}, "acctplan.toml is a file"),
        ([], {"acctplan.toml": b"nonsense"}, "acctplan.toml: "),
        ([], {".gitignore": b"\xff"}, ".gitignore: not UTF-8 text"),
        (["--plan", "東京"], {}, "no file name can be made from this customer's name"),
        (["--plan", "bell\x07"], {}, "a name with an invisible character: bell<U+0007>"),
    ],
)
def test_what_cannot_be_done_leaves_everything_as_it_is(
    run: Run, tmp_path: Path, arguments: list[str], spoil: dict[str, bytes], message: str
):
    for name, content in spoil.items():
        (tmp_path / name).write_bytes(content)
    answer = run("init", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(f"acctplan: {message}")
    assert contents(tmp_path) == spoil


def test_plans_that_stand_may_be_a_file(run: Run, tmp_path: Path):
    (tmp_path / "plans").write_text("")
    assert run("init").status == 2
    assert list(contents(tmp_path)) == ["plans"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_that_leads_nowhere_is_not_written_through(run: Run, tmp_path: Path):
    (tmp_path / ".gitignore").symlink_to(Path("/nowhere/at-all"))
    assert run("init").status == 2
    assert list(contents(tmp_path)) == []


def test_the_end_says_what_comes_next(run: Run, tmp_path: Path, terminal: Callable[[int], None]):
    terminal(200)
    first = run("init", "one").err
    assert "acctplan interview 'Customer name'" in first
    assert "acctplan import FILES" in first
    assert "cd one && git init" in first
    (tmp_path / ".git").mkdir()
    second = run("init", "two", "--plan", "Acme").err
    assert "acctplan interview acme" in second
    assert "git init" not in second
