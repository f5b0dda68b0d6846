"""The opportunities that there are to score, where none was named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from acctplan.analysis.ranking import places, rank
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.loading import load_sound

if TYPE_CHECKING:
    from acctplan.book import Book

_MOST = 10
"""So many are listed for people."""


def show(book: Book, *, as_json: bool) -> bool:
    """The opportunities that can still be won, by rank: for people the first ones, and how to begin.

    Returns:
        Whether every plan could be looked into.

    Raises:
        UserError: the settings have no rate for a plan's currency.
    """
    paths = book.resolve(())
    plans = {loaded.path: loaded.plan for _, loaded in load_sound(book, paths) if loaded.plan}
    scores = rank(plans.items(), book.config)
    ranks = places(scores)
    titles = ("rank", "id", "opportunity", "account", "plan")
    rows = [(ranks[one.plan, one.id], one.id, one.opportunity.name, one.account, one.plan) for one in scores]
    if as_json:
        console.write(json.dumps({"version": 1, "opportunities": [dict(zip(titles, row, strict=True)) for row in rows]}, indent=2) + "\n")
    elif not console.is_terminal():
        console.table([Column(title) for title in titles], [[str(cell) for cell in row] for row in rows])
    elif rows:
        columns = [Column("Rank", is_number=True), Column("Id"), Column("Opportunity", wraps=True), Column("Account", wraps=True)]
        console.table(columns, [[str(cell) for cell in row[:-1]] for row in rows[:_MOST]])
        if len(rows) > _MOST:
            console.write(f"and {len(rows) - _MOST} more: acctplan rank\n")
        console.hint(
            "\nbegin with one, by its rank, its id or a part of its name:\n"
            f"acctplan score {rows[0][0]} --card meddpicc --ask\n"
            "what do the scorecards ask? acctplan score --cards"
        )
    if not rows:
        console.say("no opportunity is potential or open")
    return len(plans) == len(paths)
