"""One command at a time writes to a book."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from acctplan.book import find, lock, writing
from acctplan.errors import UserError
from processes import surroundings

if TYPE_CHECKING:
    from pathlib import Path

EDITOR = """
import sys
from pathlib import Path
from acctplan.book import Change, find, writing
from acctplan.document import parse
from acctplan.edit import Set, apply

book, path, name = find(Path(sys.argv[1])), Path(sys.argv[1]) / "plans" / "a.yaml", sys.argv[2]
if sys.argv[4] == "no fcntl":
    writing.fcntl = None
for number in range(int(sys.argv[3])):
    with book.lock():
        before = book.read(path)
        after = apply(parse(before), [Set(("contacts", f"{name}-{number}"), {"name": name})])
        book.write([Change(path, before, after.text)])
"""


@pytest.fixture(params=["flock", "lock file"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How books are locked here, and how where folders cannot be locked."""
    if request.param == "lock file":
        pytest.importorskip("filelock")
        monkeypatch.setattr(writing, "fcntl", None)


@pytest.mark.usefixtures("_way")
class TestLock:
    def test_a_second_one_waits_in_vain(self, tmp_path: Path):
        with (
            lock(tmp_path),
            pytest.raises(UserError, match=r"^another acctplan command is writing to this book$") as caught,
            lock(tmp_path, seconds=0.05),
        ):
            pytest.fail("both hold it")
        assert caught.value.hint == "wait until it is done, then run this again"

    def test_a_second_one_waits_until_it_is_free(self, tmp_path: Path):
        order = []
        is_held = threading.Event()

        def first() -> None:
            with lock(tmp_path):
                is_held.set()
                order.append("first in")
                release.wait(10)
                order.append("first out")

        release = threading.Event()
        thread = threading.Thread(target=first)
        thread.start()
        assert is_held.wait(10)
        threading.Timer(0.1, release.set).start()
        with lock(tmp_path):
            order.append("second in")
        thread.join()
        assert order == ["first in", "first out", "second in"]

    def test_it_is_free_again_after_an_error(self, tmp_path: Path):
        for _ in range(2):
            with pytest.raises(ZeroDivisionError), lock(tmp_path, seconds=0.05):
                raise ZeroDivisionError

    def test_books_do_not_wait_for_each_other(self, tmp_path: Path):
        (tmp_path / "a").mkdir()
        (tmp_path / "b").mkdir()
        with lock(tmp_path / "a"), lock(tmp_path / "b", seconds=0.05):
            pass


def test_no_such_folder(tmp_path: Path):
    with pytest.raises(UserError, match=r"^the book's folder cannot be locked: no such file or directory$"), lock(tmp_path / "gone"):
        pytest.fail("locked nothing")


@pytest.mark.parametrize("name", ["open", "flock"])
def test_what_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    def refuse(*_: object, **__: object) -> int:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(os if name == "open" else writing.fcntl, name, refuse)
    with pytest.raises(UserError, match=r"^the book's folder cannot be locked: no locks available$") as caught, lock(tmp_path):
        pytest.fail("locked all the same")
    assert caught.value.hint == "check its permissions; keep the book on a local disk"


def test_a_lock_file_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("filelock")
    monkeypatch.setattr(writing, "fcntl", None)
    (tmp_path / "acctplan.toml").touch()
    with pytest.raises(UserError, match=r"^the book's folder cannot be locked: "), lock(tmp_path / "acctplan.toml"):
        pytest.fail("locked all the same")


def test_flock_leaves_no_file_behind(tmp_path: Path):
    with lock(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("way", "editors", "edits"),
    [
        pytest.param("flock", 3, 8, id="flock"),
        pytest.param("no fcntl", 2, 6, id="lock file"),
        pytest.param("flock", 8, 50, id="flock, many", marks=pytest.mark.slow),
        pytest.param("no fcntl", 8, 50, id="lock file, many", marks=pytest.mark.slow),
    ],
)
def test_no_edit_is_lost_of_commands_at_the_same_time(tmp_path: Path, way: str, editors: int, edits: int):
    if way == "no fcntl":
        pytest.importorskip("filelock")
    (tmp_path / "acctplan.toml").touch()
    (tmp_path / "plans").mkdir()
    plan = tmp_path / "plans" / "a.yaml"
    plan.write_text("# a plan\ncontacts: {}\n")
    commands = [
        subprocess.Popen([sys.executable, "-c", EDITOR, str(tmp_path), f"e{number}", str(edits), way], env=surroundings())
        for number in range(editors)
    ]
    assert [command.wait(timeout=120) for command in commands] == [0] * editors
    lines = find(tmp_path).read(plan).splitlines()
    assert lines[:2] == ["# a plan", "contacts:"]
    assert sorted(lines[2:]) == sorted(f"  e{editor}-{number}: {{name: e{editor}}}" for editor in range(editors) for number in range(edits))


FORKS = """
import os, sys, time
from pathlib import Path
from acctplan.book.writing import lock
folder = Path(sys.argv[1])
with lock(folder):
    child = os.fork()
    if not child:
        time.sleep(30)
        os._exit(0)
with lock(folder, 0.2):
    print("free")
os.kill(child, 9)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
def test_a_process_that_outlives_its_parent_keeps_no_lock(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORKS, str(tmp_path)], capture_output=True, text=True, timeout=20, check=False
    )
    assert (done.stdout, done.stderr) == ("free\n", "")


def test_what_was_let_go_is_free_and_is_not_closed_twice(tmp_path: Path):
    with lock(tmp_path):
        writing._let_go()  # as a forked process does
        with lock(tmp_path, 0.2):
            pass
    with lock(tmp_path, 0.2):
        pass
