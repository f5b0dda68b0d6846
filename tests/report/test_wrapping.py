"""Lines that fit a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.report.visible import columns
from acctplan.report.wrapping import Word, crop, words, wrap

WORDS = st.lists(st.text(st.sampled_from("abc東e\u0301"), min_size=1, max_size=40), min_size=1)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("one two three", 0, ["one two three"]),
        ("one two three", 13, ["one two three"]),
        ("one two three", 12, ["one two", "  three"]),
        ("a abcdefghijkl b", 8, ["a abcdef", "  ghijkl", "  b"]),
        ("東京の食品会社", 8, ["東京の", "  食品会", "  社"]),
        # Pieces of one word never share a line, though there would be room.
        ("abcdefg", 8, ["abcdef", "  g"]),
        (" a  b", 8, [" a  b"]),
        ("", 8, [""]),
    ],
)
def test_lines_are_broken_between_words(text: str, width: int, expected: list[str]):
    assert list(wrap(words(text), width, hanging=2)) == expected


def test_a_word_keeps_its_tail_and_its_paint():
    parts = [Word("two words", "error", ","), Word("x")]
    assert list(wrap(parts, 10, lambda role, text: f"<{role} {text}>")) == ["<error two words>,", "x"]


@given(WORDS, st.integers(8, 60), st.integers(0, 20))
def test_every_line_fits_and_nothing_is_lost(parts: list[str], width: int, hanging: int):
    lines = list(wrap([Word(part) for part in parts], width, hanging=hanging))
    assert max(map(columns, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(parts)


@pytest.mark.parametrize(
    ("text", "start", "room", "expected"),
    [
        ("abcdef", 0, 6, "abcdef"),
        ("abcdef", 0, 5, "abcd…"),
        ("abcdef", 2, 6, "…def"),
        ("abcdef", 1, 4, "…cd…"),
        # Half a wide character is a space, at both ends.
        ("東京東京", 0, 6, "東京 …"),
        ("東京東京", 2, 6, "… 東京"),
        ("東京東京", 1, 7, "…京東京"),
        # An accent goes with its letter.
        ("ae\u0301bcd", 1, 5, "…bcd"),
        ("ae\u0301bcd", 0, 3, "ae\u0301…"),
    ],
)
def test_a_text_is_cropped_where_it_is_cut(text: str, start: int, room: int, expected: str):
    assert crop(text, start, room) == expected
