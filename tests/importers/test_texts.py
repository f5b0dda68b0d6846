from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.importers import texts


@pytest.mark.parametrize(
    ("text", "name", "words", "value"),
    [
        ("Meridian", True, True, True),
        ("", False, False, False),
        ("  ", False, False, False),
        ("#N/A", False, False, False),
        ("N/A", True, False, False),
        ("None", True, True, False),
        ("000000000000000AAA", True, True, False),
        ("000000000000000", True, True, False),
    ],
)
def test_what_says_nothing_depends_on_what_should_stand_there(text, name, words, value):
    assert (texts.is_name(text), texts.is_text(text), texts.is_value(text)) == (name, words, value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Lena \t Vos ", "Lena Vos"),
        ("Lena\r\nVos", "Lena Vos"),
        ("Le\x00na\x1b[31m", "Lena[31m"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("\ufeffLena", "Lena"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
    ],
)
def test_a_line_is_one_line_of_visible_text(text, line):
    assert texts.line(text) == line


def test_paragraphs_keep_their_lines_and_lose_what_nobody_sees():
    assert texts.paragraphs(" One.  Two. \r\n\r\n\r\n\r\n\tThree\x07\u2028- four  \n") == "One. Two.\n\n    Three\n- four"


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert texts.line(texts.line(text)) == texts.line(text)
    assert texts.paragraphs(texts.paragraphs(text)) == texts.paragraphs(text)


@given(st.text())
def test_nothing_invisible_is_left(text):
    assert not texts.has_invisible(texts.line(text))
    assert not texts.has_invisible(texts.paragraphs(text))


@pytest.mark.parametrize(
    ("text", "garbled"), [("CafÃ©", True), ("KarÃ¡sek", True), ("Café", False), ("Karásek", False), ("plain", False), ("株式会社", False)]
)
def test_text_read_in_the_wrong_encoding_is_seen(text, garbled):
    assert texts.is_garbled(text) is garbled


@pytest.mark.parametrize(
    ("text", "flag"),
    [("TRUE", True), ("true", True), ("1", True), ("Yes", True), ("", False), ("0", False), ("FALSE", False), (" no ", False)],
)
def test_flags_as_exports_write_them(text, flag):
    assert texts.flag(text) is flag


def test_another_flag_is_refused():
    with pytest.raises(ValueError, match="neither yes nor no"):
        texts.flag("maybe")
