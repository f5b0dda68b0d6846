"""Files in, carefully: regular files of a sane size, in UTF-8, and nothing that hangs."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from acctplan.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 4 << 20
"""More than any plan of `document.MAX_CHARACTERS` can take in UTF-8."""

# A FIFO named x.yaml would make a plain open() wait for ever. Windows has neither flag.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class UnreadableError(UserError):
    """A file that is there but cannot be read as text."""

    def __init__(self, message: str, hint: str, line: int = 1) -> None:
        super().__init__(message, hint)
        self.line = line
        """The line of the first byte that is not text."""


def read(path: Path, root: Path | None = None) -> str:
    """The text of a file, with its byte order mark and line ends.

    Args:
        path: a regular file, or a link to one.
        root: a folder that the file must lie in, links followed.

    Raises:
        UnreadableError: no such file, a folder, a device, too large, not UTF-8, or outside of `root`.
    """
    content = read_bytes(path, root)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError("not UTF-8 text", "save the file in the encoding UTF-8", line) from None


def read_bytes(path: Path, root: Path | None = None, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a file. See `read`."""
    if root is not None:
        inside(path, root)
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        raise _unreadable(error) from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("not a regular file", "give the path of a file")
        if status.st_size > limit:
            raise UnreadableError(f"{status.st_size:,} bytes; at most {limit:,} are read", "see whether it is the right file")
        return _all_bytes(descriptor, limit)
    finally:
        os.close(descriptor)


def inside(path: Path, root: Path) -> Path:
    """Where a path leads, links followed.

    Raises:
        UnreadableError: it leads out of `root`, or nowhere.
    """
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        if path.is_symlink() or not isinstance(error, OSError):  # up to Python 3.12 a circle of links is a RuntimeError
            raise UnreadableError("a link that leads nowhere", "delete it, or let it point to a plan in the book") from None
        raise _unreadable(error) from None
    if not real.is_relative_to(root.resolve()):
        is_link = path.absolute().is_relative_to(root.absolute())
        raise UnreadableError("a link that leads out of the book" if is_link else "outside of the book", "copy the file into the book")
    return real


def _all_bytes(descriptor: int, limit: int) -> bytes:
    parts = []
    size = 0
    while part := os.read(descriptor, 1 << 16):
        parts.append(part)
        size += len(part)
        if size > limit:  # it grew while it was read
            raise UnreadableError(f"more than {limit:,} bytes", "see whether it is the right file")
    return b"".join(parts)


def _unreadable(error: OSError) -> UnreadableError:
    return UnreadableError(f"cannot be read: {reason(error)}", "check the path and its permissions")


def reason(error: OSError) -> str:
    """What the system says went wrong, without the path."""
    return (error.strerror or type(error).__name__).lower()
