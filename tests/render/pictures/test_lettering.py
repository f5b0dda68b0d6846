"""Words in pictures: how wide they may become, and that they fit where they have to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.render.pictures.lettering import lines, shortened, width

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [("illi", "WWWW"), ("abc", "abcd"), ("Muller", "日本日本日本"), ("e", "m")],
)
def test_wide_letters_take_more(narrow: str, wide: str):
    assert width(narrow, 10) < width(wide, 10)


def test_accents_take_nothing_and_joined_ones_as_much_as_their_letter():
    assert width("é", 10) == width("e", 10) == width("e\u0301", 10)


def test_heavy_letters_take_more():
    assert width("Karsten", 10, bold=True) > width("Karsten", 10)


@given(TEXTS, st.floats(0, 300), st.sampled_from([8, 11, 13.5]), st.booleans())
def test_a_shortened_text_fits(text: str, room: float, size: float, bold: bool):
    short = shortened(text, room, size, bold=bold)
    assert width(short, size, bold=bold) <= room
    assert "  " not in short


@given(TEXTS, st.floats(20, 300), st.integers(1, 5))
def test_broken_lines_fit_and_lose_nothing_but_what_the_last_cuts(text: str, room: float, most: int):
    broken = lines(text, room, 12, most)
    assert len(broken) <= most
    assert all(width(line, 12) <= room for line in broken)
    said, kept = "".join(text.split()), "".join("".join(broken).split())
    assert said.startswith(kept.removesuffix("…")) or kept == said


@pytest.mark.parametrize(
    ("text", "room", "broken"),
    [
        ("Head of crane maintenance", 98, ["Head of crane", "maintenance"]),
        ("Rindfleischetikettierungsüberwachung", 86, ["Rindfleischet", "ikettierung…"]),
        ("", 50, []),
        ("a", 50, ["a"]),
    ],
)
def test_lines_break_between_words_where_they_can(text: str, room: float, broken: list[str]):
    assert lines(text, room, 12, 2) == broken
