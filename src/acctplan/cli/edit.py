"""`acctplan edit`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Diff, OnePlan, Today, complete_places, day_asked_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from acctplan.book import Book
    from acctplan.diagnostic import Diagnostic
    from acctplan.loader import Loaded

_MOST = 12
"""So many findings are told at once."""


def edit(
    plan: OnePlan,
    place: Annotated[
        str | None,
        typer.Argument(
            metavar="[PLACE]",
            help="Where to begin: a line, or a pointer such as contacts.lena-vos.",
            show_default=False,
            autocompletion=complete_places,
        ),
    ] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Write the plan even if it has errors then.")] = False,
    show_diff: Diff = False,
    today: Today = None,
) -> None:
    """Open a plan in your editor, check what you save, and go back in if something is wrong.

    The editor is the one that VISUAL or EDITOR names. It gets a copy that only you can read; the plan is written when the editor is
    closed and the text has no errors. What is not written is kept, and where is said.

    \b
    Examples:
      acctplan edit meridian
      acctplan edit meridian contacts.lena-vos
      EDITOR="code --wait" acctplan edit meridian 120
    """
    from acctplan.book import UnreadableError, find_for
    from acctplan.cli import console, editor
    from acctplan.errors import UserError

    book = find_for([plan])
    paths = book.resolve([plan])
    if len(paths) > 1:
        raise UserError(f"{plan} holds {len(paths)} plans", "name one of them")
    path, program = paths[0], editor.command()
    try:
        before = book.read(path)
    except UnreadableError as error:
        raise UserError(f"{book.display(path)}: {error.message}", error.hint) from None
    copy = editor.private_copy(path.name, before)
    session = _Session(book, path, before, copy, day_asked_for(today))
    try:
        after = session.text(program, session.line(place), anyway=anyway)
    except (KeyboardInterrupt, UserError):
        if _says(copy) == before:
            editor.remove(copy)
        else:
            console.say(f"nothing was written; your text is kept in {copy}")
        raise
    if after is None:
        console.say(f"nothing was written; your text is kept in {copy}")
        raise typer.Exit(1)
    if after == before:
        editor.remove(copy)
        console.say("nothing to change: the text is as it was")
        return
    if show_diff:
        console.diff(book.display(path), before, after)
        console.say(f"nothing was written; your text is kept in {copy}")
        return
    session.write(after)
    editor.remove(copy)
    console.say(f"wrote {book.display(path)}")


class _Session:
    """A plan that somebody has open."""

    def __init__(self, book: Book, path: Path, before: str, copy: Path, today: date) -> None:
        self._book, self._path, self._before, self._copy, self._today = book, path, before, copy, today

    def line(self, place: str | None) -> int | None:
        """The line to begin on.

        Raises:
            UserError: there is no such place in the plan.
        """
        from acctplan.cli.values import entry_meant, missing_entry, pointer_said
        from acctplan.diagnostic import format_pointer
        from acctplan.errors import UserError

        if place is None or place.isdecimal():
            return int(place) if place else None
        loaded = self._load(self._before)
        if loaded.document is None:
            raise UserError(f"{loaded.path} cannot be read, so nothing in it can be found", "name a line, or leave it out")
        pointer = pointer_said(place)
        if missing := missing_entry(loaded.document.data, pointer):
            near = entry_meant(loaded.document.data, missing)
            hint = f"did you mean {near}?" if near else "name another place, a line, or none"
            raise UserError(f"{loaded.path} has no {format_pointer(missing)}", hint)
        return loaded.locate(pointer)[0].line

    def text(self, program: list[str], line: int | None, *, anyway: bool) -> str | None:
        """What somebody saved and wants written; None where it is not to be.

        Raises:
            UserError: it has errors and nobody can be asked, or the editor failed.
        """
        from acctplan.book import UnreadableError, read
        from acctplan.cli import editor
        from acctplan.errors import UserError

        while True:
            editor.run(program, self._copy, line)
            try:
                after = read(self._copy)
            except UnreadableError as error:
                raise UserError(f"what was saved cannot be used: {error.message}", error.hint) from None
            if after == self._before:
                return after
            findings, is_wrong = self._findings(after)
            if not findings:
                return after
            goes_back = self._goes_back(findings, is_wrong=is_wrong, anyway=anyway)
            if goes_back is None:
                return None
            if not goes_back:
                return after
            line = findings[0].location.line

    def _goes_back(self, findings: Sequence[Diagnostic], *, is_wrong: bool, anyway: bool) -> bool | None:
        """Whether somebody wants to go back into the editor; None where they give up.

        Raises:
            UserError: there are errors, and nobody can be asked.
        """
        from acctplan.cli import console
        from acctplan.cli.asking import ask, can_ask
        from acctplan.errors import UserError

        for one in findings[:_MOST]:
            console.say(f"{one.location.path}:{one.location.line}: {one.severity}: {one.message} ({one.rule})")
        if left := len(findings[_MOST:]):
            console.say(f"and {left} more")
        if is_wrong and not anyway:
            if not can_ask():
                raise UserError("the plan would have errors", "mend them, or write it all the same with --anyway")
            answer = ask("Errors. Enter goes back in; d discards it, and keeps your text aside:", "")
            return None if _is(answer, "discard") else True
        if not can_ask():
            return False
        answer = ask("Enter writes it so; e goes back in, d discards it and keeps your text aside:", "")
        return None if _is(answer, "discard") else _is(answer, "edit")

    def _findings(self, after: str) -> tuple[list[Diagnostic], bool]:
        """What is wrong with a text, errors first and then the warnings that are new; and whether there are errors."""
        from acctplan import rules
        from acctplan.diagnostic import Severity
        from acctplan.report import fingerprints

        chosen = rules.configured(self._book.config.check)
        context = rules.Context(self._book.config, self._today)
        known = {one for _, one in fingerprints(rules.check(self._load(self._before), chosen, context).diagnostics)}
        found = list(fingerprints(rules.check(self._load(after), chosen, context).diagnostics))
        errors = [one for one, _ in found if one.severity is Severity.ERROR]
        return [*errors, *(one for one, print_ in found if one.severity is Severity.WARNING and print_ not in known)], bool(errors)

    def _load(self, text: str) -> Loaded:
        from acctplan import loader

        return loader.load(text, self._book.display(self._path), self._book.config)

    def write(self, after: str) -> None:
        """Write the plan, unless somebody else has meanwhile.

        Raises:
            UserError: it cannot be written. Then the text is kept.
        """
        from acctplan.book import Change
        from acctplan.errors import UserError

        try:
            with self._book.lock():
                self._book.write([Change(self._path, self._before, after)])
        except UserError as error:
            raise UserError(error.message, f"your text is kept in {self._copy}: bring both together, then edit again") from None


def _is(answer: str | None, word: str) -> bool:
    return bool(answer) and word.startswith(str(answer).casefold())


def _says(copy: Path) -> str | None:
    """What a copy says; None where that cannot be told."""
    from acctplan.book import UnreadableError, read

    try:
        return read(copy)
    except UnreadableError:
        return None
