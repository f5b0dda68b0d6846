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
        ("None", True, False, False),
        ("null", True, False, False),
        ("Default Value", True, False, False),
        ("-", False, False, False),
        ("#REF!", False, False, False),
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
    ("text", "probable"),
    [
        ("CafÃ© PG-1", "Café PG-1"),
        ("KarÃ¡sek", "Karásek"),
        ("KarÃ¡sek & Müller", "Karásek & Müller"),
        ("Ã\x81rpÃ¡d", "Árpád"),
        ("it â€™s", "it \u2019s"),
        ("Ð\x9cÐ\xb8Ñ€", "Мир"),
        ("Café", None),
        ("Karásek", None),
        ("plain", None),
        ("株式会社", None),
        ("Müller–Öz", None),
        ("“CAFÉ”", None),
        ("CAFÉ™", None),
        ("ÆØÅ", None),
    ],
)
def test_text_read_in_the_wrong_encoding_is_seen_with_what_it_was(text, probable):
    assert texts.ungarbled(text) == probable
    assert texts.is_garbled(text) is (probable is not None)


@given(st.text(st.characters(min_codepoint=0xC0, max_codepoint=0x17F), min_size=1))
def test_whatever_latin_text_was_read_wrong_is_told_right(text):
    try:
        garbled = text.encode().decode("cp1252")
    except UnicodeDecodeError:
        garbled = text.encode().decode("latin-1")
    assert texts.ungarbled(garbled) == text


@pytest.mark.parametrize(
    ("text", "spoilt"),
    [
        ("1.2E+17", True),
        ("1,23457E+17", True),
        ("5E+12", True),
        ("1234567890123450000", True),
        ("45.0", True),
        ("1234567890123456789", False),
        ("123456789012345", False),
        ("00123", False),
        ("0015E00000abcDEAAA", False),
        ("12E4567", False),
        ("zcrm_123", False),
    ],
)
def test_what_a_spreadsheet_does_to_ids_is_seen(text, spoilt):
    assert bool(texts.spoilt_id(text)) is spoilt


def test_ids_that_lost_their_zeros_are_told_by_what_has_them():
    assert texts.lost_zeros(["7", "12", "99", "x", "5"], ["007", "012", "12", "05", "005"]) == {"7": "007"}
    assert texts.lost_zeros(["007"], ["7"]) == {"007": "7"}


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("TRUE", True),
        ("true", True),
        ("1", True),
        ("Yes", True),
        ("Y", True),
        ("1.0", True),
        ("t", True),
        ("N", False),
        ("off", False),
        ("", False),
        ("0", False),
        ("FALSE", False),
        (" no ", False),
    ],
)
def test_flags_as_exports_write_them(text, flag):
    assert texts.flag(text) is flag


def test_another_flag_is_refused():
    with pytest.raises(ValueError, match="neither yes nor no"):
        texts.flag("maybe")
