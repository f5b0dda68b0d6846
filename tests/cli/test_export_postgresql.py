"""`acctplan export postgresql`, into a real server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from databases import postgresql_server

psycopg = pytest.importorskip("psycopg")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql_server() as address:
        yield address


def test_plans_become_tables(run: Run, book: Path, server: str):
    answer = run("export", "postgresql", "--to", server, *TODAY)
    assert (answer.status, answer.out) == (0, "")
    assert answer.err.startswith("wrote 3 plans in ")
    with psycopg.connect(server) as connection:
        found = connection.execute("SELECT plan, name, value FROM acctplan.latest_opportunities WHERE id = 'crane-rollout'").fetchall()
    assert [(plan, name, int(value)) for plan, name, value in found] == [
        ("brannhaven-terminals", "Monitoring of all quay and yard cranes", 612_000)
    ]


def test_a_plan_with_errors_is_left_out_and_said_so(run: Run, book: Path, server: str):
    (book / "plans" / "broken.yaml").write_text("profile: {}\n", encoding="utf-8")
    answer = run("export", "postgresql", "--to", server, "--schema", "partly", *TODAY)
    assert answer.status == 1
    assert "broken.yaml" in answer.err
    assert "wrote 3 plans" in answer.err


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://db/plans", "this is no address of a PostgreSQL database"),
        ("postgresql://me:geheim@/plans?host=/nowhere", "the database cannot be reached"),
    ],
)
def test_a_database_that_cannot_be_reached(run: Run, book: Path, address: str, said: str):
    answer = run("export", "postgresql", "--to", address, *TODAY)
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err
    assert "geheim" not in answer.err
