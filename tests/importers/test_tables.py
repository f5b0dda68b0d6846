from __future__ import annotations

import csv
import json

import pytest

from acctplan.errors import UserError
from acctplan.importers import tables
from acctplan.importers.tables import separated, table
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
        pytest.param("Id^Name\n1^Ærø\n", id="caret"),
        pytest.param("Id`Name\n1`Ærø\n", id="backquote"),
        pytest.param("sep=^\r\nId^Name\r\n1^Ærø\r\n", id="the delimiter told by Excel"),
        pytest.param('"Id","Name"\n"1","Ærø"\n', id="quoted"),
        pytest.param(" Id , Name \n1,Ærø\n", id="blanks around the header"),
        pytest.param("\n,\nId,Name\n1,Ærø\n", id="blank rows above the header"),
        pytest.param("Id,Name\n1,Ærø,\n", id="empty cell too many"),
        pytest.param("Id,Name\n1,Ærø\n".encode("utf-8-sig"), id="UTF-8 with BOM"),
        pytest.param("Id,Name\n1,Ærø\n".encode("utf-16"), id="UTF-16"),
        pytest.param("Id,Name\n1,Ærø\n".encode("utf-16-le"), id="UTF-16 LE without BOM"),
        pytest.param("Id,Name\n1,Ærø\n".encode("utf-16-be"), id="UTF-16 BE without BOM"),
        pytest.param("Id,Name\n1,Ærø\n".encode("cp1252"), id="cp1252"),
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
        pytest.param("Næme,Ærø,".encode() + b"\xff\n", "Account.csv: the header cannot be read", id="bytes of no encoding in the header"),
        pytest.param(b"\xff\xfeI\0d\0,", "Account.csv is damaged: it begins as UTF-16 text and does not go on so", id="half a letter"),
        pytest.param(b"I\0d\0\0\0,", "Account.csv: the header cannot be read", id="neither UTF-16 nor anything"),
        pytest.param(b'"Id,Name\n1,a\n', "Account.csv: the header cannot be read", id="open quote in the header"),
        pytest.param(b"", "Account.csv is empty", id="empty"),
        pytest.param(b"\n , \n", "Account.csv is empty", id="blank"),
        pytest.param(b"PK\x03\x04rest", "Account.csv is damaged, or no archive at all", id="a broken archive"),
        pytest.param(bytes.fromhex("d0cf11e0a1b11ae1"), "Account.csv is a workbook of an old kind (.xls)", id="old Excel"),
        pytest.param(
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "Account.csv is a workbook with a password",
            id="password",
        ),
        pytest.param(b"\n<HTML><table>", "Account.csv is a web page or XML, not a table", id="a web page with the suffix .xls"),
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
    monkeypatch.setattr(separated, "MAX_LINES", 3)
    assert cells(f"Id,Name{end}1,a{end}2,b{end}") == [("1", "a"), ("2", "b")]
    for content in (f"Id,Name{end}1,a{end}{end}{end}".encode(), f"Id{end}{end}{end}{end}\xff".encode("latin-1")):
        with pytest.raises(UserError, match="4 lines; at most 3 are read"):
            read(content)


@pytest.mark.parametrize("above", ["\n", " ; ;\n", ",,,\n|\t;\n", '""\n'])
def test_the_first_line_that_says_something_tells_the_delimiter(above):
    table = read(f"{above}Id;Name\n1;a\n")
    assert (table.columns, [row.cells for row in table.rows]) == (("Id", "Name"), [("1", "a")])


@pytest.mark.parametrize(
    ("content", "columns", "first"),
    [
        pytest.param('"a;b;c;d;e",x\n1,2\n', ("a;b;c;d;e", "x"), ("1", "2"), id="semicolons in a quoted name"),
        pytest.param(
            'Name;"Notes, more, and more"\na;"b, c, d"\n', ("Name", "Notes, more, and more"), ("a", "b, c, d"), id="quoted commas"
        ),
        pytest.param('sep=;\nName;"a, b, c"\nx;y\n', ("Name", "a, b, c"), ("x", "y"), id="told by Excel"),
        pytest.param("Name;Notes, more, and more\na;b\nc;d\n", ("Name", "Notes, more, and more"), ("a", "b"), id="commas in a bare name"),
        pytest.param("Name\na|b^c, d\nb\n", ("Name",), ("a|b^c, d",), id="one column with whatever in it"),
        pytest.param("Name\nb\n", ("Name",), ("b",), id="one column"),
        pytest.param("A,B,C,D,E\n1,2\n3\n4,5\n", ("A", "B", "C", "D", "E"), ("1", "2", "", "", ""), id="ragged"),
        pytest.param('A,B\n"1,2\n"3,4\n"5,6\n7,8\n', ("A", "B"), ("7", "8"), id="rows that cannot be read"),
        pytest.param("A;B;C\n1,5;2,5;3,5\n4,5;5,5;6,5\n", ("A", "B", "C"), ("1,5", "2,5", "3,5"), id="decimal commas"),
    ],
)
def test_the_delimiter_is_what_makes_the_rows_agree(content, columns, first):
    found = read(content)
    assert (found.columns, found.rows[0].cells) == (columns, first)


LINKEDIN = """Notes:
"When exporting your connection data, you may notice that some of the e-mail addresses are missing, ""as asked for"", and so on."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Lena,Vos,https://example.org/lena,,Meridian,"Head, IT",15 Jan 2023
"""
REPORT = """"Opportunity Name","Account Name","Amount"
"Renewal","Meridian","70"
"Total","Total","80"

"Grand Totals (2 records)","",""
"Confidential Information - Do Not Distribute"
"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."
"""


def test_notes_above_the_header_are_told_apart():
    found = read(LINKEDIN)
    assert found.columns[:2] == ("First Name", "Last Name")
    assert [(row.number, row.cells[5]) for row in found.rows] == [(5, "Head, IT")]
    assert found.asides == (tables.Aside(1, "a line above the header"), tables.Aside(2, "a line above the header"))


def test_totals_and_copyright_lines_of_a_report_are_no_records():
    found = read(REPORT)
    assert [row.cells[0] for row in found.rows] == ["Renewal", "Total"]
    assert [(aside.number, aside.what) for aside in found.asides] == [
        (5, "a total"),
        (6, "a line below the table"),
        (7, "a line below the table"),
    ]
    assert (found.blank, found.bad) == (1, ())


@pytest.mark.parametrize(
    ("row", "is_total"),
    [
        ("Total,,1.200", True),
        ("Total:,,$1", True),
        ("Grand Total,,EUR 5", True),
        ("Subtotal,Sum,(5)", True),
        ("Total,Energy,5", False),
        ("Total,,", False),
        ("Subtotal,Energy,5", False),
        ("Totals and more,,5", False),
        (",Total,5", True),
    ],
)
def test_a_company_called_total_is_a_company(row, is_total):
    found = read(f"Name,Industry,Amount\na,b,1\n{row}\n")
    assert (len(found.asides), len(found.rows)) == ((1, 1) if is_total else (0, 2))


def test_a_total_between_records_may_be_a_company():
    assert len(read("Name,Amount\nTotal,5\nb,1\n").rows) == 2
    assert len(read("Name,Amount\nc,4\nSubtotal,4\nb,1\n").rows) == 2


@pytest.mark.parametrize(
    ("content", "columns"),
    [
        pytest.param("Sales report of March\nId,Name,City\n1,a,b\n", ("Id", "Name", "City"), id="a title right above"),
        pytest.param("Report\n\nId,Name\n1,a\n", ("Id", "Name"), id="a word and a blank line"),
        pytest.param("Owner,me\n\nId,Name,City\n1,a,b\n", ("Id", "Name", "City"), id="a filter and its value"),
        pytest.param("Name\nx, y, z\nu, v, w\n", ("Name",), id="a column of addresses"),
        pytest.param("Id,Name\nx,b,c\ny,d,e\n", ("Id", "Name"), id="rows that are too long"),
        pytest.param("Id,Name,,\nx,b,c,d\n", ("Id", "Name", "", ""), id="columns without a name"),
        pytest.param("My list:\n1,2,3\n4,5,6\n", ("My list:",), id="numbers are no header"),
    ],
)
def test_the_header_is_the_first_row_that_is_no_title(content, columns):
    assert read(content).columns == columns


def test_names_that_come_again_are_numbered():
    found = read("Name,Name,name (2),Id,\na,b,c,1,x\n")
    assert found.columns == ("Name", "Name (3)", "name (2)", "Id", "")
    assert found.position("id") == 3
    with pytest.raises(UserError, match=r"Account.csv: there are two columns Name, and they do not say the same"):
        found.position("NAME")
    with pytest.raises(UserError, match="two columns Name"):
        list(found.values("Name"))


def test_names_that_come_again_and_say_the_same_are_one():
    assert list(read("Name,NAME\na,a\nb,\n").values("name")) == [(2, "a"), (3, "b")]


def test_text_of_windows_is_read_with_a_remark():
    found = read("Id,Name\n1,Ærø – “x”\n".encode("cp1252"))
    assert found.rows[0].cells == ("1", "Ærø – “x”")
    assert [remark.what for remark in found.remarks] == ["it is not in UTF-8 and was read as Western European text of Windows (cp1252)"]


def test_bytes_that_are_no_text_cost_their_row_alone():
    found = read("Id,Name\n1,Ærø\n2,".encode() + b"\xff\n3,c\n")
    assert found.bad == (tables.BadRow(3, "it holds characters that are not UTF-8: the file may be damaged"),)
    assert [row.number for row in found.rows] == [2, 4]


def test_quotes_without_end_all_over_a_file_are_refused_soon():
    with pytest.raises(UserError, match="quotes are opened and never closed in too many rows"):
        read("sep=,\nId,Name\n" + 'a","\n' * 20_000)


def test_more_cells_than_can_be_held_are_refused(monkeypatch):
    monkeypatch.setattr(tables.layout, "MAX_CELLS", 6)
    assert len(read("A,B\n1,\n2,\n3,\n").rows) == 3
    with pytest.raises(UserError, match="more than 3 rows of 2 columns"):
        read("A,B\n1,\n2,\n3,\n4,\n")


def test_more_columns_than_a_spreadsheet_has_are_refused():
    assert len(read("a," * 16_383 + "b\n").columns) == 16_384
    with pytest.raises(UserError, match="16,385 columns; at most 16,384 are read"):
        read("a," * 16_384 + "b\n")


def test_more_delimiters_than_cells_can_be_held_are_refused_before_they_are_cut(monkeypatch):
    monkeypatch.setattr(separated, "MAX_CELLS", 2)
    with pytest.raises(UserError, match="more cells than can be read at once"):
        read("a,b\n,,,,\n")


def test_a_file_of_one_table_is_read_whole():
    assert tables.read_all("a.csv", b"Id\n1\n") == (table.Table("a.csv", ("Id",), (table.Row(2, ("1",)),)),)


def test_a_quoted_name_is_not_cut_where_there_are_no_rows_to_tell():
    assert read('Name;"a, b, c"\n').columns == ("Name", "a, b, c")
