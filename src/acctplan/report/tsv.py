"""What `check` found, as a table for spreadsheets and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.diagnostic import format_pointer
from acctplan.report.style import Style, plain
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from acctplan.report.checked import Checked

_TITLES = ("path", "line", "column", "severity", "rule", "pointer", "message", "hint", "fingerprint")
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A spreadsheet takes a cell that begins so for a formula."""


def render(checked: Checked, _: Style = plain) -> str:
    """Tab-separated values with a row of titles. No cell is a formula, holds a tab or a line end."""
    rows = [
        (
            diagnostic.location.path,
            str(diagnostic.location.line),
            str(diagnostic.location.column),
            diagnostic.severity.value,
            diagnostic.rule,
            format_pointer(diagnostic.pointer),
            diagnostic.message,
            diagnostic.hint,
            diagnostic.fingerprint,
        )
        for diagnostic in checked.in_order()
    ]
    return "".join("\t".join(map(_cell, row)) + "\n" for row in (_TITLES, *rows))


def _cell(text: str) -> str:
    shown = visible(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
