"""How messages name what stands in a plan."""

from __future__ import annotations

import pytest

from acctplan.model import Contact
from acctplan.rules.words import person, quoted, short


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
