"""Plans in a real PostgreSQL server."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from acctplan import loader
from acctplan.config import parse
from acctplan.errors import UserError
from acctplan.tables import TABLES, Account, Source, Stamp, fill
from databases import postgresql_server
from paths import ROOT

pytest.importorskip("psycopg")

from acctplan.exporters.postgresql import connected, store

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = date(2026, 11, 21)
CONFIG = parse((ROOT / "acctplan.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql_server() as address:
        yield address


def source(*edits: tuple[str, str], plans: tuple[str, ...] = (), revision: str | None = "a1", on: date = DAY) -> Source:
    """The sample plans, or some of them, with words replaced."""
    accounts = []
    for path in sorted((ROOT / "plans").iterdir()):
        text = path.read_text(encoding="utf-8")
        for before, after in edits:
            text = text.replace(before, after)
        loaded = loader.load(text, path.name, CONFIG)
        assert loaded.plan is not None
        if not plans or path.stem in plans:
            accounts.append(Account(path.stem, loaded, loaded.plan))
    return Source(accounts, CONFIG, Stamp(on, revision, None if revision is None else False))


def export(server: str, schema: str, exported: Source) -> int:
    with connected(server) as connection:
        return store(connection, schema, fill(exported), exported.stamp, [one.name for one in exported.accounts])


def ask(server: str, question: str) -> list[tuple[Any, ...]]:
    with connected(server) as connection:
        return connection.execute(question.encode()).fetchall()


def test_every_row_of_every_table_arrives_as_it_is(server: str):
    exported = source()
    rows = export(server, "whole", exported)
    filled = list(fill(exported))
    assert rows == sum(len(one.rows) for one in filled)
    for one in filled:
        names = ", ".join(f'"{column.name}"' for column in one.table.columns)
        stored = ask(server, f'SELECT {names} FROM whole."{one.table.name}"')
        assert sorted(stored, key=repr) == sorted(one.rows, key=repr), one.table.name


def test_the_same_revision_again_replaces_itself_and_another_is_kept_beside_it(server: str):
    first = export(server, "again", source())
    assert export(server, "again", source()) == first
    assert ask(server, "SELECT count(*) FROM again.accounts") == [(3,)]
    export(server, "again", source(revision="b2", on=date(2026, 11, 22)))
    assert ask(server, "SELECT revision, count(*) FROM again.accounts GROUP BY 1 ORDER BY 1") == [("a1", 3), ("b2", 3)]


def test_without_git_a_day_replaces_itself(server: str):
    for day in (DAY, DAY, date(2026, 11, 22)):
        export(server, "days", source(revision=None, on=day))
    assert ask(server, "SELECT exported_on, count(*) FROM days.accounts GROUP BY 1 ORDER BY 1") == [(DAY, 3), (date(2026, 11, 22), 3)]


def test_the_latest_of_each_plan_is_what_was_exported_last(server: str):
    export(server, "latest", source())
    export(server, "latest", source(("Stadtwerke Auenfurt", "Auenfurt AG"), plans=("stadtwerke-auenfurt",), revision="b2"))
    names = ask(server, "SELECT plan, name, revision FROM latest.latest_accounts ORDER BY 1")
    assert [(plan, revision) for plan, _, revision in names] == [
        ("brannhaven-terminals", "a1"),
        ("stadtwerke-auenfurt", "b2"),
        ("tallmo-bruk", "a1"),
    ]
    assert names[1][1] == "Auenfurt AG"


def test_what_is_gone_from_a_plan_is_gone_from_the_latest(server: str):
    export(server, "gone", source())
    (account,) = source(plans=("brannhaven-terminals",)).accounts
    without = Source([account._replace(plan=account.plan.model_copy(update={"risks": {}}))], CONFIG, Stamp(DAY, "b2", is_changed=False))
    assert ask(server, "SELECT count(*) > 0 FROM gone.latest_risks WHERE plan = 'brannhaven-terminals'") == [(True,)]
    export(server, "gone", without)
    assert ask(server, "SELECT count(*) FROM gone.latest_risks WHERE plan = 'brannhaven-terminals'") == [(0,)]


def test_all_or_nothing(server: str):
    export(server, "whole_or_none", source())
    broken = source(revision="b2")

    def rows():
        yield from list(fill(broken))[:4]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), connected(server) as connection:
        store(connection, "whole_or_none", rows(), broken.stamp, ["tallmo-bruk"])
    assert ask(server, "SELECT DISTINCT revision FROM whole_or_none.accounts") == [("a1",)]


def test_a_table_of_an_older_acctplan_gets_the_columns_it_lacks(server: str):
    export(server, "older", source())
    with connected(server) as connection:
        connection.execute("ALTER TABLE older.contacts DROP COLUMN title CASCADE")
    export(server, "older", source())
    assert ask(server, "SELECT count(*) > 3 FROM older.latest_contacts WHERE title IS NOT NULL") == [(True,)]


def test_names_are_names_and_never_statements(server: str):
    export(server, 'odd"; DROP TABLE x; --', source(plans=("stadtwerke-auenfurt",)))
    assert ask(server, "SELECT count(*) FROM information_schema.schemata WHERE schema_name LIKE 'odd%'") == [(1,)]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("mysql://x", "this is no address of a PostgreSQL database"),
        ("postgresql://me:geheim@/x?host=/nowhere", "the database cannot be reached"),
        ("postgresql://me:geheim@[", "the database cannot be reached"),
    ],
)
def test_a_database_that_is_not_there(address: str, message: str):
    with pytest.raises(UserError, match=message) as caught, connected(address):
        pass
    assert "geheim" not in f"{caught.value.message} {caught.value.hint}"


def test_somebody_without_rights_is_told_so_without_a_row_of_a_plan(server: str):
    with connected(server) as connection:
        connection.execute("CREATE ROLE reader LOGIN")
    exported = source()
    with pytest.raises(UserError) as caught, connected(server.replace("tester", "reader")) as connection:
        store(connection, "forbidden", fill(exported, TABLES), exported.stamp, [])
    assert caught.value.message == "the database refused, and is as it was: it lets this user not write there"
