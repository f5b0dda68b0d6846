"""`acctplan import`."""

from __future__ import annotations

from contextlib import nullcontext
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Diff, Json, Today, complete_plans, day_asked_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from acctplan.book import Book
    from acctplan.importers import Import


class DateFormats(StrEnum):
    """The order of day, month and year."""

    dmy = "d/m/y"
    mdy = "m/d/y"
    ymd = "y/m/d"


Files = Annotated[
    list[str],
    typer.Argument(
        metavar="[SOURCE] FILE...", help="The files, and before them where they are from if they do not tell.", show_default=False
    ),
]
OfPlan = Annotated[
    str | None,
    typer.Option(
        "--plan",
        metavar="PLAN",
        help="The files are about this plan's account, where they do not say.",
        show_default=False,
        autocompletion=complete_plans,
    ),
]
Accounts = Annotated[
    list[str] | None, typer.Option("--account", metavar="NAME|ID", help="Only this account. May be repeated.", show_default=False)
]
Matches = Annotated[
    list[str] | None,
    typer.Option(
        "--match",
        metavar="NAME=ID",
        help="Who or what something in the files is: its name or id there = an id of its plan, a plan, or new. May be repeated.",
        show_default=False,
    ),
]
DateFormat = Annotated[
    DateFormats | None,
    typer.Option("--date-format", help="The order in dates that do not tell it themselves, such as 03/04/26.", show_default=False),
]

New = Annotated[bool, typer.Option("--new", help="Also make a plan for each account that the rows name and that has none.")]
Map = Annotated[
    bool, typer.Option("--map", help="Import nothing: say what the columns of an unknown file mean, and keep that in acctplan.toml.")
]
As = Annotated[
    str | None, typer.Option("--as", metavar="NAME", help="With --map: what to call where the file is from.", show_default=False)
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="COLUMN=FIELD",
        help="With --map: what a column means, or - for nothing. May be repeated.",
        show_default=False,
    ),
]


def import_(
    files: Files,
    plan: OfPlan = None,
    account: Accounts = None,
    prefer: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SIDE[:FIELDS]",
            help="Whose word goes first where both have one: crm (of a workbook: xlsx) or plan, for all fields or some: crm:value,stage. "
            "May be repeated.",
            show_default=False,
        ),
    ] = None,
    match: Matches = None,
    makes_plans: New = False,
    date_format: DateFormat = None,
    is_map: Map = False,
    source: As = None,
    columns: Columns = None,
    show_diff: Diff = False,
    as_json: Json = False,
    today: Today = None,
) -> None:
    """Accounts, people, reporting lines, opportunities and buying roles from a CRM's export into plans.

    Where the files are from is told by their columns. What is in a plan already is found by its id there, else by an e-mail or a name
    that leaves no doubt; where there is one, you are asked, or it is left out and listed. What a person wrote stays; what only the CRM
    has changed since the last import comes; where both have changed, the plan's word stays and you are told. A second run changes
    nothing. Of plans of several periods the latest gets the data. Ends with 1 where every row was left out.

    A table that no source knows is imported once it is known what its columns mean: --map proposes that and asks.

    A workbook of `acctplan export xlsx` gives back what people edited in it: changed cells and new rows. Where a plan has changed since,
    its word stays, unless --prefer xlsx says otherwise; what was deleted stays in the plan.

    \b
    Examples:
      acctplan import Account.csv Contact.csv Opportunity.csv --diff
      acctplan import salesforce export/*.csv --account "Meridian Foods"
      acctplan import Opportunity.csv --prefer crm:stage,status,value,close_date
      acctplan import Contact.csv --match "Lena Vos=lena-vos"
      acctplan import deals.csv --new
      acctplan import --map sales_pipeline.csv --as our-crm --set product=opportunity.name
      acctplan import xlsx plans.xlsx --diff
    """
    from acctplan import importers
    from acctplan.cli import console, importing, returning
    from acctplan.cli.loading import writable_book
    from acctplan.errors import UserError

    book, day = writable_book(), day_asked_for(today)
    if is_map:
        from acctplan.cli import mapping

        mapping.save(book, files, source, columns or (), date_format, show_diff=show_diff)
        raise typer.Exit(0)
    if source is not None or columns:
        raise UserError("--as and --set say what columns mean, and go with --map", "acctplan import --map FILE --as NAME")
    files = returning.files_named(files)
    if (workbook := returning.workbook(files)) is not None:
        returning.refuse({"--plan": plan, "--account": account, "--match": match, "--new": makes_plans, "--date-format": date_format})
        raise typer.Exit(returning.bring_back(book, workbook, prefer or (), day, show_diff=show_diff, as_json=as_json))
    preference = importers.Preference.parse(prefer or (), importers.FIELDS)
    decisions = importing.decisions(match or ())
    given = importing.given(files, book.config)
    extract = given.importer.extract(given.files, importing.options(given, book.config, date_format, day))
    if makes_plans:
        importing.check_new(given.importer.system, plan, account or ())
    wishes = importers.Wishes(tuple(account or ()), importing.plan_path(book, plan), preference, decisions, makes_plans)
    if not (show_diff or as_json):
        from acctplan.cli import undecided

        wishes = undecided.asked(book, extract, wishes, day)
    with nullcontext() if show_diff else book.lock():
        done = importing.reconciled(book, extract, wishes, day)
        changes = done.changes()
        if not show_diff:
            book.write([*changes, *done.memory()])
    if show_diff:
        for change in changes if not as_json else ():
            console.diff(book.display(change.path), change.before, change.after)
        written = f"nothing was written: leave out --diff to write {_counted(len(changes), 'plan')}"
    else:
        written = f"wrote {_counted(len(changes), 'plan')}{_undo(book)}"
    imported = done.imported
    unwritten = {"would_write": importing.would_write(book, changes)} if show_diff else {}
    details = _report(imported, unwritten, as_json=as_json)
    console.say(written if changes else _nothing_written(imported, details))
    raise typer.Exit(1 if imported.asked_for and imported.left_out == len(imported.asked_for) else 0)


def _report(imported: Import, unwritten: Mapping[str, object], *, as_json: bool) -> str:
    """Say what becomes of every row, and to programs what would be written; return where that stands."""
    from acctplan import importers
    from acctplan.cli import console, importing

    if not as_json:
        importing.tell(importers.summary(imported))
        return "see above"
    import json

    console.write(json.dumps({**importers.as_data(imported), **unwritten}, indent=2) + "\n")
    return "see the data"


def _nothing_written(imported: Import, details: str) -> str:
    """Why no plan changes, and where more is said of that."""
    from acctplan.importers import Outcome

    if not imported.rows:
        return "nothing to write: the files hold no rows"
    conflicts = imported.counts[Outcome.CONFLICT]
    why = [f"{_counted(imported.left_out, 'row')} {'was' if imported.left_out == 1 else 'were'} left out"] if imported.left_out else []
    why += [f"in {_counted(conflicts, 'row')} the plan's word stays"] if conflicts else []
    return f"nothing was written: {', '.join(why)}, {details}" if why else "nothing to write: the plans have it all"


def _undo(book: Book) -> str:
    """Who says how to take back what was written, where git knows what stood there."""
    return "; acctplan undo says how to take it back" if (book.root / ".git").exists() else ""


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
