from __future__ import annotations

import csv
import json

import pytest

from acctplan.errors import UserError
from acctplan.importers import tables
from paths import SHARED


def read(content: bytes | str) -> tables.Table:
    return tables.read("Account.csv", content.encode() if isinstance(content, str) else content)


def cells(content: bytes | str) -> list[tuple[str, ...]]:
    return [row.cells for row in read(content).rows]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("Id,Name\n1,Ærø\n", id="UTF-8"),
        pytest.param("Id,Name\n1,Ærø", id="no final line end"),
        pytest.param("Id,Name\r\n1,Ærø\r\n", id="CRLF"),
        pytest.param("Id,Name\r1,Ærø\r", id="CR"),
        pytest.param("Id;Name\n1;Ærø\n", id="semicolon"),
        pytest.param("Id\tName\n1\tÆrø\n", id="tab"),
        pytest.param("Id|Name\n1|Ærø\n", id="bar"),
        pytest.param('"Id","Name"\n"1","Ærø"\n', id="quoted"),
        pytest.param(" Id , Name \n1,Ærø\n", id="blanks around the header"),
        pytest.param("\n,\nId,Name\n1,Ærø\n", id="blank rows above the header"),
        pytest.param("Id,Name\n1,Ærø,\n", id="empty cell too many"),
        pytest.param("Id,Name\n1,Ærø\n".encode("utf-8-sig"), id="UTF-8 with BOM"),
        pytest.param("Id,Name\n1,Ærø\n".encode("utf-16"), id="UTF-16"),
        pytest.param(b"\xfe\xff" + "Id,Name\n1,Ærø\n".encode("utf-16-be"), id="UTF-16 BE"),
    ],
)
def test_the_usual_ways_of_writing_a_table_read_the_same(content):
    table = read(content)
    assert table.columns == ("Id", "Name")
    assert [row.cells for row in table.rows] == [("1", "Ærø")]


def test_cells_keep_commas_quotes_and_line_ends():
    assert cells('Id,Name\r\n1,"a, ""b""\nc\u2028d"\r\n') == [("1", 'a, "b"\nc\u2028d')]


def test_a_short_row_is_filled_up():
    assert cells("Id,Name,Type\n1,a\n") == [("1", "a", "")]


def test_rows_are_numbered_as_a_spreadsheet_does():
    table = read('Id,Name\n1,"two\nlines"\n\n2,b\n')
    assert [row.number for row in table.rows] == [2, 4]
    assert table.blank == 1


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("2,b,c", "it has 3 cells where the header has 2"),
        ('2,"b"c', "its quotes do not match"),
        ('2,"b', "a quote is opened and never closed"),
        ("2,b\0c", "it holds a NUL character: the file may be damaged"),
        ("2," + "b" * (csv.field_size_limit() + 1), "a cell is longer than 131,072 characters, or a quote is never closed"),
    ],
)
def test_a_bad_row_does_not_cost_the_others(bad, reason):
    table = read(f"Id,Name\n1,a\n{bad}\n3,c\n4,d\n")
    assert table.bad == (tables.BadRow(3, reason),)
    assert [(row.number, *row.cells) for row in table.rows] == [(2, "1", "a"), (4, "3", "c"), (5, "4", "d")]


def test_an_open_quote_that_meets_a_quoted_row_loses_only_its_own():
    table = read('Id,Name\n1,"a\n2,"b"\n3,c\n')
    assert [bad.number for bad in table.bad] == [2]
    assert [row.cells for row in table.rows] == [("2", "b"), ("3", "c")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            "Id,Name\n1,a\n2,Ærø\n".encode("cp1252"), "Account.csv: row 3 has characters that are not UTF-8", id="another encoding"
        ),
        pytest.param(
            'Id,Name\n1,"a\nb"\n2,c\nØ'.encode("latin-1"),
            "Account.csv: row 4 has characters that are not UTF-8",
            id="at the start of a row",
        ),
        pytest.param("Id,Name\n".encode("utf-16-le"), "Account.csv: the header cannot be read", id="UTF-16 without BOM"),
        pytest.param(b'"Id,Name\n1,a\n', "Account.csv: the header cannot be read", id="open quote in the header"),
        pytest.param(b"", "Account.csv is empty", id="empty"),
        pytest.param(b"\n , \n", "Account.csv is empty", id="blank"),
        pytest.param(b"Id,Name,Name\n", "Account.csv: there are two columns Name", id="duplicate header"),
        pytest.param(b"Id,Name,NAME\n", "Account.csv: there are two columns NAME", id="duplicate but for case"),
        pytest.param(b"PK\x03\x04rest", "Account.csv is a workbook or a ZIP archive, not a CSV file", id="workbook"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(content, message):
    with pytest.raises(UserError) as caught:
        read(content)
    assert caught.value.message == message
    assert caught.value.hint


def test_a_file_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(tables, "MAX_BYTES", 7)
    assert read("Id,Name").columns == ("Id", "Name")
    with pytest.raises(UserError, match="8 bytes; at most 7 are read"):
        read("Id,Name\n")


def test_columns_are_found_whatever_their_case():
    table = read("ID,NAME,,\n1,a,x,y\n")
    assert (table.position("Id"), table.position("Name"), table.position("Type")) == (0, 1, None)
    assert list(table.values("Name")) == [(2, "a")]


@pytest.mark.parametrize(
    "name",
    [
        "comma_in_quotes",
        "empty",
        "empty_crlf",
        "escaped_quotes",
        "json",
        "newlines",
        "newlines_crlf",
        "quotes_and_newlines",
        "simple",
        "utf8",
    ],
)
def test_the_public_collection_of_odd_tables_is_read_as_it_expects(name):
    folder = SHARED / "corpora" / "csv-spectrum"
    if not folder.exists():
        pytest.skip("csv-spectrum is not beside the repository")
    table = read((folder / "csvs" / f"{name}.csv").read_bytes())
    expected = json.loads((folder / "json" / f"{name}.json").read_text(encoding="utf-8"))
    lines = [{key: value.replace("\r\n", "\n") for key, value in row.items()} for row in expected]
    assert [dict(zip(table.columns, (cell.replace("\r\n", "\n") for cell in row.cells), strict=True)) for row in table.rows] == lines


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_more_lines_than_anyone_exports_are_refused(monkeypatch, end):
    monkeypatch.setattr(tables, "MAX_LINES", 3)
    assert cells(f"Id,Name{end}1,a{end}2,b{end}") == [("1", "a"), ("2", "b")]
    for content in (f"Id,Name{end}1,a{end}{end}{end}".encode(), f"Id{end}{end}{end}{end}\xff".encode("latin-1")):
        with pytest.raises(UserError, match="4 lines; at most 3 are read"):
            read(content)


@pytest.mark.parametrize("above", ["\n", " ; ;\n", ",,,\n|\t;\n", '""\n'])
def test_the_first_line_that_says_something_tells_the_delimiter(above):
    table = read(f"{above}Id;Name\n1;a\n")
    assert (table.columns, [row.cells for row in table.rows]) == (("Id", "Name"), [("1", "a")])
