"""What `check` found, for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from acctplan.diagnostic import format_pointer
from acctplan.report.style import Style, plain

if TYPE_CHECKING:
    from acctplan.diagnostic import Diagnostic
    from acctplan.report.checked import Checked

VERSION = 1
"""Raised when a field changes its meaning or goes away; new fields may come at any time."""


def render(checked: Checked, _: Style = plain) -> str:
    """One JSON object, in ASCII, so that it survives any encoding and does nothing to a terminal. Ends with a line end."""
    document = {
        "version": VERSION,
        "plans": checked.plans,
        "summary": {severity.value: count for severity, count in checked.counts().items()},
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in checked.in_order()],
    }
    return json.dumps(document, indent=2) + "\n"


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        **diagnostic.location._asdict(),
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "pointer": format_pointer(diagnostic.pointer),
    }
