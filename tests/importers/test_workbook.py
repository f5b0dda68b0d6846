from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
import xlsxwriter

from acctplan.errors import UserError
from acctplan.importers import tables
from acctplan.importers.tables import archive, workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def written(*sheets, hidden=(), merged=(), options=None) -> bytes:
    """A workbook as XlsxWriter writes it; sheets are names and rows."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, **(options or {})})
    formats = {date: book.add_format({"num_format": "yyyy-mm-dd"}), datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"})}
    formats[time] = book.add_format({"num_format": "hh:mm"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if value is not None:
                    sheet.write(row, column, value, formats.get(type(value)))
        for place, value in merged:
            sheet.merge_range(place, value)
        if name in hidden:
            sheet.hide()
    book.close()
    return made.getvalue()


def with_parts(**changed: bytes) -> bytes:
    """A small workbook in which some parts are others: `sheet1`, `sharedStrings`."""
    plain = written(("Accounts", [["Id", "Name"], ["1", "a"]]))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, changed.get(part.rpartition("/")[2].removesuffix(".xml"), old.read(part)))
    return made.getvalue()


def sheet(inside: str) -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData></worksheet>'.encode()


def read(content: bytes) -> tables.Table:
    return tables.read("book.xlsx", content)


@pytest.mark.parametrize("options", [{}, {"date_1904": True}, {"constant_memory": True}])
def test_cells_are_the_text_that_a_csv_file_has(options):
    values = ["a, b", 1, 1.5, 101752000000, True, date(2024, 6, 14), datetime(2024, 6, 14, 7, 42), time(7, 42), 1e17]  # noqa: DTZ001
    columns = [f"C{number}" for number in range(len(values))]
    found = read(written(("Data", [columns, values]), options=options))
    assert found.columns == tuple(columns)
    assert found.rows[0].cells == (
        *("a, b", "1", "1.5", "101752000000", "TRUE", "2024-06-14", "2024-06-14 07:42:00", "07:42:00"),
        "1E+17",
    )
    assert (found.name, found.sheet) == ("book.xlsx", "Data")


def test_rows_have_their_numbers_wherever_the_table_begins():
    found = read(written(("Data", [[], [None, None, "Name", "City"], [], [None, None, "a", "b"]])))
    assert (found.columns, found.rows, found.blank) == (("Name", "City"), (tables.Row(4, ("a", "b")),), 1)


def test_formulas_are_their_results():
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    page = book.add_worksheet()
    page.write_row(0, 0, ["Name", "Amount", "Found"])
    page.write_formula(1, 0, '="a"', None, "a")
    page.write_formula(1, 1, "=1+1", None, 2)
    page.write_formula(1, 2, "=NA()", None, "#N/A")
    book.close()
    assert read(made.getvalue()).rows == (tables.Row(2, ("a", "2", "")),)


def test_a_formula_that_was_never_calculated_is_empty_and_told():
    book = openpyxl.Workbook()
    for row in (["Name", "Amount"], ["a", "=1+1"], ["b", 3]):
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    found = read(made.getvalue())
    assert [row.cells for row in found.rows] == [("a", ""), ("b", "3")]
    assert [(remark.row, remark.what) for remark in found.remarks] == [(2, "Amount holds a formula without a result; it was read as empty")]


def test_each_sheet_is_a_table_and_what_is_left_out_is_told():
    content = written(
        ("Accounts", [["Id"], ["1"]]),
        ("Deals", [["Id"], ["2"]]),
        ("Secret", [["Id"], ["3"]]),
        ("Picklists", [["Stage"], ["Won"]]),
        ("Nothing", []),
        hidden=["Secret"],
    )
    found = tables.read_all("book.xlsx", content)
    assert [(one.name, one.sheet, one.rows[0].cells) for one in found] == [
        ("book.xlsx, sheet Accounts", "Accounts", ("1",)),
        ("book.xlsx, sheet Deals", "Deals", ("2",)),
    ]
    assert [remark.what for remark in found[0].remarks] == [
        "the sheet 'Secret' was not read: it is hidden",
        "the sheet 'Picklists' was not read: by its name it holds lists to choose from, or instructions",
        "the sheet 'Nothing' was not read: it is empty",
    ]
    with pytest.raises(UserError, match=r"book.xlsx holds 2 tables: Accounts, Deals"):
        read(content)


@pytest.mark.parametrize(
    ("rows", "merged", "columns", "number"),
    [
        pytest.param(
            [[], ["Account", "First Name", "Last Name", "City"], ["a", "b", "c", "d"]],
            [("B1:C1", "Contact"), ("D1:E1", "Address")],
            ("Account", "Contact: First Name", "Contact: Last Name", "Address: City"),
            3,
            id="groups over names",
        ),
        pytest.param(
            [[None, None, None], [None, "First Name", "Last Name"], ["a", "b", "c"]],
            [("A1:A2", "Account"), ("B1:C1", "Contact")],
            ("Account", "Contact: First Name", "Contact: Last Name"),
            3,
            id="a name over both rows",
        ),
        pytest.param(
            [[None], ["Account", "First Name", "Last Name"], ["a", "b", "c"]],
            [("A1:C1", "All contacts")],
            ("Account", "First Name", "Last Name"),
            3,
            id="a title over all",
        ),
        pytest.param([["A", "B", "C"], ["x", None, "y"]], [("D2:E2", "z")], ("A", "B", "C", ""), 2, id="merged among the records"),
    ],
)
def test_a_header_of_two_rows_is_joined(rows, merged, columns, number):
    found = read(written(("Data", rows), merged=merged))
    assert found.columns[: len(columns)] == columns
    assert found.rows[0].number == number


def test_a_report_with_a_title_filters_and_totals_is_its_table():
    rows = [
        ["Opportunities by account"],
        ["As of 2026-01-31"],
        [],
        ["Filtered by", "Stage"],
        [],
        [None, "Account Name  ↑", "Amount", "Stage"],
        [None, "a", 1, "Won"],
        [None, "Subtotal", 1],
        [None, "b", 2, "Lost"],
        [None, "Total", 3],
        [],
        ["Confidential Information - Do Not Distribute"],
        ["Copyright © 2000-2026 salesforce.com, inc. All rights reserved."],
    ]
    found = read(written(("Report", rows)))
    assert found.columns == ("", "Account Name", "Amount", "Stage")
    assert [row.cells for row in found.rows] == [("", "a", "1", "Won"), ("", "b", "2", "Lost")]
    assert [aside.number for aside in found.asides] == [1, 2, 4, 8, 10, 12, 13]


def test_an_archive_of_csv_files_is_each_of_them():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        new.writestr("Account.csv", "Id\n1\n")
        new.writestr("Contact.csv", "Id\n2\n")
    assert [(one.name, one.rows[0].cells) for one in tables.read_all("WE.ZIP", made.getvalue())] == [
        ("WE.ZIP: Account.csv", ("1",)),
        ("WE.ZIP: Contact.csv", ("2",)),
    ]


FAR = "a sheet lie 1,048,576 rows and 16,384 columns apart"
HOSTILE = {
    "one cell at each end": (sheet('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'), FAR),
    "the same in other words": (sheet("<row r = '1'><c r = 'a1' ><v>1</v></c><c t='n' r = 'xfd1048576'><v>1</v></c></row>"), FAR),
    "a place hidden behind another": (sheet('<row r="1"><c r="A1"><v>1</v></c><c s=\' r="A1">\' r="XFD1048576"><v>1</v></c></row>'), FAR),
    "cells that do not say where": (
        sheet('<row><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFC1048576"/><c><v>1</v></c></row>'),
        FAR,
    ),
    "a row beyond all": (sheet('<row r="4294967295"><c><v>1</v></c></row>'), "is damaged"),
    "a column beyond all": (sheet('<row r="1"><c r="ZZZZZZZ1"><v>1</v></c></row>'), "is damaged"),
    "no place": (sheet('<row r="1"><c r="1A"><v>1</v></c></row>'), "is damaged"),
    "an empty place": (sheet('<row r="1"><c r=""><v>1</v></c></row>'), "is damaged"),
    "a row that is no number": (sheet('<row r="x"><c r="A1"><v>1</v></c></row>'), "is damaged"),
    "an entity": (
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + sheet('<row r="1"><c r="A1"><v>&b;</v></c></row>'),
        "is damaged",
    ),
    "an unknown entity": (sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'), "is damaged"),
    "cut off": (sheet('<row r="1"><c r="A1"><v>1')[:-50], "is damaged"),
}


@pytest.mark.parametrize(("xml", "message"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_sheets_are_refused_at_once(xml, message):
    with pytest.raises(UserError, match=message):
        read(with_parts(sheet1=xml))


def test_counts_that_the_file_does_not_hold_are_refused():
    strings = f'<sst xmlns="{MAIN}" count="9" uniqueCount="4294967295"><si><t>a</t></si></sst>'
    with pytest.raises(UserError, match="the workbook is damaged"):
        read(with_parts(sharedStrings=strings.encode()))


def test_counts_of_how_often_texts_are_used_are_of_no_matter():
    strings = (
        f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="4"><si><t>a</t></si><si><t>b</t></si><si><t>c</t></si><si><t>d</t></si></sst>'
    )
    assert read(with_parts(sharedStrings=strings.encode())).columns == ("a", "b")


def test_sheets_that_are_too_many_cells_together_are_refused(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_CELLS", 3)
    assert len(tables.read_all("book.xlsx", written(("A", [["Id"], ["1"]]), ("B", [["Id"]])))) == 2
    with pytest.raises(UserError, match="its sheets have more cells than can be read at once"):
        read(written(("A", [["Id"], ["1"]]), ("B", [["Id"], ["1"]])))


@pytest.mark.parametrize(("limit", "message"), [("MAX_CELLS", "more cells than can be read"), ("MAX_BYTES", "10 bytes, unpacked")])
def test_an_archive_that_holds_more_than_is_read_at_once_is_refused(monkeypatch, limit, message):
    content = zipped(("a.csv", b"Id\n1\n"), ("b.csv", b"Id\n2\n"))
    assert len(tables.read_all("a.zip", content)) == 2
    monkeypatch.setattr(tables, limit, 1 if limit == "MAX_CELLS" else 9)
    with pytest.raises(UserError, match=message):
        tables._of_archive("a.zip", content)


def test_a_million_empty_rows_are_nothing():
    empties = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(3, 100_000))
    filled = '<dimension ref="A1:XFD1048576"/><row r="1"><c r="A1" t="str"><v>Id</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    found = read(with_parts(sheet1=sheet(f"{filled}{empties}")))
    assert (found.rows, found.blank) == ((tables.Row(2, ("1",)),), 0)


def test_cells_without_places_stand_where_they_come():
    rows = "<row><c t='str'><v>A</v></c><c t='str'><v>B</v></c></row><row><c><v>1</v></c><c/></row>"
    assert read(with_parts(sheet1=sheet(rows))).rows[0].cells == ("1", "")


def zipped(*parts: tuple[str, bytes], **options) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **options) as new:
        for name, content in parts:
            new.writestr(name, content)
    return made.getvalue()


def test_archives_that_unpack_to_more_than_anyone_exports_are_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED", 10_000)
    with pytest.raises(UserError, match="unpacked, it is larger than anything that is exported"):
        tables.read_all("bomb.xlsx", zipped(("xl/workbook.xml", b"0" * 10_001)))


def test_an_archive_that_lies_about_its_size_is_refused():
    content = zipped(("a.csv", b"Id\n" + b"1\n" * 5_000))
    lying = content.replace((10_003).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != content
    with pytest.raises(UserError, match="is damaged"):
        tables.read_all("a.zip", lying)


def test_archives_of_too_many_parts_are_refused(monkeypatch):
    content = zipped(*((f"{number}.csv", b"Id\n1\n") for number in range(5)))
    assert len(tables.read_all("a.zip", content)) == 5
    monkeypatch.setattr(archive, "MAX_PARTS", 4)
    with pytest.raises(UserError, match="larger than anything"):
        tables.read_all("a.zip", content)


def test_archives_of_very_many_parts_are_refused_before_they_are_opened():
    with pytest.raises(UserError, match="larger than anything"):
        tables.read_all("a.zip", b"PK\x03\x04" + b"PK\x01\x02" * 1_200)


def test_cells_without_content_may_lie_anywhere():
    rows = '<row r="1"><c r="A1" t="str"><v>Id</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert read(with_parts(sheet1=sheet(rows))).columns == ("Id",)


def test_too_many_sheets_are_refused(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_SHEETS", 1)
    with pytest.raises(UserError, match="2 sheets; at most 1 are read"):
        read(written(("A", [["Id"]]), ("B", [["Id"]])))


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ([("xl/workbook.bin", b"")], r"is a binary workbook \(.xlsb\)"),
        ([("content.xml", b""), ("mimetype", b"")], r"is a workbook of LibreOffice's \(.ods\)"),
        ([("word/document.xml", b"")], "is a ZIP archive without a workbook or a CSV file in it"),
        ([("xl/workbook.xml", b"")], "the workbook is damaged"),
    ],
)
def test_what_is_no_workbook_is_refused_with_what_it_is(parts, message):
    with pytest.raises(UserError, match=message):
        tables.read_all("x.xlsx", zipped(*parts))


def test_an_archive_with_a_password_is_refused():
    content = bytearray(zipped(("a.csv", b"Id\n1\n")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    with pytest.raises(UserError, match="has a password"):
        tables.read_all("a.zip", bytes(content))


def test_links_to_other_files_and_macros_are_not_handed_over():
    plain = written(("Data", [["Id"], ["1"]]))
    made = io.BytesIO(plain)
    with zipfile.ZipFile(made, "a") as more:
        more.writestr("xl/externalLinks/externalLink1.xml", b"<!DOCTYPE a><externalLink/>")
        more.writestr("xl/vbaProject.bin", b"\0" * 100)
    assert read(made.getvalue()).rows[0].cells == ("1",)
