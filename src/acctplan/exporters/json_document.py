"""Tables as one JSON document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from acctplan.tables import STAMP, to_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from acctplan.tables import Filled, Stamp, Value


def json_document(tables: Iterable[Filled], stamp: Stamp) -> str:
    """A document with every table: rows are objects, decimals and days are strings, nothing is null.

    Args:
        tables: what it holds.
        stamp: which state of the plans it is of: said once, and not again in each row.
    """
    document = {
        "version": 1,
        "exported_on": stamp.on.isoformat(),
        "revision": stamp.revision,
        "is_changed": stamp.is_changed,
        "tables": {filled.table.name: _rows(filled) for filled in tables if filled.table.name != "exports"},
    }
    return json.dumps(document, indent=2) + "\n"


def _rows(filled: Filled) -> list[dict[str, str | int | bool | None]]:
    names = [column.name for column in filled.table.columns[: -len(STAMP)]]
    return [dict(zip(names, map(_value, row), strict=False)) for row in filled.rows]


def _value(value: Value) -> str | int | bool | None:
    return value if value is None or isinstance(value, int) else to_text(value)
