"""How values are written: plain where every reader of YAML takes them for the same text, quoted where one would not."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from acctplan.document import parse
from acctplan.edit import Set, Value, apply

NAUGHTY = [
    pytest.param("no", "'no'", id="no"),
    pytest.param("Yes", "'Yes'", id="yes"),
    pytest.param("ON", "'ON'", id="on"),
    pytest.param("y", "'y'", id="y"),
    pytest.param("true", "'true'", id="true"),
    pytest.param("null", "'null'", id="null"),
    pytest.param("~", "'~'", id="tilde"),
    pytest.param("", "''", id="empty"),
    pytest.param(" ", "' '", id="a blank"),
    pytest.param("7", "'7'", id="a number"),
    pytest.param("012", "'012'", id="octal"),
    pytest.param("0x1F", "'0x1F'", id="hexadecimal"),
    pytest.param("1_000", "'1_000'", id="groups"),
    pytest.param("1e5", "'1e5'", id="exponent"),
    pytest.param("3.", "'3.'", id="a decimal"),
    pytest.param("12:30:45", "'12:30:45'", id="base sixty"),
    pytest.param("-5", "'-5'", id="negative"),
    pytest.param(".5", "'.5'", id="a point first"),
    pytest.param(".inf", "'.inf'", id="infinity"),
    pytest.param("2026-01-01", "'2026-01-01'", id="a date"),
    pytest.param("2026-01-01 10:00", "'2026-01-01 10:00'", id="a time"),
    pytest.param("a: b", "'a: b'", id="colon and blank"),
    pytest.param("a:", "'a:'", id="a colon at the end"),
    pytest.param("a #b", "'a #b'", id="blank and hash"),
    pytest.param("# a", "'# a'", id="hash first"),
    pytest.param("- a", "'- a'", id="a dash first"),
    pytest.param("? a", "'? a'", id="a question mark first"),
    pytest.param("[a", "'[a'", id="a bracket"),
    pytest.param("{a", "'{a'", id="a brace"),
    pytest.param("&a", "'&a'", id="an anchor"),
    pytest.param("*a", "'*a'", id="an alias"),
    pytest.param("!a", "'!a'", id="a tag"),
    pytest.param("|", "'|'", id="a pipe"),
    pytest.param("> 5 %", "'> 5 %'", id="greater than"),
    pytest.param("% 5", "'% 5'", id="a directive"),
    pytest.param("@a", "'@a'", id="at"),
    pytest.param("`a", "'`a'", id="a backtick"),
    pytest.param("---", "'---'", id="a document marker"),
    pytest.param("=======", "'======='", id="a conflict marker"),
    pytest.param("'quoted'", "\"'quoted'\"", id="single quotes"),
    pytest.param('"quoted"', "'\"quoted\"'", id="double quotes"),
    pytest.param("'it''s \"both\"", "'''it''''s \"both\"'", id="both quotes"),
    pytest.param("'\\", "'''\\'", id="a quote and a backslash"),
    pytest.param(" a", "' a'", id="a blank first"),
    pytest.param("a ", "'a '", id="a blank last"),
    pytest.param("a  b", "'a  b'", id="two blanks"),
    pytest.param("\ta", '"\\ta"', id="a tab first"),
    pytest.param("a\tb", '"a\\tb"', id="a tab inside"),
    pytest.param("a\u3000", '"a\u3000"', id="a wide blank last"),
    pytest.param("a\xa0b", '"a\xa0b"', id="a hard blank"),
    pytest.param("\x00\x1b[2J", '"\\u0000\\u001b[2J"', id="control characters"),
    pytest.param("a\x7f\x85\x9f", '"a\\u007f\\u0085\\u009f"', id="more of them"),
    pytest.param("a\u2028b\u2029", '"a\\u2028b\\u2029"', id="unusual line ends"),
    pytest.param("a\ufeffb\ufffe\uffff", '"a\\ufeffb\\ufffe\\uffff"', id="no characters"),
    pytest.param("\r\n", '"\\r\\n"', id="a line end of Windows"),
]
HARMLESS = """\
Norway
nothing
yes, please
Ask Lena
C#
a#b
https://meridian.example/x?y=1#z
12:30 to 14:00
3 %
4 of 5
B&B
it's
the "big" one
100 000
1.1 M
2026-W14
2026 is the year
Zoë Müller
計画
sales 🍅
x - y
q?
A*B
a|b
""".splitlines()


@pytest.mark.parametrize(("text", "written"), NAUGHTY)
def test_text_is_quoted_where_it_must(text: str, written: str):
    after = apply(parse("a: 1\n"), [Set(("a",), text)])
    assert after.text == f"a: {written}\n"
    assert parse(after.text).data == {"a": text}


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_is_plain(text: str):
    after = apply(parse("a: 1\n"), [Set(("a",), text)])
    assert after.text == f"a: {text}\n"
    assert parse(after.text).data == {"a": text}


@pytest.mark.parametrize("text", ["a, b", "[a", "a]", "{a", "a}", "a:b", "who?", "x, [y]: {z}"])
def test_inside_braces_more_is_quoted(text: str):
    after = apply(parse("{a: 1}\n"), [Set(("a",), text)])
    assert after.text == f"{{a: '{text}'}}\n"
    assert parse(after.text).data == {"a": text}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param(None, "null", id="nothing"),
        pytest.param(True, "true", id="true"),
        pytest.param(False, "false", id="false"),
        pytest.param(0, "0", id="zero"),
        pytest.param(-1, "-1", id="negative"),
        pytest.param(9_999, "9999", id="four digits"),
        pytest.param(10_000, "10_000", id="five digits in groups"),
        pytest.param(-1_200_000, "-1_200_000", id="negative, in groups"),
        pytest.param(Decimal("0.38"), "0.38", id="decimal"),
        pytest.param(Decimal("-0.50"), "-0.50", id="its zeros stay"),
        pytest.param(Decimal("1200000.50"), "1_200_000.50", id="decimal, in groups"),
        pytest.param(Decimal("1E+6"), "1_000_000", id="no exponent"),
        pytest.param(Decimal("1E-7"), "0.0000001", id="none for small ones"),
        pytest.param(date(2026, 2, 3), "2026-02-03", id="date"),
    ],
)
def test_other_values_are_plain(value: Value, written: str):
    after = apply(parse("a: 'x'\n"), [Set(("a",), value)])
    assert after.text == f"a: {written}\n"
    assert after.data == {"a": None if value is None else written}


def test_what_is_written_plain_is_text_for_yaml_1_1_too():
    """The rules that other readers use, from the 1.1 type pages: none may match what we leave plain."""
    types = (
        r"y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF",
        r"~|null|Null|NULL|",
        r"[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+",
        r"[-+]?(?:[0-9][0-9_]*)?\.[0-9.]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*",
        r"=|<<",
    )
    for text in [*HARMLESS, *(str(one.values[0]) for one in NAUGHTY)]:
        written = apply(parse("a: 1\n"), [Set(("a",), text)]).text.removeprefix("a: ").removesuffix("\n")
        if written == text:
            assert not any(re.fullmatch(pattern, text) for pattern in types)
