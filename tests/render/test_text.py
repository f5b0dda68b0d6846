from __future__ import annotations

import pytest

from acctplan.render import text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("420000", "420,000"),
        ("1250.50", "1,250.50"),
        ("1250.004", "1,250"),
        ("-6", "\N{MINUS SIGN}6"),
        ("-0.001", "0"),
        ("0", "0"),
        (17, "17"),
        ("1" + "0" * 40, "10" + ",000" * 13),
        (None, "unknown"),
    ],
)
def test_a_number_marks_thousands(value, expected):
    assert text.number(value) == expected


@pytest.mark.parametrize(("value", "expected"), [("420000", "420,000 EUR"), ("-1.5", "\N{MINUS SIGN}1.50 EUR"), (None, "unknown")])
def test_money_bears_its_currency(value, expected):
    assert text.money(value, "EUR") == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("0.38", "38 %"), ("0.385", "38.5 %"), ("1.0703", "107 %"), ("-0.02", "\N{MINUS SIGN}2 %"), (None, "unknown")]
)
def test_a_share_is_a_percentage(value, expected):
    assert text.percent(value) == expected


@pytest.mark.parametrize(("value", "expected"), [("2026-12-04", "4 Dec 2026"), ("0999-01-31", "31 Jan 999"), (None, "unknown")])
def test_a_date_is_written_out(value, expected):
    assert text.day(value) == expected


@pytest.mark.parametrize(("count", "expected"), [(0, "0 days"), (1, "1 day"), (1700, "1,700 days")])
def test_days_are_counted(count, expected):
    assert text.days(count) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain: é 漢 👩‍👧 \t\n", "plain: é 漢 👩‍👧 \t\n"),
        ("a\r\nb\rc\u2028d\u2029e\x85f\x0bg\x0ch", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("\x00\x08\x1b[31m\x7f\x9b", "���[31m��"),
        ("\ud800x\udfff", "�x�"),
        ("\ufdd0\ufffe\uffff\U0001ffff\U0010fffe", "�" * 5),
        ("a\u202eb\u2066\u200f\u061c", "a<U+202E>b<U+2066><U+200F><U+061C>"),
    ],
)
def test_cleaning_leaves_nothing_hidden(value, expected):
    assert text.clean(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://x.example/a?b=c&d#e", "https://x.example/a?b=c&d#e"),
        ("HTTP://x.example", "HTTP://x.example"),
        (" https://x.example ", "https://x.example"),
        ("https://x.example:8080/a", "https://x.example:8080/a"),
        ("https://localhost/a", "https://localhost/a"),
        ("www.x.example", "https://www.x.example"),
        ("x.example/about", "https://x.example/about"),
        ("x.example:8080", "https://x.example:8080"),
        ("mailto:a.b@x.example", "mailto:a.b@x.example"),
        ("tel:+49301234", "tel:+49301234"),
    ],
)
def test_an_address_that_a_page_may_point_to(value, expected):
    assert text.safe_url(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "words",
        "two words",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "javascript&colon;alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://x.example",
        "//x.example",
        "/path",
        "https:",
        "https://",
        "https:x.example",
        "https:///x",
        "https://user@x.example",
        "https://bank.example@x.example",
        "https://x.example\\@y.example",
        'https://x.example/"onclick=',
        "https://x.example/<b>",
        "https://[::1/",
        "http://x.example:99999999/",
        "mailto:",
        "mailto:a@x.example?bcc=b@x.example",
        "mailto:a@x.example,b@x.example",
        "tel:",
        "tel:x",
        "https://x.example/\u202e",
    ],
)
def test_no_other_address_becomes_a_link(value):
    assert text.safe_url(value) == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [("lena@x.example", "mailto:lena@x.example"), ("lena", ""), ("a@b c", ""), ("a@x.example?cc=b@y.example", ""), (None, "")],
)
def test_a_mail_address_becomes_a_link(value, expected):
    assert text.mail_url(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("+41 21 555 01 01", "tel:+41215550101"), ("+49 (0)30 12-34", "tel:+49301234"), ("ask Lena", ""), ("12", ""), (None, "")],
)
def test_a_telephone_number_becomes_a_link(value, expected):
    assert text.phone_url(value) == expected
