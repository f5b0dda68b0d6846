"""What the formats for other programs are tried on: hostile words, two findings of one rule at one place, one without a pointer."""

from __future__ import annotations

import pytest

from acctplan.diagnostic import Diagnostic, Location, Severity
from acctplan.report import Checked


@pytest.fixture
def checked() -> Checked:
    place = Location("plans/a b,c:d.yaml", 7, 3, 10)
    return Checked(
        2,
        (
            Diagnostic(
                place,
                "contacts/unknown-stance",
                Severity.ADVICE,
                "100 % of <b>&\x1b[31m\n",
                "ask: 'why?'",
                ("contacts", "ann", "stance"),
                "  ann:",
            ),
            Diagnostic(place, "contacts/unknown-stance", Severity.ADVICE, "=cmd()", "", ("contacts", "ann", "stance"), "  ann:"),
            Diagnostic(Location("plans/a b,c:d.yaml", 2, 1, 1), "syntax/invalid", Severity.ERROR, "not YAML", "", (), "nmae X"),
        ),
    )
