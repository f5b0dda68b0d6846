"""Columns that name what a row belongs to by several fields at once, as SFDMU writes them: `ReportsTo.$$Email$LastName$FirstName`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from acctplan.importers.tables import Table

_COMPOSITE = re.compile(r"(?P<of>[^$]+)\.\$\$(?P<fields>[^$]+(?:\$[^$]+)*)\Z")


def plain(column: str) -> str:
    """A header with the name of what it links to: `ReportsTo.Name` of `ReportsTo.$$Email$LastName$FirstName`."""
    match = _COMPOSITE.match(column)
    return f"{match['of']}.Name" if match else column


def expanded(table: Table) -> Table:
    """A table whose composite columns are in parts: the name in place of the column, and the e-mail in one more at the end."""
    columns, rows = list(table.columns), [list(row.cells) for row in table.rows]
    for position, column in enumerate(table.columns):
        match = _COMPOSITE.match(column)
        if match is None or plain(column) in columns:
            continue
        fields = match["fields"].split("$")
        columns[position] = plain(column)
        parts = [_parts(fields, row[position]) for row in rows]
        for row, (name, _) in zip(rows, parts, strict=True):
            row[position] = name
        if "Email" in fields and f"{match['of']}.Email" not in columns:
            columns.append(f"{match['of']}.Email")
            for row, (_, email) in zip(rows, parts, strict=True):
                row.append(email)
    if columns == list(table.columns):
        return table
    cells = (row._replace(cells=tuple(made)) for row, made in zip(table.rows, rows, strict=True))
    return replace(table, columns=tuple(columns), rows=tuple(cells))


def _parts(fields: list[str], text: str) -> tuple[str, str]:
    """Name and e-mail in a cell. One with more or fewer parts than its column says is taken for a name, which nothing will have."""
    said = [part.strip() for part in text.split(";")]
    if len(said) != len(fields):
        return text, ""
    by_field = dict(zip(fields, said, strict=True))
    name = by_field.get("Name") or " ".join(filter(None, (by_field.get("FirstName"), by_field.get("LastName"))))
    return name, by_field.get("Email", "")
