"""The plan at a glance for programs: all that its page says, and how it is doing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from acctplan.diagnostic import format_pointer
from acctplan.render.view import plain

if TYPE_CHECKING:
    from acctplan.cli.show.shown import Shown


def document(shown: Shown) -> str:
    """The whole view as JSON. Amounts and shares are text, so that they stay exact."""
    findings = [
        {
            "rule": one.rule,
            "severity": one.severity.value,
            "message": one.message,
            "hint": one.hint,
            "pointer": format_pointer(one.pointer),
            "line": one.location.line,
        }
        for one in shown.findings
    ]
    about = {"version": 1, "plan": shown.loaded.path}
    return json.dumps({**about, **plain(shown.view), **plain(shown.standing), "findings": findings}, indent=2) + "\n"
