"""The text of acctplan.toml with a mapping in it, and all else in it as it stands."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from acctplan import config
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping


def lines(columns: Mapping[str, str]) -> str:
    """What a table of columns says, one a line."""
    return "".join(f"{_quoted(column)} = {_quoted(field)}\n" for column, field in columns.items())


def with_mapping(text: str, name: str, columns: Mapping[str, str], *, of: str, date_format: str | None) -> str:
    """Settings in which a source's columns are explained: a table at the end, or lines more in the one that there is.

    Args:
        text: of acctplan.toml; empty where there is none.
        name: of the source.
        columns: by column, its field.
        of: the file that has them, for the comment.
        date_format: the order in dates that do not tell it themselves.

    Raises:
        UserError: the settings cannot be read, or explain one of the columns otherwise, or in a form that cannot be added to.
    """
    is_windows, text = "\r\n" in text, text.replace("\r\n", "\n")
    settings = config.parse(text).imports.get(name)
    if settings is None:
        made = _appended(text, name, columns, of, date_format)
    elif date_format not in (None, settings.date_format):
        raise UserError(f"[import.{name}] says nothing of dates in {date_format}", f'write date_format = "{date_format}" below it yourself')
    else:
        others = {column: field for column, field in settings.columns.items() if columns.get(column, field) != field}
        if others:
            column, field = next(iter(others.items()))
            raise UserError(f"[import.{name}.columns] takes {column} for {field} already", "give the source another name: --as NAME")
        made = _inserted(text, name, {column: field for column, field in columns.items() if column not in settings.columns})
    if _is_said(made, name, columns):
        return made.replace("\n", "\r\n") if is_windows else made
    raise UserError(
        f"acctplan.toml names {name} in a way that nothing can be added to",
        f"add these lines below [import.{name}.columns] yourself, or give the source another name with --as:\n{lines(columns)}",
    )


def _is_said(text: str, name: str, columns: Mapping[str, str]) -> bool:
    """Whether settings can be read, and explain the columns."""
    try:
        settings = config.parse(text).imports.get(name)
    except UserError:
        return False
    return settings is not None and columns.items() <= settings.columns.items()


def _appended(text: str, name: str, columns: Mapping[str, str], of: str, date_format: str | None) -> str:
    before = text.rstrip("\n")
    start = f"{before}\n\n\n" if before else ""
    printable = "".join(letter if letter.isprintable() else "?" for letter in of)
    comment = f"# What the columns of {printable} mean. For one more file like it: acctplan import {name} FILE\n"
    format_line = f"date_format = {_quoted(date_format)}\n\n" if date_format else ""
    head = f"[import.{name}]\n{format_line}" if date_format else ""
    return f"{start}{comment}{head}[import.{name}.columns]\n{lines(columns)}"


def _inserted(text: str, name: str, columns: Mapping[str, str]) -> str:
    text = text if text.endswith("\n") else f"{text}\n"
    table = re.search(rf"(?m)^\[import\.{re.escape(name)}\.columns\][ \t]*(?:#.*)?\n(?:[^\[\s].*\n)*", text)
    return text if table is None else text[: table.end()] + lines(columns) + text[table.end() :]


def _quoted(text: str) -> str:
    """A text as TOML writes it. What JSON escapes, TOML reads, but for what is cut off a pair of halves: no file has that."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
