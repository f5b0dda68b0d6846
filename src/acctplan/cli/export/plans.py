"""The plans that are exported, and how they are called in what is made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from acctplan.book import find_for
from acctplan.cli import console
from acctplan.cli.loading import load, say_left_out

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from acctplan.book import Book
    from acctplan.loader import Loaded
    from acctplan.model import Plan


class Exported(NamedTuple):
    """A plan that is exported."""

    name: str
    """Its path in the book, whoever's machine the book is on and wherever they stand in it."""
    path: Path
    loaded: Loaded
    plan: Plan


class Gathered(NamedTuple):
    """What was asked for."""

    book: Book
    plans: list[Exported]
    is_whole: bool
    """Whether no plan was left out because of errors."""


def gather(names: Sequence[str] | None) -> Gathered:
    """Load the plans that somebody named; None named: all.

    Of each that does not fit the schema, standard error says so.

    Raises:
        UserError: there is no such plan, or the book has none at all.
    """
    book = find_for(names or ())
    paths = book.resolve(names or ())
    with console.progress("reading", len(paths)) as step:
        found = []
        for path in paths:
            found.append((path, load(book, path)))
            step()
    for _, loaded in found:
        if loaded.plan is None:
            say_left_out(loaded.path)
    plans = [Exported(_name(book, path), path, loaded, loaded.plan) for path, loaded in found if loaded.plan is not None]
    return Gathered(book, plans, len(plans) == len(paths))


def _name(book: Book, path: Path) -> str:
    absolute = path.absolute()
    return absolute.relative_to(book.root).as_posix() if absolute.is_relative_to(book.root) else absolute.as_posix()
