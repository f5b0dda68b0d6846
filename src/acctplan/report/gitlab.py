"""What `check` found, as a code quality report: GitLab shows it in a merge request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from acctplan.diagnostic import Severity
from acctplan.report.fingerprints import fingerprints
from acctplan.report.style import Style, plain

if TYPE_CHECKING:
    from acctplan.report.checked import Checked

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.ADVICE: "info"}


def render(checked: Checked, _: Style = plain) -> str:
    """A JSON list, empty where there is nothing to report."""
    found = [
        {
            "description": diagnostic.message + (f" ({diagnostic.hint})" if diagnostic.hint else ""),
            "check_name": diagnostic.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[diagnostic.severity],
            "location": {"path": diagnostic.location.path, "lines": {"begin": diagnostic.location.line}},
        }
        for diagnostic, fingerprint in fingerprints(checked.in_order())
    ]
    return json.dumps(found, indent=2) + "\n"
