"""Killed, interrupted, out of disk: every file holds its old or its new bytes, and nothing else is left in the folder."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any, Self

import pytest

from acctplan.book import Change, write
from acctplan.book.writing import TEMP_SUFFIX
from acctplan.errors import UserError
from processes import surroundings

OLD, NEW = "old\n" * 5_000, "new\n" * 9_000


def unmeasured() -> dict[str, str]:
    """The environment of a process that cannot, or must not, write down which of its lines ran."""
    return {name: value for name, value in surroundings().items() if not name.startswith("COVERAGE_")}


def layout(root: Path) -> list[Change]:
    """Two plans, one behind a link, and a new one in a new folder."""
    (root / "plans").mkdir(parents=True)
    for name in ("a.yaml", "b.yaml"):
        (root / "plans" / name).write_text(OLD)
    (root / "link.yaml").symlink_to("plans/b.yaml")
    return [
        Change(root / "plans" / "a.yaml", OLD, NEW),
        Change(root / "link.yaml", OLD, NEW),
        Change(root / "plans" / "new" / "c.yaml", None, NEW),
    ]


def assert_old_or_new(root: Path, *, may_leave_temporary_files: bool = False) -> list[bool]:
    """Whether each plan is the new one. Anything between old and new fails."""
    paths = [root / "plans" / name for name in ("a.yaml", "b.yaml", "new/c.yaml")]
    contents = [path.read_text() if path.exists() else "" for path in paths]
    assert contents[0] in (OLD, NEW)
    assert contents[1] in (OLD, NEW)
    assert contents[2] in ("", NEW)
    others = {path for path in root.rglob("*") if path.is_file()} - {*paths, root / "link.yaml"}
    if may_leave_temporary_files:
        assert all(path.name.startswith(".") and path.name.endswith(TEMP_SUFFIX) for path in others)
    else:
        assert others == set()
    assert (root / "link.yaml").is_symlink()
    return [content == NEW for content in contents]


# -- every call of the system, once ----------------------------------------------------------------------------------------------

CALLS = ("open", "fdopen", "read", "stat", "fstat", "lstat", "readlink", "mkdir", "umask", "fchmod", "fsync", "link", "replace", "unlink")


class Faults:
    """Lets the n-th call of the system fail, before or after it has done its work."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.error: BaseException = OSError(errno.EIO, "Input/output error")
        self.at, self.when, self.count, self.failed = 0, "before", 0, ""
        self.is_on = False
        for name in CALLS:
            real = getattr(os, name) if name != "fsync" else int  # to wait for the disk some hundred times shows nothing
            monkeypatch.setattr(os, name, self._wrapped(name, real))

    def _wrapped(self, name: str, real: Any) -> Any:
        def call(*arguments: Any, **options: Any) -> Any:
            self.count += self.is_on
            if not self.is_on or self.count != self.at:
                result = real(*arguments, **options)
                return FailingFile(self, result) if name == "fdopen" and self.is_on else result
            self.failed = name
            if self.when == "after" and name not in ("open", "fdopen"):
                real(*arguments, **options)
            raise self.error

        return call

    def step(self, name: str) -> None:
        self.count += 1
        if self.count == self.at:
            self.failed = name
            raise self.error


class FailingFile:
    """A file whose writing and flushing count as calls."""

    def __init__(self, faults: Faults, file: Any) -> None:
        self.faults, self.file = faults, file

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def write(self, content: bytes) -> None:
        self.file.write(content[: len(content) // 2])
        self.faults.step("write")
        self.file.write(content[len(content) // 2 :])

    def flush(self) -> None:
        self.faults.step("flush")
        self.file.flush()

    def fileno(self) -> int:
        return int(self.file.fileno())


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()], ids=["full disk", "interrupted"])
def test_the_nth_call_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str, error: BaseException):
    faults = Faults(monkeypatch)
    faults.error, faults.when = error, when
    failed, outcomes = [], set()
    for number in range(1, 500):
        root = tmp_path / f"{number}"
        changes = layout(root)
        faults.at, faults.count, faults.failed, faults.is_on = number, 0, "", True
        try:
            write(changes, root)
            is_done = True
        except (UserError, KeyboardInterrupt) as caught:
            is_done = False
            assert isinstance(caught, KeyboardInterrupt) == isinstance(error, KeyboardInterrupt)  # noqa: PT017
        finally:
            faults.is_on = False
        are_new = assert_old_or_new(root)
        assert not is_done or all(are_new)
        outcomes.add(tuple(are_new))
        failed.append(faults.failed)
        if not faults.failed:
            assert is_done
            break
    else:
        pytest.fail("it never comes to an end")
    assert {*CALLS, "write", "flush"} - {"readlink", "fdopen"} <= set(failed), "the loop came by every kind of call"
    assert {(False, False, False), (True, False, False), (True, True, True)} <= outcomes, "and stopped between the files, too"


def test_what_is_said_about_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    changes = layout(tmp_path)
    faults = Faults(monkeypatch)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert faults.count == 0
    with pytest.raises(UserError, match=r"^could not write: no space left on device$") as caught:
        write(changes, tmp_path)
    assert caught.value.hint == "free space or fix permissions, then run this again"
    assert assert_old_or_new(tmp_path) == [False, False, False]


def test_a_second_run_completes_what_the_first_began(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    changes = layout(tmp_path)
    with monkeypatch.context() as patched:
        real, calls = os.replace, []

        def once(*arguments: Any) -> None:
            calls.append(arguments)
            if len(calls) > 1:
                raise OSError(errno.EIO, "Input/output error")
            real(*arguments)

        patched.setattr(os, "replace", once)
        with pytest.raises(UserError):
            write(changes, tmp_path)
    assert assert_old_or_new(tmp_path) == [True, False, False]
    again = [Change(one.path, one.path.read_text() if one.path.exists() else None, one.after) for one in changes]
    assert len(write(again, tmp_path)) == 2
    assert assert_old_or_new(tmp_path) == [True, True, True]


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on the size of files there")
def test_a_disk_that_is_full_after_the_first_bytes(tmp_path: Path):
    program = """
import resource, sys
from pathlib import Path
from acctplan.book import Change, write
from acctplan.errors import UserError
root = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
path = root / "plans" / "a.yaml"
try:
    write([Change(path, path.read_text(), "new\\n" * 9_000)], root)
except UserError as error:
    print(error.message)
"""
    layout(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        env=unmeasured(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "could not write: file too large\n"
    assert assert_old_or_new(tmp_path) == [False, False, False]


# -- killed ----------------------------------------------------------------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
from acctplan.book import Change, lock, write

root = Path(sys.argv[1])
paths = [root / "a.yaml", root / "b.yaml"]
print("ready", flush=True)
for number in range(1, 1_000_000):
    with lock(root):
        write([Change(path, path.read_text(), f"{number}\\n" * 4_000) for path in paths], root)
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
@pytest.mark.parametrize("kills", [4, pytest.param(200, marks=pytest.mark.slow)])
def test_killed_at_a_random_moment(tmp_path: Path, kills: int):
    random = Random(kills)
    paths = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    for _ in range(kills):
        for path in paths:
            path.write_text("0\n" * 4_000)
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=unmeasured())
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(random.uniform(0, 0.06))
        writer.kill()
        said = [int(line) for line in writer.stdout if line.endswith("\n")]
        writer.wait()
        writer.stdout.close()
        for path in paths:
            lines = path.read_text().splitlines()
            assert len(lines) == 4_000
            assert len(set(lines)) == 1, "a mixture of two versions"
            assert int(lines[0]) >= max(said, default=0), "it said that it was done"
        others = {path for path in tmp_path.iterdir() if path not in paths}
        assert all(path.name.startswith(".") and path.name.endswith(TEMP_SUFFIX) for path in others)
        for path in others:
            path.unlink()


ONCE = """
import sys
from pathlib import Path
sys.path.append(sys.argv[2])
from acctplan.book import Change, lock, write
root, old, new = Path(sys.argv[1]), "old\\n" * 5_000, "new\\n" * 9_000
with lock(root):
    write([
        Change(root / "plans" / "a.yaml", old, new),
        Change(root / "link.yaml", old, new),
        Change(root / "plans" / "new" / "c.yaml", None, new),
    ], root)
print("done")
"""

KILL_POINTS = [(call, number) for call in ("fchmod", "fsync", "rename", "link", "unlink", "mkdir", "flock") for number in range(1, 7)]


def can_trace() -> bool:
    tool = shutil.which("strace")
    return tool is not None and subprocess.run([tool, "-o", os.devnull, "true"], check=False, capture_output=True).returncode == 0


def traced(root: Path, call: str, inject: str) -> subprocess.CompletedProcess[str]:
    calls = f"/^{call}"  # link or linkat, as the machine has it
    strace = ["strace", "-f", "-o", os.devnull, "-e", f"trace={calls}", "-e", f"inject={calls}:{inject}"]
    return subprocess.run(
        [*strace, sys.executable, "-c", ONCE, str(root), str(Path(__file__).parent)],
        env=unmeasured(),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.skipif(not can_trace(), reason="strace is not at hand, or may not trace")
@pytest.mark.parametrize(("call", "number"), KILL_POINTS)
def test_killed_at_a_call_of_the_system(tmp_path: Path, call: str, number: int):
    layout(tmp_path)
    done = traced(tmp_path, call, f"signal=SIGKILL:when={number}")
    are_new = assert_old_or_new(tmp_path, may_leave_temporary_files=True)
    if done.returncode:
        assert done.returncode == -signal.SIGKILL or done.returncode == 128 + signal.SIGKILL
    else:
        assert (done.stdout, are_new) == ("done\n", [True, True, True])


@pytest.mark.slow
@pytest.mark.skipif(not can_trace(), reason="strace is not at hand, or may not trace")
@pytest.mark.parametrize("error", ["ENOSPC", "EIO", "EDQUOT"])
@pytest.mark.parametrize(("call", "number"), [(call, number) for call, number in KILL_POINTS if call != "flock"])
def test_an_error_of_the_system(tmp_path: Path, call: str, number: int, error: str):
    layout(tmp_path)
    done = traced(tmp_path, call, f"error={error}:when={number}")
    are_new = assert_old_or_new(tmp_path)
    if done.returncode:
        assert "UserError: could not write: " in done.stderr
    else:
        assert (done.stdout, are_new) == ("done\n", [True, True, True])
