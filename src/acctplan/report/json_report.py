"""What `check` found, for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from acctplan.diagnostic import format_pointer
from acctplan.report.fingerprints import fingerprints
from acctplan.report.style import Style, plain

if TYPE_CHECKING:
    from acctplan.diagnostic import Diagnostic
    from acctplan.report.checked import Checked
    from acctplan.rules import Completeness, Share

VERSION = 1
"""Raised when a field changes its meaning or goes away; new fields may come at any time."""


def render(checked: Checked, _: Style = plain) -> str:
    """One JSON object, in ASCII, so that it survives any encoding and does nothing to a terminal. Ends with a line end."""
    document = {
        "version": VERSION,
        "plans": checked.plans,
        "summary": {severity.value: count for severity, count in checked.counts().items()},
        "diagnostics": [_diagnostic(diagnostic, fingerprint) for diagnostic, fingerprint in fingerprints(checked.in_order())],
        "waived": [
            {**_diagnostic(diagnostic, diagnostic.fingerprint), "reason": waiver.reason, "until": waiver.until and waiver.until.isoformat()}
            for diagnostic, waiver in checked.waived
        ],
        "completeness": [_completeness(path, one) for path, one in checked.completeness.items()],
    }
    return json.dumps(document, indent=2) + "\n"


def _completeness(path: str, one: Completeness) -> dict[str, Any]:
    return {
        "path": path,
        "level": one.level.value,
        **_share(one.total),
        "sections": {family: _share(share) for family, share in one.sections.items()},
        "helps_most": [diagnostic.rule for diagnostic in one.helps_most],
    }


def _share(share: Share) -> dict[str, int | None]:
    return {"passed": share.passed, "applicable": share.applicable, "percent": share.percent}


def _diagnostic(diagnostic: Diagnostic, fingerprint: str) -> dict[str, Any]:
    return {
        **diagnostic.location._asdict(),
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "pointer": format_pointer(diagnostic.pointer),
        "fingerprint": fingerprint,
    }
