from __future__ import annotations

import pytest

from acctplan.errors import UserError
from acctplan.importers import Options, tables
from acctplan.importers.cells import Cells, date_orders, notes_on


def one_row(text: str, notes: list, orders=None) -> Cells:
    table = tables.read("Deals.csv", f"Id,Value\n1,{text}\n".encode())
    return Cells(table, table.rows[0], orders or {}, {}, notes)


def test_words_read_in_the_wrong_encoding_are_kept_and_told_with_what_they_were():
    notes = []
    assert one_row("CafÃ© PG-1", notes).name("Value") == "CafÃ© PG-1"
    assert [(note.what, note.hint, tuple(note.source)) for note in notes] == [
        (
            "Value looks as if it had been read in the wrong encoding; it was kept",
            "'CafÃ© PG-1' was probably 'Café PG-1': correct it in the CRM and in the plan",
            ("Deals.csv", 2),
        )
    ]


def test_of_a_long_text_the_place_is_shown_that_looks_wrong():
    notes = []
    text = f"{'before ' * 30}CafÃ©{' after' * 30}"
    assert one_row(text, notes).paragraphs("Value") == text
    assert "…" in notes[0].hint
    assert "CafÃ©" in notes[0].hint
    assert len(notes[0].hint) < 200


@pytest.mark.parametrize(
    ("text", "key", "noted"),
    [
        (" 00123 ", "00123", False),
        ("1.2E+17", "1.2E+17", True),
        ("45.0", "45.0", True),
        ("zcrm_1", "zcrm_1", False),
        ("", None, False),
        ("000000000000000AAA", None, False),
    ],
)
def test_an_id_is_taken_as_it_is_and_told_when_a_spreadsheet_spoilt_it(text, key, noted):
    notes = []
    assert one_row(text, notes).key("Value") == key
    assert bool(notes) is noted


def test_a_currency_of_which_there_are_several_is_left_out_and_told():
    notes = []
    assert one_row("US Dollar", notes).currency("Value") == "USD"
    assert one_row("$", notes).currency("Value") is None
    assert [note.what for note in notes] == ["Value is the sign of several currencies; left out"]


@pytest.mark.parametrize("options", [Options(), Options(date_format="m/d/y")])
def test_days_as_excel_counts_them_are_told_once_for_a_column(options):
    table = tables.read("Deals.csv", b"Id,Close\n1,\n2,45631\n3,45632\n4,2026-01-01\n")
    _, notes = date_orders(table, ["Close"], options)
    assert [(note.what, note.source.row) for note in notes] == [
        ("some dates in Close are numbers, as Excel counts days from 1900; they were read so", 3)
    ]


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        ("02/03/24\n04/05/24", "Deals.csv: the dates in Close can be read as day/month or as month/day, as in row 2"),
        ("13/03/24\n04/15/24", "Deals.csv: the dates in Close contradict each other: row 2 is day/month/year, row 3 is month/day/year"),
    ],
)
def test_dates_that_can_be_read_in_two_ways_are_refused_naming_column_and_row(dates, message):
    with pytest.raises(UserError) as caught:
        date_orders(tables.read("Deals.csv", f"Close\n{dates}\n".encode()), ["Close"], Options())
    assert caught.value.message == message
    assert "--date-format" in caught.value.hint


def test_what_is_said_of_a_file_becomes_notes():
    table = tables.read("Deals.csv", "Report of the year\nId,Name,City\n1,Æ,b\nGrand Totals (1 record)\n".encode("cp1252"))
    assert [(note.what, tuple(note.source), note.of_file) for note in notes_on(table)] == [
        ("it is not in UTF-8 and was read as Western European text of Windows (cp1252)", ("Deals.csv", 1), True),
        ("a line above the header, not a record; left out", ("Deals.csv", 1), False),
        ("a total, not a record; left out", ("Deals.csv", 4), False),
    ]


def test_letters_that_were_lost_are_told_and_kept():
    notes = []
    assert one_row("Company\ufffds", notes).line("Value") == "Company\ufffds"
    assert [note.what for note in notes] == ["Value has lost letters, which show as \ufffd; it was kept"]
