"""`acctplan drift`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from acctplan.cli.import_ import Accounts, DateFormat, Files, Matches, OfPlan
from acctplan.cli.options import Json, Today, day_asked_for

if TYPE_CHECKING:
    from acctplan.importers import Drift, Import


def drift(
    files: Files,
    plan: OfPlan = None,
    account: Accounts = None,
    match: Matches = None,
    date_format: DateFormat = None,
    as_json: Json = False,
    today: Today = None,
) -> None:
    """Where plans and a CRM's export disagree, field by field, and which of them has changed since the last import.

    Writes nothing. Ends with 1 where there is drift: rows that an import would bring count, and so do rows that were left out because
    nobody is sure what they are.

    \b
    Examples:
      acctplan drift Account.csv Contact.csv Opportunity.csv
      acctplan drift Opportunity.csv --plan meridian
    """
    from acctplan import importers
    from acctplan.cli import importing
    from acctplan.cli.loading import writable_book

    book, day = writable_book(), day_asked_for(today)
    given = importing.given(files, book.config)
    extract = given.importer.extract(given.files, importing.options(given, book.config, date_format, day))
    decisions = importing.decisions(match or ())
    wishes = importers.Wishes(tuple(account or ()), importing.plan_path(book, plan), decisions=decisions)
    imported = importing.reconciled(book, extract, wishes, day).imported
    found = importers.drift(imported)
    if as_json:
        _as_json(imported, found)
    else:
        _tell(found)
    raise typer.Exit(1 if found.is_any else 0)


def _as_json(imported: Import, found: Drift) -> None:
    import json

    from acctplan import importers
    from acctplan.cli import console

    console.write(json.dumps(importers.drift_data(imported, found), indent=2) + "\n")


def _tell(found: Drift) -> None:
    from acctplan.cli import console, importing
    from acctplan.cli.console import Column

    if found.fields:
        wide = [Column(title, wraps=True) for title in ("Field", "Plan says", f"{found.source} says")]
        console.table([Column("Plan"), *wide, Column("Changed")], found.rows())
    importing.tell(found.lines())
