"""What `check` found, as workflow commands: GitHub shows them beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.diagnostic import Severity
from acctplan.report.style import Style, plain
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from acctplan.diagnostic import Diagnostic
    from acctplan.report.checked import Checked

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def render(checked: Checked, _: Style = plain) -> str:
    """A command a line, the gravest first: GitHub shows ten of a kind in a step."""
    gravest = sorted(checked.in_order(), key=lambda diagnostic: diagnostic.severity.rank)
    return "".join(_command(diagnostic) + "\n" for diagnostic in gravest)


def _command(diagnostic: Diagnostic) -> str:
    path, line, column, end = diagnostic.location
    properties = {"file": path, "line": str(line), "col": str(column), "endColumn": str(max(column, end - 1)), "title": diagnostic.rule}
    written = ",".join(f"{name}={_escaped(visible(value), ':,')}" for name, value in properties.items())
    text = visible(diagnostic.message) + (f" ({visible(diagnostic.hint)})" if diagnostic.hint else "")
    return f"::{_COMMANDS[diagnostic.severity]} {written}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    for special in "%" + more:
        text = text.replace(special, f"%{ord(special):02X}")
    return text
