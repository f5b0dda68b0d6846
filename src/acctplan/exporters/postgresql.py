"""Tables into a PostgreSQL database: all of them or none, and a second time the same.

Every table keeps the exports of all days below each other; what a revision said before of the same plans is replaced. A view `latest_…` of
each table shows every plan as it was exported last. Stands on psycopg, an extra.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from acctplan.tables import Filled, Kind, Stamp, Table

SCHEMES = ("postgresql://", "postgres://")
"""What an address of a database begins with."""
_TYPES: dict[Kind, str] = {"text": "text", "decimal": "numeric", "integer": "bigint", "date": "date", "boolean": "boolean"}
_TOO_OLD = 120000
"""Servers before this version are not tried: nobody keeps them safe any more."""


@contextmanager
def connected(address: str) -> Iterator[psycopg.Connection]:
    """A connection to a database, closed in the end.

    Args:
        address: such as `postgresql://host/name`. What it leaves out comes from PostgreSQL's own environment and password file.

    Raises:
        UserError: it cannot be reached. The address, which may hold a password, is not in it.
    """
    if not address.startswith(SCHEMES):
        raise UserError("this is no address of a PostgreSQL database", "write postgresql://USER@HOST/NAME; the password best in ~/.pgpass")
    try:
        connection = psycopg.connect(address, connect_timeout=15, application_name="acctplan")
    except (psycopg.Error, UnicodeError) as error:
        reason = next(iter(str(error).splitlines()), "no reason given")
        raise UserError(
            f"the database cannot be reached: {_without_secret(reason, address)}", "check the address, the user and the password"
        ) from None
    with connection:
        if connection.info.server_version < _TOO_OLD:
            raise UserError("this server is older than PostgreSQL 12", "export to a newer one")
        yield connection


def store(connection: psycopg.Connection, schema: str, filled: Iterable[Filled], stamp: Stamp, plans: Sequence[str]) -> int:
    """Write tables, in one transaction.

    Args:
        connection: to the database.
        schema: where the tables stand; made where it is not there.
        filled: the tables.
        stamp: what the rows were exported with.
        plans: whose rows they are. What the same revision said of them before is replaced.

    Returns:
        How many rows were written.

    Raises:
        UserError: the database refuses. Nothing has changed then.
    """
    try:
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('acctplan'), hashtext(%s))", (schema,))  # two exports at once take turns
            cursor.execute(_composed("CREATE SCHEMA IF NOT EXISTS {}", schema))
            return sum(_table(cursor, schema, one, stamp, plans) for one in filled)
    except psycopg.Error as error:
        # Its own words may quote a row, and plans are confidential.
        what = {"42501": "it lets this user not write there", "53100": "its disk is full"}.get(error.sqlstate or "", type(error).__name__)
        raise UserError(f"the database refused, and is as it was: {what}", "check the user's rights and the schema") from None


def _table(cursor: psycopg.Cursor, schema: str, filled: Filled, stamp: Stamp, plans: Sequence[str]) -> int:
    table = filled.table
    names = [column.name for column in table.columns]
    _prepare(cursor, schema, table, names)
    cursor.execute(
        _composed(_DELETE_OF_PLANS if "plan" in names else _DELETE, schema, table.name),
        {"plans": list(plans), "revision": stamp.revision, "is_changed": stamp.is_changed, "on": stamp.on},
    )
    with cursor.copy(_composed("COPY {}.{} ({}) FROM STDIN", schema, table.name, names)) as copy:
        for row in filled.rows:
            copy.write_row(row)
    return len(filled.rows)


_DELETE = """DELETE FROM {}.{}
WHERE revision IS NOT DISTINCT FROM %(revision)s AND is_changed IS NOT DISTINCT FROM %(is_changed)s
AND (revision IS NOT NULL OR exported_on = %(on)s)"""
"""The rows of the same revision; without git those of the same day."""
_DELETE_OF_PLANS = f"{_DELETE} AND plan = ANY(%(plans)s)"
_LATEST = """CREATE OR REPLACE VIEW {}.{} AS
SELECT one.* FROM {}.{} AS one
JOIN (SELECT DISTINCT ON (plan) plan, exported_on, revision, is_changed FROM {}.accounts ORDER BY plan, stored_at DESC) AS newest
ON one.plan = newest.plan AND one.exported_on = newest.exported_on
AND one.revision IS NOT DISTINCT FROM newest.revision AND one.is_changed IS NOT DISTINCT FROM newest.is_changed"""


def _prepare(cursor: psycopg.Cursor, schema: str, table: Table, names: Sequence[str]) -> None:
    """The table, with the columns that a newer acctplan has more, and the view of what was exported last."""
    cursor.execute(_composed("CREATE TABLE IF NOT EXISTS {}.{} (stored_at timestamptz NOT NULL DEFAULT now())", schema, table.name))
    for column in table.columns:
        add = f"ALTER TABLE {{}}.{{}} ADD COLUMN IF NOT EXISTS {{}} {_TYPES[column.kind]}"
        cursor.execute(_composed(add, schema, table.name, column.name))
    if "plan" in names:
        cursor.execute(_composed(_LATEST, schema, f"latest_{table.name}", schema, table.name, schema))


def _composed(statement: LiteralString, *names: str | Sequence[str]) -> sql.Composed:
    """A statement with names in it, quoted as names."""

    def quoted(name: str | Sequence[str]) -> sql.Composable:
        return sql.Identifier(name) if isinstance(name, str) else sql.SQL(", ").join(map(sql.Identifier, name))

    return sql.SQL(statement).format(*map(quoted, names))


def _without_secret(reason: str, address: str) -> str:
    """What the library says, unless it repeats the password."""
    try:
        password = conninfo_to_dict(address).get("password")
    except (psycopg.Error, UnicodeError):
        return "it is not written as an address is"
    return "it refused" if password and str(password) in reason else reason
