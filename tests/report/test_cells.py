"""What a spreadsheet makes of a cell."""

from __future__ import annotations

import pytest

from acctplan.report import cell


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+49 30 1234", "'+49 30 1234"),
        ("-2+3", "'-2+3"),
        ("-5 %", "'-5 %"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\uff1dA1", "'\uff1dA1"),
        ("\uff0bA1", "'\uff0bA1"),
        ("\uff0d5", "'\uff0d5"),
        ("\uff20A1", "'\uff20A1"),
        ('"Acme" Ltd', '\'"Acme" Ltd'),
        ("\t=A1", "<U+0009>=A1"),
        ("\r=A1", "<U+000D>=A1"),
        ("\n=A1", "<U+000A>=A1"),
        ("-5\n", "'-5<U+000A>"),
    ],
)
def test_text_is_no_formula_and_swallows_no_other_cell(text: str, expected: str):
    assert cell(text) == expected


@pytest.mark.parametrize("text", ["", "5", "-5", "-0.5", "12.50", "Acme", 'the "old" one', "a=b", "2026-01-31", "'quoted'"])
def test_numbers_and_other_texts_stay_as_they_are(text: str):
    assert cell(text) == text
