"""Tables on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.cli import console
from acctplan.cli.console import Column

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

LONG = "the customer says this in so many words that no line has room for all of them"


def test_a_table_breaks_between_words_where_that_is_possible(terminal: Callable[[int], None], capsys: pytest.CaptureFixture[str]):
    terminal(70)
    columns = [Column("Field", wraps=True), Column("Plan says", wraps=True), Column("Because", wraps=True)]
    console.table(columns, [("opportunities.cold.next_step", LONG, LONG), ("account.name", "x", LONG)])
    said = capsys.readouterr().out
    assert max(map(len, said.splitlines()[1:])) <= 70
    assert set(said.split()) >= {"opportunities.cold.next_step", *LONG.split()}
