"""What programs read."""

from __future__ import annotations

import json

from acctplan.diagnostic import Diagnostic, Location, Severity
from acctplan.report import Checked, render


def test_a_report_in_full():
    wrong = Diagnostic(
        Location("plans/acme.yaml", 12, 17, 27),
        "contacts/unknown-stance",
        Severity.ADVICE,
        "Zoë \u202e",
        "ask",
        ("contacts", "zoe", "stance"),
        "  stance:",
    )
    first = Diagnostic(Location("plans/acme.yaml", 1, 1, 1), "syntax/invalid", Severity.ERROR, "not YAML")
    report = render("json", Checked(2, (wrong, first)))
    assert json.loads(report) == {
        "version": 1,
        "plans": 2,
        "summary": {"error": 1, "warning": 0, "advice": 1},
        "diagnostics": [
            {
                "path": "plans/acme.yaml",
                "line": 1,
                "column": 1,
                "end_column": 1,
                "rule": "syntax/invalid",
                "severity": "error",
                "message": "not YAML",
                "hint": "",
                "pointer": "",
                "fingerprint": first.fingerprint,
            },
            {
                "path": "plans/acme.yaml",
                "line": 12,
                "column": 17,
                "end_column": 27,
                "rule": "contacts/unknown-stance",
                "severity": "advice",
                "message": "Zoë \u202e",
                "hint": "ask",
                "pointer": "contacts.zoe.stance",
                "fingerprint": wrong.fingerprint,
            },
        ],
        "waived": [],
        "completeness": [],
    }
    assert report.isascii()
    assert report.endswith("}\n")


def test_nothing_to_report_is_an_empty_list():
    assert json.loads(render("json", Checked(3))) == {
        "version": 1,
        "plans": 3,
        "summary": {"error": 0, "warning": 0, "advice": 0},
        "diagnostics": [],
        "waived": [],
        "completeness": [],
    }
