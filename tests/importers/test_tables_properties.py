"""Whatever bytes come, they become a table or are refused; and what programs write is read as it was written."""

from __future__ import annotations

import contextlib
import csv
import io
import zipfile
from datetime import UTC, datetime

import pytest
import xlsxwriter
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from acctplan.errors import UserError
from acctplan.importers import tables
from acctplan.importers.tables.separated import DELIMITERS
from paths import SHARED

LABELS = st.lists(st.text("abcdefgXYZ", min_size=1, max_size=5), min_size=2, max_size=5, unique_by=str.casefold)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
WESTERN = st.text(st.characters(codec="cp1252", exclude_characters="\0"), max_size=12)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16"]


@st.composite
def contents(draw, words=WORDS):
    """A header, and rows as long as it that say something in their first cell; the first letter keeps them from being totals."""
    header = draw(LABELS)
    rows = draw(st.lists(st.lists(words, min_size=len(header), max_size=len(header)), min_size=1, max_size=6))
    return header, [["x" + row[0], *row[1:]] for row in rows]


def written(header, rows, delimiter=",", quoting=csv.QUOTE_MINIMAL, end="\r\n") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows([header, *rows])
    return text.getvalue()


def read_or_refused(content: bytes) -> None:
    with contextlib.suppress(UserError):
        for table in tables.read_all("file", content):
            assert all(len(row.cells) == len(table.columns) for row in table.rows)


@settings(max_examples=300)
@given(st.one_of(st.binary(max_size=300), st.text(',;\t|^`"\n\r aB1\0é', max_size=200).map(lambda text: text.encode())))
def test_any_bytes_are_a_table_or_refused(content):
    read_or_refused(content)


@settings(max_examples=100)
@given(st.data())
def test_any_archive_is_tables_or_refused(data):
    content = bytearray(workbook(["Id", "Name"], [["1", "a"]]))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    read_or_refused(bytes(content[: data.draw(st.integers(4, len(content)))]))


@settings(max_examples=100)
@given(
    st.binary(max_size=60),
    st.sampled_from(["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]),
    st.data(),
)
def test_any_part_of_a_workbook_is_read_or_refused(noise, part, data):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(["Id", "Name"], [["1", "a"]]))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            inside = old.read(name)
            if name == part:
                place = data.draw(st.integers(0, len(inside)))
                inside = inside[:place] + noise + inside[data.draw(st.integers(place, len(inside))) :]
            new.writestr(name, inside)
    read_or_refused(made.getvalue())


@given(contents(), st.sampled_from(DELIMITERS), st.sampled_from(ENCODINGS), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_what_is_written_as_csv_is_read_as_it_was(content, delimiter, encoding, end, quoted):
    header, rows = content
    if not quoted:  # Python's writer leaves a lone carriage return without quotes
        rows = [[cell.replace("\r", "") for cell in row] for row in rows]
    text = written(header, rows, delimiter, csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, end)
    table = tables.read("a.csv", f"sep={delimiter}{end}{text}".encode(encoding))
    assert (table.columns, [list(row.cells) for row in table.rows], table.bad) == (tuple(header), rows, ())


@given(st.sampled_from(DELIMITERS), st.sampled_from([*ENCODINGS, "cp1252"]), st.data())
def test_the_delimiter_is_found_where_words_do_not_look_like_one(delimiter, encoding, data):
    header, rows = data.draw(contents(st.text("abcé 12,5-", max_size=8)))
    table = tables.read("a.csv", written(header, rows, delimiter, csv.QUOTE_ALL).encode(encoding))
    assert (table.columns, [list(row.cells) for row in table.rows]) == (tuple(header), rows)


def workbook(header, rows) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})
    sheet = book.add_worksheet()
    for number, row in enumerate([header, *rows]):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()
    return made.getvalue()


@settings(max_examples=60)
@given(contents(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=12)))
def test_a_workbook_is_read_as_the_csv_file_of_the_same(content):
    assume(not any("_x" in cell for row in content[1] for cell in row))
    of_sheet = tables.read("a.xlsx", workbook(*content))
    of_text = tables.read("a.csv", written(*content, ",", csv.QUOTE_ALL).encode())
    assert (of_sheet.columns, of_sheet.rows) == (of_text.columns, of_text.rows)


@pytest.mark.parametrize("path", sorted((SHARED / "data").glob("**/*.csv")), ids=lambda path: path.name)
def test_the_exports_of_others_are_read_without_loss(path):
    table = tables.read(path.name, path.read_bytes())
    text = path.read_bytes().decode("utf-8-sig")
    named = {"semicolon": ";", "tab": "\t", "pipe": "|", "caret": "^", "backquote": "`"}
    delimiter = next((one for word, one in named.items() if path.stem.casefold().endswith(word)), ",")
    records = [record for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(map(str.strip, record))]
    assert (len(table.rows), table.bad, table.asides, table.remarks) == (len(records) - 1, (), (), ())
    assert list(table.columns) == [column.strip() for column in records[0]]
    assert [list(row.cells[: len(record)]) for row, record in zip(table.rows, records[1:], strict=True)] == records[1:]
