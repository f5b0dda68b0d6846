"""Files that are watched: whether one holds something else than before."""

from __future__ import annotations

import os
import time
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from acctplan.book import UnreadableError, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

_NEW = 2_000_000_000
"""Nanoseconds. What was written so short a time ago may be written again without a change in size or time."""


class _Seen(NamedTuple):
    size: int
    written: int
    number: int
    """Of the file itself: editors put a new one in the place of the old."""


class Files:
    """Fingerprints of files, each read again only if it looks as if it had been written."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[_Seen, str]] = {}

    def fingerprint(self, path: Path) -> str:
        """Of what a file holds; of why it cannot be read, where it cannot."""
        try:
            status = os.stat(path)  # noqa: PTH116  asked ten times a second of every plan
        except OSError as error:
            return f"{type(error).__name__}"
        seen = _Seen(status.st_size, status.st_mtime_ns, status.st_ino)
        known = self._known.get(path)
        if known is not None and known[0] == seen and abs(time.time_ns() - seen.written) > _NEW:
            return known[1]
        try:
            found = sha256(read_bytes(path)).hexdigest()
        except UnreadableError as error:
            found = error.message
        self._known[path] = (seen, found)
        return found
