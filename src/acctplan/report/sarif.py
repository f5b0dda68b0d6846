"""What `check` found, in SARIF 2.1.0: for code scanning and other tools."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from acctplan import __version__
from acctplan.diagnostic import Diagnostic, Severity
from acctplan.report.fingerprints import fingerprints
from acctplan.report.style import Style, plain
from acctplan.rules import ALL

if TYPE_CHECKING:
    from acctplan.report.checked import Checked

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def render(checked: Checked, _: Style = plain) -> str:
    """One SARIF log with one run. The rules that found something are described in it."""
    found = list(fingerprints(checked.in_order()))
    names = list(dict.fromkeys(diagnostic.rule for diagnostic, _ in found))
    run = {
        "tool": {"driver": {"name": "acctplan", "version": __version__, "rules": [_rule(name) for name in names]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, fingerprint, names) for diagnostic, fingerprint in found],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _rule(name: str) -> dict[str, Any]:
    known = next((rule for rule in ALL if rule.name == name), None)
    if known is None:  # the loader's own
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": known.summary},
        "fullDescription": {"text": known.why},
        "help": {"text": known.fix},
        "defaultConfiguration": {"level": _LEVELS[known.severity]},
    }


def _result(diagnostic: Diagnostic, fingerprint: str, names: list[str]) -> dict[str, Any]:
    path, line, column, end = diagnostic.location
    region = {"startLine": line, "startColumn": column, "endLine": line, "endColumn": end}
    hint = f" ({diagnostic.hint})" if diagnostic.hint else ""
    return {
        "ruleId": diagnostic.rule,
        "ruleIndex": names.index(diagnostic.rule),
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": diagnostic.message + hint},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": quote(path, errors="surrogateescape")}, "region": region}}],
        "partialFingerprints": {"acctplan/v1": fingerprint},
    }
