"""`acctplan undo`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from acctplan.cli.options import Json, complete_plans

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from acctplan.book import Book
    from acctplan.book.git import Commit

_MOST = 8
"""So many changes of a plan are told on a terminal."""
_MOST_PLANS = 5
"""So many plans have commands of their own; of more there is one for all."""


def undo(
    plans: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PLAN]...",
            help="Plans, by name or path. None: those with changes that are not committed.",
            show_default=False,
            autocompletion=complete_plans,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say how git gives back what a plan said before. It only says so: nothing is done.

    What is not committed yet can be thrown away, and the last commit taken back: the changes by meaning, and the commands for it.

    \b
    Examples:
      acctplan undo
      acctplan undo meridian
    """
    from acctplan.book import find_for
    from acctplan.book.git import changed_since
    from acctplan.cli import console
    from acctplan.errors import UserError

    book = find_for(plans or ())
    paths = book.resolve(plans or ()) if plans else book.plans()
    try:
        changed = changed_since(book.root.resolve(), "HEAD")
    except UserError as error:
        if as_json:
            raise
        _without_git(error.message)
        return
    found = [_told(book, path, changed) for path in paths if plans or path.resolve() in changed]
    gone = [] if plans else [path for path in sorted(changed) if _is_gone(book, path)]
    if as_json:
        import json

        lost = [{"plan": book.display(path), "command": _restore(book, path)} for path in gone]
        console.write(json.dumps({"version": 1, "plans": [one.as_json() for one in found], "gone": lost}, indent=2) + "\n")
        return
    if not plans and len(found) + len(gone) > _MOST_PLANS:
        _show_many(book, found, gone, changed)
        return
    for one in found:
        _show(one)
    for path in gone:
        console.write(f"{book.display(path)}: deleted, and not committed\n  to get it back: {_restore(book, path)}\n")
    if not found and not gone:
        console.write("every plan is as it was committed last\n")
        console.hint("to take back the last commit of one: acctplan undo PLAN")


class _Told(NamedTuple):
    """What git can do for a plan."""

    plan: str
    is_changed: bool
    changes: tuple[str, ...]
    """What is not committed, as sentences."""
    unread: str
    """Why changes cannot be told; empty where they can."""
    last: Commit | None
    """None where git does not know the plan yet."""
    throw_away: str | None
    """The command that throws away what is not committed."""
    see: str | None
    """The command that shows it, line by line."""
    take_back: str | None
    """The command that takes back the last commit; None of the first one, as nothing is before it."""
    before: str | None
    """The command that gives this one plan back as it was before the last commit."""
    delete: str | None
    """The command that deletes a plan which an import has made, and git does not know yet."""
    memories: tuple[str, ...]
    """What imports remember of it, where that is not committed: the files."""

    def as_json(self) -> dict[str, Any]:
        last = None
        if self.last is not None:
            last = {**self.last._asdict(), "day": self.last.day.isoformat()}
        lists = {"changes": list(self.changes), "memories": list(self.memories)}
        return {**self._asdict(), **lists, "last": last, "unread": self.unread or None}


def _told(book: Book, path: Path, changed: Collection[Path]) -> _Told:
    from shlex import quote

    from acctplan.book.git import last_commit, text_at

    last, name, is_changed = last_commit(path.resolve()), book.display(path), path.resolve() in changed
    memories = _memories(book, path)
    unsaved = [memory for memory in memories if memory in changed]
    new = [memory for memory in unsaved if last_commit(memory) is None]
    again = [memory for memory in unsaved if memory not in new]
    earlier = f"{last.id}~1" if last and last.parents else ""
    were = [memory for memory in memories if earlier and text_at(book.root.resolve(), earlier, memory) is not None]
    changes, unread = _uncommitted(book, path) if is_changed and last else ((), "")
    revert = "git revert -m 1" if last and last.parents > 1 else "git revert"  # of a merge, what it brought
    return _Told(
        plan=name,
        is_changed=is_changed,
        changes=changes,
        unread=unread,
        last=last,
        throw_away=_restore(book, path, *again) + (f" && {_delete(book, *new)}" if new else "") if is_changed and last else None,
        see=f"git diff HEAD -- {quote(name)}" if is_changed and last else None,
        take_back=f"{revert} {last.id}" if last and last.parents else None,
        before=f"git restore --source={earlier} -- {_quoted(book, path, *were)}" if earlier else None,
        delete=_delete(book, path, *new) if last is None and new else None,
        memories=tuple(book.display(memory) for memory in unsaved),
    )


def _memories(book: Book, path: Path) -> list[Path]:
    """What imports keep beside a plan: without its being taken back as well, the next one takes what is gone for a person's wish."""
    from acctplan.importers.memory import FOLDER

    root, folder = book.root.resolve(), book.plans_folder.resolve()
    if not path.resolve().is_relative_to(folder):
        return []
    below = path.resolve().relative_to(folder).with_suffix(".json")
    return sorted(memory for source in (root / FOLDER).glob("*") if (memory := source / below).is_file())


def _restore(book: Book, *paths: Path) -> str:
    return f"git restore --staged --worktree -- {_quoted(book, *paths)}"


def _delete(book: Book, *paths: Path) -> str:
    return f"git clean -f -- {_quoted(book, *paths)}"


def _quoted(book: Book, *paths: Path) -> str:
    from shlex import quote

    return " ".join(quote(book.display(path)) for path in paths)


def _uncommitted(book: Book, path: Path) -> tuple[tuple[str, ...], str]:
    """What is not committed, as sentences; or why that cannot be told."""
    from datetime import date

    from acctplan.analysis.differences import aligned, differences
    from acctplan.cli.diff.earlier import Revision, earlier
    from acctplan.cli.loading import load

    now = load(book, path).plan
    if now is None:
        return (), "it has errors now, so its changes can only be told line by line"
    then = earlier(path, now, Revision("HEAD"), date.max).plan
    if then is None:
        return (), "what is committed has errors, so the changes can only be told line by line"
    then, renamed = aligned(then, now)
    names = [f"{one.section}.{one.before} is {one.section}.{one.after} now" for one in renamed]
    return (*names, *(one.sentence for one in differences(then, now, book.config) if not one.is_implied)), ""


def _is_gone(book: Book, path: Path) -> bool:
    import os

    from acctplan.book import SUFFIXES

    folder = book.plans_folder.resolve()
    return path.suffix in SUFFIXES and path.is_relative_to(folder) and not os.path.lexists(path)


def _show(one: _Told) -> None:
    from acctplan.cli import console
    from acctplan.report.visible import visible

    console.write(f"{console.paint('path', visible(one.plan))}\n")
    if one.last is None:
        console.paragraph("git does not know it yet: nothing keeps what it said before", indent=2)
        console.write(f"  from now on: {visible(f'git add {one.plan}')} && git commit\n")
        if one.delete:
            console.write(f"  an import made it; to delete it, for good: {visible(one.delete)}\n")
        return
    if one.is_changed:
        _changes(one)
    else:
        console.write("  as it was committed last\n")
        _remembered(one)
    last = one.last
    console.paragraph(visible(f"last commit: {last.id} of {last.day} by {last.author}: {last.subject}"), indent=2)
    if one.take_back is None:
        console.write("    it is the first one, so nothing is before it\n")
        return
    if one.is_changed:
        console.write("    first commit or throw away what is not committed; then\n")
    others = last.files - 1
    also = f"   (and {others} other file{'s' if others > 1 else ''} that it changed)" if others else ""
    console.write(f"    to take it back: {visible(one.take_back)}{also}\n")
    if others:
        console.write(f"    this plan alone: {visible(one.before or '')}\n")


def _show_many(book: Book, found: Sequence[_Told], gone: Sequence[Path], changed: Collection[Path]) -> None:
    """A line a plan, and the commands for all of them together."""
    from acctplan.book.git import last_commit
    from acctplan.cli import console
    from acctplan.importers.memory import FOLDER
    from acctplan.report.visible import visible

    for one in found:
        console.write(f"{console.paint('path', visible(one.plan))}: {_in_short(one)}\n")
    for path in gone:
        console.write(f"{console.paint('path', visible(book.display(path)))}: deleted\n")
    imports = book.root.resolve() / FOLDER
    memories = [path for path in changed if path.is_relative_to(imports)]
    new = [path for path in memories if last_commit(path) is None]
    known = [book.plans_folder] if gone or any(one.last for one in found) else []
    known += [imports] if len(new) < len(memories) else []
    unknown = [book.plans_folder] if any(one.delete for one in found) else []
    unknown += [imports] if new else []
    if not known and not unknown:
        console.write("git knows none of them yet: nothing keeps what they said before; git add and git commit do from now on\n")
        return
    also = ", with what imports remember of it" if memories else ""
    console.write(f"to throw all of that away, for good{also}:\n")
    if known:
        console.write(f"  {visible(_restore(book, *known))}\n")
    if unknown:
        console.write(f"  {visible(f'git clean -i -- {_quoted(book, *unknown)}')}\n")
        console.write(f"  {'the second one' if known else 'it'} asks which of the new files to delete\n")
    console.write("to see one of them, and its own commands: acctplan undo PLAN\n")


def _in_short(one: _Told) -> str:
    if one.last is None:
        return "new, an import made it" if one.delete else "new, and git does not know it yet"
    count = len(one.changes)
    if not count:
        return one.unread or "only comments or layout"
    return f"{count} change that is not committed" if count == 1 else f"{count} changes that are not committed"


def _remembered(one: _Told) -> None:
    from acctplan.cli import console
    from acctplan.report.visible import visible

    for memory in one.memories:
        console.write(f"    with what an import remembers of it: {visible(memory)}\n")


def _changes(one: _Told) -> None:
    from acctplan.cli import console
    from acctplan.report.visible import visible

    console.write(f"  not committed{f': {len(one.changes)} change' if one.changes else ''}{'s' if len(one.changes) > 1 else ''}\n")
    shown: Sequence[str] = one.changes[:_MOST] if console.is_terminal() else one.changes
    for sentence in shown:
        console.paragraph(visible(f"~ {sentence}"), indent=4)
    if left := len(one.changes) - len(shown):
        console.write(f"    and {left} more\n")
    if not one.changes:
        console.paragraph(one.unread or "only comments or layout", indent=4)
    _remembered(one)
    console.write(f"    to see it line by line: {visible(one.see or '')}\n")
    console.write(f"    to throw it away, for good: {visible(one.throw_away or '')}\n")


def _without_git(why: str) -> None:
    """Nothing keeps the past: why, and how to begin."""
    from acctplan.cli import console
    from acctplan.report.visible import visible

    console.paragraph(visible(f"Nothing keeps what these plans said before: {why}."))
    console.write('To begin, in the folder of the book:\n  git init\n  git add .\n  git commit -m "our plans"\n')
