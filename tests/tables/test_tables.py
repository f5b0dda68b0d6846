"""Plans as tables: all that a plan says, each value with the place it came from, and what is worked out."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan import config, rules
from acctplan.analysis import ranking
from acctplan.loader import load
from acctplan.tables import (
    PLACE,
    SEPARATOR,
    STAMP,
    TABLES,
    Account,
    Filled,
    Source,
    Stamp,
    fill,
    from_text,
    guarded,
    to_text,
    unguarded,
)
from paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = date(2026, 11, 21)
SETTINGS = """\
currency = "SEK"
[rates]
CHF = {rate = 11.5, as_of = 2026-09-30}
EUR = {rate = 11, as_of = 2026-09-30}
[solutions]
oil = {name = "Oil"}
"""
BOOK = config.parse(SETTINGS, "acctplan.toml")
EVERY_TABLE = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


def source(*texts: str, settings: config.Config = BOOK) -> Source:
    """What tables of plans that are written so are filled from; they are called a, b, …"""
    accounts = []
    for name, text in zip("abcdef", texts, strict=False):
        loaded = load(text, f"plans/{name}.yaml", settings)
        assert loaded.plan is not None, loaded.diagnostics
        accounts.append(Account(name, loaded, loaded.plan))
    return Source(accounts, settings, Stamp(TODAY, "c0ffee", is_changed=True))


def rows(filled: Filled) -> list[dict[str, Any]]:
    return [dict(zip((column.name for column in filled.table.columns), row, strict=True)) for row in filled.rows]


def table(name: str, *texts: str) -> list[dict[str, Any]]:
    """The rows of one table."""
    (filled,) = fill(source(*texts), [one for one in TABLES if one.name == name])
    return rows(filled)


def written(data: Any, pointer: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every value of a plan's text, with its pointer."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from written(value, (*pointer, str(key)))
    elif isinstance(data, list):
        for position, value in enumerate(data):
            yield from written(value, (*pointer, str(position)))
    else:
        yield ".".join(pointer), str(data)


def in_tables(exported: Source) -> Iterator[tuple[str, str]]:
    """Every value that tables have from plans, with the pointer that its row and its column make up."""
    for filled in fill(exported):
        place = [column.name for column in filled.table.columns].index("pointer") if filled.table.name != "exports" else -1
        for row in filled.rows:
            for column, value in zip(filled.table.columns, row, strict=True):
                if column.field is None or value is None or row[place] is None:
                    continue
                pointer = ".".join(map(str, (row[place], *column.field)))
                if column.is_list:
                    yield from ((f"{pointer}.{number}", one) for number, one in enumerate(str(value).split(SEPARATOR)))
                else:
                    yield pointer, to_text(value)


def test_everything_that_a_plan_says_is_in_the_tables_once_with_its_place(full_plan: str):
    exported = source(full_plan)
    document = exported.accounts[0].loaded.read()
    said = dict(written(document.data))
    found = list(in_tables(exported))
    assert len(found) == len(dict(found))
    left_out = {pointer for pointer in said if pointer == "acctplan" or re.search(r"^reviews\..*\.confirmed\.", pointer)}
    assert said.keys() - left_out == {pointer for pointer, _ in found if pointer in said}
    added = {pointer for pointer, _ in found} - said.keys()
    assert all(pointer.endswith(".status") for pointer in added)  # what is left out has a status of its own
    for pointer, value in found:
        if pointer in said:
            assert value == plain(said[pointer])


def plain(text: str) -> str:
    """As the model reads it."""
    text = text.strip()
    return text.replace("_", "") if re.fullmatch(r"-?[0-9][0-9_.]*", text) else text


@EVERY_TABLE
def test_every_table_is_laid_out_alike(table: Any):
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z_]*", name) for name in names)
    assert set(table.key) <= set(names)
    assert table.columns[-len(STAMP) :] == STAMP
    assert table.columns[: len(PLACE)] == PLACE or table.name == "exports"
    assert table.help.endswith(".")
    assert {column.refers for column in table.columns} - {""} <= {one.name for one in TABLES}


@EVERY_TABLE
def test_keys_tell_rows_apart(table: Any, full_plan: str):
    (filled,) = fill(source(full_plan, full_plan, full_plan.replace("CHF", "EUR")), [table])
    found = [tuple(row[name] for name in table.key) for row in rows(filled)]
    assert len(set(found)) == len(found) > 0
    assert not any(None in key for key in found)


def test_every_row_says_where_it_is_from():
    (row,) = table("contacts", "profile: {name: Acme}\ncontacts: {lena: {name: Lena}}\n")
    begin = {"plan": "a", "account": "Acme", "id": "lena", "pointer": "contacts.lena", "name": "Lena", "stance": None, "roles": None}
    assert row.items() >= (begin | {"exported_on": TODAY, "revision": "c0ffee", "is_changed": True}).items()


def test_amounts_are_exact_and_have_their_currency():
    text = "profile: {name: Acme%s}\nopportunities: {x: {name: X, value: 1_200_000.10}, y: {name: Y}}\n"
    found = table("opportunities", text % "", text % ", currency: EUR")
    assert [(row["value"], row["currency"]) for row in found] == [
        (Decimal("1200000.10"), "SEK"),
        (None, "SEK"),
        (Decimal("1200000.10"), "EUR"),
        (None, "EUR"),
    ]


def test_what_is_nested_and_listed():
    text = (
        "profile: {name: Acme}\nteam: {tom: {name: Tom}}\ncontacts:\n"
        "  a: {name: A, roles: [decision_maker, user], influences: [b], relationship: {now: vendor, with: tom}}\n  b: {name: B}\n"
        "competitors: {rival: {name: Rival, strengths: [Cheap, 'Near, too']}}\n"
    )
    first, _ = table("contacts", text)
    shown = {"roles": "decision_maker, user", "influences": "b", "relationship_now": "vendor", "relationship_with": "tom"}
    assert first.items() >= shown.items()
    assert [(row["part"], row["field"], row["position"], row["text"], row["pointer"]) for row in table("words", text)] == [
        ("competitors.rival", "strengths", 1, "Cheap", "competitors.rival.strengths.0"),
        ("competitors.rival", "strengths", 2, "Near, too", "competitors.rival.strengths.1"),
    ]


def test_actions_of_objectives_and_of_meetings_are_one_table():
    text = (
        "profile: {name: Acme}\nobjectives: {win: {category: revenue, what: W, strategies: {how: {what: H, actions: {x: {what: X}}}}}}\n"
        "meetings: {held: {2026-06-01: {actions: {x: {what: Y}}}}}\n"
    )
    assert [(row["objective"], row["strategy"], row["meeting"], row["id"], row["what"]) for row in table("actions", text)] == [
        ("win", "how", None, "x", "X"),
        (None, None, date(2026, 6, 1), "x", "Y"),
    ]


def test_solutions_of_the_book_have_no_place_in_a_plan():
    found = table("solutions", "profile: {name: Acme}\nsolutions: {own: {name: Own}}\n")
    assert [(row["id"], row["name"], row["pointer"]) for row in found] == [("oil", "Oil", None), ("own", "Own", "solutions.own")]


def test_what_is_worked_out_is_what_the_commands_say():
    book = config.parse((ROOT / "acctplan.toml").read_text("utf-8"), "acctplan.toml")
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "plans").glob("*.yaml"))]
    exported = source(*texts, settings=book)
    filled = {one.table.name: rows(one) for one in fill(exported)}
    scores = ranking.rank([(one.name, one.plan) for one in exported.accounts], book)
    ranked = sorted((row for row in filled["opportunities"] if row["place"]), key=lambda row: row["place"])
    assert [(row["plan"], row["id"]) for row in ranked] == [(score.plan, score.id) for score in scores]
    assert [float(row["score"]) for row in ranked] == pytest.approx([score.score for score in scores], abs=1e-6)
    assert len(filled["factors"]) == sum(len(score.terms) for score in scores)
    points = sum(row["points"] for row in filled["factors"] if (row["plan"], row["opportunity"]) == (scores[0].plan, scores[0].id))
    assert float(points) == pytest.approx(scores[0].score, abs=1e-5)
    checked = [rules.check(one.loaded, rules.configured(book.check), rules.Context(book, TODAY)) for one in exported.accounts]
    assert [(row["rule"], row["line"], row["message"]) for row in filled["findings"]] == [
        (one.rule, one.location.line, one.message) for checkup in checked for one in checkup.diagnostics
    ]


@given(
    st.one_of(
        st.tuples(st.just("text"), st.text(min_size=1)),
        st.tuples(st.just("decimal"), st.decimals(allow_nan=False, allow_infinity=False)),
        st.tuples(st.just("integer"), st.integers()),
        st.tuples(st.just("date"), st.dates()),
        st.tuples(st.just("boolean"), st.booleans()),
        st.tuples(st.sampled_from(["text", "decimal", "integer", "date", "boolean"]), st.none()),
    )
)
def test_a_cell_is_read_as_it_was_written(cell: Any):
    kind, value = cell
    assert from_text(to_text(value), kind) == value


@given(st.text())
def test_a_guard_is_taken_away_again(text: str):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"))


@pytest.mark.parametrize(("text", "kind"), [("12,5", "decimal"), ("1.0", "integer"), ("31.12.2026", "date"), ("yes", "boolean")])
def test_what_is_no_value_is_said_without_its_words(text: str, kind: Any):
    with pytest.raises(ValueError, match=f"^not a {kind}$"):
        from_text(text, kind)
