"""Records as CSV files and as the JSON of `sf data import tree`."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Parent(NamedTuple):
    """The record that another one belongs to."""

    field: str
    """The relationship, such as `AccountPlan`; the field that holds the Id is called so with `Id` behind it."""
    name: str
    reference: str


class Record(NamedTuple):
    """A record."""

    reference: str
    """What other records call it in the JSON files; empty of one that exists already."""
    fields: Mapping[str, str]
    """By API name, as text; what is not known is left out."""
    parent: Parent | None = None


def csv_file(records: Sequence[Record]) -> str:
    """Records of one object as CSV: exact values, for a data loader and not for a spreadsheet. An empty cell leaves a field as it is."""
    rows = [({f"{one.parent.field}.Name": one.parent.name} if one.parent else {}) | dict(one.fields) for one in records]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def tree_files(objects: Mapping[str, Sequence[Record]]) -> list[tuple[str, str]]:
    """New records of several objects, those that others belong to first, and the plan that says in which order they are loaded."""
    files = []
    for name, records in objects.items():
        shaped = [
            {
                "attributes": {"type": name, "referenceId": one.reference},
                **({f"{one.parent.field}Id": f"@{one.parent.reference}"} if one.parent else {}),
                **one.fields,
            }
            for one in records
        ]
        files.append((f"{name}.json", _json({"records": shaped})))
    steps = [{"sobject": name, "saveRefs": True, "resolveRefs": True, "files": [f"{name}.json"]} for name in objects]
    return [*files, ("AccountPlan-plan.json", _json(steps))] if files else []


def _json(data: object) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
