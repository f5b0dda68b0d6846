"""Why nobody knows where a file is from, in words."""

from __future__ import annotations

from typing import Any

from acctplan.importers import json_files, tables

_MOST = 6
"""Columns that are named."""


def is_json(name: str, content: bytes) -> bool:
    """Whether a file is meant as JSON, by its name or by how it starts."""
    head = content[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return name.casefold().endswith(".json") or head[:1] == b"{" or (head[:1] == b"[" and head[1:].lstrip()[:1] in (b"{", b"[", b"]"))


def reason(name: str, content: bytes) -> str:
    """Why no source knows a file: `it holds no records`.

    Raises:
        UserError: it cannot be read at all: no JSON, no table.
    """
    if is_json(name, content):
        has_records = _has_records(json_files.read(name, content))
        return "its records do not say what they are" if has_records else "it holds no records"
    columns = [column for table in tables.read_all(name, content) for column in table.columns if column]
    more = f" and {len(columns) - _MOST} more" if len(columns) > _MOST else ""
    return f"its columns are {', '.join(columns[:_MOST])}{more}"


def _has_records(data: Any) -> bool:
    while isinstance(data, dict):
        data = data.get("records", data.get("result"))
    return isinstance(data, list) and any(isinstance(each, dict) and each for each in data)
