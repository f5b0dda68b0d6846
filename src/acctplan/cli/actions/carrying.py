"""Another day for what is late. The day that was is kept in the notes, so that nobody is told it was never promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.cli import console
from acctplan.cli.actions.found import items
from acctplan.cli.editing import change
from acctplan.cli.values import day_given, noted
from acctplan.edit import Set
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from acctplan.book import Book
    from acctplan.cli.actions.found import Item, Wanted
    from acctplan.edit import Edit
    from acctplan.loader import Loaded


def carry(book: Book, paths: Sequence[Path], wanted: Wanted, said: str, today: date, *, show_diff: bool) -> None:
    """Give what is late another day.

    Args:
        book: the plans' book.
        paths: of the plans that have something late.
        wanted: which actions; only late ones.
        said: the new day, as it was typed.
        today: what days count from.
        show_diff: shows what would be written, and writes nothing.

    Raises:
        UserError: that is no day, or it is past.
    """
    day = day_given(said, today)
    if day < today:
        raise UserError(f"{day} is past", "carry over to a day that is to come")
    if not paths:
        console.say("nothing to carry over: nothing of that kind is late")
        return
    carried: list[Item] = []

    def edits(loaded: Loaded) -> Iterator[Edit]:
        late = [] if loaded.plan is None else [item for item in items(loaded.path, loaded.plan, today) if wanted.takes(item)]
        for item in late:
            carried.append(item)
            pointer, action = item.placed.pointer, item.placed.action
            yield Set((*pointer, "due"), day)
            yield noted(loaded, (*pointer, "notes"), action.notes, f"was due {action.due}", today)

    change(book, paths, edits, show_diff=show_diff, said=f"carried over to {day}")
    if not show_diff:
        for item in carried:
            console.say(f"  {item.placed.action.what} ({item.owner_words or 'nobody'}): was due {item.placed.action.due}")
