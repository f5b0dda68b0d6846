"""Tables as files, read back by the programs that they are for, value for value."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import sys
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acctplan.config import Config
from acctplan.errors import UserError
from acctplan.exporters.delimited import delimited
from acctplan.exporters.duck import duckdb_database, parquet_files
from acctplan.exporters.json_document import json_document
from acctplan.exporters.sqlite import sqlite_database
from acctplan.loader import load
from acctplan.tables import STAMP, Account, Column, Filled, Source, Stamp, Table, fill, from_text, to_text, unguarded

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

TODAY = date(2026, 11, 21)
RISKY = """\
profile: {name: "=HYPERLINK(\\"http://x\\")", starts: 2026-01-01, currency: EUR}
contacts:
  a: {name: "'tis", phone: "+41 21 555", notes: "-1,2; \\"quoted\\"\\n\\tand more", title: "@SUM(A1)"}
revenue: {FY2026-Q1: {actual: -1_200.50}}
opportunities: {x: {name: Müller 😀, value: 99999999999999.12}}
"""


def source(text: str) -> Source:
    loaded = load(text, "plans/acme.yaml", Config())
    assert loaded.plan is not None, loaded.diagnostics
    return Source([Account("acme", loaded, loaded.plan)], Config(), Stamp(TODAY, "c0ffee", is_changed=False))


@pytest.fixture(scope="module", params=["full", "risky"])
def tables(request: pytest.FixtureRequest, full_plan: str) -> list[Filled]:
    """Every table of a plan."""
    text = full_plan.replace("currency: CHF", "currency: EUR") if request.param == "full" else RISKY
    return list(fill(source(text)))


def names(filled: Filled) -> list[str]:
    return [column.name for column in filled.table.columns]


@pytest.mark.parametrize("tabs", [False, True])
@pytest.mark.parametrize("guard", [False, True])
def test_csv_is_read_back(tables: list[Filled], tabs: bool, guard: bool):
    for filled in tables:
        text = delimited(filled, tabs=tabs, guard=guard)
        titles, *lines = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if tabs else ",")
        assert titles == names(filled)
        read = []
        for line in lines:
            cells = zip(filled.table.columns, line, strict=True)
            read.append(tuple(from_text(unguarded(one) if guard and column.kind == "text" else one, column.kind) for column, one in cells))
        assert tuple(read) == filled.rows


def test_no_text_begins_like_a_formula():
    (accounts, contacts, revenue) = (one for one in fill(source(RISKY)) if one.table.name in ("accounts", "contacts", "revenue"))
    assert "'=HYPERLINK" in delimited(accounts)
    assert ",=HYPERLINK" not in delimited(accounts).replace('"', "")
    (row,) = csv.DictReader(io.StringIO(delimited(contacts), newline=""))
    assert (row["name"], row["phone"], row["title"]) == ("''tis", "'+41 21 555", "'@SUM(A1)")
    assert row["notes"].startswith("'-1,2")
    (row,) = csv.DictReader(io.StringIO(delimited(revenue), newline=""))
    assert row["actual"] == "-1200.50"
    (row,) = csv.DictReader(io.StringIO(delimited(contacts, guard=False), newline=""))
    assert row["phone"] == "+41 21 555"


def test_excel_is_told_the_encoding():
    (contacts,) = (one for one in fill(source(RISKY)) if one.table.name == "contacts")
    assert delimited(contacts, mark=True) == "\ufeff" + delimited(contacts)


def test_json_holds_the_same(tables: list[Filled]):
    document = json.loads(json_document(tables, Stamp(TODAY, "c0ffee", is_changed=False)))
    told = document.pop("tables")
    assert document == {"version": 1, "exported_on": "2026-11-21", "revision": "c0ffee", "is_changed": False}
    for filled in tables:
        if filled.table.name == "exports":
            continue
        columns = filled.table.columns[: -len(STAMP)]
        texts = {"text", "decimal", "date"}
        read = [
            tuple(from_text(row[column.name] or "", column.kind) if column.kind in texts else row[column.name] for column in columns)
            for row in told[filled.table.name]
        ]
        assert read == [row[: -len(STAMP)] for row in filled.rows]


def opened(content: bytes, folder: Path) -> sqlite3.Connection:
    (folder / "plans.sqlite").write_bytes(content)
    return sqlite3.connect(folder / "plans.sqlite")


def test_sqlite_holds_the_same_with_keys_and_references(tables: list[Filled], tmp_path: Path):
    with closing(opened(sqlite_database(tables), tmp_path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for filled in tables:
            read = database.execute(f'SELECT * FROM "{filled.table.name}"').fetchall()
            kinds = [column.kind for column in filled.table.columns]
            assert [tuple(stored(value, kind) for value, kind in zip(row, kinds, strict=True)) for row in read] == list(filled.rows)


def stored(value: Any, kind: Any) -> Any:
    if kind == "boolean" and value is not None:
        return bool(value)
    return from_text(value or "", kind) if kind in ("decimal", "date") else value


def test_sqlite_refuses_what_does_not_fit_together(tmp_path: Path, full_plan: str):
    content = sqlite_database(fill(source(full_plan.replace("currency: CHF", "currency: EUR"))))
    with closing(opened(content, tmp_path)) as database:
        database.execute("PRAGMA foreign_keys = ON")
        for statement in (
            "UPDATE contacts SET unit = 'nowhere'",
            "UPDATE roles SET contact = 'nobody'",
            "UPDATE accounts SET account_manager = 'nobody'",
            "UPDATE units SET target = 2",
            "INSERT INTO contacts SELECT * FROM contacts",
            "DELETE FROM accounts",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                database.execute(statement)


def test_sqlite_calculates_in_a_view(tmp_path: Path):
    with closing(opened(sqlite_database(fill(source(RISKY))), tmp_path)) as database:
        assert database.execute("SELECT value, typeof(value) FROM opportunities").fetchall() == [("99999999999999.12", "text")]
        assert database.execute("SELECT id FROM opportunities_in_numbers WHERE value > 5 AND value / 2 < 5e13").fetchall() == [("x",)]


def test_the_same_plans_are_the_same_bytes(tables: list[Filled]):
    assert sqlite_database(tables) == sqlite_database(tables)


def test_duckdb_holds_the_same(tables: list[Filled], tmp_path: Path):
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / "plans.duckdb").write_bytes(duckdb_database(tables))
    with duckdb.connect(str(tmp_path / "plans.duckdb"), read_only=True) as database:
        for filled in tables:
            assert database.execute(f'SELECT * FROM "{filled.table.name}"').fetchall() == list(filled.rows)
        assert database.execute("SELECT typeof(value) FROM opportunities LIMIT 1").fetchall() == [("DECIMAL(38,10)",)]


def test_parquet_holds_the_same(tables: list[Filled]):
    pytest.importorskip("duckdb")
    parquet = pytest.importorskip("pyarrow.parquet")
    read = {name: parquet.read_table(io.BytesIO(content)).to_pylist() for name, content in parquet_files(tables)}
    assert read == {filled.table.name: [dict(zip(names(filled), row, strict=True)) for row in filled.rows] for filled in tables}


def test_more_rows_than_are_handed_over_at_once():
    pytest.importorskip("duckdb")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = Table("many", "Many.", (Column("number", "integer"),), ("number",), lambda _: ())
    filled = Filled(table, tuple((number,) for number in range(401)))
    ((_, content),) = parquet_files([filled])
    assert parquet.read_table(io.BytesIO(content)).to_pydict() == {"number": list(range(401))}


def test_duckdb_does_not_round():
    pytest.importorskip("duckdb")
    tables = list(fill(source("profile: {name: Acme}\nopportunities: {x: {name: Secret, value: 1.00000000001}}\n")))
    with pytest.raises(UserError, match=r"^acme: value at opportunities\.x has more than 10 digits after the point$"):
        duckdb_database(tables)


def test_without_duckdb_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(UserError) as raised:
        duckdb_database([])
    assert raised.value.hint == "pip install 'acctplan[duckdb]'"


TEXTS = Table(
    "texts", "Any texts.", (Column("number", "integer"), Column("text", "text"), Column("amount", "decimal")), ("number",), lambda _: ()
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_categories=("Cs",)), min_size=1), st.decimals(-(10**24), 10**24, places=4) | st.none()),
        max_size=5,
    )
)
def test_any_text_and_amount_is_kept(tmp_path: Path, cells: list[tuple[str, Decimal | None]]):
    filled = Filled(TEXTS, tuple((number, *cell) for number, cell in enumerate(cells)))
    lines = list(csv.reader(io.StringIO(delimited(filled), newline="")))[1:]
    assert [unguarded(text) for _, text, _ in lines] == [text for text, _ in cells]
    assert [from_text(amount, "decimal") for _, _, amount in lines] == [amount for _, amount in cells]
    with closing(opened(sqlite_database([filled]), tmp_path)) as database:
        read = database.execute("SELECT text, amount FROM texts ORDER BY number").fetchall()
    assert read == [(text, to_text(amount) or None) for text, amount in cells]
    ((_, content),) = parquet_files([filled])
    parquet = pytest.importorskip("pyarrow.parquet")
    assert [(row["text"], row["amount"]) for row in parquet.read_table(io.BytesIO(content)).to_pylist()] == cells
