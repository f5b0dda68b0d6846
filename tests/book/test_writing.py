"""Files out: what is written, what is refused, and what stays as it was."""

from __future__ import annotations

import importlib.util
import os
import secrets
import stat
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from acctplan.book import Change, find, lock, write, writing
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plans" / "a.yaml"
    path.parent.mkdir()
    path.write_text("old")
    return path


def files(folder: Path) -> dict[str, str]:
    """Every file and what is in it; a temporary one that stayed would be among them."""
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in folder.rglob("*") if path.is_file()}


def refused(changes: list[Change], root: Path) -> tuple[str, str]:
    with pytest.raises(UserError) as caught:
        write(changes, root)
    return caught.value.message, caught.value.hint


class TestWritten:
    @pytest.mark.parametrize("text", ["new", "", "\ufeffa: 1\r\nb: Zoë 🍅\r\n", "x" * 300_000])
    def test_exactly(self, plan: Path, tmp_path: Path, text: str):
        assert write([Change(plan, "old", text)], tmp_path) == [plan.resolve()]
        assert plan.read_bytes() == text.encode()
        assert list(files(tmp_path)) == ["plans/a.yaml"]

    def test_through_the_book(self, plan: Path, tmp_path: Path):
        book = find(tmp_path)
        with book.lock():
            assert book.write(iter([Change(plan, "old", "new")])) == [plan.resolve()]
        assert book.read(plan) == "new"

    def test_several(self, plan: Path, tmp_path: Path):
        other = tmp_path / "plans" / "b.yaml"
        other.write_text("old b")
        unchanged = Change(tmp_path / "plans" / "nowhere.yaml", "same", "same")
        assert write([Change(plan, "old", "new"), unchanged, Change(other, "old b", "new b")], tmp_path) == [
            plan.resolve(),
            other.resolve(),
        ]
        assert files(tmp_path) == {"plans/a.yaml": "new", "plans/b.yaml": "new b"}

    @pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
    def test_the_mode_stays(self, plan: Path, tmp_path: Path, mode: int):
        plan.chmod(mode)
        write([Change(plan, "old", "new")], tmp_path)
        assert stat.S_IMODE(plan.stat().st_mode) == mode

    def test_nobody_else_can_read_it_meanwhile(self, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        plan.chmod(0o600)
        seen = []
        before(monkeypatch, "fchmod", lambda *_: seen.extend(stat.S_IMODE(path.stat().st_mode) for path in plan.parent.glob(".*")))
        write([Change(plan, "old", "new")], tmp_path)
        assert seen == [0o600]

    @pytest.mark.parametrize("name", ["x" * 250, "計" * 83], ids=["250 letters", "249 bytes"])
    def test_a_long_name(self, tmp_path: Path, name: str):
        path = tmp_path / f"{name}.yaml"
        write([Change(path, None, "new")], tmp_path)
        write([Change(path, "new", "newer")], tmp_path)
        assert files(tmp_path) == {path.name: "newer"}


class TestUnchanged:
    def test_the_file_is_not_touched(self, plan: Path, tmp_path: Path):
        before = plan.stat()
        assert write([Change(plan, "old", "old")], tmp_path) == []
        after = plan.stat()
        assert (after.st_ino, after.st_mtime_ns, after.st_ctime_ns) == (before.st_ino, before.st_mtime_ns, before.st_ctime_ns)

    def test_not_even_looked_at(self, tmp_path: Path):
        assert write([Change(tmp_path / "nowhere" / "a.yaml", "old", "old")], tmp_path) == []
        assert list(tmp_path.iterdir()) == []

    def test_whether_it_is_a_change(self, plan: Path):
        assert Change(plan, "old", "new").is_one
        assert Change(plan, None, "").is_one
        assert not Change(plan, "old", "old").is_one


class TestNew:
    def test_with_the_folders_that_are_missing(self, tmp_path: Path):
        path = tmp_path / "plans" / "north" / "a.yaml"
        assert write([Change(path, None, "new")], tmp_path) == [path.resolve()]
        assert files(tmp_path) == {"plans/north/a.yaml": "new"}

    @pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="nothing here tells which file a descriptor is of")
    def test_folders_are_synced_up_to_the_book(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        synced: list[str] = []
        before(monkeypatch, "fsync", lambda descriptor: synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink())))
        root = tmp_path.resolve() / "book"
        root.mkdir()
        write([Change(root / "plans" / "a.yaml", None, "new")], root)
        assert Path(synced[0]).name.startswith(".a.yaml.")
        assert synced[1:] == [str(root / "plans"), str(root)]

    def test_the_mode_is_the_usual(self, tmp_path: Path):
        mask = os.umask(0o002)
        try:
            write([Change(tmp_path / "a.yaml", None, "new")], tmp_path)
            assert os.umask(0o002) == 0o002, "the mask of the process is as it was"
        finally:
            os.umask(mask)
        assert stat.S_IMODE((tmp_path / "a.yaml").stat().st_mode) == 0o664

    @pytest.mark.parametrize("content", ["theirs", "", "new"])
    def test_never_over_another(self, plan: Path, tmp_path: Path, content: str):
        plan.write_text(content)
        assert refused([Change(plan, None, "new")], tmp_path) == ("a.yaml is already there", "choose another name")
        assert files(tmp_path) == {"plans/a.yaml": content}

    def test_then_no_other_file_is_written(self, plan: Path, tmp_path: Path):
        other = plan.with_name("b.yaml")
        other.write_text("theirs")
        assert refused([Change(plan, "old", "new"), Change(other, None, "new")], tmp_path)[0] == "b.yaml is already there"
        assert files(tmp_path) == {"plans/a.yaml": "old", "plans/b.yaml": "theirs"}

    def test_nor_over_a_link_to_nowhere(self, plan: Path, tmp_path: Path):
        link = plan.with_name("b.yaml")
        link.symlink_to("nowhere")
        assert refused([Change(link, None, "new")], tmp_path) == ("b.yaml is already there", "choose another name")
        assert link.readlink() == Path("nowhere")

    def test_nor_over_one_that_came_at_the_last_moment(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        path = tmp_path / "a.yaml"
        before(monkeypatch, "link", lambda *_, **__: path.write_text("theirs"))
        assert refused([Change(path, None, "new")], tmp_path) == ("a.yaml is already there", "choose another name")
        assert files(tmp_path) == {"a.yaml": "theirs"}

    def test_where_there_are_no_hard_links(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        before(monkeypatch, "link", fail(PermissionError(1, "Operation not permitted")))
        write([Change(tmp_path / "a.yaml", None, "new")], tmp_path)
        assert files(tmp_path) == {"a.yaml": "new"}

    def test_not_outside_the_book(self, tmp_path: Path):
        (tmp_path / "book").mkdir()
        path = tmp_path / "elsewhere" / "north" / "a.yaml"
        message, hint = refused([Change(path, None, "new")], tmp_path / "book")
        assert message == "a.yaml: outside of the book; nothing was written"
        assert hint == "copy the file into the book"
        assert [one.name for one in tmp_path.iterdir()] == ["book"], "and no folder was made for it"

    def test_not_where_a_file_is_in_the_way_of_a_folder(self, plan: Path, tmp_path: Path):
        assert refused([Change(plan / "b.yaml", None, "new")], tmp_path)[0] == "could not write: file exists"
        assert files(tmp_path) == {"plans/a.yaml": "old"}


class TestLinks:
    def test_inside_the_book_the_file_is_written_and_the_link_stays(self, plan: Path, tmp_path: Path):
        link = tmp_path / "link.yaml"
        link.symlink_to("plans/a.yaml")
        assert write([Change(link, "old", "new")], tmp_path) == [plan.resolve()]
        assert link.readlink() == Path("plans/a.yaml")
        assert plan.read_text() == "new"
        assert not plan.is_symlink()

    @pytest.mark.parametrize("target", ["../../outside.yaml", "nowhere.yaml"])
    def test_others_are_refused(self, plan: Path, tmp_path: Path, target: str):
        root = tmp_path / "plans"
        outside = tmp_path / "outside.yaml"
        outside.write_text("old")
        link = root / "sub" / "link.yaml"
        link.parent.mkdir()
        link.symlink_to(target)
        message, _ = refused([Change(plan, "old", "new"), Change(link, "old", "new")], root)
        assert message.startswith("link.yaml: a link that leads ")
        assert message.endswith("; nothing was written")
        assert (plan.read_text(), outside.read_text()) == ("old", "old")

    def test_two_names_of_one_plan(self, plan: Path, tmp_path: Path):
        link = tmp_path / "link.yaml"
        link.symlink_to("plans/a.yaml")
        changes = [Change(plan, "old", "new"), Change(link, "old", "newer")]
        assert refused(changes, tmp_path) == ("a.yaml would be written twice", "name each plan once; a link is the plan that it leads to")
        assert plan.read_text() == "old"


class TestRefused:
    """Somebody else's work and wishes come first; then nothing at all is written."""

    @pytest.fixture
    def other(self, plan: Path) -> Path:
        path = plan.with_name("b.yaml")
        path.write_text("old b")
        return path

    CHANGED = ("a.yaml changed while this command ran; nothing was written", "run this again")

    @pytest.mark.parametrize("content", ["theirs", "old\n", ""])
    def test_a_file_that_changed_since_it_was_read(self, plan: Path, other: Path, tmp_path: Path, content: str):
        plan.write_text(content)
        assert refused([Change(other, "old b", "new b"), Change(plan, "old", "new")], tmp_path) == self.CHANGED
        assert files(tmp_path) == {"plans/a.yaml": content, "plans/b.yaml": "old b"}

    def test_then_nothing_is_prepared(self, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        before(monkeypatch, "fsync", fail(OSError(5, "Input/output error")))
        plan.write_text("theirs")
        assert refused([Change(plan, "old", "new")], tmp_path) == self.CHANGED

    def test_or_while_the_new_one_was_prepared(self, plan: Path, other: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        before(monkeypatch, "fsync", lambda _: plan.write_text("theirs"))
        assert refused([Change(plan, "old", "new"), Change(other, "old b", "new b")], tmp_path) == self.CHANGED
        assert files(tmp_path) == {"plans/a.yaml": "theirs", "plans/b.yaml": "old b"}

    def test_a_file_that_is_gone(self, plan: Path, other: Path, tmp_path: Path):
        plan.unlink()
        message, _ = refused([Change(other, "old b", "new b"), Change(plan, "old", "new")], tmp_path)
        assert message == "a.yaml: cannot be read: no such file or directory; nothing was written"
        assert files(tmp_path) == {"plans/b.yaml": "old b"}

    def test_or_goes_meanwhile(self, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        before(monkeypatch, "fsync", lambda _: plan.unlink())
        message, _ = refused([Change(plan, "old", "new")], tmp_path)
        assert message == "a.yaml: cannot be read: no such file or directory; nothing was written"
        assert files(tmp_path) == {}

    @pytest.mark.parametrize("mode", [0o444, 0o555, 0o400])
    def test_a_read_only_file(self, plan: Path, other: Path, tmp_path: Path, mode: int):
        plan.chmod(mode)
        message, hint = refused([Change(other, "old b", "new b"), Change(plan, "old", "new")], tmp_path)
        assert (message, hint) == ("a.yaml is read-only", "make it writable if you mean to change it")
        assert files(tmp_path) == {"plans/a.yaml": "old", "plans/b.yaml": "old b"}

    def test_half_a_character_is_our_mistake_and_leaves_nothing_behind(self, plan: Path, tmp_path: Path):
        with pytest.raises(UnicodeEncodeError):
            write([Change(plan, "old", "\ud800")], tmp_path)
        assert files(tmp_path) == {"plans/a.yaml": "old"}


def test_no_link_is_followed_for_the_temporary_file(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    monkeypatch.setattr(secrets, "token_hex", lambda _: "0a1b2c3d")
    (plan.parent / f".a.yaml.0a1b2c3d{writing.TEMP_SUFFIX}").symlink_to(secret)
    assert refused([Change(plan, "old", "new")], tmp_path)[0] == "could not write: file exists"
    assert (plan.read_text(), secret.read_text()) == ("old", "secret")


def test_no_descriptor_stays_open(plan: Path, tmp_path: Path):
    def lowest() -> int:
        descriptor = os.open(tmp_path, os.O_RDONLY)
        os.close(descriptor)
        return descriptor

    first = lowest()
    with lock(tmp_path):
        write([Change(plan, "old", "new"), Change(plan.with_name("b.yaml"), None, "new")], tmp_path)
    refused([Change(plan, "old", "new")], tmp_path)
    assert lowest() == first


class TestSync:
    """Once a command says that it is done, it is on the disk."""

    def test_in_order(self, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        steps: list[str] = []
        before(monkeypatch, "fsync", lambda descriptor: steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"))
        before(monkeypatch, "replace", lambda *_: steps.append("rename"))
        other = plan.with_name("b.yaml")
        other.write_text("old b")
        write([Change(plan, "old", "new"), Change(other, "old b", "new b")], tmp_path)
        assert steps == ["file", "file", "rename", "rename", "folder"]

    def test_the_bytes_are_complete_when_they_are_synced(self, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        sizes: list[int] = []
        before(monkeypatch, "fsync", lambda descriptor: sizes.append(os.fstat(descriptor).st_size))
        write([Change(plan, "old", "x" * 100_000)], tmp_path)
        assert sizes[0] == 100_000

    @pytest.mark.parametrize(("is_known", "synced"), [(True, ["full"]), (False, ["full", "plain"])])
    def test_on_a_mac_through_the_cache_of_the_drive(
        self, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_known: bool, synced: list[str]
    ):
        steps: list[str] = []

        def control(descriptor: int, command: int) -> None:
            assert command == 51
            if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
                steps.append("full")
            if not is_known:
                raise OSError(25, "Inappropriate ioctl for device")

        monkeypatch.setattr(writing, "fcntl", SimpleNamespace(F_FULLFSYNC=51, fcntl=control))
        before(monkeypatch, "fsync", lambda descriptor: stat.S_ISDIR(os.fstat(descriptor).st_mode) or steps.append("plain"))
        write([Change(plan, "old", "new")], tmp_path)
        assert steps == synced
        assert files(tmp_path) == {"plans/a.yaml": "new"}

    def test_on_windows_folders_need_none(self, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(writing, "fcntl", None)
        monkeypatch.delattr(os, "fchmod")
        folders: list[bool] = []
        before(monkeypatch, "fsync", lambda descriptor: folders.append(stat.S_ISDIR(os.fstat(descriptor).st_mode)))
        write([Change(plan, "old", "new")], tmp_path)
        assert folders == [False]
        assert files(tmp_path) == {"plans/a.yaml": "new"}


def test_without_the_module_that_windows_lacks(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "fcntl", None)
    spec = importlib.util.spec_from_file_location("writing_on_windows", writing.__file__)
    assert spec is not None
    assert spec.loader is not None
    there = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, there)
    spec.loader.exec_module(there)
    there.write([there.Change(plan, "old", "new")], tmp_path)
    assert plan.read_text() == "new"


def before(monkeypatch: pytest.MonkeyPatch, name: str, do: Callable[..., Any]) -> None:
    """Do something just before every call of a function of `os`."""
    real = getattr(os, name)

    def call(*arguments: Any, **options: Any) -> Any:
        do(*arguments, **options)
        return real(*arguments, **options)

    monkeypatch.setattr(os, name, call)


def fail(error: OSError) -> Callable[..., None]:
    def call(*_: Any, **__: Any) -> None:
        raise error

    return call


class TestReplaced:
    """What is made anew each time: any bytes that stood there give way."""

    @pytest.mark.parametrize("before", [None, b"", b"\xff\xfe", b"old", b"x" * (5 << 20)], ids=["none", "empty", "not text", "old", "long"])
    def test_whatever_stood_there(self, tmp_path: Path, before: bytes | None):
        path = tmp_path / "site" / "a.html"
        if before is not None:
            path.parent.mkdir()
            path.write_bytes(before)
        assert writing.replace(path, "new", tmp_path)
        assert files(tmp_path) == {"site/a.html": "new"}
        assert not writing.replace(path, "new", tmp_path)

    def test_a_long_page_more_than_once(self, tmp_path: Path):
        path = tmp_path / "a.html"
        assert [writing.replace(path, text * (5 << 20), tmp_path) for text in "aab"] == [True, False, True]

    @pytest.mark.parametrize("target", ["../elsewhere", "../elsewhere/secret", "../nowhere"])
    def test_never_through_a_link_out_of_the_book(self, tmp_path: Path, target: str):
        root = tmp_path / "book"
        root.mkdir()
        secret = tmp_path / "elsewhere" / "secret"
        secret.parent.mkdir()
        secret.write_text("old")
        (root / "site").symlink_to(target)
        path = root / "site" / "a.html" if target == "../elsewhere" else root / "site"
        with pytest.raises(UserError, match="a link that leads "):
            writing.replace(path, "new", root)
        assert files(tmp_path / "elsewhere") == {"secret": "old"}

    def test_not_what_is_read_only_or_no_file(self, tmp_path: Path):
        path = tmp_path / "a.html"
        path.write_text("old")
        path.chmod(0o444)
        with pytest.raises(UserError, match="is read-only"):
            writing.replace(path, "new", tmp_path)
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(UserError, match="pipe is not a regular file"):
            writing.replace(tmp_path / "pipe", "new", tmp_path)

    def test_a_disk_that_fails_leaves_the_old_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        path = tmp_path / "a.html"
        path.write_text("old")
        before(monkeypatch, "replace", fail(OSError(5, "Input/output error")))
        with pytest.raises(UserError, match=r"^could not write: input/output error$"):
            writing.replace(path, "new", tmp_path)
        assert files(tmp_path) == {"a.html": "old"}


def test_only_old_leftovers_of_ours_are_swept_away(plan: Path, tmp_path: Path):
    names = {
        ".a.yaml.0a1b2c3d.acctplan-tmp": True,
        ".young.yaml.0a1b2c3d.acctplan-tmp": False,
        "a.yaml.0a1b2c3d.acctplan-tmp": False,
        ".notes.acctplan-tmp": False,
        ".a.yaml.0a1b2c3d.acctplan-tmp.bak": False,
    }
    for name in names:
        (plan.parent / name).write_text("x")
        if "young" not in name:
            os.utime(plan.parent / name, (0, 0))
    elsewhere = tmp_path / ".a.yaml.0a1b2c3d.acctplan-tmp"
    elsewhere.write_text("x")
    os.utime(elsewhere, (0, 0))
    write([Change(plan, "old", "new")], tmp_path)
    assert {name: not (plan.parent / name).exists() for name in names} == names
    assert elsewhere.exists()
