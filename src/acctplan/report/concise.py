"""What `check` found, a line each: as compilers write it, for editors and eyes in a hurry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.report.style import Style, plain
from acctplan.report.text import ROLES
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from acctplan.report.checked import Checked


def render(checked: Checked, style: Style = plain) -> str:
    """`path:line:column: severity rule: message`, by file and down the page. Empty where there is nothing to report."""
    lines = []
    for diagnostic in checked.in_order():
        path, line, column, _ = diagnostic.location
        severity = style(ROLES[diagnostic.severity], diagnostic.severity)
        lines.append(f"{visible(path)}:{line}:{column}: {severity} {diagnostic.rule}: {visible(diagnostic.message)}\n")
    return "".join(lines)
