"""The workbook, read back by two other programs: exact values, nothing taken for a formula, and what helps people to edit it."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from acctplan.exporters.workbook import AccountLine, Mark, Overview, workbook
from acctplan.tables import STAMP as STAMP_COLUMNS
from acctplan.tables import TABLES, Column, Filled, Table, to_text
from acctplan.tables.workbooks import HIDDEN, LONGEST, MARK, SHEETS, heading, held, shown
from workbooks import STAMP, TODAY, column, exported, filled, opened, source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from acctplan.tables import Source, Value

LINE = AccountLine(
    *("Acme", "Ines", "act now", Decimal(100), Decimal(20), Decimal(60), Decimal(40)),
    (Mark(80, "good"), Mark(None, None), Mark(0, "poor"), Mark(50, "fair")),
    *("Sensors", 71.25, 2, date(2026, 11, 1)),
)


@pytest.fixture(scope="module")
def plans(full_plan: str) -> Source:
    """A plan with every field, and one with hardly any."""
    return source(castellan=full_plan.replace("currency: CHF", "currency: EUR"), acme="profile: {name: Acme}\n")


@pytest.fixture(scope="module")
def content(plans: Source) -> bytes:
    """Their workbook."""
    return exported(plans)


def cells(content: bytes, title: str) -> list[list[Any]]:
    """The cells of a sheet, as a reader in another language has them."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(title).to_python(skip_empty_area=False)


def test_every_cell_says_what_the_table_says(plans: Source, content: bytes):
    book = opened(content)
    tables = {one.table.name: one for one in filled(plans)}
    for sheet in SHEETS:
        table, rows = tables[sheet.table]
        columns = shown(table.columns, sheet)
        there = [[cell.value for cell in line] for line in book[sheet.title].iter_rows(max_row=max(len(rows), 1) + 1)]
        assert there[0] == [heading(one.name) for one in columns]
        positions = [table.columns.index(one) for one in columns]
        for line, row in zip(there[1:], rows, strict=False):
            assert [value(cell) for cell in line] == [cell_value(row[position]) for position in positions]


def value(cell: Any) -> Any:
    """What openpyxl read."""
    return cell.date() if isinstance(cell, datetime) else cell


def cell_value(one: Value) -> Any:
    """What a cell should hold."""
    if isinstance(one, bool):
        return "yes" if one else "no"
    return held(one) if isinstance(one, str) else float(one) if isinstance(one, Decimal) else one


def test_both_readers_see_the_same(plans: Source, content: bytes):
    assert any(isinstance(one, date) for line in cells(content, "Contacts") for one in line)
    for sheet in SHEETS:
        theirs = [[cell.value for cell in line] for line in opened(content)[sheet.title].iter_rows()]
        ours = [[value(cell) if cell != "" else None for cell in line] for line in cells(content, sheet.title)]
        assert [[value(cell) for cell in line] for line in theirs][: len(ours)] == ours


def test_types_are_true_ones(content: bytes):
    sheet = opened(content)["Opportunities"]
    first = {heading: sheet.cell(2, column(sheet, heading)) for heading in ("Value", "Close date", "Probability", "Name", "Shared")}
    assert {name: cell.data_type for name, cell in first.items() if cell.value is not None}.items() <= {
        "Value": "n",
        "Close date": "d",
        "Probability": "n",
        "Name": "s",
        "Shared": "s",
    }.items()
    assert first["Value"].number_format == "#,##0"
    assert first["Close date"].number_format == "yyyy-mm-dd"


TEXT = Column("text", "text", field=())


def one_text(texts: Sequence[str]) -> bytes:
    """A workbook with a text in each row of a sheet."""
    table = next(table for table in TABLES if table.name == "units")
    names = [one.name for one in table.columns]
    rows = []
    for number, text in enumerate(texts):
        row: list[Value] = [None] * len(names)
        for name, said in {"plan": "acme", "account": "Acme", "id": f"u{number}", "pointer": f"units.u{number}", "name": text}.items():
            row[names.index(name)] = said
        rows.append((*row[: -len(STAMP_COLUMNS)], *STAMP))
    return workbook([Filled(table, tuple(rows))], Overview([], "EUR", TODAY, None))


HOSTILE = ["=1+1", "@SUM(A1)", "+1", "-1", "{=1}", "https://example.com", "mailto:a@b.c", "internal:Units!A1", "007", "1e5", "TRUE", "'tis"]


@pytest.mark.parametrize(
    "text", [*HOSTILE, "a\r\nb\rc", "nul\x00 bell\x07", "_x0041_", "\ufffe|\uffff", "x" * 40_000, "Müller 😀", " pad "]
)
def test_a_text_stays_a_text(text: str):
    content = one_text([text])
    sheet = opened(content)["Units"]
    cell = sheet.cell(2, column(sheet, "Name"))
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    read = cells(content, "Units")[1][1]
    assert read == held(text)
    assert len(read) <= LONGEST


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_whatever_a_text_says_a_cell_holds_it_and_nothing_but_a_text(texts: list[str]):
    content = one_text(texts)
    assert [line[1] for line in cells(content, "Units")[1:]] == list(map(held, texts))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not any(
            b"<f>" in archive.read(name) or b"hyperlink" in archive.read(name) for name in archive.namelist() if "worksheets/" in name
        )


def test_what_a_cell_holds_is_held_again():
    assert held(held("a\x00\r\nb" * 9000)) == held("a\x00\r\nb" * 9000)
    assert held("plain\ntext\t") == "plain\ntext\t"


def test_a_number_that_excel_cannot_hold_is_a_text():
    table = Table(
        "risks",
        "",
        (*next(t for t in TABLES if t.name == "risks").columns[:4], Column("what", "decimal", field=("what",)), *STAMP_COLUMNS),
        (),
        lambda _: (),
    )
    exact, long = Decimal("1250.50"), Decimal("12345678901234567890.12")
    rows = tuple(("acme", "Acme", "a", "risks.a", one, *STAMP) for one in (exact, long))
    read = cells(workbook([Filled(table, rows)], Overview([], "EUR", TODAY, None)), "Risks")
    assert [line[1] for line in read[1:]] == [1250.5, to_text(long)]


def test_hidden_sheets_are_very_hidden_and_say_what_stood_there(plans: Source, content: bytes):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    about = {one.name: one.visible for one in book.sheets_metadata}
    hidden = {name for name, visible in about.items() if visible == SheetVisibleEnum.VeryHidden}
    assert hidden == {MARK, *(f"{HIDDEN}{sheet.table}" for sheet in SHEETS)}
    assert cells(content, MARK) == [["layout", "1"], ["exported_on", TODAY.isoformat()], ["revision", ""]]
    remembered, seen = cells(content, "_contacts"), cells(content, "Contacts")
    assert len(remembered) == len(seen)
    assert [heading(str(name)) for name in remembered[0]] == seen[0]


def test_sheets_are_tables_with_filters_and_frozen_headings(content: bytes):
    book = opened(content)
    for sheet in SHEETS:
        visible = book[sheet.title]
        (table,) = visible.tables.values()
        assert table.name == f"{sheet.table}_"
        assert table.autoFilter is not None
        assert visible.freeze_panes == "C2"


def test_choices_are_offered(content: bytes):
    sheet = opened(content)["Contacts"]
    offered = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    letter = sheet.cell(1, column(sheet, "Stance")).column_letter
    (choices,) = [told for place, told in offered.items() if place.startswith(f"{letter}2:")]
    assert choices == '"supportive,neutral,negative"'
    opportunities = opened(content)["Opportunities"]
    assert '"proposal"' in {one.formula1 for one in opportunities.data_validations.dataValidation}
    assert '"yes,no"' in {one.formula1 for one in opportunities.data_validations.dataValidation}


def test_what_cannot_be_edited_is_grey_and_says_so(content: bytes):
    sheet = opened(content)["Opportunities"]
    score, name, place = (sheet.cell(1, column(sheet, heading)) for heading in ("Score", "Name", "Place in the plan"))
    assert score.fill.fgColor.rgb == place.fill.fgColor.rgb != name.fill.fgColor.rgb
    assert "not brought back" in score.comment.text
    assert "leave it as it is" in place.comment.text
    assert name.comment is None
    assert "new rows" in sheet.cell(1, column(sheet, "Id")).comment.text


def test_headings_tell_columns_apart():
    tables = {table.name: table for table in TABLES}
    for sheet in SHEETS:
        titles = [heading(one.name).casefold() for one in shown(tables[sheet.table].columns, sheet)]
        assert len(set(titles)) == len(titles)
        assert {*sheet.first, *sheet.leaves_out} <= {one.name for one in tables[sheet.table].columns}


def test_charts_follow_the_cells():
    sheet = opened(workbook([], Overview([LINE, LINE], "EUR", TODAY, None)))["Overview"]
    headings = next(number for number in range(1, 40) if sheet.cell(number, 1).value == "Account")
    said = {sheet.cell(headings, at).value: at for at in range(1, 16)}
    places = [(one.tx.strRef.f, one.val.numRef.f, one.cat.strRef.f) for chart in sheet._charts for one in chart.series]
    first, last = headings + 1, headings + 2
    assert places == [
        (f"Overview!${letter}${headings}", f"Overview!${letter}${first}:${letter}${last}", f"Overview!$A${first}:$A${last}")
        for letter in (sheet.cell(1, said[name]).column_letter for name in ("Goal", "Booked", "Forecast", "Score"))
    ]


@pytest.mark.parametrize(
    ("line", "charts"),
    [
        (LINE, 2),
        (LINE._replace(goal=None, booked=None, forecast=None), 1),
        (LINE._replace(score=None), 1),
        (LINE._replace(goal=None, booked=None, forecast=None, score=None), 0),
    ],
)
def test_of_what_is_known_of_no_account_there_is_no_chart(line: AccountLine, charts: int):
    assert len(opened(workbook([], Overview([line], "EUR", TODAY, None)))["Overview"]._charts) == charts


def test_the_overview_says_unknown_as_nothing_and_health_in_words():
    sheet = opened(workbook([], Overview([LINE], "EUR", TODAY, "0123456789abcdef")))["Overview"]
    (line,) = [[cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == "Acme"]
    assert line[2:11] == ["act now", 100, 20, 60, 40, "good 80 %", None, "poor 0 %", "fair 50 %"]
    assert "revision 0123456789" in sheet["A2"].value


def test_the_same_tables_give_the_same_bytes(plans: Source, content: bytes):
    assert exported(plans) == content


def test_no_plans_at_all():
    book = opened(workbook([], Overview([], "EUR", TODAY, None)))
    assert book.sheetnames == ["Overview", MARK]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(content: bytes, tmp_path: Path):
    path = tmp_path / "plans.xlsx"
    path.write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path], check=True, capture_output=True, timeout=120
    )
    assert (tmp_path / "plans.pdf").read_bytes().startswith(b"%PDF")
