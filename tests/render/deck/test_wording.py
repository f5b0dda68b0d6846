"""Words that fit where they are put."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.render.deck.wording import fitted, is_right_to_left, one_line
from acctplan.render.pictures.lettering import width


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("short", 1, ("short", 1)),
        ("", 3, ("", 0)),
        ("two\nlines\tand  blanks", 1, ("two lines and blanks", 1)),
        ("one two three four five six seven", 2, ("one two three four five six seven", 2)),
        ("one two three four five six seven", 1, ("one two three four fiv…", 1)),
    ],
)
def test_a_text_takes_as_many_lines_as_it_may(text, most, expected):
    assert fitted(text, 150, 12, most) == expected


@given(st.text(max_size=300), st.floats(20, 400), st.integers(1, 5))
def test_no_text_takes_more_room_than_it_has(text, room, most):
    found = fitted(text, room, 12, most)
    assert found.lines <= most
    assert width(found.text, 12) <= room * most


def test_letters_are_not_lost_where_there_are_no_blanks():
    text = "株式会社東京港湾運営管理機構の設備保全契約"
    assert fitted(text, 80, 12, 9).text == text


def test_a_novel_is_cut_without_reading_it_all():
    found = fitted("word " * 200_000, 300, 12, 2)
    assert found.lines == 2
    assert found.text.endswith("…")
    assert len(found.text) < 300


def test_one_line_is_one_line():
    assert one_line("one\ntwo " * 20, 60, 12).endswith("…")


@pytest.mark.parametrize(
    ("text", "expected"), [("مرحبا", True), ("1. שלום", True), ("hello مرحبا", False), ("", False), ("123", False), ("日本", False)]
)
def test_the_first_letter_says_the_direction(text, expected):
    assert is_right_to_left(text) is expected
