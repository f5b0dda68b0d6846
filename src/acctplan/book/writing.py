"""Files out, so that whatever happens each holds its old or its new bytes, and two commands never lose each other's work.

Lock, read again, compare with what was edited, write a temporary file beside the target, sync, compare once more, rename, sync the
folder. Several files: all temporary files first, then all renames.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from acctplan.book.reading import UnreadableError, inside, read_bytes, reason
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

fcntl: Any
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

TEMP_SUFFIX = ".acctplan-tmp"
_LEFTOVER = re.compile(rf"\..+\.[0-9a-f]{{8}}{re.escape(TEMP_SUFFIX)}")
_LEFTOVER_SECONDS = 3600.0
LOCK_FILE = ".acctplan.lock"
LOCK_SECONDS = 10.0
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Change:
    """A file's text before and after. `before` is None where the file must not exist yet."""

    path: Path
    before: str | None
    after: str

    @property
    def is_one(self) -> bool:
        """Whether anything differs."""
        return self.before != self.after


@contextlib.contextmanager
def lock(folder: Path, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Keep other commands from writing below a folder: hold this around reading, editing and writing.

    Raises:
        UserError: another command held it for longer than `seconds`.
    """
    if fcntl is None:
        with _lock_file(folder, seconds):
            yield
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise _unlockable(error) from None
    _held.add(descriptor)
    try:
        _wait_for_lock(descriptor, seconds)
        yield
    finally:
        if descriptor in _held:
            _held.discard(descriptor)
            os.close(descriptor)


_held: set[int] = set()
"""Descriptors of locks of this process."""


def _let_go() -> None:
    """A forked process has no part in the locks of the one that it came from: it may outlive it."""
    while _held:
        os.close(_held.pop())


with contextlib.suppress(AttributeError):  # Windows forks nothing
    os.register_at_fork(after_in_child=_let_go)


def _wait_for_lock(descriptor: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise _busy() from None
            time.sleep(0.02)
        except OSError as error:
            raise _unlockable(error) from None
        else:
            return


@contextlib.contextmanager
def _lock_file(folder: Path, seconds: float) -> Iterator[None]:
    """Where folders cannot be locked."""
    import filelock  # noqa: PLC0415  installed only where it is needed

    held = filelock.FileLock(folder / LOCK_FILE, timeout=seconds)
    try:
        held.acquire()
    except filelock.Timeout:
        raise _busy() from None
    except OSError as error:
        raise _unlockable(error) from None
    try:
        yield
    finally:
        held.release()


def _busy() -> UserError:
    return UserError("another acctplan command is writing to this book", "wait until it is done, then run this again")


def _unlockable(error: OSError) -> UserError:
    return UserError(f"the book's folder cannot be locked: {reason(error)}", "check its permissions; keep the book on a local disk")


def write(changes: Sequence[Change], root: Path) -> list[Path]:
    """Write the files that differ; the caller holds the lock.

    Args:
        changes: what to write. Folders that are missing are made.
        root: the folder that every file must lie in, links followed.

    Returns:
        The files written.

    Raises:
        UserError: a file changed since it was read, exists though it should be new, is read-only, or lies outside of `root`.
            Then nothing was written. Also when the disk fails; then every file holds its old or its new bytes.
    """
    todo = [change for change in changes if change.is_one]
    staged: list[tuple[Path, Path, Change]] = []
    try:
        for change in todo:
            target = _target(change, root)
            if any(target == other for _, other, _ in staged):
                raise UserError(f"{target.name} would be written twice", "name each plan once; a link is the plan that it leads to")
            _compare(target, change)
            staged.append((_stage(target, change.after.encode(), is_new=change.before is None), target, change))
        for _, target, change in staged:
            _compare(target, change)
        for temp, target, change in staged:
            _publish(temp, target, is_new=change.before is None)
        for folder in dict.fromkeys(folder for _, target, change in staged for folder in _entered(target, change, root)):
            _sync_folder(folder)
        for folder in dict.fromkeys(target.parent for _, target, _ in staged):
            _sweep(folder)
    except OSError as error:
        raise _failed(error) from None
    finally:
        for temp, _, _ in staged:
            with contextlib.suppress(OSError):
                temp.unlink(missing_ok=True)
    return [target for _, target, _ in staged]


def replace(path: Path, text: str | bytes, root: Path) -> bool:
    """Write a file that is made anew each time, such as a page, whatever stood there. Of several at once the last one stays.

    Args:
        path: where to. Folders that are missing are made.
        text: what it is to hold.
        root: the folder that it must lie in, links followed.

    Returns:
        Whether it differs from what stood there.

    Raises:
        UserError: it is a folder or another thing that is no file, is read-only, lies outside of `root`, or the disk fails.
    """
    content = text if isinstance(text, bytes) else text.encode()
    try:
        is_new = not os.path.lexists(path)
        target = _target(Change(path, None if is_new else "", ""), root)
        if not is_new:
            if not stat.S_ISREG(target.stat().st_mode):
                raise UserError(f"{path.name} is not a regular file", "name another file")
            _refuse_read_only(target)
            if target.stat().st_size == len(content) and target.read_bytes() == content:
                return False
        temp = _stage(target, content, is_new=is_new)
        try:
            temp.replace(target)
            _sync_folder(target.parent)
        finally:
            temp.unlink(missing_ok=True)
    except OSError as error:
        raise _failed(error) from None
    return True


def _failed(error: OSError) -> UserError:
    return UserError(f"could not write: {reason(error)}", "free space or fix permissions, then run this again")


def _sweep(folder: Path) -> None:
    """Delete what commands left that were killed long ago. Those of today may belong to a page that is just being written."""
    oldest = time.time() - _LEFTOVER_SECONDS
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _LEFTOVER.fullmatch(entry.name) and entry.is_file(follow_symlinks=False) and entry.stat().st_mtime < oldest:
                os.unlink(entry.path)  # noqa: PTH108  an entry is no Path


def _target(change: Change, root: Path) -> Path:
    """The file to replace: a link inside the book is followed, one that leaves it refused."""
    path = change.path
    try:
        if change.before is not None:
            return inside(path, root)
        inside(next(folder for folder in path.parents if folder.exists()), root)
        path.parent.mkdir(parents=True, exist_ok=True)
        return inside(path.parent, root) / path.name
    except UnreadableError as error:
        raise _unwritten(path, error) from None


def _unwritten(path: Path, error: UnreadableError) -> UserError:
    return UserError(f"{path.name}: {error.message}; nothing was written", error.hint)


def _entered(target: Path, change: Change, root: Path) -> list[Path]:
    """The folders whose entries changed: for a new file those above it too, which may be as new."""
    above = target.parents if change.before is None else target.parents[:1]
    return [folder for folder in above if folder.is_relative_to(root.resolve())]


def _compare(target: Path, change: Change) -> None:
    """Refuse to write over what nobody here has seen."""
    if change.before is None:
        if os.path.lexists(target):
            raise UserError(f"{target.name} is already there", "choose another name")
        return
    try:
        now = read_bytes(target)
    except UnreadableError as error:
        raise _unwritten(target, error) from None
    if now != change.before.encode():
        raise UserError(f"{target.name} changed while this command ran; nothing was written", "run this again")
    _refuse_read_only(target)


def _refuse_read_only(target: Path) -> None:
    if not stat.S_IMODE(target.stat().st_mode) & 0o222:
        raise UserError(f"{target.name} is read-only", "make it writable if you mean to change it")


def _stage(target: Path, content: bytes, *, is_new: bool) -> Path:
    """The new bytes, safe on the disk beside the target."""
    temp = target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}{TEMP_SUFFIX}")
    mode = 0o666 & ~_umask() if is_new else stat.S_IMODE(target.stat().st_mode)
    descriptor = os.open(temp, _CREATE, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            if hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), mode)
            _sync(file.fileno())
    except BaseException:
        temp.unlink(missing_ok=True)
        raise
    return temp


def _publish(temp: Path, target: Path, *, is_new: bool) -> None:
    if is_new:
        # A link fails where the name was taken meanwhile; a rename would replace.
        try:
            target.hardlink_to(temp)
        except FileExistsError:
            raise UserError(f"{target.name} is already there", "choose another name") from None
        except OSError:  # a file system without hard links
            temp.replace(target)
        else:
            temp.unlink()
    else:
        temp.replace(target)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _sync(descriptor: int) -> None:
    full = getattr(fcntl, "F_FULLFSYNC", None)
    if full is not None:  # macOS: fsync alone leaves the bytes in the drive's cache
        with contextlib.suppress(OSError):  # not every file system of macOS knows it
            fcntl.fcntl(descriptor, full)
            return
    os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    if fcntl is None:
        return  # Windows cannot, and need not, sync a folder
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
