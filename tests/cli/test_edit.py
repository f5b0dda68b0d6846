"""`acctplan edit`: a plan in somebody's editor, checked when it is saved."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from acctplan.cli import asking, editor
from acctplan.errors import UserError
from processes import PROGRAM, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
PLAN = "# ours\nprofile: {name: Acme}\ncontacts:\n  lena-vos: {name: Lena Vos}\n"
BETTER = PLAN.replace("Acme", "Acme Foods")
WRONG = PLAN.replace("{name: Acme}", "{nmae: Acme}")
WARNED = PLAN + "opportunities: {a: {name: A, status: open, close_date: 2026-01-31}}\n"
OPENS = """\
import pathlib, sys
texts = sorted(pathlib.Path({folder!r}).glob("say-*"))
pathlib.Path({folder!r}, "opened").open("a").write(" ".join(sys.argv[1:]) + "\\n")
pathlib.Path(sys.argv[-1]).write_bytes(texts[0].read_bytes()) if texts else None
texts[0].unlink() if texts else None
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that puts one text after the other into the file, and where copies go."""
    folder = tmp_path / "editor"
    folder.mkdir()
    (folder / "vi.py").write_text(OPENS.format(folder=str(folder)), "utf-8")
    copies = tmp_path / "copies"
    copies.mkdir()
    monkeypatch.setattr(editor.tempfile, "tempdir", str(copies))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} '{folder / 'vi.py'}'")
    return folder


@pytest.fixture
def acme(plan: Callable[..., Path]) -> Path:
    return plan(PLAN)


def says(folder: Path, *texts: str) -> None:
    for number, text in enumerate(texts):
        (folder / f"say-{number}").write_bytes(text.encode())


def copies(folder: Path) -> list[Path]:
    return list((folder.parent / "copies").rglob("*.yaml"))


def test_what_was_saved_is_written_and_the_copy_is_gone(run: Run, acme: Path, folder: Path):
    says(folder, BETTER)
    assert run("edit", "acme", *TODAY) == (0, "", "wrote plans/acme.yaml\n")
    assert acme.read_text("utf-8") == BETTER
    assert list((folder.parent / "copies").iterdir()) == []


def test_a_copy_is_for_its_owner_alone_and_not_in_the_book(tmp_path: Path, folder: Path):
    copy = editor.private_copy("acme.yaml", "x: 1\r\n")
    assert copy.read_bytes() == b"x: 1\r\n"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert copy.is_relative_to(tmp_path / "copies")


def test_a_text_as_it_was_is_not_written(run: Run, acme: Path, folder: Path):
    before = acme.stat().st_mtime_ns
    assert run("edit", "acme", *TODAY) == (0, "", "nothing to change: the text is as it was\n")
    assert acme.stat().st_mtime_ns == before
    assert copies(folder) == []


def test_diff_writes_nothing_and_keeps_the_text(run: Run, acme: Path, folder: Path):
    says(folder, BETTER)
    answer = run("edit", "acme", "--diff", *TODAY)
    assert "+profile: {name: Acme Foods}" in answer.out
    assert acme.read_text("utf-8") == PLAN
    (copy,) = copies(folder)
    assert copy.read_text("utf-8") == BETTER
    assert f"your text is kept in {copy}" in answer.err


def test_off_a_terminal_errors_are_told_and_nothing_is_asked_or_written(run: Run, acme: Path, folder: Path):
    says(folder, WRONG)
    answer = run("edit", "acme", *TODAY)
    assert answer.status == 2
    assert "plans/acme.yaml:2: error: " in answer.err
    assert f"nothing was written; your text is kept in {copies(folder)[0]}\nacctplan: the plan would have errors\n" in answer.err
    assert acme.read_text("utf-8") == PLAN
    assert [copy.read_text("utf-8") for copy in copies(folder)] == [WRONG]


def test_a_plan_with_errors_is_written_only_if_somebody_says_so(run: Run, acme: Path, folder: Path):
    says(folder, WRONG)
    assert run("edit", "acme", "--anyway", *TODAY).status == 0
    assert acme.read_text("utf-8") == WRONG


def test_a_plan_that_cannot_be_read_can_be_mended(run: Run, plan: Callable[..., Path], folder: Path):
    path = plan("profile: [\n")
    says(folder, PLAN)
    assert run("edit", "acme", *TODAY).status == 0
    assert path.read_text("utf-8") == PLAN


def test_off_a_terminal_new_warnings_are_told_and_the_plan_is_written(run: Run, acme: Path, folder: Path):
    says(folder, WARNED)
    answer = run("edit", "acme", *TODAY)
    assert (answer.status, acme.read_text("utf-8")) == (0, WARNED)
    assert ": warning: " in answer.err
    says(folder, WARNED.replace("Lena Vos", "Lena Voss"))
    assert run("edit", "acme", *TODAY).err == "wrote plans/acme.yaml\n"


@pytest.mark.parametrize(
    ("texts", "answered", "written"),
    [
        ([WRONG, BETTER], "", BETTER),
        ([WRONG, BETTER], "e", BETTER),
        ([WRONG], "d", PLAN),
        ([WARNED], "", WARNED),
        ([WARNED, BETTER], "e", BETTER),
        ([WARNED], "discard", PLAN),
    ],
)
def test_on_a_terminal_somebody_may_go_back_in_or_give_up(
    run: Run, acme: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, *, texts: list[str], answered: str, written: str
):
    monkeypatch.setattr(asking, "can_ask", lambda: True)
    said = iter([answered])
    monkeypatch.setattr("builtins.input", lambda _: next(said))
    says(folder, *texts)
    answer = run("edit", "acme", *TODAY)
    assert acme.read_text("utf-8") == written
    assert answer.status == (1 if written == PLAN else 0)
    assert len((folder / "opened").read_text().splitlines()) == len(texts)
    assert len(copies(folder)) == (1 if written == PLAN else 0)


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(run: Run, acme: Path, folder: Path, monkeypatch: pytest.MonkeyPatch):
    def writes_too(*_: object) -> None:
        acme.write_text("profile: {name: Theirs}\n", "utf-8")
        (copy,) = copies(folder)
        copy.write_text(BETTER, "utf-8")

    monkeypatch.setattr(editor, "run", writes_too)
    answer = run("edit", "acme", *TODAY)
    assert answer.status == 2
    (copy,) = copies(folder)
    assert f"your text is kept in {copy}: bring both together" in answer.err
    assert (acme.read_text("utf-8"), copy.read_text("utf-8")) == ("profile: {name: Theirs}\n", BETTER)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nope"], "no plan nope"),
        (["plans"], "plans holds 2 plans"),
        (["acme", "contacts.lena-voss"], "plans/acme.yaml has no contacts.lena-voss\n  did you mean contacts.lena-vos?"),
        (["acme", "contacts.somebody"], "plans/acme.yaml has no contacts.somebody\n  name another place, a line, or none"),
        (["broken", "contacts"], "plans/broken.yaml cannot be read, so nothing in it can be found"),
    ],
)
def test_what_cannot_be_opened_is_refused_and_leaves_nothing_behind(
    run: Run, acme: Path, plan: Callable[..., Path], folder: Path, arguments: list[str], message: str
):
    plan("profile: [\n", "broken")
    answer = run("edit", *arguments, *TODAY)
    assert (answer.status, message in answer.err) == (2, True)
    assert copies(folder) == []
    assert not (folder / "opened").exists()


def test_what_was_interrupted_is_kept(run: Run, acme: Path, folder: Path, monkeypatch: pytest.MonkeyPatch):
    def interrupted(*_: object) -> None:
        copies(folder)[0].write_text(BETTER, "utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(editor, "run", interrupted)
    answer = run("edit", "acme", *TODAY)
    assert (answer.status, acme.read_text("utf-8")) == (130, PLAN)
    assert f"your text is kept in {copies(folder)[0]}" in answer.err


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("false", "the editor false ended with 1"),
        ("/nowhere/vi", "the editor /nowhere/vi cannot be started"),
        ("vi '", "the editor 'vi '' is no"),
    ],
)
def test_an_editor_that_does_not_work_is_said(
    run: Run, acme: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, program: str, message: str
):
    monkeypatch.setenv("EDITOR", program)
    answer = run("edit", "acme", *TODAY)
    assert (answer.status, message in answer.err, "kept" in answer.err) == (2, True, False)
    assert copies(folder) == []


def test_a_text_that_is_none_is_kept(run: Run, acme: Path, folder: Path):
    (folder / "say-0").write_bytes(b"\xff\xfe")
    answer = run("edit", "acme", *TODAY)
    assert answer.status == 2
    assert f"your text is kept in {copies(folder)[0]}\nacctplan: what was saved cannot be used: not UTF-8 text\n" in answer.err


@pytest.mark.parametrize(
    ("command", "line", "expected"),
    [
        (["vim"], 7, ["vim", "+7", "f"]),
        (["/usr/bin/nano"], 7, ["/usr/bin/nano", "+7", "f"]),
        (["vim"], None, ["vim", "f"]),
        (["ed"], 7, ["ed", "f"]),
        (["code"], 7, ["code", "--wait", "--goto", "f:7"]),
        (["code", "--wait"], 7, ["code", "--wait", "--goto", "f:7"]),
        (["code", "-w"], None, ["code", "-w", "f"]),
        (["subl"], 7, ["subl", "--wait", "f:7"]),
    ],
)
def test_editors_are_opened_at_a_line_where_they_know_how(command: list[str], line: int | None, expected: list[str]):
    assert editor.at_line(command, "f", line) == expected


@pytest.mark.parametrize(
    ("environment", "there", "expected"),
    [
        ({"VISUAL": "code -w", "EDITOR": "vi"}, "nano", ["code", "-w"]),
        ({"EDITOR": "vi"}, "nano", ["vi"]),
        ({"EDITOR": ""}, "vim", ["vim"]),
    ],
)
def test_the_editor_is_the_one_that_somebody_chose_else_a_usual_one(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], there: str, expected: list[str]
):
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(editor.shutil, "which", lambda name: name if name == there else None)
    assert editor.command() == expected


def test_without_any_editor_it_is_said_how_to_choose_one(monkeypatch: pytest.MonkeyPatch):
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(editor.shutil, "which", lambda _: None)
    with pytest.raises(UserError, match="no editor is known"):
        editor.command()


def test_the_line_of_a_pointer_is_handed_on(run: Run, acme: Path, folder: Path, monkeypatch: pytest.MonkeyPatch):
    lines: list[int | None] = []
    monkeypatch.setattr(editor, "run", lambda _, __, line: lines.append(line))
    for place in ([], ["3"], ["contacts.lena-vos"]):
        run("edit", "acme", *place, *TODAY)
    assert lines == [None, 3, 4]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own")
def test_in_a_terminal_wrong_first_and_right_then(acme: Path, folder: Path):
    pexpect = pytest.importorskip("pexpect")
    says(folder, WRONG, BETTER)
    environment = surroundings(EDITOR=os.environ["EDITOR"], TERM="dumb")
    child = pexpect.spawn(PROGRAM[0], [*PROGRAM[1:], "edit", "acme", *TODAY], env=environment, encoding="utf-8", timeout=30)
    child.expect("Enter goes back in")
    assert acme.read_text("utf-8") == PLAN
    child.sendline("")
    child.expect("wrote plans/acme.yaml")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert acme.read_text("utf-8") == BETTER
