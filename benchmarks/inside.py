"""What is measured within one process. `run.py` starts it with the interpreter that has acctplan and its peers installed.

    python benchmarks/inside.py reading BOOK ROUNDS

prints seconds per plan, by contestant and round, in JSON.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from generate import with_problem
from ruamel.yaml import YAML
from timing import interleaved

from acctplan import loader, rules
from acctplan.analysis.ranking import rank
from acctplan.book import find

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TODAY = date(2026, 11, 21)
PLANS = 200
"""As many as one round of a fast contestant takes: a fifth of a second."""
PLANS_OF_SLOW = 10


def reading(folder: Path, rounds: int) -> dict[str, list[float]]:
    """Texts in memory to plans, and what others make of the same texts; and from the file on."""
    book = find(folder)
    paths = book.plans()[:PLANS]
    texts = [book.read(path) for path in paths]
    faulty = [with_problem(text, number) if number % 10 == 0 else text for number, text in enumerate(texts)]
    found = [loader.load(text, "plan", book.config).diagnostics for text in texts]
    assert not any(found), "the generated plans have problems"
    contestants = {
        "load": _each(lambda text: loader.load(text, "plan", book.config), texts),
        "load, one of ten with a problem": _each(lambda text: loader.load(text, "plan", book.config), faulty),
        "read and load": _each(lambda path: loader.load(book.read(path), "plan", book.config), paths),
        "CSafeLoader": _each(lambda text: yaml.load(text, Loader=yaml.CSafeLoader), texts),
        "round trip": _each(lambda text: YAML(typ="rt").load(text), texts[:PLANS_OF_SLOW]),
    }
    return interleaved(contestants, rounds)


def analyses(folder: Path, rounds: int) -> dict[str, list[float]]:
    """What is done with plans once they are read, beside the reading itself."""
    book = find(folder)
    paths = book.plans()
    read = [loader.load(book.read(path), path.stem, book.config) for path in paths[: PLANS * 10]]
    plans = [(loaded.path, loaded.plan) for loaded in read if loaded.plan is not None]
    context = rules.Context(book.config, TODAY)

    def rank_all() -> float:
        started = time.perf_counter()
        rank(plans, book.config)
        return (time.perf_counter() - started) / len(plans)

    def check(text: str) -> None:
        rules.check(loader.load(text, "plan", book.config), rules.ALL, context)

    texts = [book.read(path) for path in paths[:PLANS]]
    contestants = {
        "read": _each(lambda path: loader.load(book.read(path), "plan", book.config), paths[:PLANS]),
        "rank": rank_all,
        "load": _each(lambda text: loader.load(text, "plan", book.config), texts),
        "load and rules": _each(check, texts),
    }
    gc.freeze()  # the plans that are kept for ranking would make every collection longer, and with it the reading
    return interleaved(contestants, rounds)


def _each(function: Callable[[Any], object], items: Sequence[Any]) -> Callable[[], float]:
    """Measures seconds per item. What came of an item is dropped before the next."""

    def measure() -> float:
        started = time.perf_counter()
        for item in items:
            function(item)
        return (time.perf_counter() - started) / len(items)

    return measure


def main() -> None:
    part, folder, rounds = sys.argv[1:]
    measure = {"reading": reading, "analyses": analyses}[part]
    print(json.dumps(measure(Path(folder), int(rounds))))


if __name__ == "__main__":
    main()
