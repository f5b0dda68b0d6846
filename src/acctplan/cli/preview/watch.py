"""Looks at the disk again and again, and wakes those who wait for a change."""

from __future__ import annotations

import time
from threading import Condition, Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_OFTEN = 0.06
"""Seconds between two looks. A change counts once two looks agree on it: an editor may still be writing."""
_SELDOM = 0.2
"""The most, in a book so large that a look takes long."""
_SHARE = 8
"""How many times as long as a look takes there is none."""


class Watch:
    """The versions of pages, as of the last look."""

    def __init__(self, look: Callable[[], dict[str, str]]) -> None:
        self._look = look
        self._versions = look()
        self._changed = Condition()
        self._is_over = Event()
        self._thread = Thread(target=self._run, name="watch")

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more, and wake whoever waits."""
        self._is_over.set()
        with self._changed:
            self._changed.notify_all()
        self._thread.join()

    @property
    def is_over(self) -> bool:
        """Whether nobody looks any more."""
        return self._is_over.is_set()

    def refresh(self) -> None:
        """Look now."""
        self._keep(self._look())

    def next_version(self, page: str, known: str | None, seconds: float) -> str | None:
        """The version of a page once it is not the known one; the known one after some seconds, or when nobody looks any more."""
        with self._changed:
            self._changed.wait_for(lambda: self.is_over or self._versions.get(page) != known, seconds)
            return known if self.is_over else self._versions.get(page)

    def _run(self) -> None:
        pause, last = _OFTEN, self._versions
        while not self._is_over.wait(pause):
            started = time.perf_counter()
            now = self._look()
            is_still = now == last
            if is_still:
                self._keep(now)
            last = now
            pause = min(max(_OFTEN, _SHARE * (time.perf_counter() - started)), _SELDOM) if is_still else _OFTEN

    def _keep(self, now: dict[str, str]) -> None:
        with self._changed:
            if now != self._versions:
                self._versions = now
                self._changed.notify_all()
