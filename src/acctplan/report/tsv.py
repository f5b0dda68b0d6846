"""What `check` found, as a table for spreadsheets and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.diagnostic import format_pointer
from acctplan.report.cells import cell
from acctplan.report.style import Style, plain

if TYPE_CHECKING:
    from acctplan.report.checked import Checked

_TITLES = ("path", "line", "column", "severity", "rule", "pointer", "message", "hint", "fingerprint")


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
    return "".join("\t".join(map(cell, row)) + "\n" for row in (_TITLES, *rows))
