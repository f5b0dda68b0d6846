"""From the plans that somebody named to loaded ones, on several processors where there are many."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from acctplan.book import Book
    from acctplan.diagnostic import Pointer
    from acctplan.loader import Loaded

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTH_A_PROCESS = 100
"""With fewer items than this, another process costs more than it saves."""
CHUNK = 64
"""How many items a process is handed at a time."""


def writable_book() -> Book:
    """The book around the working folder, to write plans into.

    Raises:
        UserError: there is none: no settings, and no folder of plans either.
    """
    from acctplan.book import find
    from acctplan.errors import UserError

    book = find(Path.cwd())
    if not book.is_configured and not book.plans_folder.is_dir():
        raise UserError("this is no book of plans", "cd into your book, or start one here: acctplan init")
    return book


def load(book: Book, path: Path) -> Loaded:
    """One plan. A file that cannot be read is a diagnostic, so that it never stops the others."""
    from acctplan import loader
    from acctplan.book import UnreadableError

    name = book.display(path)
    try:
        text = book.read(path)
    except UnreadableError as error:
        return loader.unreadable(name, error.message, error.hint, error.line)
    return loader.load(text, name, book.config)


class Texts:
    """Where things stand in plans of which only the data was kept: each is read again, once, where that is asked for."""

    def __init__(self, book: Book, paths: Mapping[str, Path]) -> None:
        """Nothing is read yet.

        Args:
            book: the plans' book.
            paths: of the plans, by what they are called.
        """
        self._book, self._paths = book, paths
        self._loaded: dict[str, Loaded] = {}

    def line(self, plan: str, pointer: Pointer) -> int:
        """The line that something stands on, from 1."""
        if plan not in self._loaded:
            self._loaded[plan] = load(self._book, self._paths[plan])
        return self._loaded[plan].locate(pointer)[0].line


def say_left_out(plan: str) -> None:
    """Say of a plan that it has errors, and so is no part of an answer."""
    from acctplan.cli import console

    console.say(f"{plan}: left out, it has errors: acctplan check {plan}")


def load_sound(book: Book, paths: Sequence[Path]) -> Iterator[tuple[Path, Loaded]]:
    """The plans that fit the schema, one after the other. Of each that does not, standard error says so."""
    for path in paths:
        loaded = load(book, path)
        if loaded.plan is None:
            say_left_out(loaded.path)
        else:
            yield path, loaded


def load_one(book: Book, name: str) -> Loaded:
    """The one plan that somebody named.

    Raises:
        UserError: no such plan, several, or one with errors.
    """
    from acctplan.diagnostic import Severity
    from acctplan.errors import UserError

    paths = book.resolve([name])
    if len(paths) > 1:
        raise UserError(f"{name} holds {len(paths)} plans", "name one of them")
    loaded = load(book, paths[0])
    if loaded.plan is None:
        first = next(diagnostic for diagnostic in loaded.diagnostics if diagnostic.severity is Severity.ERROR)
        raise UserError(
            f"{first.location.path}:{first.location.line}: {first.message}", f"see all of its errors: acctplan check {loaded.path}"
        )
    return loaded


def spread(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    *,
    weight: int = 1,
    done: Callable[[], object] = lambda: None,
) -> list[Result]:
    """`function` of each item, in order; on all processors where there are many items and processes can be forked.

    Args:
        function: what is done with an item.
        items: all of them.
        weight: how many times as much work an item is as reading a plan: of heavy ones, fewer are worth a process.
        done: called here after each item, so that somebody can be told how far it is.
    """
    results: list[Result] = []

    def keep(result: Result) -> None:
        results.append(result)
        done()

    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(items) * weight < WORTH_A_PROCESS or processors == 1 or sys.platform in ("win32", "darwin"):
        for item in items:
            keep(function(item))
        return results
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # The function comes to the processes by the fork: it may hold what cannot be sent, such as rules.
    end, alive = os.pipe()
    pool = ProcessPoolExecutor(min(processors, 8), get_context("fork"), _Work.begin, (function, end, alive))
    try:
        for result in pool.map(_Work.do, items, chunksize=max(1, CHUNK // weight)):
            keep(result)
    except BrokenProcessPool:  # somebody killed one of them, or the memory did not suffice for all
        for item in items[len(results) :]:
            keep(function(item))
    finally:
        pool.shutdown(cancel_futures=True)
        os.close(end)
        os.close(alive)
    return results


class _Work:
    """What a process of `spread` does."""

    function: Callable[[Any], Any]

    @classmethod
    def begin(cls, function: Callable[[Any], Any], end: int, alive: int) -> None:
        """Be told, once, what to do with each item. An interrupt ends it without a word: the process that waits speaks.

        Args:
            function: what to do.
            end: reads as ended once the process that waits is gone, however that came.
            alive: the other end of it, which that process alone keeps open.
        """
        import signal
        from threading import Thread

        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.close(alive)
        Thread(target=cls._end_with, args=(end,), daemon=True).start()
        cls.function = staticmethod(function)

    @staticmethod
    def _end_with(end: int) -> None:
        os.read(end, 1)
        os._exit(1)

    @classmethod
    def do(cls, item: Any) -> Any:
        return cls.function(item)
