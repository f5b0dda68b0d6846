"""How commands end: 0 clean, 1 findings, 2 what was asked cannot be done, 130 interrupted. And never with words of a plan."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from acctplan.cli import app, loading
from acctplan.errors import UserError
from processes import PROGRAM, process, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Run

SOUND = "profile: {name: Acme}\nopportunities: {first: {name: First}}\n"
LATE = "profile: {name: Acme}\nopportunities: {first: {name: First, status: open, close_date: 2026-01-31}}\n"
BROKEN = "profile: {nmae: Acme}\n"
TODAY = ("--today", "2026-11-21")


@pytest.mark.parametrize(
    ("text", "arguments", "status"),
    [
        (SOUND, [], 0),
        (LATE, [], 1),
        (LATE, ["--fail-on", "error"], 0),
        (SOUND, ["--fail-on", "advice"], 1),
        (BROKEN, ["--fail-on", "error"], 1),
        ("profile: [", [], 1),
        (SOUND, ["--fail-under", "100"], 1),
        (SOUND, ["--fail-under", "1"], 0),
    ],
)
def test_check_ends_with_1_where_it_found_something_grave(
    run: Run, plan: Callable[..., Path], text: str, arguments: list[str], status: int
):
    plan(text)
    assert run("check", *TODAY, *arguments).status == status


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["check", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["check", "xyz"], "no plan xyz", "plans are looked for in plans"),
        (["check", "plans/nope.yaml"], "no plan plans/nope.yaml", "plans are looked for in plans"),
        (["check", "empty"], "no plans in empty", "plans are files that end in .yaml"),
        (["check", "--format", "jsno"], "unknown format 'jsno'", "did you mean json?"),
        (["check", "--select", "contact"], "no rule or family 'contact'", "did you mean contacts?"),
        (["explain", "contacts/no-decison-maker"], "no rule 'contacts/no-decison-maker'", "did you mean contacts/no-decision-maker?"),
        (["rank", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["rank", "--explain", "frist"], "no plan and no opportunity frist that could be won", "did you mean first?"),
        (["revenue", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["revenue", "--by", "period", "--explain"], "--by and --explain are different answers", "ask for one at a time"),
        (["rank", "--weight", "acces=30"], "no weight 'acces=30'", "did you mean access=30?"),
        (["rank", "--weight", "access"], "no weight 'access'", "did you mean access=30?"),
        (["rank", "--weight", "access=much"], "weights are numbers from 0 up, at least one above 0", "for example --weight access=30"),
        (["rank", "--weight", "access=-1"], "weights are numbers from 0 up, at least one above 0", "for example --weight access=30"),
        (["rank", "--weight", "access=nan"], "weights are numbers from 0 up, at least one above 0", "for example --weight access=30"),
        (["contacts", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["show", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["review", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["review", "meridian", "--by", "ann"], "--by goes with --sign", 'acctplan review PLAN --sign "what was said" --verdict approved'),
        (["edit", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["undo", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["note", "meridian"], "an entry and a note are wanted", 'write acctplan note [PLAN] ENTRY "what to write down"'),
        (["show", "plans"], "plans holds 2 plans", "name one of them"),
        (["diff", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["objectives", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["actions", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["meeting", "next", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["meeting", "agenda", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["meeting", "hold", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["meeting", "hold", "plans"], "plans holds 2 plans", "name one of them"),
        (["interview", "meridan", "--list"], "no plan meridan", "did you mean meridian?"),
        (["questions", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["workshop", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["contacts", "plans"], "plans holds 2 plans", "name one of them"),
        (["render", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["render", "meridian", "--format", "htm"], "unknown format 'htm'", "did you mean html?"),
        (["render", "meridian", "-o", "page.txt"], "unknown format 'txt'", "one of html, md, pdf, pptx"),
        (["render"], "which plan?", "name one, such as: acctplan render meridian; or all of them: acctplan render --all"),
        (["render", "meridian", "--as", "agena"], "no document 'agena'", "did you mean agenda?"),
        (["templates", "copy", "custmer"], "acctplan has no template custmer", "did you mean customer?"),
        (["render", "broken"], "plans/broken.yaml:1: 'name' is missing", "see all of its errors: acctplan check plans/broken.yaml"),
        (["render", "plans"], "plans holds 2 plans", "name one of them"),
        (["export", "ics", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["export", "ics", "--within", "soon"], "'soon' is no time to look ahead", "write 14d, 3w or 2m"),
        (["export", "xlsx", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["export", "salesforce"], "which folder?", "name one: acctplan export salesforce -o FOLDER"),
        (["export", "salesforce", "meridan", "-o", "out"], "no plan meridan", "did you mean meridian?"),
        (["new"], "for which customer?", 'give the name: acctplan new "Customer name"'),
        (["new", "--from", "meridan"], "no plan meridan", "did you mean meridian?"),
        (["new", "--from", "broken"], "plans/broken.yaml:1: 'name' is missing", "see all of its errors: acctplan check plans/broken.yaml"),
    ],
)
def test_what_cannot_be_done_is_two_lines_and_2(
    run: Run, plan: Callable[..., Path], tmp_path: Path, arguments: list[str], message: str, hint: str
):
    plan(SOUND, "meridian")
    plan(BROKEN, "broken")
    (tmp_path / "empty").mkdir()
    answer = run(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.endswith(f"acctplan: {message}\n  {hint}\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chekc"], "No such command 'chekc'. Did you mean 'check'?"),
        (["check", "--levle", "start"], "No such option: --levle"),
        (["check", "--level", "strat"], "'strat' is not one of 'start', 'working', 'review'"),
        (["check", "--today", "2026-02-30"], "a date like 2026-12-31 is wanted"),
        (["rank", "-n", "0"], "0 is not in the range"),
        (["new", "Acme", "--currency", "euro"], "an ISO 4217 code like EUR is wanted"),
        (["check", "--today", "9999-12-31"], "a day from 1900 to 2999 is wanted"),
        (["new", "Acme", "--starts", "9999-01-01"], "a day from 1900 to 2999 is wanted"),
        (["show"], "Missing argument 'PLAN'"),
        (["show", "meridian", "--section", "peple"], "'peple' is not one of 'insights', 'people'"),
    ],
)
def test_a_slip_in_the_arguments_is_2_with_what_is_right(run: Run, arguments: list[str], message: str):
    answer = run(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("Usage: acctplan")
    assert message in answer.err


@pytest.mark.parametrize(
    "command",
    [["check"], ["rank"], ["revenue"], ["health"], ["book"], ["diff"], ["export", "ics"], ["score", "first"], ["questions"], ["workshop"]],
)
def test_a_folder_without_plans_is_2(run: Run, command: list[str]):
    nowhere = run(*command)
    Path("acctplan.toml").touch()
    empty = run(*command)
    assert nowhere == (2, "", "acctplan: this is no book of plans\n  cd into your book, or start one here: acctplan init\n")
    assert empty == (2, "", "acctplan: no plans in plans\n  start one: acctplan new 'Customer name'\n")


def test_broken_settings_are_2_with_the_line(run: Run, plan: Callable[..., Path], tmp_path: Path):
    plan(SOUND)
    (tmp_path / "acctplan.toml").write_text("currency = 'EUR'\ncurency = 'EUR'\n")
    assert run("rank") == (2, "", "acctplan: acctplan.toml:2: unknown key curency\n  did you mean currency?\n")


def hostile_files(plans: Path) -> list[str]:
    """Files that cannot be read, beside plans that can."""
    os.mkfifo(plans / "fifo.yaml")
    (plans / "latin.yaml").write_bytes(b"profile: {name: Caf\xe9}\n")
    (plans / "nowhere.yaml").symlink_to(plans / "nothing.yaml")
    (plans / "outside.yaml").symlink_to("/etc/hostname")
    (plans / "broken.yaml").write_text(BROKEN)
    (plans / "syntax.yaml").write_text("profile: [")
    return ["broken", "fifo", "latin", "nowhere", "outside", "syntax"]


def test_broken_plans_are_diagnostics_and_do_not_stop_the_others(run: Run, plan: Callable[..., Path]):
    broken = hostile_files(plan(LATE).parent)
    answer = run("check", *TODAY, "--format", "concise", "--fail-on", "error")
    assert (answer.status, answer.err) == (1, "")
    assert {line.partition(":")[0] for line in answer.out.splitlines() if "error" in line} >= {f"plans/{name}.yaml" for name in broken}
    assert "plans/acme.yaml:2" in answer.out


@pytest.mark.parametrize("command", ["rank", "revenue", "health", "book", "workshop"])
def test_an_answer_without_the_broken_plans_says_so_and_ends_with_1(run: Run, plan: Callable[..., Path], command: str):
    broken = hostile_files(plan(SOUND).parent)
    answer = run(command)
    assert answer.status == 1
    assert "Acme" in answer.out
    assert answer.err.splitlines() == [f"plans/{name}.yaml: left out, it has errors: acctplan check plans/{name}.yaml" for name in broken]


def test_marks_do_not_hide_the_error_of_a_plan(run: Run, plan: Callable[..., Path]):
    plan("# review: who?\nprofile: {nmae: Acme}\n")
    assert run("render", "acme").err.splitlines()[0] == "acctplan: plans/acme.yaml:2: 'name' is missing"


# What nobody foresaw.


def stumble(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def raising(*_: object) -> None:
        raise error

    monkeypatch.setattr(loading, "load", raising)


def test_an_error_of_ours_is_one_line_without_its_words(run: Run, plan: Callable[..., Path], monkeypatch: pytest.MonkeyPatch):
    plan(SOUND)
    stumble(monkeypatch, RuntimeError("Acme pays 1.2 million"))
    answer = run("rank")
    assert answer == (
        2,
        "",
        "acctplan: a mistake in acctplan (RuntimeError); your files are as they were\n  run it again with --debug to see where\n",
    )


def test_debug_shows_where_an_error_of_ours_is(run: Run, plan: Callable[..., Path], monkeypatch: pytest.MonkeyPatch):
    plan(SOUND)
    stumble(monkeypatch, RuntimeError("where it is"))
    with pytest.raises(RuntimeError, match="where it is"):
        run("rank", "--debug")


def test_debug_changes_nothing_else(run: Run, plan: Callable[..., Path]):
    plan(SOUND)
    assert run("--debug", "rank") == run("rank", "--debug") == run("rank")


def test_an_error_of_the_disk_names_the_file(run: Run, plan: Callable[..., Path], monkeypatch: pytest.MonkeyPatch):
    plan(SOUND)
    hint = "  check the disk, the path and its permissions\n"
    stumble(monkeypatch, OSError(28, "No space left on device", "plans/secret\x1b.yaml"))
    answer = run("rank")
    assert answer == (
        2,
        "",
        "acctplan: could not read or write plans/secret<U+001B>.yaml: no space left on device\n" + hint,
    )


def test_what_a_user_did_is_shown_visibly(run: Run, monkeypatch: pytest.MonkeyPatch, plan: Callable[..., Path]):
    plan(SOUND)
    stumble(monkeypatch, UserError("no \x1b[31mplan", "look\u202e"))
    assert run("rank").err == "acctplan: no <U+001B>[31mplan\n  look<U+202E>\n"


def test_an_interrupted_command_ends_with_130(run: Run, plan: Callable[..., Path], monkeypatch: pytest.MonkeyPatch):
    plan(SOUND)
    stumble(monkeypatch, KeyboardInterrupt())
    assert run("rank") == (130, "", "")
    monkeypatch.setattr(app, "run", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    assert run("rank") == (130, "", "")


# From outside.


POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and pipes of POSIX")


@POSIX
@pytest.mark.parametrize("lines", [1, 1000])
def test_a_reader_that_has_had_enough_is_no_error(plan: Callable[..., Path], tmp_path: Path, lines: int):
    entries = "".join(f"  o{number}: {{name: {'x' * 60}}}\n" for number in range(2000))
    plan(f"profile: {{name: Acme}}\nopportunities:\n{entries}")
    done = process(["bash", "-c", f'"$@" | head -n {lines}', "-", *PROGRAM, "rank"], tmp_path)
    assert (len(done.stdout.splitlines()), done.stderr) == (lines, "")


@POSIX
def test_a_reader_that_went_before_a_short_answer_is_no_error(plan: Callable[..., Path], tmp_path: Path):
    plan(SOUND)
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*PROGRAM, "rank"], cwd=tmp_path, env=surroundings(), stdout=writer, stderr=subprocess.PIPE, timeout=30, check=False
    )
    os.close(writer)
    assert done.stderr == b""


@POSIX
def test_many_plans_are_read_by_several_processes_with_the_same_answer(plan: Callable[..., Path], tmp_path: Path):
    for number in range(5):
        plan(LATE if number % 2 else BROKEN, f"acme-{number}")
    shared = "from acctplan.cli import loading, main; loading.WORTH_A_PROCESS = loading.CHUNK = 1; main()"
    one_by_one = process([*PROGRAM, "check", *TODAY], tmp_path)
    together = process([sys.executable, "-c", shared, "check", *TODAY], tmp_path)
    assert (together.returncode, together.stdout, together.stderr) == (1, one_by_one.stdout, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told_once(plan: Callable[..., Path], tmp_path: Path):
    plan(SOUND)
    done = process(["bash", "-c", '"$@" > /dev/full', "-", *PROGRAM, "rank"], tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0] == "acctplan: could not read or write: no space left on device"
    assert len(done.stderr.splitlines()) == 2


@POSIX
@pytest.mark.parametrize("processes", [1, 2])
def test_an_interrupt_ends_it_quietly(plan: Callable[..., Path], tmp_path: Path, processes: int):
    if processes > 1 and (not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < processes):
        pytest.skip("one processor alone")
    for number in range(processes):
        plan(SOUND, f"acme-{number}")
    slow = "from acctplan.cli import loading, main; import time; loading.WORTH_A_PROCESS = 2; loading.CHUNK = 1; "
    slow += "loading.load = lambda *_: (print('ready', flush=True), time.sleep(30)); main()"
    command = subprocess.Popen(
        [sys.executable, "-c", slow, "check"],
        cwd=tmp_path,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert command.stdout is not None
    for _ in range(processes):
        assert command.stdout.readline() == "ready\n"
    os.killpg(command.pid, signal.SIGINT)  # as a terminal does: to all of them
    assert (*command.communicate(timeout=20), command.returncode) == ("", "", 130)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_version_for_a_full_disk(tmp_path: Path):
    done = process(["bash", "-c", '"$@" > /dev/full', "-", *PROGRAM, "--version"], tmp_path)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "acctplan: could not read or write: no space left on device")


@POSIX
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_a_stream_that_is_closed_is_no_error(plan: Callable[..., Path], tmp_path: Path, closed: str):
    plan(SOUND)
    done = process(["bash", "-c", f'"$@" {closed}', "-", *PROGRAM, "check", *TODAY], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@POSIX
def test_work_of_a_killed_process_is_done_by_the_one_that_waits(tmp_path: Path):
    program = """
import os, signal
from acctplan.cli import loading
os.sched_getaffinity = lambda _: {0, 1}
loading.WORTH_A_PROCESS, loading.CHUNK = 2, 1
waiting = os.getpid()
def double(item):
    if item == 3 and os.getpid() != waiting:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * item
print(loading.spread(double, range(8)))
"""
    done = process([sys.executable, "-c", program], tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[0, 2, 4, 6, 8, 10, 12, 14]\n", "")
