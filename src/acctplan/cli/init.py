"""`acctplan init`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Currency, Diff

if TYPE_CHECKING:
    from acctplan.book import Book, Change

_GITIGNORE = "# acctplan\n.*.acctplan-tmp\n.acctplan.lock\n/site/\n"
_GITATTRIBUTES = '# acctplan: plans are text, with one kind of line end in the repository\n"{}/**/*.yaml" text\n'


class CiSystems(StrEnum):
    """Where a book's changes are checked."""

    github = "github"
    gitlab = "gitlab"


def init(
    folder: Annotated[str, typer.Argument(metavar="[DIR]", help="The book's folder; made if it is missing.")] = ".",
    plan: Annotated[
        str | None, typer.Option("--plan", metavar="NAME", help="Start a first plan for this customer.", show_default=False)
    ] = None,
    currency: Currency = None,
    ci: Annotated[CiSystems | None, typer.Option(help="Also a job that checks every change.", show_default=False)] = None,
    show_diff: Diff = False,
) -> None:
    """Start a book of account plans.

    Writes acctplan.toml (the settings, explained), plans/, the schema for your editor, .gitignore and .gitattributes. What is already
    there is left as it is; in an existing repository only what is missing is added.

    \b
    Examples:
      acctplan init
      acctplan init my-book --plan "Meridian Foods"
      acctplan init --currency USD --ci github --diff
    """
    import json

    from acctplan.book import lock, write
    from acctplan.cli import console
    from acctplan.cli.new import first_plan
    from acctplan.scaffold import CI_FILES, settings_file
    from acctplan.schema import json_schema

    book = _book(Path(folder), currency)
    plans = book.config.plans
    changes = [
        _change(book.root / ".acctplan" / "plan.schema.json", json.dumps(json_schema(), indent=2) + "\n"),
        _change(book.root / "acctplan.toml", settings_file(book.config.currency)),
        _change(book.root / ".gitignore", _GITIGNORE, add_lines=True),
        _change(book.root / ".gitattributes", _GITATTRIBUTES.format(plans), add_lines=True),
    ]
    if ci is not None:
        name, text = CI_FILES[ci]
        changes.append(_change(book.root / name, text))
    if plan is not None:
        changes.append(_change(*first_plan(book, plan, currency)))
    if show_diff:
        for change in (change for change in changes if change.is_one):
            console.diff(book.display(change.path), change.before, change.after)
        return
    book.plans_folder.mkdir(parents=True, exist_ok=True)
    with lock(book.root):
        write(changes, book.root)
    for change in changes:
        console.say(f"wrote {book.display(change.path)}" if change.is_one else f"{book.display(change.path)} stays as it is")
    if ci is not None:
        console.say(f"now set ACCTPLAN in {CI_FILES[ci][0]} to the repository that your acctplan comes from")
    inside = "" if book.root == Path.cwd() else f"cd {book.display(book.root)} && "
    console.hint(
        f"next: {inside}"
        + (
            "acctplan interview 'Customer name' to talk a first plan into shape, or acctplan import FILES from your CRM"
            if plan is None
            else f"acctplan interview {changes[-1].path.stem}, or fill in what you know and acctplan check"
        )
    )
    if not _is_kept(book.root):
        console.hint(f"then: {inside}git init, so that diff, undo and review can tell what has changed")


def _is_kept(folder: Path) -> bool:
    """Whether a folder is in a git repository."""
    return any((above / ".git").exists() for above in (folder, *folder.parents))


def _book(root: Path, currency: str | None) -> Book:
    """The book that stands in a folder, or the one that is to be made there."""
    from acctplan import config as settings
    from acctplan.book import Book, find
    from acctplan.errors import UserError

    if root.exists() and not root.is_dir():
        raise UserError(f"{root} is a file", "name a folder")
    if (root / settings.FILE_NAME).exists():
        return find(root)
    return Book(root.resolve(), settings.Config(currency=currency or "EUR"), is_configured=False)


def _change(path: Path, text: str, *, add_lines: bool = False) -> Change:
    """What becomes of a file: it is made if it is missing. What stands in it stays; of a file of lines those that it lacks are added."""
    from acctplan.book import Change
    from acctplan.cli.output import standing

    before = standing(path)
    if before is None:
        return Change(path, None, text)
    return Change(path, before, _completed(before, text) if add_lines else before)


def _completed(before: str, lines: str) -> str:
    """A file of lines with those that it lacks added at its end."""
    have = {line.strip() for line in before.splitlines()}
    missing = [line for line in lines.splitlines() if line not in have]
    if not [line for line in missing if not line.startswith("#")]:
        return before
    newline = "\r\n" if "\r\n" in before else "\n"
    return before + ("" if before.endswith("\n") or not before else newline) + "".join(line + newline for line in missing)
