from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.importers.memory import Memory, Said, parse, path, text_of
from hostile import naughty

MEMORY = Memory(
    {
        ("contacts", "003x"): Said("lena-vos", {"title": "CFO", "email": "lena@x.example"}, "2026-10-01", "2026-11-22"),
        ("profile", "account"): Said("", {"name": "Meridian"}),
    }
)


def test_it_is_kept_one_value_a_line_and_in_order():
    assert MEMORY.text().splitlines()[:12] == [
        "{",
        ' "sections": {',
        '  "contacts": {',
        '   "003x": {',
        '    "as_of": "2026-10-01",',
        '    "entry": "lena-vos",',
        '    "said": {',
        '     "email": "lena@x.example",',
        '     "title": "CFO"',
        "    },",
        '    "since": "2026-11-22"',
        "   }",
    ]


WORDS = st.one_of(st.sampled_from([text.encode("utf-8", "ignore").decode() for text in naughty()]), st.text(max_size=20))


@given(
    st.dictionaries(
        st.tuples(WORDS, WORDS), st.builds(Said, WORDS, st.dictionaries(WORDS, WORDS, max_size=3), st.none(), st.none()), max_size=3
    )
)
def test_whatever_is_kept_comes_back(entries):
    assert parse(Memory(entries).text()) == Memory(entries)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "1" * 5000, "[" * 100_000, '{"version": 2, "sections": {}}', '{"version": 1}', "<<<<<<< HEAD\n{}"],
    ids=lambda text: text[:20],
)
def test_what_is_no_memory_is_none(text):
    assert parse(text) is None


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["a", "entry", "said", "as_of"]), inner)),
    )
)
def test_what_is_odd_in_a_memory_is_left_out(odd):
    found = parse(json.dumps({"version": 1, "sections": {"contacts": {"x": odd, "y": {"entry": "lena", "said": {"title": "CFO"}}}}}))
    assert found is not None
    assert found.of("contacts", "y") == Said("lena", {"title": "CFO"})
    assert all(isinstance(said, Said) for said in found.entries.values())


def test_where_it_is_kept():
    assert path("salesforce", "north/meridian.yaml") == ".acctplan/imports/salesforce/north/meridian.json"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Decimal("1.50"), Decimal("1.5")),
        (Decimal("420000.00"), Decimal(420_000)),
        (Decimal(0), Decimal("0.00")),
        (420_000, 420_000),
        ("two\nlines ", "two  lines"),
        (date(2026, 1, 1), date(2026, 1, 1)),
    ],
)
def test_the_same_value_is_the_same_text(one, other):
    assert text_of(one) == text_of(other)


def test_of_a_long_text_a_fingerprint_is_kept():
    one, other = text_of("word " * 100), text_of("word " * 101)
    assert one != other
    assert len(one) < 80
    assert text_of("word\n" * 100) == one


def test_the_text_of_values():
    assert [text_of(each) for each in (Decimal("1E+3"), 5200, date(2026, 1, 31), {"role": "user"})] == [
        "1000",
        "5200",
        "2026-01-31",
        '{"role": "user"}',
    ]
