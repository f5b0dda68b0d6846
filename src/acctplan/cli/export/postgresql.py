"""`acctplan export postgresql`."""

from __future__ import annotations

from typing import Annotated

import typer

from acctplan.cli.options import Plans, Today, day_asked_for


def postgresql(
    plans: Plans = None,
    to: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="The database: postgresql://USER@HOST/NAME. The password is best kept in ~/.pgpass."),
    ] = "postgresql://",
    schema: Annotated[
        str, typer.Option(metavar="NAME", help="The schema that the tables stand in; made where it is not there.")
    ] = "acctplan",
    today: Today = None,
) -> None:
    """Tables in a PostgreSQL database, for a warehouse or a dashboard: all of them in one transaction, or none.

    Exports of later days and revisions stay below each other, so that questions over time can be asked; the same revision again replaces
    its own rows. The views latest_accounts, latest_opportunities and so on show every plan as it was exported last. What the address
    leaves out comes from PostgreSQL's own environment, such as PGHOST and PGPASSWORD. The plans leave this machine: choose the server.

    \b
    Examples:
      acctplan export postgresql --to postgresql://sales@db.example/plans
      acctplan export postgresql meridian --to postgresql:///plans --schema key_accounts
    """
    from importlib.util import find_spec

    from acctplan.cli import console
    from acctplan.cli.export.plans import gather
    from acctplan.errors import UserError

    if find_spec("psycopg") is None:
        raise UserError("export postgresql needs psycopg", "pip install 'acctplan[postgresql]'")
    from acctplan.cli.export.tables import source
    from acctplan.exporters.postgresql import connected, store
    from acctplan.tables import TABLES, fill

    gathered = gather(plans)
    exported = source(gathered, day_asked_for(today))
    with connected(to) as connection, console.progress("writing", len(TABLES)) as step:
        names = [account.name for account in exported.accounts]
        rows = store(connection, schema, fill(exported, done=step), exported.stamp, names)
    console.say(f"wrote {len(names)} plan{'' if len(names) == 1 else 's'} in {rows:,} rows to the schema {schema}")
    raise typer.Exit(0 if gathered.is_whole else 1)
