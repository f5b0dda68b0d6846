"""Tables as an SQLite database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from acctplan.tables import to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from acctplan.tables import Column, Filled, Kind, Table, Value

_TYPES: Mapping[Kind, str] = {"text": "TEXT", "decimal": "TEXT", "integer": "INTEGER", "date": "TEXT", "boolean": "INTEGER"}


def sqlite_database(tables: Iterable[Filled]) -> bytes:
    """The bytes of a database with some tables, their keys, and what refers to what.

    Decimals are texts, because SQLite has no exact numbers besides whole ones; a view NAME_in_numbers has them as numbers to calculate
    with. Days are texts such as 2026-12-31, true and false are 1 and 0.

    Args:
        tables: what it holds.
    """
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA user_version = 1")
        with database:
            filled = list(tables)
            keys = {table.name: table.key for table, _ in filled}
            for table, rows in filled:
                database.execute(_definition(table, keys))
                insertion = f"INSERT INTO {quoted(table.name)} VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608  names of ours
                database.executemany(insertion, (tuple(map(_bound, row)) for row in rows))
                if any(column.kind == "decimal" for column in table.columns):
                    database.execute(_in_numbers(table))
        return database.serialize()


def quoted(name: str) -> str:
    """A name in SQL, whatever words the language has."""
    return f'"{name}"'


def _definition(table: Table, keys: Mapping[str, tuple[str, ...]]) -> str:
    lines = [_column(column, is_key=column.name in table.key) for column in table.columns]
    lines.append(f"PRIMARY KEY ({_names(table.key)})")
    lines += (_reference(column, keys[column.refers]) for column in table.columns if column.refers in keys and table.key != (column.name,))
    defined = ",\n  ".join(lines)
    return f"CREATE TABLE {quoted(table.name)} (\n  {defined}\n)"


def _reference(column: Column, key: tuple[str, ...]) -> str:
    own = (column.name,) if len(key) == 1 else ("plan", column.name)
    return f"FOREIGN KEY ({_names(own)}) REFERENCES {quoted(column.refers)} ({_names(key)})"


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(quoted, names))


def _column(column: Column, *, is_key: bool) -> str:
    check = f" CHECK ({quoted(column.name)} IN (0, 1))" if column.kind == "boolean" else ""
    return f"{quoted(column.name)} {_TYPES[column.kind]}{' NOT NULL' if is_key else ''}{check}"


def _in_numbers(table: Table) -> str:
    columns = ", ".join(
        f"CAST({quoted(column.name)} AS REAL) AS {quoted(column.name)}" if column.kind == "decimal" else quoted(column.name)
        for column in table.columns
    )
    return f"CREATE VIEW {quoted(f'{table.name}_in_numbers')} AS SELECT {columns} FROM {quoted(table.name)}"  # noqa: S608  names of ours


def _bound(value: Value) -> str | int | None:
    if value is None or isinstance(value, str):
        return value
    return int(value) if isinstance(value, int) else to_text(value)
