"""`acctplan import salesforce`."""

from __future__ import annotations

from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Diff, Json, Today, day_asked_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from acctplan.book import Book, Change
    from acctplan.importers import Import
    from acctplan.loader import Loaded

import_app = typer.Typer(
    name="import",
    help="Bring a CRM's export into plans: new plans, and what standing ones lack.",
    short_help="Bring a CRM's export into plans.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class DateFormats(StrEnum):
    """The order of day, month and year."""

    dmy = "d/m/y"
    mdy = "m/d/y"
    ymd = "y/m/d"


@import_app.command("salesforce")
def salesforce(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="CSV files, as Salesforce exports them.", show_default=False)],
    account: Annotated[
        list[str] | None, typer.Option(metavar="NAME|ID", help="Only this account. May be repeated.", show_default=False)
    ] = None,
    prefer_crm: Annotated[
        str | None,
        typer.Option(
            metavar="FIELDS", help="Fields in which Salesforce's word goes before the plan's: value,stage or all.", show_default=False
        ),
    ] = None,
    date_format: Annotated[
        DateFormats | None, typer.Option(help="The order in dates that do not tell it themselves, such as 03/04/26.", show_default=False)
    ] = None,
    show_diff: Diff = False,
    as_json: Json = False,
    today: Today = None,
) -> None:
    """Accounts, contacts with their reporting lines, opportunities and contact roles, from Salesforce's CSV exports.

    What each file holds is told from its columns (API names such as AccountId). Accounts, contacts and opportunities are matched with
    plans by their Salesforce ids alone. Every human word stays: what a plan lacks is filled in, what differs is reported. A second run
    changes nothing. Where plans of several periods hold an account's id, the latest one gets the data. Ends with 1 where every row was
    left out.

    \b
    Examples:
      acctplan import salesforce Account.csv Contact.csv Opportunity.csv --diff
      acctplan import salesforce export/*.csv --account "Meridian Foods"
      acctplan import salesforce Opportunity.csv --prefer-crm stage,status,value,close_date
    """
    from acctplan import importers
    from acctplan.cli import console
    from acctplan.cli.loading import writable_book

    book = writable_book()
    extract = importers.salesforce.IMPORTER.extract(
        [(shown, _content(name)) for name, shown in zip(files, _shown(files), strict=True)],
        importers.Options(date_format, day_asked_for(today)),
    )
    preferred = [field.strip() for field in (prefer_crm or "").split(",") if field.strip()]
    folder = book.display(book.plans_folder)
    with nullcontext() if show_diff else book.lock():
        plans = _standing(book)
        imported = importers.reconcile(plans, extract, book.config, accounts=account or (), prefer_crm=preferred, folder=folder)
        changes = [change for change in _changes(imported, plans) if change.is_one]
        if not show_diff:
            book.write(changes)
    if show_diff:
        for change in changes:
            console.diff(book.display(change.path), change.before, change.after)
        written = f"nothing was written: leave out --diff to write {_counted(len(changes), 'plan')}"
    else:
        written = f"wrote {_counted(len(changes), 'plan')}{_undo(book)}"
    details = _report(imported, as_json=as_json and not show_diff)
    console.say(written if changes else _nothing_written(imported, details))
    raise typer.Exit(1 if imported.asked_for and imported.left_out == len(imported.asked_for) else 0)


def _shown(files: list[str]) -> list[str]:
    """The files' bare names, where those tell them apart."""
    bare = [Path(name).name for name in files]
    return bare if len(set(bare)) == len(bare) else files


def _content(name: str) -> bytes:
    from acctplan.book import UnreadableError, read_bytes
    from acctplan.errors import UserError
    from acctplan.importers.tables import MAX_BYTES

    try:
        return read_bytes(Path(name), limit=MAX_BYTES)
    except UnreadableError as error:
        raise UserError(f"{name}: {error.message}", error.hint) from None


def _standing(book: Book) -> dict[str, Loaded]:
    from acctplan.cli.loading import load

    return {book.display(path): load(book, path) for path in book.plans()}


def _changes(imported: Import, plans: dict[str, Loaded]) -> Iterable[Change]:
    from acctplan.book import Change

    for plan in imported.plans:
        if plan.text is not None:
            yield Change(Path.cwd() / plan.path, None, plan.text)
        elif plan.edited is not None:
            yield Change(Path.cwd() / plan.path, plans[plan.path].read().text, plan.edited)


def _report(imported: Import, *, as_json: bool) -> str:
    """Say what becomes of every row, and return where that stands."""
    from acctplan import importers
    from acctplan.cli import console

    if not as_json:
        console.say("\n".join(importers.summary(imported)))
        return "see above"
    import json

    console.write(json.dumps(importers.as_data(imported), indent=2) + "\n")
    return "see the data"


def _nothing_written(imported: Import, details: str) -> str:
    """Why no plan changes, and where more is said of that."""
    from acctplan.importers import Outcome

    if not imported.rows:
        return "nothing to write: the files hold no rows"
    kept = imported.counts[Outcome.KEPT]
    why = [f"{_counted(imported.left_out, 'row')} {'was' if imported.left_out == 1 else 'were'} left out"] if imported.left_out else []
    why += [f"in {_counted(kept, 'row')} the plan's word stays"] if kept else []
    return f"nothing was written: {', '.join(why)}, {details}" if why else "nothing to write: the plans have it all"


def _undo(book: Book) -> str:
    """How to take back what was written, where git knows what stood there."""
    if not (book.root / ".git").exists():
        return ""
    return f"; to undo: git -C {book.display(book.root)} checkout -- {book.config.plans}, and delete the new plans"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
