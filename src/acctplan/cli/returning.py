"""`acctplan import` of a workbook that acctplan made: what people edited in it, back into the plans."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from acctplan.book import Change, UnreadableError, read_bytes
from acctplan.cli import console
from acctplan.cli.importing import would_write
from acctplan.cli.loading import load
from acctplan.diagnostic import closest
from acctplan.errors import UserError
from acctplan.importers import returned
from acctplan.importers.tables import MAX_BYTES
from acctplan.tables import Account, Source, Stamp

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from acctplan.book import Book
    from acctplan.importers.returned import Brought

WORD = "xlsx"
"""What may stand before the file."""


class Workbook(NamedTuple):
    """A workbook that acctplan made."""

    name: str
    content: bytes


def files_named(words: Sequence[str]) -> list[str]:
    """The files that were named, without the word that says that they are workbooks."""
    return list(words[1:]) if len(words) > 1 and words[0] == WORD and not Path(WORD).exists() else list(words)


def workbook(files: Sequence[str]) -> Workbook | None:
    """The workbook that was named; None where no file is one that acctplan made, and it is for others to say what they are.

    Raises:
        UserError: there are other files beside it.
    """
    for name in files:
        if not name.casefold().endswith((".xlsx", ".xlsm")):
            continue
        try:
            content = read_bytes(Path(name), limit=MAX_BYTES)
        except UnreadableError as error:
            raise UserError(f"{name}: {error.message}", error.hint) from None
        if returned.is_ours(content):
            if len(files) > 1:
                raise UserError(f"{name} was made by acctplan, and the other files were not", "import it alone")
            return Workbook(Path(name).name, content)
    return None


def refuse(options: Mapping[str, object]) -> None:
    """Refuse options that are for a CRM's exports: what each was given, by its name.

    Raises:
        UserError: one was given.
    """
    for name, said in options.items():
        if said:
            raise UserError(f"{name} is for a CRM's exports", "a workbook of acctplan's says itself which plans its rows belong to")


def bring_back(book: Book, given: Workbook, prefer: Sequence[str], today: date, *, show_diff: bool, as_json: bool) -> int:
    """Write what people edited in a workbook into the plans, and say what was done. Returns how the command ends.

    Args:
        book: the plans' book.
        given: the workbook.
        prefer: whose word goes first where both have changed: `xlsx`, or `xlsx:` and fields.
        today: the day on which it is.
        show_diff: shows what would be written, and writes nothing.
        as_json: answers in JSON.

    Raises:
        UserError: the workbook cannot be read, or a plan not be written.
    """
    preferred = _preferred(prefer)
    read = returned.read(given.name, given.content)
    with nullcontext() if show_diff else book.lock():
        accounts, paths = _accounts(book, returned.plan_names(read))
        brought = returned.bring_back(read, Source(accounts, book.config, Stamp(today, None, None)), preferred)
        before = {one.name: one.loaded.read().text for one in accounts}
        changes = [Change(paths[name], before[name], loaded.read().text) for name, loaded in brought.plans.items()]
        changes = [change for change in changes if change.is_one]
        if not show_diff:
            book.write(changes)
    if show_diff and not as_json:
        for change in changes:
            console.diff(book.display(change.path), change.before, change.after)
    if as_json:
        shown = {name: book.display(path) for name, path in paths.items()}
        unwritten = {"would_write": would_write(book, changes)} if show_diff else {}
        console.write(json.dumps({**returned.as_data(brought, shown), **unwritten}, indent=2) + "\n")
    else:
        for line in returned.summary(brought):
            console.say(line)
    console.say(_done(book, brought, len(changes), show_diff=show_diff))
    return 1 if brought.skipped and not (changes or brought.same or brought.conflicts) else 0


def _preferred(prefer: Sequence[str]) -> frozenset[str]:
    """The fields in which the workbook's word goes first."""
    found: set[str] = set()
    for text in prefer:
        side, colon, fields = (part.strip() for part in text.partition(":"))
        if side not in (WORD, "plan"):
            raise UserError(
                f"--prefer {text}: whose word goes first is {WORD} or plan", f"for some fields only: --prefer {WORD}:value,stage"
            )
        named = [one.strip() for one in fields.split(",")] if colon else list(returned.FIELDS)
        for name in named:
            if name not in returned.FIELDS:
                near = closest(name, returned.FIELDS)
                raise UserError(f"no field {name} is in a workbook", f"did you mean {near}?" if near else "write close_date for Close date")
        found = found | set(named) if side == WORD else found - set(named)
    return frozenset(found)


def _accounts(book: Book, used: Collection[str]) -> tuple[list[Account], dict[str, Path]]:
    """The plans without errors, called what the workbook calls them: by the names of their files or, where two have one, by their paths."""
    found = book.plans()
    stems = Counter(path.stem for path in found)
    accounts, paths = [], {}
    for path in found:
        absolute = path.absolute()
        whole = absolute.relative_to(book.root).as_posix() if absolute.is_relative_to(book.root) else absolute.as_posix()
        name = path.stem if stems[path.stem] == 1 and whole not in used else whole
        loaded = load(book, path)
        if loaded.plan is not None:
            accounts.append(Account(name, loaded, loaded.plan))
            paths[name] = path
    return accounts, paths


def _done(book: Book, brought: Brought, count: int, *, show_diff: bool) -> str:
    plans = f"{count} plan{'' if count == 1 else 's'}"
    if not count:
        left_out = len(brought.skipped) + len(brought.conflicts)
        return "nothing was written, see above" if left_out else "nothing to write: nobody edited it, or the plans say it already"
    if show_diff:
        return f"nothing was written: leave out --diff to write {plans}"
    return f"wrote {plans}{'; acctplan undo says how to take it back' if (book.root / '.git').exists() else ''}"
