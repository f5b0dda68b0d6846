"""`acctplan export`: what other programs read. A command a format."""

from __future__ import annotations

import typer

from acctplan.cli.export import tabular
from acctplan.cli.export.ics import ics
from acctplan.cli.export.postgresql import postgresql
from acctplan.cli.export.salesforce import salesforce
from acctplan.cli.export.xlsx import xlsx

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

export_app = typer.Typer(
    name="export",
    help="""Plans for other programs: a command a format.

What is exported is as internal as the plans. Everything comes from the plans as they stand, and the same plans on the same day give the
same file.

\b
Examples:
  acctplan export ics -o plans.ics
  acctplan export csv --table contacts > contacts.csv
  acctplan export sqlite -o plans.sqlite
""",
    short_help="Plans for calendars and other programs.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings=_CONTEXT,
)
export_app.command("ics", short_help="A calendar: meetings, what is due, contracts that end.", context_settings=_CONTEXT)(ics)
export_app.command("csv", short_help="Tables for spreadsheets and scripts.", context_settings=_CONTEXT)(tabular.csv)
export_app.command("json", short_help="Every table in one JSON document.", context_settings=_CONTEXT)(tabular.json)
export_app.command("sqlite", short_help="Every table in an SQLite database.", context_settings=_CONTEXT)(tabular.sqlite)
export_app.command("duckdb", short_help="Every table in a DuckDB database.", context_settings=_CONTEXT)(tabular.duckdb)
export_app.command("parquet", short_help="Every table as a Parquet file.", context_settings=_CONTEXT)(tabular.parquet)
export_app.command("xlsx", short_help="A workbook to read and to edit.", context_settings=_CONTEXT)(xlsx)
export_app.command("postgresql", short_help="Every table in a PostgreSQL database.", context_settings=_CONTEXT)(postgresql)
export_app.command("salesforce", short_help="Files for a data loader: account plans, opportunities.", context_settings=_CONTEXT)(salesforce)
