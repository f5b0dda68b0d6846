"""`acctplan export csv`, `json`, `sqlite`, `duckdb` and `parquet`: plans as tidy tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Output, Plans, Today, day_asked_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from acctplan.tables import Filled, Source

Folder = Annotated[
    str | None, typer.Option("-o", "--output", metavar="FOLDER", help="The folder to write the files to.", show_default=False)
]


def csv(
    plans: Plans = None,
    table: Annotated[
        str | None, typer.Option(metavar="TABLE", help="Only this table, to standard output or the file of -o.", show_default=False)
    ] = None,
    tsv: Annotated[bool, typer.Option("--tsv", help="Tabs between the cells instead of commas.")] = False,
    excel: Annotated[bool, typer.Option("--excel", help="Begin with the mark by which Excel knows letters beyond English.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="Texts as they are, also those that a spreadsheet takes for formulas.")] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="WHERE", help="The folder to write all tables to; with --table, the file.", show_default=False
        ),
    ] = None,
    today: Today = None,
) -> None:
    """Tables for spreadsheets and scripts: accounts, contacts, opportunities, actions and all the rest, a file each.

    A text that begins like a formula gets a ' before it, so that no spreadsheet runs what somebody wrote into a plan.

    \b
    Examples:
      acctplan export csv -o tables
      acctplan export csv --table contacts > contacts.csv
      acctplan export csv meridian --table opportunities --tsv
    """
    from acctplan.cli import console
    from acctplan.cli.export.folder import write_files
    from acctplan.cli.export.plans import gather
    from acctplan.cli.export.tables import filled, source, table_named
    from acctplan.cli.output import deliver
    from acctplan.errors import UserError
    from acctplan.exporters.delimited import delimited

    chosen = None if table is None else table_named(table)
    if chosen is None and output is None:
        raise UserError("which table, or which folder?", "all tables: -o FOLDER; one of them: --table contacts")
    gathered = gather(plans)
    exported = source(gathered, day_asked_for(today))

    def written(one: Filled) -> str:
        return delimited(one, tabs=tsv, guard=not raw, mark=excel)

    if chosen is not None:
        text = written(filled(exported, [chosen])[0])
        deliver(_shown(text) if output in (None, "-") and console.is_terminal() else text, output)
    else:
        ending = "tsv" if tsv else "csv"
        write_files(str(output), ((f"{one.table.name}.{ending}", written(one)) for one in filled(exported)))
    raise typer.Exit(0 if gathered.is_whole else 1)


def _shown(text: str) -> str:
    """A table as a person may see it: nothing in it can move the cursor."""
    from acctplan.report.visible import visible

    return "".join("\t".join(map(visible, line.split("\t"))) + "\n" for line in text.splitlines())


def json(plans: Plans = None, output: Output = None, today: Today = None) -> None:
    """Every table in one JSON document, amounts exact.

    \b
    Examples:
      acctplan export json -o plans.json
      acctplan export json meridian | jq .tables.actions
    """
    from acctplan.exporters.json_document import json_document

    _document(plans, output, today, lambda source, tables: json_document(tables, source.stamp))


def sqlite(plans: Plans = None, output: Output = None, today: Today = None) -> None:
    """Every table in an SQLite database, with keys and what refers to what.

    Amounts are exact texts; the views NAME_in_numbers have them as numbers to calculate with.

    \b
    Examples:
      acctplan export sqlite -o plans.sqlite
      acctplan export sqlite meridian -o meridian.sqlite
    """
    from acctplan.exporters.sqlite import sqlite_database

    _document(plans, output, today, lambda _, tables: sqlite_database(tables))


def duckdb(plans: Plans = None, output: Output = None, today: Today = None) -> None:
    """Every table in a DuckDB database, amounts exact. Needs the extra duckdb.

    \b
    Examples:
      acctplan export duckdb -o plans.duckdb
      acctplan export duckdb meridian -o meridian.duckdb
    """
    from acctplan.exporters.duck import duckdb_database

    _document(plans, output, today, lambda _, tables: duckdb_database(tables))


def parquet(plans: Plans = None, output: Folder = None, today: Today = None) -> None:
    """Every table as a Parquet file in a folder, amounts exact. Needs the extra duckdb.

    \b
    Examples:
      acctplan export parquet -o tables
      acctplan export parquet meridian -o meridian-tables
    """
    from acctplan.cli.export.folder import write_files
    from acctplan.cli.export.plans import gather
    from acctplan.cli.export.tables import filled, source
    from acctplan.errors import UserError
    from acctplan.exporters.duck import parquet_files

    if output is None:
        raise UserError("which folder?", "name one: acctplan export parquet -o FOLDER")
    gathered = gather(plans)
    tables = filled(source(gathered, day_asked_for(today)))
    write_files(output, ((f"{name}.parquet", content) for name, content in parquet_files(tables)))
    raise typer.Exit(0 if gathered.is_whole else 1)


def _document(plans: list[str] | None, output: str | None, today: date | None, make: Callable[[Source, list[Filled]], str | bytes]) -> None:
    """All tables in one file."""
    from acctplan.cli.export.plans import gather
    from acctplan.cli.export.tables import filled, source
    from acctplan.cli.output import deliver

    gathered = gather(plans)
    exported = source(gathered, day_asked_for(today))
    deliver(make(exported, filled(exported)), output)
    raise typer.Exit(0 if gathered.is_whole else 1)
