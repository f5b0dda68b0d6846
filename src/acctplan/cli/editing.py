"""From edits to a plan on disk: made under the lock, checked, shown or written, and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan import edit, loader
from acctplan.book import Change
from acctplan.cli import console
from acctplan.cli.loading import load
from acctplan.diagnostic import Severity
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from acctplan.book import Book
    from acctplan.edit import Edit
    from acctplan.loader import Loaded


def edited(book: Book, loaded: Loaded, edits: Iterable[Edit]) -> Loaded:
    """A plan after some edits.

    Args:
        book: whose settings hold.
        loaded: the plan as it stands. It may have errors, as long as the edits bring no others: what they set themselves has to be right.
        edits: made one after the other.

    Raises:
        UserError: an edit cannot be made, or would make the plan wrong.
    """
    made = list(edits)
    after = loader.load(edit.apply(loaded.read(), made).text, loaded.path, book.config)
    said = [one.pointer for one in made if isinstance(one, edit.Set)]
    others = [one for one in loaded.diagnostics if not any(one.pointer[: len(pointer)] == pointer for pointer in said)]
    stood = {(one.rule, one.pointer, one.message) for one in others}
    wrong = [one for one in after.diagnostics if one.severity is Severity.ERROR and (one.rule, one.pointer, one.message) not in stood]
    if wrong:
        raise UserError(f"nothing was written, the plan would not be right: {wrong[0].message}", wrong[0].hint)
    return after


def change(
    book: Book,
    paths: Sequence[Path],
    edits: Callable[[Loaded], Iterable[Edit]],
    *,
    show_diff: bool,
    said: str | Callable[[Loaded], str] | None = None,
) -> list[Loaded]:
    """Edit plans as they are on disk, all of them or none.

    Args:
        book: the plans' book.
        paths: of the plans.
        edits: what to change in a plan, given as it is under the lock.
        show_diff: shows what would be written, and writes nothing.
        said: what was done, for people, or what tells it of a plan as it is then; None: that the file was written.

    Returns:
        The plans as they are then; with `show_diff` as they would be.

    Raises:
        UserError: an edit cannot be made, or a plan cannot be written.
    """
    with _nothing() if show_diff else book.lock():
        before = [_readable(load(book, path)) for path in paths]
        after = [edited(book, one, edits(one)) for one in before]
        changes = [Change(path, old.read().text, new.read().text) for path, old, new in zip(paths, before, after, strict=True)]
        changed = [one for one in changes if one.is_one]
        if not show_diff:
            book.write(changed)
    for one, new in zip(changes, after, strict=True):
        if not one.is_one:
            continue
        shown = book.display(one.path)
        if show_diff:
            console.diff(shown, one.before, one.after)
        else:
            told = said(new) if callable(said) else said
            console.say(f"{shown}: {told}" if told else f"wrote {shown}")
    if not changed:
        console.say("nothing to change: the plan says so already")
    return after


def _readable(loaded: Loaded) -> Loaded:
    if loaded.document is None:
        first = loaded.diagnostics[0]
        raise UserError(f"{loaded.path}:{first.location.line}: {first.message}", first.hint)
    return loaded


def _nothing() -> AbstractContextManager[None]:
    from contextlib import nullcontext

    return nullcontext()
