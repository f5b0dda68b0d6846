"""How messages name what stands in a plan."""

from __future__ import annotations

from decimal import Decimal

import pytest

from acctplan.model import Contact
from acctplan.rules.words import listed, money, person, quoted, short


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Monitoring platform", "Monitoring platform"),
        ("on two\n  lines\n", "on two lines"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 59 + "…"),
        ("x" * 58 + " and more", "x" * 58 + "…"),
    ],
)
def test_a_name_stays_on_one_line_and_is_cut(text: str, expected: str):
    assert short(text) == expected
    assert quoted(text) == f"'{expected}'"


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        (Contact(name="Lena Vos", title="CFO"), "Lena Vos (CFO)"),
        (Contact(name="Lena\nVos"), "Lena Vos"),
        (Contact(title="Category buyer"), "the holder of the seat 'Category buyer'"),
        (Contact(), "the holder of the seat 'lena-vos'"),
    ],
)
def test_a_contact_goes_by_their_name_and_a_seat_by_its_title(contact: Contact, expected: str):
    assert person("lena-vos", contact) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [([], ""), (["a date"], "a date"), (["an owner", "a date"], "an owner and a date"), (["a", "b", "c"], "a, b and c")],
)
def test_several_things_make_one_phrase(words: list[str], expected: str):
    assert listed(words) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("420000", "420,000 EUR"),
        ("1200000.00", "1,200,000 EUR"),
        ("1250.5", "1,250.50 EUR"),
        ("-58000", "-58,000 EUR"),
        ("123456789012345678901234567890", "123,456,789,012,345,678,901,234,567,890 EUR"),
    ],
)
def test_an_amount_has_its_currency_and_cents_where_there_are_any(amount: str, expected: str):
    assert money(Decimal(amount), "EUR") == expected
