from __future__ import annotations

from decimal import Decimal

import pytest

from acctplan.importers.amounts import currency, decimal_mark, number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("420000", "420000"),
        ("70.0", "70"),
        ("0.25", "0.25"),
        ("1.01752E11", "101752000000"),
        ("1E5", "100000"),
        ("1.234e5", "123400"),
        ("5e-1", "0.5"),
        (" 12 ", "12"),
        ("-12.5", "-12.5"),
        ("$7,450,000.00 ", "7450000"),
        ("-$5.50", "-5.5"),
        ("$-5.50", "-5.5"),
        ("US$ 1,250.50", "1250.5"),
        ("EUR 1.250,50", "1250.5"),
        ("7.450.000,00 €", "7450000"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("120 000", "120000"),
        ("120\u00a0000", "120000"),
        ("1\u202f234\u202f567,89", "1234567.89"),
        ("1'234'567.89", "1234567.89"),
        ("1\u2019234", "1234"),
        ("12,5", "12.5"),
        ("1234,567", "1234.567"),
        ("0.234", "0.234"),
        ("75%", "75"),
        ("12.", "12"),
        ("€ 12,5", "12.5"),
        ("12,5 kr", "12.5"),
        ("(1,200.00)", "-1200"),
        ("($1,200.50)", "-1200.5"),
        ("$(5)", "-5"),
        ("1\u2009234\u2009567", "1234567"),
        ("999999999999999", "999999999999999"),
    ],
)
def test_numbers_as_exports_write_them(text, value):
    assert format(number(text), "f") == value


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "12 apples",
        "1,23,456",
        "1.2.3",
        "1,2345,678",
        "12 34",
        "1 2345",
        "--5",
        "-$-5",
        "1e999",
        "NaN",
        "inf",
        "٣",
        "0x10",
        "(-5)",
        "((5))",
        "(5",
        "()",
        "1" * 70,
    ],
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="is not a number"):
        number(text, ".")


@pytest.mark.parametrize("text", ["7.5M", "$7.5 m", "12k", "3 bn", "1,2 Mio. €", "2 million", "5 crore", "10 lakhs"])
def test_numbers_that_were_shortened_are_refused(text):
    with pytest.raises(ValueError, match="is shortened; the number in full is needed"):
        number(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EUR", "EUR"),
        ("eur", "EUR"),
        ("€", "EUR"),
        ("US Dollar", "USD"),
        ("US$", "USD"),
        (" Swiss  Franc ", "CHF"),
        ("Bitcoin", None),
        ("", None),
    ],
)
def test_currencies_by_code_sign_and_name(text, code):
    assert currency(text) == code


@pytest.mark.parametrize("text", ["$", "¥", "kr", "Dollar", "RS"])
def test_a_sign_of_several_currencies_is_not_guessed(text):
    with pytest.raises(ValueError, match="is the sign of several currencies"):
        currency(text)


@pytest.mark.parametrize("text", ["1e15", "1000000000000000", "9" * 40, "1e99"])
def test_numbers_beyond_reason_are_refused(text):
    with pytest.raises(ValueError, match="is too large a number"):
        number(text)


@pytest.mark.parametrize("text", ["1,234", "1.234", "12.345", "$123,456"])
def test_thousands_or_decimals_is_not_guessed(text):
    with pytest.raises(ValueError, match="can be read as thousands or as decimals"):
        number(text)


@pytest.mark.parametrize(
    ("text", "mark", "value"), [("1,234", ".", "1234"), ("1,234", ",", "1.234"), ("1.234", ".", "1.234"), ("1.234", ",", "1234")]
)
def test_the_column_tells_thousands_from_decimals(text, mark, value):
    assert number(text, mark) == Decimal(value)


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1,234", "7,450,000.00"], "."),
        (["1.234", "12,5"], ","),
        (["1,234", "1,234,567"], "."),
        (["1,234", "1.234.567"], ","),
        (["1.234", "70.0"], "."),
        (["1,234", "500", "", "abc"], None),
        (["12,5", "12.5"], None),
    ],
)
def test_what_a_column_tells_of_its_decimals(texts, mark):
    assert decimal_mark(texts) == mark


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.3333333333333333333333333", "0.3333"),
        ("1e-30", "0"),
        ("-1e-30", "0"),
        ("33.33335", "33.3334"),
        ("999999999999999.12345678901234567890", "999999999999999.1235"),
    ],
)
def test_more_decimals_than_a_plan_takes_are_rounded(text, expected):
    assert str(number(text)) == expected
