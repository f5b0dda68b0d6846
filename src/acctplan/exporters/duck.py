"""Tables as a DuckDB database or as Parquet files. DuckDB, which writes both, is an extra."""

from __future__ import annotations

from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from acctplan.errors import UserError
from acctplan.exporters.sqlite import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from acctplan.tables import Filled, Kind, Row, Table

_DIGITS, _AFTER_POINT = 38, 10
_TYPES: Mapping[Kind, str] = {
    "text": "VARCHAR",
    "decimal": f"DECIMAL({_DIGITS}, {_AFTER_POINT})",
    "integer": "BIGINT",
    "date": "DATE",
    "boolean": "BOOLEAN",
}
_BLOCK = 16_384
"""Bytes of a block, the fewest there may be: every column of every table takes one at least."""
_TOGETHER = 200
"""Rows that are handed over at once: one by one takes many times as long."""


def duckdb_database(tables: Iterable[Filled]) -> bytes:
    """The bytes of a DuckDB database with some tables and their keys.

    Raises:
        UserError: DuckDB is not installed, or a decimal has too many digits.
    """
    with TemporaryDirectory(prefix="acctplan-") as folder:
        path = Path(folder) / "plans.duckdb"
        with _connected() as database:
            database.execute(f"ATTACH {_text(path)} AS plans (BLOCK_SIZE {_BLOCK}); USE plans")
            for filled in tables:
                _create(database, filled)
            database.execute("USE memory; DETACH plans")
        return path.read_bytes()


def parquet_files(tables: Iterable[Filled]) -> Iterator[tuple[str, bytes]]:
    """The name of each table, with the bytes of a Parquet file of its rows.

    Raises:
        UserError: DuckDB is not installed, or a decimal has too many digits.
    """
    with TemporaryDirectory(prefix="acctplan-") as folder, _connected() as database:
        for filled in tables:
            name = filled.table.name
            _create(database, filled)
            path = Path(folder) / f"{name}.parquet"
            database.execute(f"COPY {quoted(name)} TO {_text(path)} (FORMAT parquet)")
            yield name, path.read_bytes()


@contextmanager
def _connected() -> Iterator[Any]:
    try:
        import duckdb  # noqa: PLC0415  an extra
    except ImportError:
        raise UserError("DuckDB and Parquet files need duckdb", "pip install 'acctplan[duckdb]'") from None
    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}) as database:
        yield database


def _text(path: Path) -> str:
    """A path in SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def _create(database: Any, filled: Filled) -> None:
    table, rows = filled
    lines = [f"{quoted(column.name)} {_TYPES[column.kind]}" for column in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(map(quoted, table.key))})")
    database.execute(f"CREATE TABLE {quoted(table.name)} ({', '.join(lines)})")
    marks = f"({', '.join('?' * len(table.columns))})"
    ahead = iter(rows)
    while together := list(islice(ahead, _TOGETHER)):
        _refuse_too_long(table, together)
        insertion = f"INSERT INTO {quoted(table.name)} VALUES {', '.join([marks] * len(together))}"  # noqa: S608  names of ours
        database.execute(insertion, [value for row in together for value in row])


def _refuse_too_long(table: Table, rows: Iterable[Row]) -> None:
    """Refuse what would be rounded."""
    for row in rows:
        for column, value in zip(table.columns, row, strict=True):
            if isinstance(value, Decimal) and -int(value.as_tuple().exponent) > _AFTER_POINT:
                named = dict(zip((one.name for one in table.columns), row, strict=True))
                raise UserError(
                    f"{named['plan']}: {column.name} at {named['pointer']} has more than {_AFTER_POINT} digits after the point",
                    "shorten it, or export to SQLite, CSV or JSON, which keep all of them",
                )
